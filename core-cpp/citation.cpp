// SPDX-License-Identifier: MIT
#include "core-cpp/citation.hpp"

#include "core-cpp/rules/source_tag.hpp"

namespace tomare {
namespace {

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
    all.text.append(tile->text_of(tile->way_of(f.segment).name));
    c.name = since(begin, all.text);
    begin = all.text.size();
    if (f.text_tile != UINT32_MAX) tile = graph->tile(f.text_tile);
    if (tile != nullptr) all.text.append(tile->text_of(f.tag_text));
    c.tag = since(begin, all.text);
    if (c.tag.length > 0) continue;
    rules::append_tag(f, c.road_class, &all.text);
    c.tag = since(begin, all.text);
  }
  return all;
}

}  // namespace tomare
