// SPDX-License-Identifier: MIT
#include "mapdata/compiler/overlay/road_index.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {
namespace {

constexpr uint32_t kCellShift = 13;  // about 90 m of latitude, and 60 m of longitude at 48 degrees
constexpr double kSampling = 40;     // metres; below the side of a cell

uint64_t cell_of(uint32_t x, uint32_t y) { return uint64_t{x >> kCellShift} << 32 | y >> kCellShift; }

bool may_mean(const OverlayRow& row, const map::Attributes& a) {
  const bool motorway = a.road_class == map::kMotorway || (a.flags & map::kFlagMotorroad) != 0;
  return (row.flags & (motorway ? kOrdinary : kMotorways)) == 0;
}

/// The cell of a place and those around it.
template <typename Take>
void around(const OverlayPosition& place, Take&& take) {
  const uint32_t x = grid_x(place.lon_e7), y = grid_y(place.lat_e7);
  const auto step = [](uint32_t v, int d) { return v + static_cast<uint32_t>(d) * (1U << kCellShift); };
  for (int dx = -2; dx <= 2; ++dx) {
    for (int dy = -1; dy <= 1; ++dy) take(cell_of(step(x, dx), step(y, dy)));
  }
}

}  // namespace

std::vector<OverlayPosition> sampled(const std::vector<OverlayPosition>& line, double step_m) {
  std::vector<OverlayPosition> out;
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    const OverlayPosition a = line[i], b = line[i + 1];
    const double metres = distance_m(a.lat_e7, a.lon_e7, b.lat_e7, b.lon_e7);
    const auto steps = static_cast<int64_t>(std::floor(metres / step_m)) + 1;
    for (int64_t k = 0; k < steps; ++k) {
      const double share = static_cast<double>(k) / static_cast<double>(steps);
      const auto between = [share](int32_t from, int32_t to) {
        return static_cast<int32_t>(std::floor(from + share * (static_cast<double>(to) - from) + 0.5));
      };
      out.push_back({between(a.lat_e7, b.lat_e7), between(a.lon_e7, b.lon_e7)});
    }
  }
  if (!line.empty()) out.push_back(line.back());
  return out;
}

double course_deg(const OverlayPosition& from, const OverlayPosition& to) {
  const MetreScale scale = metre_scale(from.lat_e7);
  return bearing_deg((static_cast<double>(to.lon_e7) - from.lon_e7) * scale.x,
                     (static_cast<double>(to.lat_e7) - from.lat_e7) * scale.y);
}

RoadIndex::RoadIndex(const Network& network, const std::vector<OverlayRow>& rows) : n_(network) {
  for (const OverlayRow& row : rows) {
    if (fault_of(row) != nullptr) continue;
    for (const OverlayPosition& place : sampled(row.line, kSampling)) {
      around(place, [this](uint64_t cell) { cells_[cell]; });
    }
  }
  for (uint32_t w = 0; w < n_.ways.size(); ++w) add(w);
}

void RoadIndex::add(uint32_t w) {
  const RoadWay& way = n_.ways[w];
  for (uint32_t i = 0; i + 1 < way.ref_count; ++i) {
    const uint32_t a = n_.node_of(way, i), b = n_.node_of(way, i + 1);
    if (!n_.placed(a) || !n_.placed(b)) continue;
    const uint32_t x0 = std::min(n_.x[a], n_.x[b]) >> kCellShift, x1 = std::max(n_.x[a], n_.x[b]) >> kCellShift;
    const uint32_t y0 = std::min(n_.y[a], n_.y[b]) >> kCellShift, y1 = std::max(n_.y[a], n_.y[b]) >> kCellShift;
    for (uint32_t x = x0; x <= x1; ++x) {
      for (uint32_t y = y0; y <= y1; ++y) {
        const auto at = cells_.find(uint64_t{x} << 32 | y);
        if (at != cells_.end()) at->second.push_back({w, i});
      }
    }
  }
}

std::vector<NearRoad> RoadIndex::near(const OverlayRow& row, const OverlayPosition& place, double reach_m) const {
  std::vector<Stretch> seen;
  around(place, [&](uint64_t cell) {
    const auto at = cells_.find(cell);
    if (at != cells_.end()) seen.insert(seen.end(), at->second.begin(), at->second.end());
  });
  std::sort(seen.begin(), seen.end(), [](const Stretch& a, const Stretch& b) {
    return a.way != b.way ? a.way < b.way : a.position < b.position;
  });
  std::vector<NearRoad> out;
  const MetreScale scale = metre_scale(place.lat_e7);
  const uint32_t x = grid_x(place.lon_e7), y = grid_y(place.lat_e7);
  const auto metres = [](uint32_t to, uint32_t from, double unit) { return (static_cast<double>(to) - from) * unit; };
  for (size_t k = 0; k < seen.size(); ++k) {
    const Stretch& s = seen[k];
    if (k > 0 && seen[k - 1].way == s.way && seen[k - 1].position == s.position) continue;
    const RoadWay& way = n_.ways[s.way];
    if (!may_mean(row, n_.facts[way.facts].attributes)) continue;
    const uint32_t a = n_.node_of(way, s.position), b = n_.node_of(way, s.position + 1);
    const double bx = metres(n_.x[b], n_.x[a], scale.x), by = metres(n_.y[b], n_.y[a], scale.y);
    const double px = metres(x, n_.x[a], scale.x), py = metres(y, n_.y[a], scale.y);
    const double length = std::sqrt(bx * bx + by * by);
    if (length <= 0) continue;
    const double along = std::clamp((px * bx + py * by) / length, 0.0, length);
    const double ex = px - bx * along / length, ey = py - by * along / length;
    const double aside = std::sqrt(ex * ex + ey * ey);
    if (aside > reach_m) continue;
    out.push_back({s.way, s.position, offsets(s.way)[s.position] + along, aside, bearing_deg(bx, by)});
  }
  return out;
}

const std::vector<double>& RoadIndex::offsets(uint32_t way) const {
  Offsets& slot = offsets_[way % offsets_.size()];
  if (slot.way != way) slot = {way, way_offsets(n_, n_.ways[way])};
  return slot.metres;
}

bool RoadIndex::junction(uint32_t way, uint32_t position) const {
  return n_.uses[n_.node_of(n_.ways[way], position)] >= 2;
}

double RoadIndex::junction_ahead(uint32_t way, double offset_m, bool forward, double reach_m, double back_m) const {
  const std::vector<double>& at = offsets(way);
  double best = -1, nearest = 1e18;
  for (uint32_t i = 0; i < at.size(); ++i) {
    const bool leads_there = forward ? i > 0 : i + 1 < at.size();
    const double to = forward ? at[i] - offset_m : offset_m - at[i];
    if (!leads_there || !junction(way, i) || to < -back_m || to > reach_m || std::max(to, 0.0) >= nearest) continue;
    nearest = std::max(to, 0.0);
    best = at[i];
  }
  return best;
}

}  // namespace tomare::compiler
