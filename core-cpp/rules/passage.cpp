// SPDX-License-Identifier: MIT
#include "core-cpp/rules/passage.hpp"

#include <algorithm>

#include "core-cpp/base/angle.hpp"

namespace tomare::rules {

using match::Leg;

namespace {

/// m/s; a receiver's course means little when it moves slower.
constexpr float kCourseMps = 2;
/// Degrees: a course that differs by more from the road is not along it, however the road bends.
constexpr double kAlongDeg = 60;
/// Errors that speed and course have shown, without the map, may be twice as large here. One taken from the distances
/// to the roads would hide the road that is missing.
constexpr double kErrors = 2;
constexpr int64_t kAroundMs = 60'000;
constexpr uint32_t kFewAround = 6;  ///< fixes that tell nothing of the receiver
constexpr double kNearer = 3;       ///< times: an error of the receiver drifts, and does not end with a road

}  // namespace

Range within(const Context& c, const std::vector<uint32_t>& run_fixes, double lo_m, double hi_m) {
  Range range;
  range.begin = static_cast<size_t>(std::partition_point(run_fixes.begin(), run_fixes.end(),
                                                         [&](uint32_t i) { return c.trace.fixes[i].path_m < lo_m; }) -
                                    run_fixes.begin());
  range.end = static_cast<size_t>(std::partition_point(run_fixes.begin(), run_fixes.end(),
                                                       [&](uint32_t i) { return c.trace.fixes[i].path_m <= hi_m; }) -
                                  run_fixes.begin());
  return range;
}

Match Passage::match() const {
  Match m;
  if (range.size() == 0) return m;
  double sum = 0;
  for (size_t k = range.begin; k < range.end; ++k) {
    const float p = context.trace.fixes[fixes[k]].posterior;
    sum += p;
    m.lowest = std::min(m.lowest, p);
  }
  m.mean = static_cast<float>(sum / static_cast<double>(range.size()));
  return m;
}

double Passage::mean_error_m() const {
  double sum = 0;
  for (size_t k = range.begin; k < range.end; ++k) sum += context.trace.fixes[fixes[k]].error_m;
  return range.size() > 0 ? sum / static_cast<double>(range.size()) : 0;
}

bool Passage::aside() const {
  const double most = std::max(context.settings.wrong_way_max_offset_m, kErrors * context.trace.error.measured_m);
  return mean_error_m() > most;
}

bool Passage::nearer_around() const {
  if (range.size() == 0) return false;
  const auto time = [this](size_t k) { return context.fixes.time_ms[fixes[k]]; };
  double sum = 0;
  uint32_t count = 0;
  const auto add = [&](size_t k) {
    sum += context.trace.fixes[fixes[k]].error_m;
    ++count;
  };
  for (size_t k = range.begin; k > 0 && time(range.begin) - time(k - 1) <= kAroundMs; --k) add(k - 1);
  for (size_t k = range.end; k < fixes.size() && time(k) - time(range.end - 1) <= kAroundMs; ++k) add(k);
  return count > kFewAround && kNearer * sum / count < mean_error_m();
}

void Passage::bracket(Finding* f) const {
  f->first_fix = fixes[range.begin];
  f->last_fix = fixes[range.end - 1];
  f->start_ms = context.fixes.time_ms[f->first_fix];
  f->end_ms = context.fixes.time_ms[f->last_fix];
}

Speeds Passage::speeds(double mps) const {
  Speeds s;
  for (size_t k = range.begin; k < range.end; ++k) {
    const double v = context.trace.fixes[fixes[k]].speed_mps;
    s.mean += v;
    s.peak = std::max(s.peak, v);
    s.faster += v > mps ? 1 : 0;
  }
  if (range.size() > 0) s.mean /= static_cast<double>(range.size());
  return s;
}

uint32_t Passage::disputed() const {
  uint32_t count = 0;
  for (size_t k = range.begin; k < range.end; ++k) count += context.channels.disputed_at(fixes[k]) ? 1 : 0;
  return count;
}

double Passage::heading_agreement() const {
  if ((context.channels.notes & match::kNote_course_constant) != 0) return 1;
  uint32_t known = 0, agree = 0;
  for (size_t k = range.begin; k < range.end; ++k) {
    const float heading = context.log.heading_deg[fixes[k]];
    const match::MatchedFix& fix = context.trace.fixes[fixes[k]];
    if (heading != heading || fix.speed_mps < kCourseMps) continue;
    const Leg& leg = context.trace.legs[fix.leg];
    const map::Tile* tile = context.graph.tile(leg.tile);
    if (tile == nullptr) continue;
    const double along = leg.along_m(fix.path_m - leg.path_m);
    const double road = map::bearing_on(*tile, leg.segment, along) + (leg.forward ? 0 : 180);
    ++known;
    agree += angle_between_deg(heading, road) <= kAlongDeg ? 1 : 0;
  }
  return known == 0 ? 1.0 : static_cast<double>(agree) / known;
}

}  // namespace tomare::rules
