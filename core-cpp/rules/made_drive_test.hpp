// SPDX-License-Identifier: MIT
// A matched trace made by hand over a map made by hand, for the tests of single rules: no matcher, no map file.
#pragma once

#include <cmath>
#include <utility>
#include <vector>

#include "core-cpp/map/made_map_test.hpp"
#include "core-cpp/match/made_log_test.hpp"
#include "core-cpp/rules/judge.hpp"

namespace tomare::testing {

/// A street eastward of several roads one after another, and one run along it from its beginning.
struct MadeDrive : MadeLog {
  MadeMap map;
  match::Trace trace;
  match::Channels channels;
  Settings settings;
  rules::Law law;
  map::Vehicle vehicle = map::kCar;
  std::vector<uint8_t> jumped;  ///< per fix; empty: nowhere

  static constexpr int64_t kStartMs = 1'700'000'000'000;

  MadeDrive() {
    trace.error.sigma_m = 5;
    next_ = map.node(0, 0);
  }

  /// One more road eastward, `length_m` long, driven wholly: forward along it, or against its direction.
  match::Leg& road(double length_m, const map::Attributes& facts, bool forward = true) {
    const uint16_t from = next_;
    next_ = map.node(end_m_ + length_m, 0);
    const uint16_t number = forward ? map.road(from, next_, length_m, facts) : map.road(next_, from, length_m, facts);
    return leg(number, length_m, forward);
  }
  match::Leg& road(double length_m) { return road(length_m, map.attributes[0]); }
  /// Both ends of the street are those of the map's data: it goes on there.
  void open_ends() {
    map.nodes.front().flags |= map::kNodeDataEnd;
    map.nodes[next_].flags |= map::kNodeDataEnd;
  }
  /// A leg on a road that is there already.
  match::Leg& leg(uint16_t segment, double length_m, bool forward = true) {
    if (trace.runs.empty()) trace.runs.push_back({});
    match::Leg leg;
    leg.path_m = end_m_;
    leg.run = static_cast<uint32_t>(trace.runs.size() - 1);
    leg.from_m = forward ? 0 : static_cast<float>(length_m);
    leg.to_m = forward ? static_cast<float>(length_m) : 0;
    leg.segment = segment;
    leg.forward = forward;
    trace.legs.push_back(leg);
    trace.runs.back().leg_count += 1;
    end_m_ += length_m;
    return trace.legs.back();
  }
  /// What follows is of another run, whose path begins at 0.
  void next_run() {
    match::Run run;
    run.first_leg = static_cast<uint32_t>(trace.legs.size());
    run.first_fix = run.last_fix = static_cast<uint32_t>(time_ms.size());
    trace.runs.push_back(run);
    end_m_ = 0;
  }
  /// A fix at `path_m`, so many seconds after the start, with that speed.
  match::MatchedFix& fix(double seconds, double path_m, double kmh) {
    match::MatchedFix f;
    f.path_m = path_m;
    f.leg = trace.runs.back().first_leg;
    while (f.leg + 1 < trace.legs.size() && trace.legs[f.leg + 1].path_m <= path_m) ++f.leg;
    f.posterior = 1;
    f.speed_mps = static_cast<float>(kmh / 3.6);
    f.state = match::FixState::matched;
    trace.fixes.push_back(f);
    trace.runs.back().fixes.push_back(static_cast<uint32_t>(time_ms.size()));
    trace.runs.back().last_fix = static_cast<uint32_t>(time_ms.size());
    add(kStartMs + static_cast<int64_t>(seconds * 1000 + 0.5), 0, 0, f.speed_mps);  // judged() places it
    return trace.fixes.back();
  }
  /// Fixes every second at a constant speed from one place of the path to another; the seconds go on.
  void along(double from_m, double to_m, double kmh) {
    for (double at = from_m; at <= to_m; at += kmh / 3.6) {
      fix(now_s_, at, kmh);
      now_s_ += 1;
    }
  }
  /// Stands for so many seconds.
  void stand(double at_m, double seconds) {
    for (double s = 0; s < seconds; ++s) {
      fix(now_s_, at_m, 0);
      now_s_ += 1;
    }
  }
  void pause(double seconds) { now_s_ += seconds; }
  /// The next leg begins at this metre of the path.
  void restart(double path_m) { end_m_ = path_m; }

  /// The fix was logged so many metres east and north of its place on the path.
  void shift(size_t fix, double east_m, double north_m = 0) {
    shifts_.resize(std::max(shifts_.size(), fix + 1));
    shifts_[fix] = {east_m, north_m};
  }
  /// … and so many metres more.
  void more(size_t fix, double east_m, double north_m) {
    shifts_.resize(std::max(shifts_.size(), fix + 1));
    shifts_[fix] = {shifts_[fix].east_m + east_m, shifts_[fix].north_m + north_m};
  }
  /// A run far away, of two legs and three fixes, comes before all: before the drive is judged for the first time.
  void put_run_before() {
    constexpr uint32_t kLegs = 2, kFixes = 3;
    constexpr float kHalfM = 50;
    const uint16_t road = map.road(map.node(1800, 1800), map.node(1900, 1800), 2 * kHalfM);
    for (match::MatchedFix& fix : trace.fixes) fix.leg += kLegs;
    for (match::Leg& leg : trace.legs) leg.run += 1;
    for (match::Run& run : trace.runs) {
      run.first_leg += kLegs;
      run.first_fix += kFixes;
      run.last_fix += kFixes;
      for (uint32_t& fix : run.fixes) fix += kFixes;
    }
    match::Leg leg;
    leg.segment = road;
    leg.to_m = kHalfM;
    match::Leg next = leg;
    next.path_m = next.from_m = kHalfM;
    next.to_m = 2 * kHalfM;
    trace.legs.insert(trace.legs.begin(), {leg, next});
    trace.runs.insert(trace.runs.begin(), {0, kLegs, 0, kFixes - 1, {0, 1, 2}});
    match::MatchedFix fix;
    fix.posterior = 1;
    fix.speed_mps = 10;
    fix.state = match::FixState::matched;
    trace.fixes.insert(trace.fixes.begin(), kFixes, fix);
    trace.fixes[1].path_m = trace.fixes[2].path_m = kHalfM;
    trace.fixes[1].leg = trace.fixes[2].leg = 1;
    constexpr int64_t kEarlierMs = 3'600'000;
    for (const int64_t ms : {2, 1, 0}) time_ms.insert(time_ms.begin(), kStartMs - kEarlierMs + 1000 * ms);
    for (std::vector<int32_t>* column : {&lat_e7, &lon_e7}) column->insert(column->begin(), kFixes, 0);
    for (std::vector<float>* column : {&heading_deg, &accuracy_m}) column->insert(column->begin(), kFixes, kNone);
    speed_mps.insert(speed_mps.begin(), kFixes, fix.speed_mps);
    if (!shifts_.empty()) shifts_.insert(shifts_.begin(), kFixes, {});
  }
  /// The only run is driven once more, as another run an hour later.
  void repeat() {
    constexpr int64_t kLaterMs = 3'600'000;
    const auto legs = static_cast<uint32_t>(trace.legs.size()), fixes = static_cast<uint32_t>(time_ms.size());
    match::Run run = trace.runs[0];
    run.first_leg += legs;
    run.first_fix += fixes;
    run.last_fix += fixes;
    for (uint32_t& fix : run.fixes) fix += fixes;
    trace.runs.push_back(run);
    for (uint32_t l = 0; l < legs; ++l) {
      match::Leg leg = trace.legs[l];
      leg.run = 1;
      trace.legs.push_back(leg);
    }
    shifts_.resize(fixes);
    for (uint32_t i = 0; i < fixes; ++i) {
      match::MatchedFix fix = trace.fixes[i];
      fix.leg += legs;
      trace.fixes.push_back(fix);
      add(time_ms[i] + kLaterMs, 0, 0, speed_mps[i], heading_deg[i]);
      accuracy_m.back() = accuracy_m[i];
      shift(fixes + i, shifts_[i].east_m, shifts_[i].north_m);
    }
  }
  /// A clause of facts that are not of the map yet; the last of them wins.
  void clause(map::Attributes* facts, map::ConditionTarget target, uint16_t value, std::vector<map::Term> terms) {
    if (facts->condition_count == 0) facts->first_condition = static_cast<uint16_t>(map.conditions.size());
    facts->condition_count += 1;
    map::Condition c{};
    c.target = target;
    c.directions = 3;
    c.vehicles = 255;
    c.value = value;
    c.first_term = static_cast<uint16_t>(map.terms.size());
    c.term_count = static_cast<uint16_t>(terms.size());
    c.text = map.name("a clause");
    map.conditions.push_back(c);
    map.terms.insert(map.terms.end(), terms.begin(), terms.end());
  }

  rules::Judgement judged(void (*judge)(const rules::Context&, rules::Judgement*)) {
    place();
    const match::Fixes log = fixes();
    rules::Laws laws;
    laws.laws = &law;
    laws.law_count = 1;
    laws.permits = permits.data();
    laws.permit_count = static_cast<uint32_t>(permits.size());
    laws.areas = areas.data();
    laws.area_count = static_cast<uint32_t>(areas.size());
    laws.area_positions = area_positions.data();
    rules::Judgement out;
    judge({map.graph(), log, log, channels, trace, settings, vehicle, laws, jumped, mean_error_m}, &out);
    return out;
  }

  /// What `answer(context, run)` says of the last run.
  template <typename Answer>
  auto ask(Answer&& answer) {
    static Answer* asked;
    static decltype(answer(std::declval<const rules::Context&>(), std::declval<const match::Run&>())) result;
    asked = &answer;
    judged([](const rules::Context& c, rules::Judgement*) { result = (*asked)(c, c.trace.runs.back()); });
    return result;
  }

  double mean_error_m = 0;
  std::vector<rules::Permit> permits;
  std::vector<rules::PermitArea> areas;
  std::vector<rules::AreaPosition> area_positions;

 private:
  /// Positions, and the times of the legs, from the fixes.
  void place() {
    const map::Tile* tile = map.graph().tile(0);
    for (size_t i = 0; i < trace.fixes.size(); ++i) {
      const match::Leg& leg = trace.legs[trace.fixes[i].leg];
      const double gone = trace.fixes[i].path_m - leg.path_m;
      if (tile == nullptr) continue;
      map::position_on(*tile, leg.segment, leg.forward ? leg.from_m + gone : leg.from_m - gone, &lat_e7[i], &lon_e7[i]);
      if (i >= shifts_.size()) continue;
      const MetreScale scale = metre_scale(lat_e7[i]);
      lon_e7[i] += static_cast<int32_t>(std::lround(shifts_[i].east_m / scale.x));
      lat_e7[i] += static_cast<int32_t>(std::lround(shifts_[i].north_m / scale.y));
    }
    for (match::Leg& leg : trace.legs) {
      leg.enter_ms = time_at(leg, leg.path_m);
      leg.exit_ms = time_at(leg, leg.path_m + leg.length_m());
    }
  }
  int64_t time_at(const match::Leg& leg, double path_m) const {
    const std::vector<uint32_t>& run_fixes = trace.runs[leg.run].fixes;
    for (const uint32_t i : run_fixes) {
      if (trace.fixes[i].path_m >= path_m) return time_ms[i];
    }
    return run_fixes.empty() ? kStartMs : time_ms[run_fixes.back()];
  }

  struct Shift {
    double east_m = 0, north_m = 0;
  };
  std::vector<Shift> shifts_;
  uint16_t next_ = 0;
  double end_m_ = 0, now_s_ = 0;
};

}  // namespace tomare::testing
