// SPDX-License-Identifier: MIT
#include "core-cpp/match/smooth.hpp"

#include <algorithm>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

constexpr float kStandingMps = 0.5F;   ///< slower, a car needs no course to be where it was
constexpr float kFastestMps = 150.0F;  ///< faster is no speed
constexpr float kTurns = 720.0F;       ///< degrees; a larger course is none
constexpr double kLongestStepS = 4;    ///< over a longer one two velocities do not tell the way
constexpr double kBend = 0.15;         ///< m/s2: how the way departs from the mean of two velocities, as a bend does
constexpr double kWindowS = 20;        ///< movements of so many seconds are compared
constexpr double kTrust = 100'000;     ///< m2 of movement that speed and course being right counts for beforehand
constexpr double kScaleError = 0.1;    ///< a larger one, or more radians: they are not what they are called
constexpr double kUnlike = 0.05;       ///< share of the squared movement that may stay unexplained …
constexpr double kWindowNoiseM = 60;   ///< … beyond what errors of positions do to a window
constexpr double kFarthestM = 500;     ///< a fix is not moved farther
constexpr size_t kAsked = 1000;        ///< fixes that tell the errors
constexpr double kPerQuarter = 1.74;   ///< variance on an axis per lower quartile of the squared length, if normal
constexpr double kPerMedian = 0.72;    ///< … per median
constexpr double kPriorCount = 3;      ///< errors that the expected one counts for
constexpr double kLeastErrorM = 1;     ///< no receiver of a car is better
constexpr double kLeastWeight = 1e-3;  ///< seconds that a fix stands for which is alone
constexpr double kWorthwhile = 0.8;    ///< of the error's variance: where more is left, positions stay as they are
constexpr double kRoadM = 2;           ///< from the line of the map to where cars drive on it

struct Vector {
  double x = 0, y = 0;
  Vector operator+(Vector o) const { return {x + o.x, y + o.y}; }
  Vector operator-(Vector o) const { return {x - o.x, y - o.y}; }
  Vector operator*(double k) const { return {x * k, y * k}; }
};
double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y; }
double cross(Vector a, Vector b) { return a.x * b.y - a.y * b.x; }

/// Movement since the usable fix before, in metres east and north.
struct Step {
  Vector moved, reckoned;  ///< by the positions; by speed and course
  double seconds = 0;
  bool known = false;  ///< `reckoned` is
};

class Smoother {
 public:
  Smoother(const Fixes& fixes, const std::vector<uint8_t>& usable, const Settings& settings, Smoothed* out)
      : f_(fixes), s_(settings), out_(*out) {
    usable_.reserve(f_.count);
    for (uint32_t i = 0; i < f_.count; ++i) {
      if (usable[i] != 0) usable_.push_back(i);
    }
  }

  void run() {
    out_.lat_e7.assign(f_.lat_e7, f_.lat_e7 + f_.count);
    out_.lon_e7.assign(f_.lon_e7, f_.lon_e7 + f_.count);
    out_.pulled = false;
    out_.speed_scale = 1;
    out_.removed_m2 = 0;
    out_.error_m = static_cast<float>(s_.match_sigma_m);
    if (usable_.empty()) return;
    reckon();
    if (calibrate()) pull();
  }

 private:
  bool velocity(uint32_t i, Vector* v) const {
    const float speed = f_.speed_mps[i], course = f_.heading_deg[i];
    if (!(speed >= 0 && speed <= kFastestMps)) return false;
    *v = {};
    if (!(std::fabs(course) <= kTurns)) return speed < kStandingMps;
    unit_of_bearing(course, &v->x, &v->y);
    *v = *v * speed;
    return true;
  }

  void reckon() {
    steps_.reserve(usable_.size());
    steps_.emplace_back();
    Vector before;
    bool asked = false, known_before = false;
    for (size_t k = 1; k < usable_.size(); ++k) {
      const uint32_t a = usable_[k - 1], b = usable_[k];
      steps_.emplace_back();
      Step& step = steps_.back();
      step.seconds = static_cast<double>(f_.time_ms[b] - f_.time_ms[a]) * 0.001;
      if (step.seconds > kLongestStepS) {
        asked = false;
        continue;
      }
      if (!asked) known_before = velocity(a, &before);
      Vector now;
      const bool known = velocity(b, &now);
      if (known && known_before) {
        const MetreScale& scale = scale_.at(f_.lat_e7[b]);
        step.moved = {east_e7(f_.lon_e7[a], f_.lon_e7[b]) * scale.x,
                      (static_cast<double>(f_.lat_e7[b]) - f_.lat_e7[a]) * scale.y};
        step.reckoned = (before + now) * (0.5 * step.seconds);
        const double far = s_.match_max_speed_kmh / 3.6 * step.seconds + 60.0;
        step.known = dot(step.moved, step.moved) <= far * far;
      }
      before = now;
      known_before = known;
      asked = true;
    }
  }

  /// Compares the movements of windows: by how much speed is off, a compass turned; a course that is always nought
  /// agrees with nothing. False: they are not to be believed.
  bool calibrate() {
    double along = kTrust, aside = 0, own = kTrust, moved2 = 0, noise = 0;
    Step window;
    for (const Step& step : steps_) {
      if (!step.known) {
        window = {};
        continue;
      }
      window.moved = window.moved + step.moved;
      window.reckoned = window.reckoned + step.reckoned;
      window.seconds += step.seconds;
      if (window.seconds < kWindowS) continue;
      along += dot(window.reckoned, window.moved);
      aside += cross(window.reckoned, window.moved);
      own += dot(window.reckoned, window.reckoned);
      moved2 += dot(window.moved, window.moved);
      noise += kWindowNoiseM * kWindowNoiseM;
      window = {};
    }
    if (noise == 0) return false;
    scale_turn_ = {along / own, aside / own};
    const Vector off = scale_turn_ - Vector{1, 0};
    if (dot(off, off) > kScaleError * kScaleError) return false;
    const double explained = (along * along + aside * aside) / own - kTrust;
    return moved2 - explained <= kUnlike * moved2 + noise;
  }

  Vector calibrated(Vector v) const {
    return {scale_turn_.x * v.x - scale_turn_.y * v.y, scale_turn_.y * v.x + scale_turn_.x * v.y};
  }

  static double quantile(std::vector<double>* values, size_t of, size_t parts) {
    if (values->empty()) return 0;
    const auto at = values->begin() + static_cast<std::ptrdiff_t>(values->size() * of / parts);
    std::nth_element(values->begin(), at, values->end());
    return *at;
  }
  size_t stride() const { return steps_.size() / kAsked + 1; }

  /// White error of the velocities, m/s on each axis: the third difference of the way is that error where the car
  /// drives smoothly, and that is at least a quarter of the time.
  double velocity_error() const {
    std::vector<double> jumps;
    jumps.reserve(steps_.size() / stride() + 1);
    for (size_t k = 3, step = stride(); k < steps_.size(); k += step) {
      const Step &a = steps_[k - 2], &b = steps_[k - 1], &c = steps_[k];
      const bool even = a.known && b.known && c.known && a.seconds == b.seconds && b.seconds == c.seconds;
      if (!even) continue;
      const Vector jump = (a.reckoned + c.reckoned - b.reckoned * 2.0) * (1.0 / c.seconds);
      jumps.push_back(dot(jump, jump));
    }
    return std::max(s_.match_velocity_sigma_mps, std::sqrt(quantile(&jumps, 1, 4) * kPerQuarter));
  }

  double median_step() const {
    std::vector<double> seconds;
    seconds.reserve(steps_.size() / stride() + 1);
    for (size_t k = 1, step = stride(); k < steps_.size(); k += step) {
      if (steps_[k].known) seconds.push_back(steps_[k].seconds);
    }
    return quantile(&seconds, 1, 2);
  }

  /// The positions' error, m on each axis, by what the fixes miss the mean by. Errors with heavy tails are no drift
  /// about the way but reflections that last: a mean over time does not take them away, so it is to be a short one.
  void learn_error() {
    std::vector<double> misses;
    misses.reserve(sums_.size() / stride() + 1);
    double squares = 0;
    for (size_t k = 0, step = stride(); k < sums_.size(); k += step) {
      misses.push_back(dot(sums_[k].miss, sums_[k].miss));
      squares += 0.5 * misses.back();
    }
    const double mean2 = squares / static_cast<double>(misses.size());
    const double shown2 = std::max(quantile(&misses, 1, 2) * kPerMedian, kLeastErrorM * kLeastErrorM);
    const double tail2 = std::max(1.0, mean2 / shown2);
    const double count = seconds_ / (2.0 * s_.match_error_time_s);  // of independent errors
    const double expected2 = s_.match_sigma_m * s_.match_sigma_m;
    const double error2 = (shown2 * count + expected2 * kPriorCount) / (count + kPriorCount);
    error_ = std::sqrt(error2);
    distrust_ = tail2 * tail2;
  }

  /// m2/s by which what is reckoned departs from the way.
  double drift_over(double seconds) const {
    const double bend = kBend * seconds * seconds;
    return distrust_ * (velocity_error_ * velocity_error_ + bend * bend / seconds);
  }
  /// m2 s: of errors that are correlated over some seconds, as white noise.
  double noise() const { return 2.0 * s_.match_error_time_s * error_ * error_; }

  /// Positions less what was reckoned are the receiver's errors on a slow drift: their mean over the fixes before and
  /// after is the drift, and what a fix differs from it by is its error. A random walk (q a second) seen through noise
  /// (R seconds) is known best by weights that fall by e in sqrt(R / q) seconds, up to a variance of sqrt(R q) / 2.
  void pull() {
    sums_.reserve(usable_.size());
    sums_.emplace_back();
    for (size_t k = 1; k < usable_.size(); ++k) {
      sums_.emplace_back();
      if (!steps_[k].known) continue;
      seconds_ += steps_[k].seconds;
      sums_[k].rest = sums_[k - 1].rest + steps_[k].moved - calibrated(steps_[k].reckoned);
    }
    velocity_error_ = velocity_error();
    error_ = s_.match_sigma_m;
    average();
    learn_error();
    const double left2 = std::max(0.5 * std::sqrt(noise() * drift_over(median_step())), noise() / seconds_);
    if (left2 > kWorthwhile * error_ * error_) return;
    average();
    out_.pulled = true;
    out_.error_m = static_cast<float>(std::sqrt(left2 + kRoadM * kRoadM));
    out_.removed_m2 = static_cast<float>(error_ * error_ - left2);
    out_.speed_scale = static_cast<float>(std::sqrt(dot(scale_turn_, scale_turn_)));
    for (size_t k = 0; k < usable_.size(); ++k) move(usable_[k], sums_[k].miss);
  }

  /// Sets `miss` of every fix: the weighed mean of `rest`, forward and backward, less its own.
  void average() {
    double last_s = -1, kept = 0;
    for (size_t k = 0; k < sums_.size(); ++k) {
      const Step& step = steps_[k];
      Sum& here = sums_[k];
      const double after = k + 1 < sums_.size() && steps_[k + 1].known ? steps_[k + 1].seconds : 0;
      here.weight = std::max(0.5 * ((step.known ? step.seconds : 0) + after), kLeastWeight);
      here.total = here.rest * here.weight;
      here.mass = here.weight;
      here.keep = 0;
      if (!step.known) continue;
      if (step.seconds != last_s) {
        kept = exp_neg(static_cast<float>(step.seconds * std::sqrt(drift_over(step.seconds) / noise())));
      }
      last_s = step.seconds;
      here.keep = kept;
      here.total = here.total + sums_[k - 1].total * kept;
      here.mass += sums_[k - 1].mass * kept;
    }
    Vector total;
    double mass = 0;
    for (size_t k = sums_.size(); k-- > 0;) {
      Sum& here = sums_[k];
      here.miss = (here.total + total) * (1.0 / (here.mass + mass)) - here.rest;
      total = (total + here.rest * here.weight) * here.keep;
      mass = (mass + here.weight) * here.keep;
    }
  }

  void move(uint32_t i, Vector by) {
    if (!(dot(by, by) <= kFarthestM * kFarthestM)) return;
    const MetreScale& scale = scale_.at(f_.lat_e7[i]);
    const int32_t lon = out_.lon_e7[i] + static_cast<int32_t>(std::floor(by.x / scale.x + 0.5));
    out_.lon_e7[i] = static_cast<int32_t>(east_e7(0, lon));  // beyond the 180th meridian as maps have it
    out_.lat_e7[i] += static_cast<int32_t>(std::floor(by.y / scale.y + 0.5));
  }

  const Fixes& f_;
  const Settings& s_;
  Smoothed& out_;
  struct Sum {
    Vector rest;         ///< position less what was reckoned
    Vector total, miss;  ///< weighed sum of `rest` so far; from the fix to where it is taken to be
    double weight = 0, mass = 0, keep = 0;
  };
  std::vector<uint32_t> usable_;
  std::vector<Step> steps_;  ///< one per usable fix
  std::vector<Sum> sums_;
  double velocity_error_ = 0, error_ = 0;  ///< standard errors of the log, each axis: m/s and m
  double seconds_ = 0;                     ///< in which the movement is known
  double distrust_ = 1;                    ///< of what is reckoned
  Vector scale_turn_{1, 0};                ///< what is reckoned is multiplied by it, as a complex number
  LocalScale scale_;
};

}  // namespace

void smooth(const Fixes& fixes, const std::vector<uint8_t>& usable, const Settings& settings, Smoothed* out) {
  Smoother(fixes, usable, settings, out).run();
}

}  // namespace tomare::match
