// SPDX-License-Identifier: MIT
// A tile from hostile bytes: refused, or safe to walk. The checks are the only guard (core-cpp/map/tile.hpp).
#include <cstdint>
#include <cstring>
#include <vector>

#include "core-cpp/map/tile.hpp"

namespace {

using namespace tomare::map;  // NOLINT: the format's names, all of them used here

uint64_t walk_segment(const Tile& t, uint32_t s) {
  int32_t lat = 0, lon = 0;
  uint64_t sum = t.attributes_of(s).road_class + static_cast<uint64_t>(t.way_of(s).id);
  const Segment& segment = t.segments[s];
  for (const double along : {-1.0, 0.0, segment.length_cm * 0.005, segment.length_cm * 0.01, 1e9}) {
    position_on(t, s, along, &lat, &lon);
    sum += static_cast<uint64_t>(lat) + static_cast<uint64_t>(bearing_on(t, s, along));
  }
  for (uint32_t i = 0; i < segment.rule_point_count; ++i) sum += t.rule_points[segment.first_rule_point + i].kind;
  sum += t.nodes[segment.from_node].flags + t.nodes[segment.to_node].flags;
  const Attributes& a = t.attributes_of(s);
  for (uint32_t i = 0; i < a.condition_count; ++i) {
    const Condition& c = t.conditions[a.first_condition + i];
    for (uint32_t k = 0; k < c.term_count; ++k) sum += t.terms[c.first_term + k].kind;
    if (c.text != kNone16) sum += t.names[c.text].length;
  }
  const uint16_t name = t.way_of(s).name;
  if (name != kNone16) sum += static_cast<uint64_t>(t.text[t.names[name].offset]);
  return sum;
}

uint64_t walk(const Tile& t) {
  uint64_t sum = 0;
  for (uint32_t s = 0; s < t.count(kSegments); ++s) sum += walk_segment(t, s);
  for (uint32_t n = 0; n < t.count(kNodes); ++n) {
    for (uint32_t i = 0; i < t.nodes[n].arc_count; ++i) sum += t.segments[t.arcs[t.nodes[n].first_arc + i] >> 1].way;
  }
  for (uint32_t i = 0; i < t.count(kRestrictions); ++i) {
    const Restriction& r = t.restrictions[i];
    sum += t.nodes[r.via_node].flags + t.segments[r.from_segment].way;
    if (r.to_segment != kNone16) sum += t.segments[r.to_segment].way;
    for (uint32_t k = 0; k < r.way_count; ++k) sum += static_cast<uint64_t>(t.restriction_ways[r.first_way + k]);
  }
  const uint32_t cells = 1U << (2 * t.header->grid_log2);
  for (uint32_t c = 0; c < cells; ++c) {
    for (uint32_t i = t.grid_starts[c]; i < t.grid_starts[c + 1]; ++i) {
      const uint32_t p = t.grid_pieces[i];
      sum += t.points[p + 1].x + t.segments[t.point_segments[p]].way;
    }
  }
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0 || size > kMaxTileBytes) return 0;
  std::vector<uint64_t> aligned((size + 7) / 8);
  std::memcpy(aligned.data(), data, size);
  const auto* bytes = reinterpret_cast<const uint8_t*>(aligned.data());
  TileHeader header{};
  if (size >= sizeof(header)) std::memcpy(&header, bytes, sizeof(header));
  Tile tile;
  const auto length = static_cast<uint32_t>(size);
  if (check_tile(bytes, length, header.number, header.level, 100, 100, &tile).error != tomare::Error::OK) return 0;
  volatile uint64_t sink = walk(tile);
  (void)sink;
  Tile again;
  if (view_tile(bytes, length, header.number, header.level, &again).error != tomare::Error::OK) __builtin_trap();
  return 0;
}
