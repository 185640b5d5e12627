// SPDX-License-Identifier: MIT
// What ways cost the fixes around them against a slow twin in a plane, over paths with bends by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/rules/made_drive_test.hpp"
#include "core-cpp/rules/way_fit.hpp"

namespace tomare::rules {
namespace {

struct Place {
  double x = 0, y = 0;
};
double apart_m(Place a, Place b) { return std::hypot(a.x - b.x, a.y - b.y); }
Place between(Place a, Place b, double share) { return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share}; }
double cost_of(double z) { return z < 2 ? z * z / 2 : 2 * z - 2; }

/// A path with bends, and a way from the end of one of its legs to the start of a later one by a node beside it.
struct Scene : testing::MadeDrive {
  std::vector<Place> nodes;
  uint32_t leaves = 0, meets = 0;
  std::vector<Place> way;  ///< its nodes
  std::vector<match::Leg> way_legs;
  std::vector<Place> logged;
  std::vector<double> told_mps;
  double from_m = 0, to_m = 0;
  bool outer = false;

  explicit Scene(uint32_t seed) : random_(seed) {
    Place at{1100, 1000};
    double course = 6 * share();
    nodes = {at};
    for (uint32_t k = 0; k < 4 + seed % 5; ++k) {
      const double metres = 20 + 70 * share();
      at = {at.x + metres * std::cos(course), at.y + metres * std::sin(course)};
      course += 2.4 * share() - 1.2;
      nodes.push_back(at);
    }
    const size_t legs = nodes.size() - 1;
    leaves = static_cast<uint32_t>(random_() % (legs - 1));
    meets = leaves + 1 + static_cast<uint32_t>(random_() % std::min<size_t>(2, legs - leaves - 1));
    lay(legs);
    drive(seed);
    from_m = path_m(leaves + 1) - 40;
    to_m = path_m(meets) + 40;
    outer = seed % 3 == 0;
  }
  /// Along the path to a node.
  double path_m(size_t node) const {
    double sum = 0;
    for (size_t k = 0; k < node; ++k) sum += apart_m(nodes[k], nodes[k + 1]);
    return sum;
  }

 private:
  double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  match::Leg drawn(uint16_t a, uint16_t b, double metres, bool on_path) {
    const bool forward = random_() % 2 == 0;
    const uint16_t number = forward ? map.road(a, b, metres) : map.road(b, a, metres);
    if (on_path) return leg(number, metres, forward);
    match::Leg other;
    other.segment = number;
    other.forward = forward;
    (forward ? other.to_m : other.from_m) = static_cast<float>(metres);
    return other;
  }
  void lay(size_t legs) {
    std::vector<uint16_t> numbers;
    for (const Place& node : nodes) numbers.push_back(map.node(node.x, node.y));
    for (size_t k = 0; k < legs; ++k) drawn(numbers[k], numbers[k + 1], apart_m(nodes[k], nodes[k + 1]), true);
    const Place a = nodes[leaves + 1], b = nodes[meets];
    const double x_m = 40 * share() - 20, y_m = 40 * share() - 20;
    const Place middle = {(a.x + b.x) / 2 + x_m, (a.y + b.y) / 2 + y_m};
    way = {a, middle, b};
    const uint16_t number = map.node(middle.x, middle.y);
    way_legs = {drawn(numbers[leaves + 1], number, apart_m(a, middle), false),
                drawn(number, numbers[meets], apart_m(middle, b), false)};
  }
  void drive(uint32_t seed) {
    const double whole_m = path_m(nodes.size() - 1), mps = 1.5 + 10 * share(), step_s = seed % 4 == 0 ? 2.5 : 1;
    const double off_m = 8 * share(), told = seed % 5 == 0 ? 1.15 : 1;
    double s = 0;
    for (double at_m = 1; at_m < whole_m; at_m += mps * step_s, s += step_s) {
      fix(s, at_m, 3.6 * mps * told);
      told_mps.push_back(mps * told);
      size_t k = 0;
      while (k + 2 < nodes.size() && path_m(k + 1) <= at_m) ++k;
      const Place road = between(nodes[k], nodes[k + 1], (at_m - path_m(k)) / apart_m(nodes[k], nodes[k + 1]));
      const double east_m = off_m + 4 * share() - 2, north_m = 4 * share() - 2;
      shift(time_ms.size() - 1, east_m, north_m);
      logged.push_back({road.x + east_m, road.y + north_m});
      const double course = bearing_deg(nodes[k + 1].x - nodes[k].x, nodes[k + 1].y - nodes[k].y) + 50 * share() - 25;
      heading_deg.back() = random_() % 8 == 0 ? kNone : static_cast<float>(std::fmod(course + 360, 360));
    }
    constexpr float kSigmas[] = {3, 5, 9};
    trace.error.sigma_m = kSigmas[seed % 3];
  }
  std::mt19937 random_;
};

/// Places of a line, each two metres, and courses over six metres to both sides.
using Line = std::vector<Place>;

class SlowFit {
 public:
  explicit SlowFit(const Scene& scene) : s_(scene), from_m_(scene.from_m), to_m_(scene.to_m) {
    for (size_t k = 0; k < s_.trace.fixes.size(); ++k) {
      if (at_m(k) >= from_m_ && at_m(k) <= to_m_) asked_.push_back(k);
    }
    if (asked_.empty() || !s_.outer) return;
    if (asked_.front() > 0) asked_.insert(asked_.begin(), asked_.front() - 1);
    if (asked_.back() + 1 < s_.trace.fixes.size()) asked_.push_back(asked_.back() + 1);
    from_m_ = std::min(from_m_, at_m(asked_.front()));
    to_m_ = std::max(to_m_, at_m(asked_.back()));
  }
  size_t asked() const { return asked_.size(); }

  double cost(const std::vector<Place>& between_nodes) const {
    const Line whole = line(between_nodes);
    double least = INFINITY;
    for (const size_t reach : {0, 3, 6}) {
      const Line shorter = reach == 0 ? whole : cut(whole, reach);
      for (int shift_m = -24; shift_m <= 24; shift_m += 2) least = std::min(least, placed(shorter, shift_m));
    }
    return least;
  }
  double near(const std::vector<Place>& between_nodes) const {
    const Line whole = line(between_nodes);
    const size_t first = nearest(whole, asked_.front(), 0);
    size_t last = first;
    double cost = 0;
    for (const size_t k : asked_) {
      last = nearest(whole, k, first);
      cost += independent() * cost_of(apart_m(whole[last], s_.logged[k]) / sigma_m());
    }
    const Settings s;
    const double by_places_m = 2.0 * static_cast<double>(last - first);
    return cost + std::fabs(by_places_m - gone_m(asked_.back())) /
                      (s.match_beta_m + s.match_beta_second_m * seconds(asked_.front(), asked_.back()));
  }
  bool tells() const {
    size_t with = 0;
    double longest_s = 0;
    for (const size_t k : asked_) {
      with += has_course(k) ? 1 : 0;
      if (k != asked_.front()) longest_s = std::max(longest_s, seconds(k - 1, k));
    }
    return asked_.size() >= 6 && longest_s <= 3 && 10 * with >= 6 * asked_.size();
  }

 private:
  double at_m(size_t k) const { return s_.trace.fixes[k].path_m; }
  double sigma_m() const { return s_.trace.error.sigma_m; }
  double seconds(size_t a, size_t b) const { return static_cast<double>(s_.time_ms[b] - s_.time_ms[a]) * 0.001; }
  bool has_course(size_t k) const { return s_.told_mps[k] >= 2.5 && !std::isnan(s_.heading_deg[k]); }
  /// Since the first fix, by the mean of two speeds each.
  double gone_m(size_t k) const {
    double sum = 0;
    for (size_t i = asked_.front(); i < k; ++i) sum += (s_.told_mps[i] + s_.told_mps[i + 1]) / 2 * seconds(i, i + 1);
    return sum;
  }
  /// Share of the fixes whose errors are independent: one in forty seconds.
  double independent() const {
    const auto count = static_cast<double>(asked_.size());
    return std::min(1 + seconds(asked_.front(), asked_.back()) / 40, count) / count;
  }
  /// Along the path, where the line begins: 24 m before the range, as far as there is a path.
  double begins_m() const { return std::max(0.0, from_m_ - 24); }

  Line line(const std::vector<Place>& between_nodes) const {
    std::vector<Place> corners(s_.nodes.begin(), s_.nodes.begin() + s_.leaves + 2);
    corners.insert(corners.end(), between_nodes.begin(), between_nodes.end());
    for (size_t k = s_.meets; k + 1 < s_.nodes.size() && s_.path_m(k) < to_m_ + 100; ++k) {
      corners.push_back(s_.nodes[k + 1]);
    }
    return sampled(corners, begins_m());
  }
  static Line sampled(const std::vector<Place>& corners, double first_m) {
    Line places;
    double left_m = first_m;
    for (size_t k = 0; k + 1 < corners.size(); ++k) {
      const double metres = apart_m(corners[k], corners[k + 1]);
      for (; left_m < metres; left_m += 2) places.push_back(between(corners[k], corners[k + 1], left_m / metres));
      left_m -= metres;
    }
    return places;
  }
  /// The means of so many places to both sides, and of these again one each two metres.
  static Line cut(const Line& whole, size_t reach) {
    std::vector<Place> means;
    for (size_t k = 0; k < whole.size(); ++k) {
      const size_t r = std::min({reach, k, whole.size() - 1 - k});
      Place mean;
      for (size_t j = k - r; j <= k + r; ++j) {
        mean.x += whole[j].x / static_cast<double>(2 * r + 1);
        mean.y += whole[j].y / static_cast<double>(2 * r + 1);
      }
      means.push_back(mean);
    }
    return sampled(means, 0);
  }
  static double course_deg(const Line& line, size_t at) {
    const Place a = line[at < 3 ? 0 : at - 3], b = line[std::min(line.size() - 1, at + 3)];
    return bearing_deg(b.x - a.x, b.y - a.y);
  }
  size_t nearest(const Line& line, size_t fix, size_t from) const {
    size_t least = from;
    for (size_t at = from; at < line.size(); ++at) {
      if (apart_m(line[at], s_.logged[fix]) < apart_m(line[least], s_.logged[fix])) least = at;
    }
    return least;
  }
  /// Each fix as far from the first one as the speeds say.
  double placed(const Line& line, double shift_m) const {
    double cost = 0;
    for (const size_t k : asked_) {
      const double along_m = at_m(asked_.front()) - begins_m() + shift_m + gone_m(k);
      const auto last = static_cast<double>(line.size() - 1);
      const auto at = static_cast<size_t>(std::clamp(std::floor(along_m / 2 + 0.5), 0.0, last));
      cost += independent() * cost_of(apart_m(line[at], s_.logged[k]) / sigma_m());
      if (!has_course(k)) continue;
      cost += std::min(8.0, cost_of(angle_between_deg(s_.heading_deg[k], course_deg(line, at)) / 15)) / 2;
    }
    return cost;
  }

  const Scene& s_;
  double from_m_, to_m_;
  std::vector<size_t> asked_;
};

struct Costs {
  double path, way, path_near, way_near;
  bool tells;
};

TEST(WayFitTwin, CostsAreThoseOfTheSlowTwin) {
  uint32_t asked = 0, tell = 0, by_way = 0;
  double sum_off = 0;
  for (uint32_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Scene scene(seed);
    const SlowFit slow(scene);
    if (slow.asked() < 2) continue;
    ++asked;
    const Costs got = scene.ask([&](const Context& c, const match::Run& run) {
      const WayFit fixes(c, run, scene.from_m, scene.to_m, scene.outer);
      const std::vector<match::Leg> path = {c.trace.legs.begin() + scene.leaves + 1,
                                            c.trace.legs.begin() + scene.meets};
      return Costs{fixes.of(scene.leaves, path, scene.meets).cost,
                   fixes.of(scene.leaves, scene.way_legs, scene.meets).cost,
                   fixes.near(scene.leaves, path, scene.meets), fixes.near(scene.leaves, scene.way_legs, scene.meets),
                   fixes.tells()};
    });
    const std::vector<Place> path(scene.nodes.begin() + scene.leaves + 2, scene.nodes.begin() + scene.meets + 1);
    const std::vector<Place> way = {scene.way[1], scene.way[2]};
    // half way between two places a hair decides
    const double off[] = {got.path - slow.cost(path), got.way - slow.cost(way), got.path_near - slow.near(path),
                          got.way_near - slow.near(way)};
    for (const double nats : off) {
      EXPECT_LT(std::fabs(nats), 0.3 + 0.01 * got.path);
      sum_off += std::fabs(nats);
    }
    EXPECT_EQ(got.tells, slow.tells());
    tell += got.tells ? 1 : 0;
    by_way += got.way < got.path ? 1 : 0;
  }
  EXPECT_LT(sum_off / (4 * asked), 0.02);
  EXPECT_GT(asked, 150U);
  EXPECT_GT(tell, 30U);
  EXPECT_LT(tell + 10, asked);
  EXPECT_GT(by_way, 5U);
}

}  // namespace
}  // namespace tomare::rules
