// SPDX-License-Identifier: MIT
#include "mapdata/compiler/overlay/overlay_rows.hpp"

#include <cmath>
#include <cstring>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/map/format.hpp"

namespace tomare::compiler {
namespace {

constexpr size_t kMostPoints = 20000;
constexpr double kLongest = 100'000;  // metres

bool on_earth(const OverlayPosition& p) {
  return p.lat_e7 >= -850'000'000 && p.lat_e7 <= 850'000'000 && p.lon_e7 >= -1'800'000'000 && p.lon_e7 <= 1'800'000'000;
}

double length_of(const std::vector<OverlayPosition>& line) {
  double metres = 0;
  for (size_t i = 1; i < line.size(); ++i) {
    metres += distance_m(line[i - 1].lat_e7, line[i - 1].lon_e7, line[i].lat_e7, line[i].lon_e7);
  }
  return metres;
}

}  // namespace

bool read_rows(std::string_view block, std::vector<OverlayRow>* out) {
  size_t at = 0;
  while (at < block.size()) {
    OverlayRecord record;
    if (block.size() - at < sizeof(record)) return false;
    std::memcpy(&record, block.data() + at, sizeof(record));
    at += sizeof(record);
    const uint64_t positions = sizeof(OverlayPosition) * uint64_t{record.point_count};
    const uint64_t size = positions + (uint64_t{record.text_bytes} + 3) / 4 * 4;
    const bool known = record.kind > 0 && record.kind < kOverlayKinds;
    if (!known || size > block.size() - at) return false;
    OverlayRow row;
    row.row = record.row;
    row.kind = static_cast<OverlayKind>(record.kind);
    row.vehicles = record.vehicles;
    row.flags = record.flags;
    row.value = record.value;
    row.bearing = record.bearing;
    row.object = static_cast<OsmObject>(record.object);
    row.object_id = record.object_id;
    row.line.resize(record.point_count);
    if (positions > 0) std::memcpy(row.line.data(), block.data() + at, positions);
    row.condition.assign(block.data() + at + positions, record.text_bytes);
    at += size;
    out->push_back(std::move(row));
  }
  return true;
}

const char* fault_of(const OverlayRow& row) {
  if (row.kind == OverlayKind::unsure) {
    if (rules_of(row.object) == 0 || row.object_id <= 0) return "it names no node, way or relation";
    return (row.value & rules_of(row.object)) == 0 ? "its rule is of another kind of object" : nullptr;
  }
  if (row.line.empty()) return "no position";
  for (const OverlayPosition& p : row.line) {
    if (!on_earth(p)) return "no position";
  }
  if (row.line.size() > kMostPoints || length_of(row.line) > kLongest) return "the line is longer than 100 km";
  if ((row.vehicles & ((1U << map::kVehicleCount) - 1)) == 0) return "it binds no kind of vehicle";
  const bool point = row.line.size() == 1, bearing = row.bearing < 360;
  switch (row.kind) {
    case OverlayKind::stop:
      return !point ? "a stop is a point" : (bearing ? nullptr : "no direction of approach");
    case OverlayKind::level_crossing:
      return point ? nullptr : "a level crossing is a point";
    case OverlayKind::closure:
      if (row.value == map::kAccessUnset || row.value > map::kAccessOther) return "no such value";
      return point && !bearing ? "a closure is a line, or a point with a direction of approach" : nullptr;
    case OverlayKind::limit:
      if (row.value == map::kLimitUnset || (row.value > 5000 && row.value < map::kLimitVariable)) return "no limit";
      return point ? "a limit is a line" : nullptr;
    case OverlayKind::turn_ban:
      return row.line.size() < 3 ? "a turn ban has three positions at least" : nullptr;
    default:
      return point ? "it is a line" : nullptr;
  }
}

}  // namespace tomare::compiler
