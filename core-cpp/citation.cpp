// SPDX-License-Identifier: MIT
#include "core-cpp/citation.hpp"

#include "core-cpp/rules/source_tag.hpp"

namespace tomare {
namespace {

/// A text of the tile; nothing for kNone16.
void append_name(const map::Tile& tile, uint16_t index, std::string* out) {
  if (index >= tile.count(map::kNames)) return;
  const map::Name& n = tile.names[index];
  out->append(tile.text + n.offset, n.length);
}

TextRange since(size_t offset, const std::string& text) {
  return {static_cast<uint32_t>(offset), static_cast<uint32_t>(text.size() - offset)};
}

}  // namespace

Citations cite(map::Graph* graph, const std::vector<rules::Finding>& findings) {
  Citations all;
  all.of.resize(findings.size());
  for (size_t i = 0; i < findings.size(); ++i) {
    const rules::Finding& f = findings[i];
    Citation& c = all.of[i];
    const map::Tile* tile = graph->tile(f.tile);
    if (tile == nullptr) continue;
    c.road_class = static_cast<map::RoadClass>(tile->attributes_of(f.segment).road_class);
    c.place = tile->segments[f.segment].place;
    size_t begin = all.text.size();
    append_name(*tile, tile->way_of(f.segment).name, &all.text);
    c.name = since(begin, all.text);
    begin = all.text.size();
    append_name(*tile, f.condition_text, &all.text);
    c.tag = since(begin, all.text);
    if (c.tag.length > 0) continue;
    rules::append_tag(f.source, f.source_detail, c.road_class, &all.text);
    c.tag = since(begin, all.text);
  }
  return all;
}

}  // namespace tomare
