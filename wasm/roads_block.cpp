// SPDX-License-Identifier: MIT
#include "wasm/roads_block.hpp"

#include <cstring>

#include "wasm/abi.h"
#include "wasm/records.hpp"

namespace tomare::boundary {
namespace {

tm_road_line line_of(const map::RoadLine& l) {
  tm_road_line r{};
  r.way = l.way;
  r.first_position = l.first_position;
  r.position_count = l.position_count;
  r.name_offset = l.name_offset;
  r.name_length = l.name_length;
  r.limit = l.limit;
  r.oneway = l.oneway;
  r.layer = l.layer;
  r.road_class = l.road_class;
  r.flags = static_cast<uint8_t>(((l.flags & map::kFlagTunnel) != 0 ? TM_ROAD_TUNNEL : 0) |
                                 ((l.flags & map::kFlagBridge) != 0 ? TM_ROAD_BRIDGE : 0));
  return r;
}

tm_road_point point_of(const map::RoadPoint& p) {
  return {p.node, p.way, p.place.lat_e7, p.place.lon_e7, p.kind, p.directions, {}};
}

tm_road_restriction restriction_of(const map::RoadRestriction& r) {
  return {r.relation, r.from_way, r.place.lat_e7, r.place.lon_e7, r.turn, static_cast<uint8_t>(r.only ? 1 : 0), {}};
}

bool box_fits(const tm_roads_request& r) {
  constexpr int32_t kLat = 900'000'000, kLon = 1'800'000'000;
  return r.min_lat_e7 >= -kLat && r.min_lat_e7 <= r.max_lat_e7 && r.max_lat_e7 <= kLat && r.min_lon_e7 >= -kLon &&
         r.min_lon_e7 <= r.max_lon_e7 && r.max_lon_e7 <= kLon;
}

}  // namespace

bool read_roads_request(const void* block, uint32_t size, map::RoadsRequest* out) {
  tm_roads_request r;
  if (size != sizeof(r)) return false;
  std::memcpy(&r, block, sizeof(r));
  if (!box_fits(r) || r.vehicle >= map::kVehicleCount) return false;
  *out = {
      r.min_lat_e7, r.min_lon_e7, r.max_lat_e7, r.max_lon_e7, r.classes, r.most, static_cast<map::Vehicle>(r.vehicle)};
  return true;
}

void write_roads(const map::Roads& roads, std::vector<uint8_t>* out) {
  BlockWriter block(sizeof(tm_roads), out);
  tm_roads head{};
  block.add(roads.lines, line_of, &head.line_count, &head.lines);
  block.add(roads.points, point_of, &head.point_count, &head.points);
  block.add(roads.restrictions, restriction_of, &head.restriction_count, &head.restrictions);
  block.add(roads.positions, position_of, &head.position_count, &head.positions);
  block.add_text(roads.text, &head.text_bytes, &head.text);
  head.cut = roads.cut ? 1 : 0;
  block.finish(head);
}

}  // namespace tomare::boundary
