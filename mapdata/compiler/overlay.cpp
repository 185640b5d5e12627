// SPDX-License-Identifier: MIT
#include "mapdata/compiler/overlay.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {
namespace {

constexpr double kReach = 25;      // metres from the point to the road
constexpr double kTurn = 45;       // degrees between the road and the approach
constexpr double kJunction = 60;   // metres ahead within which a junction must lie
constexpr double kCentre = 8;      // metres: a point as near as this to the junction is at its centre
constexpr double kLine = 5;        // metres before the centre where the line is then taken to be
constexpr double kSameStop = 30;   // metres between a stop of the map and one of the overlay
constexpr uint32_t kCellShift = 13;  // about 90 m

struct Place {
  uint32_t way, position;  ///< on the stretch from the position to the next
  double offset_m, aside_m;
  bool forward;
  double ahead_m, junction_m;  ///< to the next junction, and its offset
};

class Snapper {
 public:
  Snapper(const Network& network, const std::vector<PlacedPoint>& placed) : n_(network) {
    for (uint32_t w = 0; w < n_.ways.size(); ++w) index(w);
    for (const PlacedPoint& p : placed) {
      if (p.point.kind == map::kStop) stops_[p.anchor.way].push_back({p.offset_m, p.point.directions});
    }
  }

  /// The reason why it is left out, or nullptr and `out` filled.
  const char* snap(const OverlayStop& stop, PlacedPoint* out) {
    std::vector<Place> places;
    if (!near(stop, &places)) return "no road within 25 m";
    const auto unfit = [](const Place& p) { return p.ahead_m > kJunction; };
    if (places.empty()) return "no road in the direction of approach";
    places.erase(std::remove_if(places.begin(), places.end(), unfit), places.end());
    if (places.empty()) return "no junction within 60 m ahead";
    // a point at the centre lies on the exit too: there the next junction is further ahead
    const auto cost = [](const Place& p) { return p.aside_m + 0.3 * p.ahead_m; };
    const Place best = *std::min_element(places.begin(), places.end(), [&](const Place& a, const Place& b) {
      return cost(a) != cost(b) ? cost(a) < cost(b) : n_.ways[a.way].id < n_.ways[b.way].id;
    });
    return place(best, out);
  }

 private:
  static uint64_t cell(uint32_t x, uint32_t y) { return uint64_t{x >> kCellShift} << 32 | y >> kCellShift; }

  void index(uint32_t w) {
    const RoadWay& way = n_.ways[w];
    for (uint32_t i = 0; i + 1 < way.ref_count; ++i) {
      const uint32_t a = n_.node_of(way, i), b = n_.node_of(way, i + 1);
      if (!n_.placed(a) || !n_.placed(b)) continue;
      const uint32_t x0 = std::min(n_.x[a], n_.x[b]) >> kCellShift, x1 = std::max(n_.x[a], n_.x[b]) >> kCellShift;
      const uint32_t y0 = std::min(n_.y[a], n_.y[b]) >> kCellShift, y1 = std::max(n_.y[a], n_.y[b]) >> kCellShift;
      for (uint32_t x = x0; x <= x1; ++x) {
        for (uint32_t y = y0; y <= y1; ++y) cells_[uint64_t{x} << 32 | y].push_back({w, i});
      }
    }
  }

  /// False: no road is near. Only those in the direction of approach are collected.
  bool near(const OverlayStop& stop, std::vector<Place>* out) const {
    const uint32_t x = grid_x(stop.lon_e7), y = grid_y(stop.lat_e7);
    bool any = false;
    std::vector<std::pair<uint32_t, uint32_t>> seen;
    for (int dx = -1; dx <= 1; ++dx) {
      for (int dy = -1; dy <= 1; ++dy) {
        const auto step = [](uint32_t v, int d) { return v + static_cast<uint32_t>(d) * (1U << kCellShift); };
        const auto at = cells_.find(cell(step(x, dx), step(y, dy)));
        if (at != cells_.end()) seen.insert(seen.end(), at->second.begin(), at->second.end());
      }
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    for (const auto& [way, position] : seen) any = project(stop, x, y, way, position, out) || any;
    return any;
  }

  bool project(const OverlayStop& stop, uint32_t x, uint32_t y, uint32_t w, uint32_t i, std::vector<Place>* out) const {
    const RoadWay& way = n_.ways[w];
    const uint32_t a = n_.node_of(way, i), b = n_.node_of(way, i + 1);
    const MetreScale scale = metre_scale(stop.lat_e7);
    const auto metres = [](uint32_t to, uint32_t from, double unit) { return (static_cast<double>(to) - from) * unit; };
    const double bx = metres(n_.x[b], n_.x[a], scale.x), by = metres(n_.y[b], n_.y[a], scale.y);
    const double px = metres(x, n_.x[a], scale.x), py = metres(y, n_.y[a], scale.y);
    const double length = std::sqrt(bx * bx + by * by);
    if (length <= 0) return false;
    const double along = std::clamp((px * bx + py * by) / length, 0.0, length);
    const double ex = px - bx * along / length, ey = py - by * along / length;
    const double aside = std::sqrt(ex * ex + ey * ey);
    if (aside > kReach) return false;
    const double off = angle_between_deg(bearing_deg(bx, by), stop.bearing_deg);
    const bool forward = off <= kTurn;
    if (!forward && off < 180 - kTurn) return true;
    const map::Attributes& facts = n_.facts[way.facts].attributes;
    if ((facts.oneway_against[forward ? map::kForward : map::kBackward] & 1) != 0) return true;
    const std::vector<double> offsets = way_offsets(n_, way);
    Place place{w, i, offsets[i] + along, aside, forward, 1e9, 0};
    for (uint32_t k = 0; k < way.ref_count; ++k) {
      if (n_.uses[n_.node_of(way, k)] < 2) continue;
      const double to = forward ? offsets[k] - place.offset_m : place.offset_m - offsets[k];
      const bool leads_there = forward ? k > 0 : k + 1 < way.ref_count;
      if (!leads_there || to < -kCentre || std::max(to, 0.0) >= place.ahead_m) continue;
      place.ahead_m = std::max(to, 0.0);
      place.junction_m = offsets[k];
    }
    out->push_back(place);
    return true;
  }

  const char* place(const Place& p, PlacedPoint* out) {
    const uint8_t direction = p.forward ? 1 : 2;
    const bool centre = p.ahead_m < kCentre;
    const double line = p.forward ? p.junction_m - kLine : p.junction_m + kLine;
    const double offset = centre ? line : p.offset_m;
    const std::vector<double> offsets = way_offsets(n_, n_.ways[p.way]);
    if (offset <= 0 || offset >= offsets.back()) return "the road to the junction is too short";
    for (const auto& [at, directions] : stops_[p.way]) {
      if ((directions & direction) != 0 && std::fabs(at - offset) < kSameStop) return "the map has this stop";
    }
    stops_[p.way].push_back({offset, direction});
    out->anchor = {p.way, 0, 0};
    out->offset_m = offset;
    out->point.node = 0;
    out->point.kind = map::kStop;
    out->point.directions = direction;
    out->point.direction_source = map::kDirectionGiven;
    out->point.flags = static_cast<uint8_t>(map::kFromOverlay | (centre ? map::kAtJunction : 0));
    return nullptr;
  }

  const Network& n_;
  std::unordered_map<uint64_t, std::vector<std::pair<uint32_t, uint32_t>>> cells_;
  std::map<uint32_t, std::vector<std::pair<double, uint8_t>>> stops_;  ///< by way: offset, directions
};

}  // namespace

OverlayResult snap_stops(const Network& network, const std::vector<OverlayStop>& stops,
                         const std::vector<PlacedPoint>& placed) {
  OverlayResult result;
  if (stops.empty()) return result;
  Snapper snapper(network, placed);
  for (const OverlayStop& stop : stops) {
    PlacedPoint point;
    const char* reason = snapper.snap(stop, &point);
    if (reason == nullptr) {
      result.points.push_back(point);
    } else {
      result.left_out += std::to_string(stop.row) + "\t" + reason + "\n";
    }
  }
  return result;
}

}  // namespace tomare::compiler
