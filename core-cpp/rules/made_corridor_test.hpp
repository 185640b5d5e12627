// SPDX-License-Identifier: MIT
// A path on a corridor 15 m north of an avenue, and positions as they were logged, for the tests of what lies beside.
#pragma once

#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include "core-cpp/map/made_map_test.hpp"
#include "core-cpp/rules/beside.hpp"

namespace tomare::testing {

/// An avenue eastward, and a corridor that parts from it and comes back; the path goes by the corridor.
class MadeCorridor {
 public:
  static constexpr double kApartM = 15;
  static constexpr uint32_t kOn = 2;  ///< leg on the corridor
  static constexpr float kNotTold = std::numeric_limits<float>::quiet_NaN();

  /// `turned`: east and north change places.
  explicit MadeCorridor(double avenue_m = 700, bool joined = true, const map::Attributes& corridor = {},
                        bool turned = false)
      : turned_(turned) {
    const uint16_t a = node(100, 500), b = node(200, 500), c = node(200 + avenue_m, 500);
    const uint16_t d = node(1000, 500), p = node(200, 500 + kApartM), q = node(900, 500 + kApartM);
    path({map_.road(a, b, 100), map_.road(b, p, kApartM), map_.road(p, q, 700, corridor)});
    avenue_ = map_.road(joined ? b : node(200.5, 500), c, avenue_m);
    map_.road(c, d, 100);
  }

  /// The fixes from here on have a speed and a course.
  void goes(double mps, float course_deg) {
    mps_ = mps;
    course_deg_ = course_deg;
  }
  /// A fix so far north of a metre of the leg, with the accuracy that it tells.
  void fix(double time_s, double along_m, double north_m, uint32_t leg = kOn, float told_m = kNotTold) {
    int32_t lat = 0, lon = 0;
    map::position_on(*map_.graph().tile(0), trace_.legs[leg].segment, along_m, &lat, &lon);
    match::MatchedFix fix;
    fix.path_m = trace_.legs[leg].path_m + along_m;
    fix.leg = leg;
    fix.posterior = 0.99F;
    fix.state = match::FixState::matched;
    fix.speed_mps = static_cast<float>(mps_);
    trace_.fixes.push_back(fix);
    trace_.runs[0].fixes.push_back(static_cast<uint32_t>(time_ms_.size()));
    time_ms_.push_back(std::llround(time_s * 1000));
    const MetreScale scale = metre_scale(lat);
    lat_.push_back(lat + (turned_ ? 0 : static_cast<int32_t>(std::lround(north_m / scale.y))));
    lon_.push_back(lon + (turned_ ? static_cast<int32_t>(std::lround(north_m / scale.x)) : 0));
    accuracy_.push_back(told_m);
    course_.push_back(course_deg_);
    none_.push_back(kNotTold);
  }
  void begin_stretch() { range_.begin = time_ms_.size(); }
  void end_stretch() { range_.end = time_ms_.size(); }

  /// What `judge(context, run)` says.
  template <typename Judge>
  std::invoke_result_t<Judge, const rules::Context&, const match::Run&> judged(const Judge& judge) {
    const match::Fixes log = {static_cast<uint32_t>(time_ms_.size()),
                              time_ms_.data(),
                              lat_.data(),
                              lon_.data(),
                              none_.data(),
                              course_.data(),
                              accuracy_.data()};
    const rules::Law law;
    const uint32_t place = 0;
    const rules::Laws laws = {&law, &place, 1, 0};
    const match::Channels channels;
    const Settings settings;
    const rules::Context c = {map_.graph(), log, log, channels, trace_, settings, map::kCar, laws};
    return judge(c, trace_.runs[0]);
  }

  /// Probability of the path's legs from `first` on against what is lawful.
  template <typename Lawful>
  double accused(double odds, Lawful&& lawful, uint32_t first = kOn) {
    return judged([&](const rules::Context& c, const match::Run& run) {
      const rules::Stretch stretch = {first, kOn, trace_.legs[first].path_m, trace_.legs[kOn].path_m + 700};
      return rules::Beside(c, run, stretch, range_).accused(odds, lawful);
    });
  }
  /// Against the avenue.
  double accused(double odds = rules::kFewDoIt, uint32_t first = kOn) {
    const auto lawful = [this](const match::Leg& leg) { return leg.segment == avenue_ && leg.forward; };
    return accused(odds, lawful, first);
  }

  MadeMap map_;
  match::Trace trace_;

 private:
  uint16_t node(double along_m, double across_m) {
    return turned_ ? map_.node(across_m, along_m) : map_.node(along_m, across_m);
  }
  void path(const std::vector<uint16_t>& segments) {
    trace_.error.sigma_m = 5;
    double path_m = 0;
    for (const uint16_t segment : segments) {
      match::Leg leg;
      leg.path_m = path_m;
      leg.segment = segment;
      leg.to_m = static_cast<float>(map_.segments[segment].length_cm) * 0.01F;
      path_m += leg.length_m();
      trace_.legs.push_back(leg);
    }
    trace_.runs.push_back({0, static_cast<uint32_t>(segments.size()), 0, 0, {}});
  }

  bool turned_;
  uint16_t avenue_ = 0;
  rules::Range range_;
  std::vector<int64_t> time_ms_;
  std::vector<int32_t> lat_, lon_;
  std::vector<float> none_, accuracy_, course_;
  double mps_ = 0;
  float course_deg_ = kNotTold;
};

}  // namespace tomare::testing
