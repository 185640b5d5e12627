// SPDX-License-Identifier: MIT
#include "core-cpp/rules/straight_on.hpp"

#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/rules/corroboration.hpp"

namespace tomare::rules {
namespace {

constexpr int64_t kAroundMs = 4'000;   ///< on each side of the fix …
constexpr int64_t kEnoughMs = 3'500;   ///< … of which so much has to be seen: courses may come two seconds late …
constexpr int64_t kGapMs = 2'500;      ///< … without a longer gap
constexpr double kCourseMps = 3;       ///< below it courses wander
constexpr double kStraightDeg = 12;    ///< courses of a car that goes straight on depart by no more from their mean
constexpr double kLinesM = 2.5;        ///< standard error of the map's lines
constexpr double kCourseError = 0.03;  ///< of the mean course, radians: metres aside per metre driven

int64_t between_ms(const Context& c, const std::vector<uint32_t>& fixes, size_t a, size_t b) {
  return c.fixes.time_ms[fixes[b]] - c.fixes.time_ms[fixes[a]];
}

struct Vector {
  double x = 0, y = 0;
};

/// Of the fix's place on the path from the fix `origin`, metres east and north.
Vector place_from(const Context& c, uint32_t origin, uint32_t fix) {
  const MetreScale scale = metre_scale(c.log.lat_e7[origin]);
  const Offset off = offset_of(c, fix, scale);
  const auto [east_m, north_m] =
      away(c.log.lat_e7[origin], c.log.lon_e7[origin], c.log.lat_e7[fix], c.log.lon_e7[fix], scale);
  return {east_m - off.right_m * off.right_x + off.ahead_m * off.right_y,
          north_m - off.right_m * off.right_y - off.ahead_m * off.right_x};
}

/// The mean of the courses, a unit vector; nothing where one is missing or departs from it.
std::optional<Vector> one_course(const Context& c, const std::vector<uint32_t>& fixes, size_t first, size_t last) {
  Vector sum;
  for (size_t k = first; k <= last; ++k) {
    const float course = c.log.heading_deg[fixes[k]];
    if (course != course || c.trace.fixes[fixes[k]].speed_mps < kCourseMps) return {};
    Vector unit;
    unit_of_bearing(course, &unit.x, &unit.y);
    sum = {sum.x + unit.x, sum.y + unit.y};
  }
  const double size = std::sqrt(sum.x * sum.x + sum.y * sum.y), mean_deg = bearing_deg(sum.x, sum.y);
  for (size_t k = first; k <= last; ++k) {
    if (angle_between_deg(c.log.heading_deg[fixes[k]], mean_deg) > kStraightDeg) return {};
  }
  return Vector{sum.x / size, sum.y / size};
}

/// Fixes in which the courses are one.
struct Straight {
  size_t first, last;
  Vector course;
};

std::optional<Straight> straight_around(const Context& c, const std::vector<uint32_t>& fixes, size_t k) {
  if ((c.channels.notes & (match::kNote_course_constant | match::kNote_course_contradicted)) != 0) return {};
  size_t first = k, last = k;
  const auto joined = [&](size_t a, size_t b) { return between_ms(c, fixes, a, b) <= kGapMs; };
  while (first > 0 && between_ms(c, fixes, first - 1, k) <= kAroundMs && joined(first - 1, first)) --first;
  while (last + 1 < fixes.size() && between_ms(c, fixes, k, last + 1) <= kAroundMs && joined(last, last + 1)) ++last;
  if (between_ms(c, fixes, first, k) < kEnoughMs || between_ms(c, fixes, k, last) < kEnoughMs) return {};
  const std::optional<Vector> course = one_course(c, fixes, first, last);
  if (!course) return {};
  return Straight{first, last, *course};
}

}  // namespace

bool goes_straight(const Context& c, const std::vector<uint32_t>& fixes, size_t k) {
  return straight_around(c, fixes, k).has_value();
}

std::optional<StepAside> step_aside(const Context& c, const std::vector<uint32_t>& fixes, size_t k) {
  const std::optional<Straight> straight = straight_around(c, fixes, k);
  if (!straight) return {};
  const uint32_t first = fixes[straight->first], last = fixes[straight->last];
  const Vector from = place_from(c, first, first), to = place_from(c, first, last);
  const double gone_m = c.trace.fixes[last].path_m - c.trace.fixes[first].path_m;
  StepAside step;
  step.right_x = straight->course.y;
  step.right_y = -straight->course.x;
  step.right_m = (to.x - from.x) * step.right_x + (to.y - from.y) * step.right_y;
  step.sigma_m = std::sqrt(kLinesM * kLinesM + kCourseError * kCourseError * gone_m * gone_m);
  return step;
}

}  // namespace tomare::rules
