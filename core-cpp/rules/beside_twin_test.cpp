// SPDX-License-Identifier: MIT
// Odds of lawful roads beside a stretch against a slow twin in a plane, over drives by chance: roads on both sides in
// any direction, joined or not, logs with and without courses, before and behind the stretch or nothing there.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <random>

#include "core-cpp/map/made_map_test.hpp"
#include "core-cpp/match/made_log_test.hpp"
#include "core-cpp/rules/beside.hpp"

namespace tomare::rules {
namespace {

constexpr double kRadian = 0.017453292519943295;
constexpr double kNothing = 1e9;

/// Along the path and to the right of it.
struct Place {
  double on_m = 0, right_m = 0;
};
Place operator-(Place a, Place b) { return {a.on_m - b.on_m, a.right_m - b.right_m}; }
double size_of(Place p) { return std::hypot(p.on_m, p.right_m); }

double cost_of(double z) { return std::fabs(z) < 2 ? z * z / 2 : 2 * std::fabs(z) - 2; }
double odds_of(double cost) { return std::min(1e6, std::exp(-cost)); }

struct Road {
  size_t from, to;      ///< nodes
  bool lawful[2] = {};  ///< driven along it, against it
  bool of_path = false;
};
struct Fix {
  Place at;
  double path_m, time_s, sigma_m;
  size_t road;  ///< of the path
};

/// 200 m before the stretch, 400 m of it and 200 m behind it; or the stretch alone.
struct Scene {
  std::vector<Place> nodes;
  std::vector<Road> roads;
  std::vector<size_t> path;
  size_t on = 0;  ///< index into the path of the stretch
  std::vector<Fix> fixes;
  Range range;
  double sigma_m = 5;
  std::optional<double> course_off_deg;  ///< of the path's direction
  bool tunnel = false;

  explicit Scene(uint32_t seed) : random_(seed) {
    const bool alone = seed % 5 == 0;
    const double first_m = alone ? 0 : -200, last_m = alone ? 400 : 600;
    for (const double on_m : {-200.0, 0.0, 400.0, 600.0}) nodes.push_back({on_m, 0});
    for (size_t k = 0; k < 3; ++k) add(k, k + 1, true);
    path = alone ? std::vector<size_t>{1} : std::vector<size_t>{0, 1, 2};
    on = alone ? 0 : 1;
    for (uint32_t k = 0; k < 1 + seed % 4; ++k) add_beside();
    tunnel = seed % 7 == 0;
    if (seed % 3 == 0) course_off_deg = 16 * share() - 8;
    constexpr double kSigmas[] = {3, 5, 8};
    sigma_m = kSigmas[seed % 3];
    drive(first_m, last_m, seed % 2 == 0 ? 1 : 1 + 6 * share());
  }

 private:
  double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  bool one_in(uint32_t n) { return random_() % n == 0; }
  void add(size_t from, size_t to, bool of_path = false) {
    const bool turned = one_in(2);
    Road road{turned ? to : from, turned ? from : to};
    road.of_path = of_path;
    for (bool& lawful : road.lawful) lawful = !one_in(4);
    roads.push_back(road);
  }
  void add_beside() {
    const double side = one_in(2) ? 1 : -1, right_m = side * (7 + 20 * share());
    const double from_m = one_in(2) ? 5 : 160 * share(), to_m = one_in(2) ? 395 : 400 - 160 * share();
    const double skew_m = one_in(4) ? side * 6 : 0;
    nodes.push_back({from_m, right_m});
    nodes.push_back({to_m, right_m + skew_m});
    const size_t begin = nodes.size() - 2, end = nodes.size() - 1;
    add(begin, end);
    if (!one_in(3)) add(1, begin);
    if (!one_in(3)) add(end, 2);
  }
  void drive(double first_m, double last_m, double step_s) {
    const double mps = 4 + 10 * share(), off_m = 44 * share() - 22, swing_m = one_in(3) ? 8 : 2;
    const double around_m = one_in(2) ? off_m : 0;
    size_t k = 0;
    for (double at_m = first_m + 3; at_m < last_m - 3; at_m += mps * step_s, ++k) {
      const bool inside = at_m > 0 && at_m < 400;
      const double right_m = (inside ? off_m : around_m) + swing_m * (2 * share() - 1);
      const double along_m = at_m + 2 * share() - 1;
      if (inside && range.end == 0) range = {k, k};
      if (inside) range.end = k + 1;
      const size_t leg = at_m < 0 ? 0 : at_m < 400 ? 1 : 2;
      fixes.push_back({{along_m, right_m}, at_m, static_cast<double>(k) * step_s, sigma_m, leg});
    }
  }
  std::mt19937 random_;
};

/// docs/RULES.md, "A lawful road beside".
class SlowBeside {
 public:
  explicit SlowBeside(const Scene& scene) : s_(scene) {}
  bool close = false;  ///< to a bound: a hair decides

  /// Odds of the lawful roads over the path.
  double odds() {
    const size_t count = s_.range.size();
    size_t alone = 0;
    for (size_t k = 1; k <= 3; ++k) alone += beside(s_.fixes[s_.range.begin + count * k / 4], false).empty() ? 1 : 0;
    for (size_t k = s_.range.begin; k < s_.range.end; k += count / 12 + 1) asked_.push_back(k);
    if (alone >= 2) return 0;
    for (const size_t k : asked_) near_.push_back(beside(s_.fixes[k], true));
    const auto some = [](const std::vector<Near>& near) { return !near.empty(); };
    if (std::none_of(near_.begin(), near_.end(), some)) return 0;
    double against = 0, with = 0;
    for (size_t i = 0; i < asked_.size(); ++i) {
      if (near_[i].empty()) continue;
      const Fix& fix = s_.fixes[asked_[i]];
      double lawful_m = kNothing;
      for (const Near& near : near_[i]) lawful_m = std::min(lawful_m, size_of(near.error));
      against += cost_of(lawful_m / fix.sigma_m) - std::min(50.0, cost_of(path_m(fix) / fix.sigma_m));
      ++with;
    }
    if (4 * with < 3 * static_cast<double>(asked_.size())) return 0;
    const double lasts_s = s_.fixes[asked_.back()].time_s - s_.fixes[asked_.front()].time_s;
    const double independent = std::min(1 + lasts_s / 40, with);
    const double aside = lasts_s > 320 ? 0 : std::max(aside_odds(-1), aside_odds(1));
    const double by_path = !joined() ? 0.05 : s_.path.size() == 1 ? 4 : 1;
    return std::max(odds_of(independent * against / with), aside) * by_path * (s_.tunnel ? 20 : 1);
  }

 private:
  /// A road near a fix, and how far the fix is from it.
  struct Near {
    size_t road;
    bool forward;
    Place error, from_path;
  };
  bool less(double a, double b, double margin) {
    close = close || std::fabs(a - b) < margin;
    return a < b;
  }
  Place error_of(const Fix& fix, size_t road) const {
    const Place a = s_.nodes[s_.roads[road].from], along = s_.nodes[s_.roads[road].to] - a, to = fix.at - a;
    const double dot = to.on_m * along.on_m + to.right_m * along.right_m;
    const double share = std::clamp(dot / std::pow(size_of(along), 2), 0.0, 1.0);
    return {to.on_m - share * along.on_m, to.right_m - share * along.right_m};
  }
  double reach_m(const Fix& fix) const { return std::max(25.0, 3.5 * fix.sigma_m); }
  Place path_error(const Fix& fix) {
    Place nearest{kNothing, 0};
    for (const size_t road : s_.path) {
      const Place error = error_of(fix, road);
      if (size_of(error) < size_of(nearest)) nearest = error;
    }
    return less(size_of(nearest), reach_m(fix), 0.1) ? nearest : Place{};
  }
  double path_m(const Fix& fix) {
    const Place error = path_error(fix);
    return error.on_m == 0 && error.right_m == 0 ? kNothing : size_of(error);
  }
  /// Roads that run along, in either direction.
  std::vector<Near> beside(const Fix& fix, bool lawful_alone) {
    std::vector<Near> found;
    for (size_t r = 0; r < s_.roads.size(); ++r) {
      if (std::find(s_.path.begin(), s_.path.end(), r) != s_.path.end()) continue;
      const Place error = error_of(fix, r), along = s_.nodes[s_.roads[r].to] - s_.nodes[s_.roads[r].from];
      if (!less(size_of(error), reach_m(fix), 0.1)) continue;
      const double off_deg = std::fabs(std::atan2(along.right_m, along.on_m)) / kRadian;
      const bool forward = less(off_deg, 30, 1);
      if (!forward && less(off_deg, 150, 1)) continue;
      if (lawful_alone && !s_.roads[r].lawful[forward ? 0 : 1]) continue;
      found.push_back({r, forward, error, path_error(fix) - error});
    }
    return found;
  }
  /// To one side of the path, by the nearest such road.
  std::optional<Near> nearest(size_t i, double side) {
    std::optional<Near> least;
    for (const Near& near : near_[i]) {
      if (less(side * near.from_path.right_m, 0, 0.1)) continue;
      if (!least || less(size_of(near.error), size_of(least->error), 0.1)) least = near;
    }
    return least;
  }
  double aside_odds(double side) {
    Place sum, squares;
    double count = 0;
    for (size_t i = 0; i < asked_.size(); ++i) {
      const std::optional<Near> near = nearest(i, side);
      if (!near) continue;
      const Place e = near->error;
      sum = {sum.on_m + e.on_m, sum.right_m + e.right_m};
      squares = {squares.on_m + e.on_m * e.on_m, squares.right_m + e.right_m * e.right_m};
      ++count;
    }
    if (count == 0 || 4 * count < 3 * static_cast<double>(asked_.size())) return 0;
    const Place mean = {sum.on_m / count, sum.right_m / count};
    const double spread2 = (squares.on_m + squares.right_m) / count - std::pow(size_of(mean), 2);
    if (!less(size_of(mean), 16, 0.05) || !less(spread2, 25, 0.5)) return 0;
    const double begin = std::min(3.0, goes_on(mean.right_m, true) * went_straight(side, true));
    return 0.5 * begin * std::min(3.0, goes_on(mean.right_m, false) * went_straight(side, false));
  }
  double goes_on(double error_m, bool begin) const {
    const double edge_s = s_.fixes[begin ? s_.range.begin : s_.range.end - 1].time_s;
    for (const double from_s : {12.0, 3.0}) {
      double cost = 0, count = 0;
      for (size_t k = 0; k < s_.fixes.size(); ++k) {
        const Fix& fix = s_.fixes[k];
        const double away_s = begin ? edge_s - fix.time_s : fix.time_s - edge_s;
        if (away_s < from_s || away_s > 60) continue;
        cost += cost_of((fix.at.right_m - error_m) / fix.sigma_m) - cost_of(fix.at.right_m / fix.sigma_m);
        ++count;
      }
      if (count >= 3) return std::clamp(odds_of(cost / count), 0.02, 3.0);
    }
    return 0.15;
  }
  /// How much likelier the lawful road goes straight on there, by one course within four seconds.
  double went_straight(double side, bool begin) {
    const size_t k = begin ? s_.range.begin : s_.range.end - 1;
    if (!s_.course_off_deg || s_.fixes[1].time_s - s_.fixes[0].time_s > 2.5) return 1;
    size_t first = k, last = k;
    while (first > 0 && s_.fixes[k].time_s - s_.fixes[first - 1].time_s <= 4) --first;
    while (last + 1 < s_.fixes.size() && s_.fixes[last + 1].time_s - s_.fixes[k].time_s <= 4) ++last;
    close = close || s_.fixes[1].time_s - s_.fixes[0].time_s > 1;  // times to the millisecond
    if (s_.fixes[k].time_s - s_.fixes[first].time_s < 3.5 || s_.fixes[last].time_s - s_.fixes[k].time_s < 3.5) return 1;
    const double gone_m = s_.fixes[last].path_m - s_.fixes[first].path_m, off = *s_.course_off_deg * kRadian;
    const double sigma_m = std::hypot(2.5, 0.03 * gone_m), accused_m = -gone_m * std::sin(off);
    size_t i = begin ? 0 : asked_.size() - 1;
    while (!nearest(i, side)) i += begin ? 1 : -1;
    const Place from_path = nearest(i, side)->from_path;
    const double step_m = from_path.right_m * std::cos(off) - from_path.on_m * std::sin(off);
    const double lawful_m = accused_m + (begin ? step_m : -step_m);
    return std::max(1.0, odds_of(cost_of(lawful_m / sigma_m) - cost_of(accused_m / sigma_m)));
  }

  using Arc = std::pair<size_t, bool>;  ///< road, along it
  size_t end_of(Arc arc) const { return arc.second ? s_.roads[arc.first].to : s_.roads[arc.first].from; }
  size_t begin_of(Arc arc) const { return arc.second ? s_.roads[arc.first].from : s_.roads[arc.first].to; }
  std::vector<Arc> arcs_at(size_t i) const {
    std::vector<Arc> arcs;
    for (const Near& near : near_[i]) arcs.push_back({near.road, near.forward});
    return arcs;
  }
  Arc on_path(size_t leg) const { return {s_.path[leg], s_.roads[s_.path[leg]].from < s_.roads[s_.path[leg]].to}; }

  /// By roads beside the stretch, and at most 80 m of others.
  bool joined() {
    size_t first = 0, last = near_.size() - 1;
    while (near_[first].empty()) ++first;
    while (near_[last].empty()) --last;
    std::vector<Arc> from, to, lawful;
    const bool whole = s_.path.size() == 1;
    from = whole ? arcs_at(first) : std::vector<Arc>{on_path(0)};
    to = whole ? arcs_at(last) : std::vector<Arc>{on_path(2)};
    for (size_t i = 0; i < near_.size(); ++i) {
      for (const Arc& arc : arcs_at(i)) lawful.push_back(arc);
    }
    const auto in = [](const std::vector<Arc>& arcs, Arc arc) {
      return std::find(arcs.begin(), arcs.end(), arc) != arcs.end();
    };
    if (whole && std::any_of(from.begin(), from.end(), [&](Arc arc) { return in(to, arc); })) return true;
    std::map<Arc, double> off_m;
    for (const Arc& arc : from) off_m[arc] = 0;
    for (size_t round = 0; round < 2 * s_.roads.size(); ++round) {
      const std::map<Arc, double> before = off_m;
      for (const auto& [arc, metres] : before) {
        for (size_t r = 0; r < s_.roads.size(); ++r) {
          for (const bool along : {true, false}) {
            const Arc next{r, along};
            if (begin_of(next) != end_of(arc)) continue;
            if (in(to, next)) return true;
            const double more_m = in(lawful, next) ? 0 : size_of(s_.nodes[s_.roads[r].to] - s_.nodes[s_.roads[r].from]);
            if (r == s_.path[s_.on] || !less(metres + more_m, 80.005, 0.02)) continue;
            const auto known = off_m.find(next);
            if (known == off_m.end() || metres + more_m < known->second) off_m[next] = metres + more_m;
          }
        }
      }
    }
    return false;
  }

  const Scene& s_;
  std::vector<size_t> asked_;
  std::vector<std::vector<Near>> near_;
};

/// The scene on a map, in a direction by chance.
class Mapped : testing::MadeLog {
 public:
  Mapped(const Scene& scene, double bearing_deg) : s_(scene), bearing_(bearing_deg * kRadian) {
    for (const Place& node : s_.nodes) map_.node(east_m(node), north_m(node));
    for (const Road& road : s_.roads) {
      map::Attributes facts = map_.attributes[0];
      const bool stretch = &road - s_.roads.data() == static_cast<ptrdiff_t>(s_.path[s_.on]);
      if (stretch && s_.tunnel) facts.flags = map::kFlagTunnel;
      const double metres = size_of(s_.nodes[road.to] - s_.nodes[road.from]);
      map_.road(static_cast<uint16_t>(road.from), static_cast<uint16_t>(road.to), metres, facts);
    }
    lay_path();
    for (const Fix& fix : s_.fixes) log(fix);
  }
  double accused() {
    const match::Fixes log = fixes();
    const Law law;
    const uint32_t place = 0;
    const Laws laws = {&law, &place, 1, 0};
    const match::Channels channels;
    const Settings settings;
    const Context c = {map_.graph(), log, log, channels, trace_, settings, map::kCar, laws};
    const auto on = static_cast<uint32_t>(s_.on);
    const Stretch stretch = {on, on, trace_.legs[on].path_m, trace_.legs[on].path_m + 400};
    return Beside(c, trace_.runs[0], stretch, s_.range).accused(1, [&](const match::Leg& leg) {
      return s_.roads[leg.segment].lawful[leg.forward ? 0 : 1];
    });
  }

 private:
  double east_m(Place p) const { return 1000 + p.on_m * std::sin(bearing_) + p.right_m * std::cos(bearing_); }
  double north_m(Place p) const { return 900 + p.on_m * std::cos(bearing_) - p.right_m * std::sin(bearing_); }

  void lay_path() {
    trace_.error.sigma_m = static_cast<float>(s_.sigma_m);
    double path_m = 0;
    for (const size_t number : s_.path) {
      const Road& road = s_.roads[number];
      const auto metres = static_cast<float>(size_of(s_.nodes[road.to] - s_.nodes[road.from]));
      match::Leg leg;
      leg.path_m = path_m;
      leg.segment = static_cast<uint16_t>(number);
      leg.forward = road.from < road.to;
      (leg.forward ? leg.to_m : leg.from_m) = metres;
      path_m += metres;
      trace_.legs.push_back(leg);
    }
    trace_.runs.push_back({0, static_cast<uint32_t>(s_.path.size()), 0, 0, {}});
  }
  void log(const Fix& fix) {
    int32_t lat = 0, lon = 0;
    map::position_on(*map_.graph().tile(0), 1, s_.roads[1].from < s_.roads[1].to ? 0 : 400, &lat, &lon);
    const MetreScale scale = metre_scale(lat);
    const double east = east_m(fix.at) - east_m({0, 0}), north = north_m(fix.at) - north_m({0, 0});
    const double course = bearing_ / kRadian + s_.course_off_deg.value_or(0) + 360;
    add(std::llround(fix.time_s * 1000), lat + static_cast<int32_t>(std::lround(north / scale.y)),
        lon + static_cast<int32_t>(std::lround(east / scale.x)), 8,
        s_.course_off_deg ? static_cast<float>(std::fmod(course, 360)) : kNone);
    match::MatchedFix matched;
    matched.leg = static_cast<uint32_t>(s_.path.size() == 1 ? 0 : fix.road);
    matched.path_m = fix.path_m + (s_.path.size() == 1 ? 0 : 200);
    matched.posterior = 1;
    matched.speed_mps = 8;
    matched.state = match::FixState::matched;
    trace_.fixes.push_back(matched);
    trace_.runs[0].fixes.push_back(static_cast<uint32_t>(trace_.fixes.size() - 1));
  }

  const Scene& s_;
  double bearing_;
  testing::MadeMap map_;
  match::Trace trace_;
};

TEST(BesideTwin, OddsAreThoseOfTheSlowTwin) {
  uint32_t asked = 0, none = 0, some = 0;
  for (uint32_t seed = 0; seed < 600; ++seed) {
    SCOPED_TRACE(seed);
    const Scene scene(seed);
    SlowBeside slow(scene);
    const double wanted = slow.odds();
    if (slow.close) continue;
    ++asked;
    const double got = 1 / Mapped(scene, (seed * 37) % 360).accused() - 1;
    if (wanted == 0) {
      EXPECT_EQ(got, 0);
    } else if (wanted > 1e-9) {
      EXPECT_NEAR(std::log(got / wanted), 0, 0.1) << got << ' ' << wanted;
    }
    none += wanted == 0 ? 1 : 0;
    some += wanted > 1e-3 && wanted < 1e5 ? 1 : 0;
  }
  EXPECT_GT(asked, 300U);
  EXPECT_GT(none, 30U);
  EXPECT_GT(some, 150U);
}

}  // namespace
}  // namespace tomare::rules
