// SPDX-License-Identifier: MIT
#include "core-cpp/match/check_channels.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/lag.hpp"
#include "core-cpp/match/movement.hpp"
#include "core-cpp/match/screen.hpp"
#include "core-cpp/match/speed_check.hpp"
#include "core-cpp/match/usable.hpp"

namespace tomare::match {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr double kChordM = 15;        ///< a shorter movement has no direction that could contradict a course
constexpr double kChordNoises = 2.5;  ///< times the positions' error, where that is more
constexpr double kChordS = 60;        ///< nor has one over more seconds
constexpr double kOffDeg = 60;        ///< from the movement at both ends: contradicted
constexpr double kTurnedDeg = 30;     ///< from the movement: not the course of that moment; the least that counts
constexpr uint32_t kLeastTurns = 3;   ///< movements that show a constant course to be none
constexpr double kAsideDeg = 35;      ///< from one movement, and from the next …
constexpr double kAsideS = 4;         ///< … each within so many seconds: left aside for as long
constexpr float kSameDeg = 0.5F;      ///< that a constant course varies by
constexpr uint32_t kLeastChords = 5;

/// One value all along, of the fixes that have one.
struct Spread {
  float least = 1e30F, most = -1e30F;
  uint32_t count = 0;
  void add(float value) {
    if (value != value) return;
    least = std::min(least, value);
    most = std::max(most, value);
    ++count;
  }
};

Spread spread_of(const float* values, uint32_t count) {
  Spread spread;
  for (uint32_t i = 0; i < count; ++i) spread.add(values[i]);
  return spread;
}

uint32_t known(const float* values, uint32_t count) {
  uint32_t known = 0;
  for (uint32_t i = 0; i < count; ++i) known += values[i] == values[i] ? 1U : 0U;
  return known;
}

/// The movements of a drive against the courses of the fixes in each: the nearest of these counts, for a bend has all.
class CourseCheck {
 public:
  CourseCheck(const Fixes& log, const std::vector<uint8_t>& usable, double chord_m) : f_(log), aside_(log.count, 0) {
    LocalScale scale;
    for (uint32_t i = 1; i < f_.count; ++i) {
      if (usable[i] == 0) continue;
      const MetreScale& metres = scale.at(f_.lat_e7[i]);
      const double dx = east_e7(f_.lon_e7[from_], f_.lon_e7[i]) * metres.x;
      const double dy = (static_cast<double>(f_.lat_e7[i]) - f_.lat_e7[from_]) * metres.y;
      if (dx * dx + dy * dy < chord_m * chord_m) continue;
      movement(i, bearing_deg(dx, dy));
      from_ = i;
    }
  }

  bool turned() const { return turned_ >= kLeastTurns && turned_ * 10 >= all_; }
  bool contradicted() const { return all_ >= kLeastChords && off_ * 2 > all_; }
  /// Per fix 1 where the course is left aside.
  const std::vector<uint8_t>& aside() const { return aside_; }

 private:
  void movement(uint32_t to, double moved_deg) {
    const double seconds = static_cast<double>(f_.time_ms[to] - f_.time_ms[from_]) * 0.001;
    double nearest = 360;
    for (uint32_t i = from_; i <= to && nearest > kTurnedDeg; ++i) {  // a nearer one tells no more
      const float course = f_.heading_deg[i];
      if (course == course) nearest = std::min(nearest, angle_between_deg(moved_deg, course));
    }
    const bool known = nearest <= 180 && seconds <= kChordS;
    const bool aside = known && seconds <= kAsideS && nearest > kAsideDeg;
    if (aside && aside_before_) std::fill(aside_.begin() + before_, aside_.begin() + to + 1, 1);
    aside_before_ = aside;
    before_ = from_;
    if (!known) return;
    ++all_;
    off_ += nearest > kOffDeg ? 1 : 0;
    turned_ += nearest > kTurnedDeg ? 1 : 0;
  }

  const Fixes& f_;
  std::vector<uint8_t> aside_;
  uint32_t from_ = 0, before_ = 0;  ///< where this movement began, and the one before
  bool aside_before_ = false;
  uint32_t all_ = 0, off_ = 0, turned_ = 0;
};

bool constant(const Spread& courses) { return courses.most - courses.least < kSameDeg; }

/// The shortest movement whose direction counts.
double chord_m(double noise_m) { return std::max(kChordM, kChordNoises * noise_m); }

void check_course(const Fixes& log, double noise_m, Channels* out) {
  const Spread courses = spread_of(log.heading_deg, log.count);
  if (courses.count == 0) return;
  const CourseCheck check(log, out->usable, chord_m(noise_m));
  if (constant(courses) && check.turned()) out->notes |= kNote_course_constant;
  if (!constant(courses) && check.contradicted()) out->notes |= kNote_course_contradicted;
  if ((out->notes & (kNote_course_constant | kNote_course_contradicted)) != 0) {
    out->course_aside = courses.count;
    out->heading_deg.assign(log.count, kNone);
    return;
  }
  if (std::find(check.aside().begin(), check.aside().end(), 1) == check.aside().end()) return;
  out->notes |= kNote_course_contradicted_in_places;
  out->heading_deg.assign(log.heading_deg, log.heading_deg + log.count);
  for (uint32_t i = 0; i < log.count; ++i) {
    if (check.aside()[i] == 0) continue;
    out->course_aside += out->heading_deg[i] == out->heading_deg[i] ? 1 : 0;
    out->heading_deg[i] = kNone;
  }
}

/// Whether check_course would leave no course aside, were the positions as good as expected.
bool courses_follow(const Fixes& log, const std::vector<uint8_t>& usable) {
  const Spread courses = spread_of(log.heading_deg, log.count);
  if (courses.count == 0) return true;
  const CourseCheck check(log, usable, kChordM);
  const bool none = constant(courses) ? check.turned() : check.contradicted();
  return !none && std::find(check.aside().begin(), check.aside().end(), 1) == check.aside().end();
}

/// One value all along is none. It is left where it is what a log without any is taken to have.
void check_accuracy(const Fixes& log, const Settings& s, Channels* out) {
  const float* const end = log.accuracy_m + log.count;
  const float* const first = std::find_if(log.accuracy_m, end, [](float a) { return a == a; });
  if (first == end || (*first >= s.match_sigma_low_m && *first <= s.match_sigma_high_m)) return;
  if (std::any_of(first, end, [first](float a) { return a < *first || a > *first; })) return;
  out->notes |= kNote_accuracy_constant;
  out->accuracy_m.assign(log.count, kNone);
}

/// A cheap look at a log, and a closer one where that does not settle it.
class Look {
 public:
  Look(const Fixes& log, const Settings& settings, const Channels& found)
      : f_(log), told_((found.notes & kNote_accuracy_constant) == 0), follow_(courses_follow(log, found.usable)) {
    if (follow_ && !log.speed_unit_open) first_ = look_first(log, found.usable, settings, told_);
  }

  bool settles(Channels* out) const {
    if (first_.all_agrees) out->speed_ratio = first_.ratio;
    return first_.all_agrees;
  }
  /// `late`: the speeds are known to be those of other moments.
  void closely(const Settings& settings, bool late, Channels* out) const {
    Movement movement(f_, out->usable, settings, told_);
    const double noise_m = movement.noise_m();
    if (!follow_ || chord_m(noise_m) > kChordM) check_course(f_, noise_m, out);
    if (out->speed_fixes > 0) check_speeds(f_, {first_.windows_agree, late}, &movement, out);
  }

 private:
  const Fixes& f_;
  bool told_, follow_;
  FirstLook first_;
};

}  // namespace

void check_channels(const Fixes& log, const Settings& settings, Channels* out) {
  *out = {};
  find_usable(log, settings, &out->usable);
  check_accuracy(log, settings, out);
  out->speed_fixes = known(log.speed_mps, log.count);
  out->course_fixes = known(log.heading_deg, log.count);
  if (out->speed_fixes + out->course_fixes == 0) return;
  const Look look(log, settings, *out);
  if (look.settles(out)) return;
  const Lag lag = log.speed_unit_open ? Lag{} : speed_lag(log, out->usable);
  if (lag.seconds == 0) return look.closely(settings, lag.filtered, out);
  Velocities velocities = without_lag(log, out->usable, lag.seconds);
  Fixes meant = log;
  meant.speed_mps = velocities.speed_mps.data();
  meant.heading_deg = velocities.heading_deg.data();
  out->notes |= kNote_speed_lag;
  const Look again(meant, settings, *out);
  if (!again.settles(out)) again.closely(settings, false, out);
  if (out->speed_mps.empty()) out->speed_mps = std::move(velocities.speed_mps);
  if (out->heading_deg.empty()) out->heading_deg = std::move(velocities.heading_deg);
}

void check_closely(const Fixes& log, const Settings& settings, bool told, Channels* out) {
  Movement movement(log, out->usable, settings, told);
  check_course(log, movement.noise_m(), out);
  if (out->speed_fixes > 0) check_speeds(log, {}, &movement, out);
}

}  // namespace tomare::match
