// SPDX-License-Identifier: MIT
// Lines of an overlay, matched to the ways under them: the cheapest chain of roads by distance aside and by
// progress, as a drive would be, but along a line that somebody drew.
#include "mapdata/compiler/overlay/overlay_lines.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {
namespace {

constexpr double kReach = 20;     // metres from the line to the road
constexpr double kTurn = 35;      // degrees between them
constexpr double kSampling = 5;   // metres along the line
constexpr double kAside = 6;      // metres; scale of the distance aside
constexpr double kProgress = 4;   // metres; scale of the difference in progress
constexpr double kOffRoad = 12;   // cost of a place of the line without a road
constexpr double kJump = 20;      // cost of going on at a road that is not joined
constexpr double kCovered = 0.8;  // share of the line that must lie on roads
constexpr double kStub = 12;      // metres: what is shorter at an end is the error of the drawing
constexpr double kShortest = 8;   // metres
constexpr double kStep = 30;      // metres that one step of the line may go on the road

struct State {
  uint32_t way = kMissing;  ///< kMissing: off the road
  bool forward = true;
  double offset_m = 0, cost = 0;
  uint32_t back = 0;  ///< the state of the place before
};

struct WaySpan {
  uint32_t way;
  bool forward;
  double from_m, to_m;  ///< in the direction of the line
  double length() const { return forward ? to_m - from_m : from_m - to_m; }
};

class LineSnapper {
 public:
  LineSnapper(const Network& network, const RoadIndex& index) : n_(network), index_(index) {}

  std::vector<OverlayStretch> snap(const OverlayRow& row, const char** reason) {
    places_ = sampled(row.line, kSampling);
    near_ = turned_ = 0;
    std::vector<std::vector<State>> trellis;
    for (size_t k = 0; k < places_.size(); ++k) trellis.push_back(states_at(row, k));
    for (size_t k = 1; k < trellis.size(); ++k) {
      const double step = metres_to(k);
      for (State& to : trellis[k]) arrive(trellis[k - 1], step, &to);
    }
    std::vector<WaySpan> runs = runs_of(trellis);
    *reason = near_ == 0     ? "no road within 20 m"
              : turned_ == 0 ? "no road in its direction"
                             : "the line leaves the road";
    if (covered_ < kCovered * static_cast<double>(places_.size())) return {};
    join(&runs);
    drop_stubs(&runs);
    std::vector<OverlayStretch> out;
    for (const WaySpan& r : runs) {
      if (r.length() < 1) continue;
      out.push_back({r.way, std::min(r.from_m, r.to_m), std::max(r.from_m, r.to_m), r.forward});
    }
    double metres = 0;
    for (const OverlayStretch& s : out) metres += s.to_m - s.from_m;
    *reason = "shorter than 8 m on the road";
    if (metres < kShortest) return {};
    *reason = nullptr;
    return out;
  }

 private:
  double metres_to(size_t k) const {
    const OverlayPosition &a = places_[k - 1], &b = places_[k];
    return distance_m(a.lat_e7, a.lon_e7, b.lat_e7, b.lon_e7);
  }

  /// The roads near a place of the line, the nearest stretch of each way and direction.
  std::vector<State> states_at(const OverlayRow& row, size_t k) {
    const size_t a = k + 1 < places_.size() ? k : k - 1;
    const double course = course_deg(places_[a], places_[a + 1]);
    std::vector<State> states{State{}};
    states.front().cost = kOffRoad;
    const std::vector<NearRoad> near = index_.near(row, places_[k], kReach);
    near_ += near.size();
    for (const NearRoad& road : near) {
      const double off = angle_between_deg(road.bearing, course);
      const bool forward = off <= kTurn;
      if (!forward && off < 180 - kTurn) continue;
      ++turned_;
      const double cost = road.aside_m * road.aside_m / (kAside * kAside);
      const auto same = [&](const State& s) { return s.way == road.way && s.forward == forward; };
      const auto known = std::find_if(states.begin(), states.end(), same);
      if (known == states.end()) {
        states.push_back({road.way, forward, road.offset_m, cost, 0});
      } else if (cost < known->cost) {
        known->offset_m = road.offset_m;
        known->cost = cost;
      }
    }
    return states;
  }

  void arrive(const std::vector<State>& before, double step_m, State* to) const {
    double best = 1e18;
    for (uint32_t i = 0; i < before.size(); ++i) {
      const double cost = before[i].cost + change(before[i], *to, step_m);
      if (cost >= best) continue;
      best = cost;
      to->back = i;
    }
    to->cost += best;
  }

  double change(const State& a, const State& b, double step_m) const {
    if (a.way == kMissing || b.way == kMissing) return a.way == b.way ? 0 : 3;
    double gone = 0;
    if (a.way == b.way && a.forward == b.forward) {
      gone = a.forward ? b.offset_m - a.offset_m : a.offset_m - b.offset_m;
    } else if (a.way == b.way || !linked(a, b, &gone, nullptr)) {
      return kJump;
    }
    return std::min(kJump, std::fabs(gone - step_m) / kProgress + (a.way == b.way ? 0 : 0.5));
  }

  /// The shortest way from one state to another over a node that both ways share; `ends`: its offsets on both.
  bool linked(const State& a, const State& b, double* metres, std::pair<double, double>* ends) const {
    const RoadWay &from = n_.ways[a.way], &to = n_.ways[b.way];
    struct End {
      uint32_t node;
      double gone, offset;
    };
    std::vector<End> exits;
    const std::vector<double>& out = index_.offsets(a.way);
    for (uint32_t i = 0; i < from.ref_count; ++i) {
      const double gone = a.forward ? out[i] - a.offset_m : a.offset_m - out[i];
      if (gone < -kSampling || gone > kStep || !index_.junction(a.way, i)) continue;
      exits.push_back({n_.node_of(from, i), gone, out[i]});
    }
    if (exits.empty()) return false;
    double best = 1e18;
    const std::vector<double>& in = index_.offsets(b.way);
    for (uint32_t i = 0; i < to.ref_count; ++i) {
      const double more = b.forward ? b.offset_m - in[i] : in[i] - b.offset_m;
      if (more < -kSampling || more > kStep) continue;
      for (const End& exit : exits) {
        if (exit.node != n_.node_of(to, i) || exit.gone + more >= best) continue;
        best = exit.gone + more;
        if (ends != nullptr) *ends = {exit.offset, in[i]};
      }
    }
    *metres = best;
    return best < 1e17;
  }

  std::vector<WaySpan> runs_of(const std::vector<std::vector<State>>& trellis) {
    std::vector<State> path(trellis.size());
    uint32_t at = 0;
    for (uint32_t i = 0; i < trellis.back().size(); ++i) {
      if (trellis.back()[i].cost < trellis.back()[at].cost) at = i;
    }
    for (size_t k = trellis.size(); k-- > 0;) {
      path[k] = trellis[k][at];
      at = path[k].back;
    }
    covered_ = 0;
    std::vector<WaySpan> runs;
    for (size_t k = 0; k < path.size(); ++k) {
      const State& s = path[k];
      if (s.way == kMissing) continue;
      ++covered_;
      const bool goes_on = k > 0 && !runs.empty() && path[k - 1].way == s.way && path[k - 1].forward == s.forward;
      if (!goes_on) runs.push_back({s.way, s.forward, s.offset_m, s.offset_m});
      runs.back().to_m = s.offset_m;
    }
    return runs;
  }

  /// Runs reach to the node that they share; the first and the last to a junction next to their end.
  void join(std::vector<WaySpan>* runs) const {
    for (size_t i = 0; i + 1 < runs->size(); ++i) {
      WaySpan &a = (*runs)[i], &b = (*runs)[i + 1];
      double metres = 0;
      std::pair<double, double> ends;
      const State from{a.way, a.forward, a.to_m, 0, 0}, to{b.way, b.forward, b.from_m, 0, 0};
      if (a.way == b.way || !linked(from, to, &metres, &ends)) continue;
      a.to_m = ends.first;
      b.from_m = ends.second;
    }
    if (runs->empty()) return;
    WaySpan &first = runs->front(), &last = runs->back();
    const double behind = index_.junction_ahead(first.way, first.from_m, !first.forward, kStub, 0);
    if (behind >= 0) first.from_m = behind;
    const double ahead = index_.junction_ahead(last.way, last.to_m, last.forward, kStub, 0);
    if (ahead >= 0) last.to_m = ahead;
  }

  static void drop_stubs(std::vector<WaySpan>* runs) {
    if (runs->size() > 1 && runs->front().length() < kStub) runs->erase(runs->begin());
    if (runs->size() > 1 && runs->back().length() < kStub) runs->pop_back();
  }

  const Network& n_;
  const RoadIndex& index_;
  std::vector<OverlayPosition> places_;
  size_t near_ = 0, turned_ = 0;
  double covered_ = 0;
};

}  // namespace

std::vector<OverlayStretch> snap_line(const Network& network, const RoadIndex& index, const OverlayRow& row,
                                      const char** reason) {
  return LineSnapper(network, index).snap(row, reason);
}

}  // namespace tomare::compiler
