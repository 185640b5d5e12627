// SPDX-License-Identifier: MIT
// Points of an overlay: the road that leads to a junction in the direction of approach, a crossing's road, the
// mouth of a closed road.
#include "mapdata/compiler/overlay/overlay_points.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"

namespace tomare::compiler {
namespace {

constexpr double kReach = 25;         // metres from the point to the road
constexpr double kTurn = 45;          // degrees between the road and the approach
constexpr double kJunction = 60;      // metres ahead within which a junction must lie
constexpr double kCentre = 8;         // metres: a point as near as this to the junction is at its centre
constexpr double kLine = 5;           // metres before the centre where the line is then taken to be
constexpr double kSameStop = 30;      // metres between a stop of the map and one of the overlay
constexpr double kSameCrossing = 40;  // metres between tracks of one crossing
constexpr double kNoReach = 1e9;

}  // namespace

PointSnapper::PointSnapper(const Network& network, const RoadIndex& index, const std::vector<PlacedPoint>& placed)
    : n_(network), index_(index) {
  for (const PlacedPoint& p : placed) known_[p.anchor.way].push_back({p.offset_m, p.point});
}

const char* PointSnapper::approach_of(const std::vector<NearRoad>& near, double bearing_deg, Approach* best) const {
  std::vector<Approach> found;
  bool in_direction = false;
  for (const NearRoad& road : near) {
    const double off = angle_between_deg(road.bearing, bearing_deg);
    const bool forward = off <= kTurn;
    if (!forward && off < 180 - kTurn) continue;
    const map::Attributes& facts = n_.facts[n_.ways[road.way].facts].attributes;
    if ((facts.oneway_against[forward ? map::kForward : map::kBackward] & 1) != 0) continue;
    in_direction = true;
    const double junction = index_.junction_ahead(road.way, road.offset_m, forward, kJunction, kCentre);
    if (junction < 0) continue;
    found.push_back({road, forward, junction, std::max(0.0, (junction - road.offset_m) * (forward ? 1 : -1))});
  }
  if (!in_direction) return "no road in the direction of approach";
  if (found.empty()) return "no junction within 60 m ahead";
  // a point at the centre lies on the exit too: there the next junction is further ahead
  const auto cost = [](const Approach& a) { return a.at.aside_m + 0.3 * a.ahead_m; };
  *best = *std::min_element(found.begin(), found.end(), [&](const Approach& a, const Approach& b) {
    return cost(a) != cost(b) ? cost(a) < cost(b) : a.at.way < b.at.way;
  });
  return nullptr;
}

const char* PointSnapper::stop(const OverlayRow& row, PlacedPoint* out) {
  const std::vector<NearRoad> near = index_.near(row, row.line.front(), kReach);
  if (near.empty()) return "no road within 25 m";
  Approach best{};
  if (const char* refused = approach_of(near, row.bearing, &best)) return refused;
  const uint8_t direction = best.forward ? 1 : 2;
  const bool centre = best.ahead_m < kCentre;
  const double line = best.forward ? best.junction_m - kLine : best.junction_m + kLine;
  const double offset = centre ? line : best.at.offset_m;
  if (offset <= 0 || offset >= index_.offsets(best.at.way).back()) return "the road to the junction is too short";
  std::vector<Known>& known = known_[best.at.way];
  for (const Known& k : known) {
    const bool same = k.point.kind == map::kStop && (k.point.directions & direction) != 0;
    if (same && std::fabs(k.offset_m - offset) < kSameStop) return "the map has this stop";
  }
  out->anchor = {best.at.way, 0, 0};
  out->offset_m = offset;
  out->point.kind = map::kStop;
  out->point.directions = direction;
  out->point.direction_source = map::kDirectionGiven;
  out->point.flags = static_cast<uint8_t>(map::kFromOverlay | (centre ? map::kAtJunction : 0));
  known.push_back({offset, out->point});
  return nullptr;
}

const char* PointSnapper::crossing(const OverlayRow& row, PlacedPoint* out) {
  const std::vector<NearRoad> near = index_.near(row, row.line.front(), kReach);
  if (near.empty()) return "no road within 25 m";
  const NearRoad& road = *std::min_element(near.begin(), near.end(),
                                           [](const NearRoad& a, const NearRoad& b) { return a.aside_m < b.aside_m; });
  std::vector<Known>& known = known_[road.way];
  for (const Known& k : known) {
    const bool same = k.point.kind == map::kLevelCrossing && (k.point.flags & map::kCrossingInactive) == 0;
    if (same && std::fabs(k.offset_m - road.offset_m) < kSameCrossing) return "the map has this crossing";
  }
  if (road.offset_m <= 0 || road.offset_m >= index_.offsets(road.way).back()) return "it lies at the end of a road";
  out->anchor = {road.way, 0, 0};
  out->offset_m = road.offset_m;
  out->point.kind = map::kLevelCrossing;
  out->point.directions = 3;
  out->point.direction_source = map::kDirectionGiven;
  out->point.flags = map::kFromOverlay;
  known.push_back({road.offset_m, out->point});
  return nullptr;
}

const char* PointSnapper::mouth(const OverlayRow& row, OverlayStretch* out) const {
  const std::vector<NearRoad> near = index_.near(row, row.line.front(), kReach);
  if (near.empty()) return "no road within 25 m";
  double best = kNoReach;
  for (const NearRoad& road : near) {
    const double off = angle_between_deg(road.bearing, row.bearing);
    const bool forward = off <= kTurn;
    if (!forward && off < 180 - kTurn) continue;
    // the sign stands at the junction behind it, and speaks of the road up to the next one
    const double behind = index_.junction_ahead(road.way, road.offset_m, !forward, kReach, kCentre);
    const double from = behind < 0 ? road.offset_m : behind;
    const double to = index_.junction_ahead(road.way, from + (forward ? kCentre : -kCentre), forward, kNoReach, 0);
    const double end = to >= 0 ? to : (forward ? index_.offsets(road.way).back() : 0);
    const double cost = road.aside_m + std::fabs(road.offset_m - from) + (behind < 0 ? kReach : 0);
    if (std::fabs(end - from) < kCentre || cost >= best) continue;
    best = cost;
    *out = {road.way, std::min(from, end), std::max(from, end), forward};
  }
  return best < kNoReach ? nullptr : "no road in the direction of approach";
}

}  // namespace tomare::compiler
