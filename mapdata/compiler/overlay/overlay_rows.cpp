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

template <typename T>
T number_at(std::string_view block, size_t at) {
  T value;
  std::memcpy(&value, block.data() + at, sizeof(value));
  return value;
}

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
    if (block.size() - at < kOverlayHead) return false;
    OverlayRow row;
    row.row = number_at<uint32_t>(block, at);
    const auto kind = number_at<uint8_t>(block, at + 4);
    row.vehicles = number_at<uint8_t>(block, at + 5);
    row.flags = number_at<uint8_t>(block, at + 6);
    row.value = number_at<uint16_t>(block, at + 8);
    row.bearing = number_at<uint16_t>(block, at + 10);
    const uint64_t points = number_at<uint32_t>(block, at + 12), text = number_at<uint32_t>(block, at + 16);
    at += kOverlayHead;
    const uint64_t size = 8 * points + (text + 3) / 4 * 4;
    if (kind == 0 || kind >= kOverlayKinds || size > block.size() - at) return false;
    row.kind = static_cast<OverlayKind>(kind);
    row.line.resize(points);
    if (points > 0) std::memcpy(row.line.data(), block.data() + at, 8 * points);
    row.condition.assign(block.data() + at + 8 * points, text);
    at += size;
    out->push_back(std::move(row));
  }
  return true;
}

const char* fault_of(const OverlayRow& row) {
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
