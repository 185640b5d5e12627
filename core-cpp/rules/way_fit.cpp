// SPDX-License-Identifier: MIT
#include "core-cpp/rules/way_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/corroboration.hpp"

namespace tomare::rules {
namespace {

using match::error_cost;
using match::Leg;

constexpr double kStepM = 2;          ///< between two places of a way
constexpr double kShiftM = 24;        ///< along the way that the positions may be off as one
constexpr double kBehindM = 100;      ///< of the path behind the last fix, by which it may be off, too
constexpr size_t kChord = 3;          ///< places on each side, over which a way's course is taken
constexpr size_t kCuts[] = {3, 6};    ///< places on each side, over which cars cut a corner: by 6 and 12 m
constexpr double kCourseDeg = 15;     ///< that a course differs from that of the road, as cars drive round corners
constexpr double kCourseMost = 8;     ///< nats: a course may be a slip
constexpr double kCourseShare = 0.5;  ///< courses that follow one another err together
constexpr double kCourseMps = 2.5;    ///< a slower car's course means little
constexpr double kDenseS = 3;         ///< seconds between fixes that show a shape, at most
constexpr size_t kFewest = 6;         ///< fixes that show it …
constexpr double kWithCourse = 0.6;   ///< … and the share of them with a course

}  // namespace

WayFit::WayFit(const Context& c, const match::Run& run, double from_m, double to_m, bool outer)
    : c_(c), run_(run), from_m_(from_m), to_m_(to_m), range_(within(c, run.fixes, from_m, to_m)) {
  if (outer) widen();
  if (range_.size() == 0) return;
  const uint32_t first = run.fixes[range_.begin], last = run.fixes[range_.end - 1];
  lat_e7_ = c.log.lat_e7[first];
  lon_e7_ = c.log.lon_e7[first];
  scale_ = metre_scale(lat_e7_);
  const bool constant = (c.channels.notes & match::kNote_course_constant) != 0;
  double gone = 0;
  for (size_t k = range_.begin; k < range_.end; ++k) {
    const uint32_t i = run.fixes[k], before = run.fixes[std::max(k, range_.begin + 1) - 1];
    const double speed = c.trace.fixes[i].speed_mps;
    const double seconds = static_cast<double>(c.fixes.time_ms[i] - c.fixes.time_ms[before]) * 0.001;
    longest_s_ = std::max(longest_s_, seconds);
    logged_ = logged_ && !c.trace.fixes[i].speed_derived;
    gone += 0.5 * seconds * (speed + c.trace.fixes[before].speed_mps);
    const bool counts = speed >= kCourseMps && !constant;
    const Away from = away(lat_e7_, lon_e7_, c.log.lat_e7[i], c.log.lon_e7[i], scale_);
    fixes_.push_back({gone, from.east_m, from.north_m, std::max(logged_sigma_m(c, i), shown_sigma_m(c)),
                      counts ? c.fixes.heading_deg[i] : std::numeric_limits<double>::quiet_NaN()});
  }
  lasts_s_ = static_cast<double>(c.fixes.time_ms[last] - c.fixes.time_ms[first]) * 0.001;
  const auto count = static_cast<double>(range_.size());
  independent_ = independent(c.settings, lasts_s_, count) / count;
}

void WayFit::widen() {
  if (range_.begin > 0) --range_.begin;
  if (range_.end < run_.fixes.size()) ++range_.end;
  if (range_.size() == 0) return;
  from_m_ = std::min(from_m_, c_.trace.fixes[run_.fixes[range_.begin]].path_m);
  to_m_ = std::max(to_m_, c_.trace.fixes[run_.fixes[range_.end - 1]].path_m);
}

WayFit::Nearest WayFit::nearest(const Line& way, const Asked& fix, size_t from) {
  Nearest least = {from, std::numeric_limits<double>::infinity()};
  double least2 = least.away_m;
  for (size_t at = from; at < way.east.size(); ++at) {
    const double dx = fix.east_m - way.east[at], dy = fix.north_m - way.north[at];
    const double away2 = dx * dx + dy * dy;
    if (away2 >= least2) continue;  // most places: a root is slow
    least2 = away2;
    const double away_m = std::sqrt(away2);
    if (away_m < least.away_m) least = {at, away_m};
  }
  return least;
}

double WayFit::near(uint32_t leaves, const std::vector<Leg>& legs, uint32_t meets) const {
  const Line way = line(leaves, legs, meets);
  if (way.east.empty() || fixes_.empty()) return 0;
  const Nearest first = nearest(way, fixes_.front(), 0);
  Nearest last = first;
  double cost = 0;
  for (const Asked& fix : fixes_) {
    last = nearest(way, fix, first.at);
    cost += independent_ * error_cost(last.away_m / fix.sigma_m);
  }
  const double way_m = kStepM * static_cast<double>(last.at - first.at);
  const double beta_m = c_.settings.match_beta_m + c_.settings.match_beta_second_m * lasts_s_;
  return cost + std::fabs(way_m - fixes_.back().gone_m) / beta_m;
}

bool WayFit::tells() const {
  const auto with =
      std::count_if(fixes_.begin(), fixes_.end(), [](const Asked& fix) { return fix.course_deg == fix.course_deg; });
  return logged_ && fixes_.size() >= kFewest && longest_s_ <= kDenseS &&
         static_cast<double>(with) >= kWithCourse * static_cast<double>(fixes_.size());
}

void WayFit::draw(const Leg& leg, double* at_m, Line* line) const {
  const map::Tile* tile = c_.graph.tile(leg.tile);
  const double metres = leg.length_m();
  if (tile != nullptr && *at_m < metres) {
    map::SegmentLine road(*tile, leg.segment);
    for (; *at_m < metres; *at_m += kStepM) {
      const map::Pose pose = road.pose(leg.along_m(*at_m));
      const Away place = away(lat_e7_, lon_e7_, pose.lat_e7, pose.lon_e7, scale_);
      line->east.push_back(place.east_m);
      line->north.push_back(place.north_m);
    }
  }
  *at_m -= metres;
}

WayFit::Line WayFit::line(uint32_t leaves, const std::vector<Leg>& legs, uint32_t meets) const {
  const std::vector<Leg>& path = c_.trace.legs;
  const double wanted_m = from_m_ - kShiftM;
  Line line;
  uint32_t l = leaves;
  while (l > run_.first_leg && path[l].path_m > wanted_m) --l;
  line.begins_m = std::max(wanted_m, path[l].path_m);
  double at_m = line.begins_m - path[l].path_m;
  for (; l <= leaves; ++l) draw(path[l], &at_m, &line);
  for (const Leg& leg : legs) draw(leg, &at_m, &line);
  for (l = meets; l < run_.first_leg + run_.leg_count && path[l].path_m < to_m_ + kBehindM; ++l) {
    draw(path[l], &at_m, &line);
  }
  return line;
}

/// As cars drive it who cut its corners: each place is the mean of those up to `reach` places away.
WayFit::Line WayFit::cut(const Line& line, size_t reach) {
  const size_t n = line.east.size();
  Line even;
  even.begins_m = line.begins_m;
  double left_m = 0, last_east = line.east[0], last_north = line.north[0];
  for (size_t k = 0; k < n; ++k) {
    const size_t r = std::min({reach, k, n - 1 - k});
    double east = 0, north = 0;
    for (size_t j = k - r; j <= k + r; ++j) {
      east += line.east[j];
      north += line.north[j];
    }
    const auto count = static_cast<double>(2 * r + 1);
    const double dx = east / count - last_east, dy = north / count - last_north;
    const double gone_m = std::sqrt(dx * dx + dy * dy);
    for (; left_m <= gone_m; left_m += kStepM) {
      const double share = gone_m > 0 ? left_m / gone_m : 0;
      even.east.push_back(last_east + dx * share);
      even.north.push_back(last_north + dy * share);
    }
    left_m -= gone_m;
    last_east += dx;
    last_north += dy;
  }
  return even;
}

void WayFit::add_courses(Line* line) {
  const size_t n = line->east.size();
  for (size_t k = 0; k < n; ++k) {
    const size_t a = k < kChord ? 0 : k - kChord, b = std::min(n - 1, k + kChord);
    line->course_deg.push_back(bearing_deg(line->east[b] - line->east[a], line->north[b] - line->north[a]));
  }
}

Fit WayFit::placed(const Line& line, double shift_m) const {
  Fit fit;
  fit.position = 0;
  fit.shift_m = shift_m;
  double courses = 0, count = 0;
  const double lead_m = c_.trace.fixes[run_.fixes[range_.begin]].path_m - line.begins_m + shift_m;
  const auto last = static_cast<double>(line.east.size()) - 1;
  for (const Asked& fix : fixes_) {
    const auto at = static_cast<size_t>(std::clamp((lead_m + fix.gone_m) / kStepM + 0.5, 0.0, last));
    const double dx = fix.east_m - line.east[at], dy = fix.north_m - line.north[at];
    fit.position += independent_ * error_cost(std::sqrt(dx * dx + dy * dy) / fix.sigma_m);
    if (fix.course_deg != fix.course_deg) continue;
    const double off_deg = angle_between_deg(fix.course_deg, line.course_deg[at]);
    courses += std::min(kCourseMost, error_cost(off_deg / kCourseDeg));
    count += 1;
  }
  fit.cost = fit.position + kCourseShare * courses;
  fit.course_each = count > 0 ? courses / count : 0;
  return fit;
}

Fit WayFit::fit(const Line& line) const {
  Fit best;
  for (double shift_m = -kShiftM; shift_m <= kShiftM; shift_m += kStepM) {
    const Fit fit = placed(line, shift_m);
    if (fit.cost < best.cost) best = fit;
  }
  return best;
}

Fit WayFit::of(uint32_t leaves, const std::vector<Leg>& legs, uint32_t meets) const {
  Line whole = line(leaves, legs, meets);
  if (whole.east.empty()) return {};
  add_courses(&whole);
  Fit best = fit(whole);
  for (const size_t reach : kCuts) {
    Line shorter = cut(whole, reach);
    add_courses(&shorter);
    const Fit other = fit(shorter);
    if (other.cost < best.cost) best = other;
  }
  return best;
}

}  // namespace tomare::rules
