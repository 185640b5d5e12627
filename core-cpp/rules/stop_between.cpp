// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_between.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core-cpp/match/error_cost.hpp"

namespace tomare::rules {
namespace {

constexpr int kWitnesses = 3;         ///< fixes on each side that are asked …
constexpr int kWays = 2;              ///< … and of these, for the ways between them
constexpr double kApartS = 1;         ///< … so far apart at the least
constexpr double kChosenCost = 1.4;   ///< the dearest of four ways was chosen: the logarithm of four
constexpr double kLongGapS = 1.5;     ///< over less, logged speeds tell all that positions do
constexpr int kMoments = 8;           ///< within the gap that are tried, and then more around the cheapest …
constexpr int kRefined = 6;           ///< … by golden-section search
constexpr double kGolden = 0.618;     ///< the golden ratio, less one
constexpr double kAnyCost = 1e9;      ///< more than any
constexpr double kUsualRate = 0.63;   ///< of the hardest braking or speeding up, what drivers do …
constexpr double kRateSigma = 0.185;  ///< … and its spread: the hardest lies two of them above
constexpr double kReachSigmas = 3.5;  ///< speeds that so many errors do not bring to a stop cost more than kNoStopCost

/// The fixes on both sides of a gap that speak about it.
class Gap {
 public:
  Gap(const std::vector<LineFix>& fixes, size_t k, const match::DriftingError& error, bool derived, const Settings& s)
      : fixes_(fixes), s_(s), derived_(derived), begin_s_(fixes[k].time_s), end_s_(fixes[k + 1].time_s) {
    const auto earlier = [](size_t i) { return i - 1; };
    const auto later = [](size_t i) { return i + 1; };
    before_ = witnesses(k, k, earlier);
    after_ = witnesses(k + 1, fixes.size() - 2 - k, later);
    const bool brief = end_s_ - begin_s_ < kLongGapS;
    if (brief && !derived) return;  // no ways
    // over less than two or three seconds no way tells much
    first_before_ = brief && before_.count > 1 ? 1 : 0;
    first_after_ = brief && after_.count > 1 ? 1 : 0;
    for (int i = first_before_; i < std::min(before_.count, first_before_ + kWays); ++i) {
      for (int j = first_after_; j < std::min(after_.count, first_after_ + kWays); ++j) {
        const LineFix &from = fixes[before_.at[i]], &to = fixes[after_.at[j]];
        const double seconds = to.time_s - from.time_s;
        const double sigma_m = error.way_m(seconds);
        ways_[way_count_++] = {from.time_s, to.time_s, straight_m(from, to), sigma_m * sigma_m};
      }
    }
  }

  double cheapest() const {
    const double step = (end_s_ - begin_s_) / kMoments;
    double best = kAnyCost, at = begin_s_;
    for (int i = 0; i <= kMoments && best > 0; ++i) {
      const double cost = of(begin_s_ + i * step, best);
      if (cost < best) {
        best = cost;
        at = begin_s_ + i * step;
      }
    }
    return refined(std::max(begin_s_, at - step), std::min(end_s_, at + step), best);
  }

 private:
  /// One side's, the nearest first.
  struct Witnesses {
    std::array<size_t, kWitnesses> at = {};
    std::array<double, kWitnesses> time_s = {}, above_mps = {}, variance = {};  ///< above the speed of a stop
    int count = 0;
  };
  void add(size_t fix, Witnesses* to) const {
    const LineFix& f = fixes_[fix];
    const auto i = static_cast<size_t>(to->count++);
    to->at[i] = fix;
    to->time_s[i] = f.time_s;
    to->above_mps[i] = f.mps - s_.stop_stop_speed_mps;
    to->variance[i] = f.sigma_mps * f.sigma_mps;
  }

  /// Between a fix before the stop and one after it; straight, the least that was driven.
  struct Way {
    double begin_s, end_s, driven_m, variance;
  };

  /// The cheapest between two moments, or `best`.
  double refined(double low, double high, double best) const {
    if (best <= 0) return best;
    double left = high - kGolden * (high - low), right = low + kGolden * (high - low);
    double at_left = of(left, kAnyCost), at_right = of(right, at_left);
    best = std::min({best, at_left, at_right});
    for (int i = 0; i < kRefined && best > 0; ++i) {
      if (at_left < at_right) {
        high = right;
        right = left;
        at_right = at_left;
        left = high - kGolden * (high - low);
        best = std::min(best, at_left = of(left, at_right));
      } else {
        low = left;
        left = right;
        at_left = at_right;
        right = low + kGolden * (high - low);
        best = std::min(best, at_right = of(right, at_left));
      }
    }
    return best;
  }

  template <typename Next>
  Witnesses witnesses(size_t first, size_t more, Next&& next) const {
    Witnesses found;
    add(first, &found);
    for (size_t i = next(first); more > 0 && found.count < kWitnesses; --more, i = next(i)) {
      const double apart = std::fabs(fixes_[i].time_s - found.time_s[static_cast<size_t>(found.count - 1)]);
      if (apart >= kApartS * 0.99) add(i, &found);
    }
    return found;
  }

  /// The dearest speed of one side; how hard a driver brakes or speeds up is known as little as the speeds are.
  double speeds(const Witnesses& side, double moment_s, double hardest_mps2) const {
    double most = 0;
    for (size_t i = 0; i < static_cast<size_t>(side.count); ++i) {
      const double change = hardest_mps2 * std::fabs(moment_s - side.time_s[i]), spread = kRateSigma * change;
      const double above = side.above_mps[i] - kUsualRate * change;
      if (above > 0) most = std::max(most, above * above / (side.variance[i] + spread * spread));
    }
    return match::error_cost(std::sqrt(most));
  }

  /// Of a stop at that moment; where it is more than `bound`, any such number.
  double of(double moment_s, double bound) const {
    const double by_speeds =
        speeds(before_, moment_s, s_.stop_decel_mps2) + speeds(after_, moment_s, s_.stop_accel_mps2);
    if (way_count_ == 0 || by_speeds > bound) return by_speeds;
    double by_ways = 0;
    for (int i = 0; i < way_count_; ++i) {
      const double braking = moment_s - ways_[i].begin_s, gaining = ways_[i].end_s - moment_s;
      const double hardest_m = 0.5 * (s_.stop_decel_mps2 * braking * braking + s_.stop_accel_mps2 * gaining * gaining);
      const double usual_m = s_.stop_stop_speed_mps * (braking + gaining) + kUsualRate * hardest_m;
      const double spread = kRateSigma * hardest_m;
      const double sigma_m = std::sqrt(ways_[i].variance + spread * spread);
      by_ways = std::max(by_ways, (ways_[i].driven_m - usual_m) / sigma_m);
    }
    by_ways = std::max(0.0, match::error_cost(by_ways) - kChosenCost);
    return derived_ ? std::max(by_speeds, by_ways) : by_speeds + by_ways;
  }

  const std::vector<LineFix>& fixes_;
  const Settings& s_;
  bool derived_;
  double begin_s_, end_s_;
  Witnesses before_, after_;
  int first_before_ = 0, first_after_ = 0, way_count_ = 0;
  std::array<Way, kWays * kWays> ways_ = {};
};

}  // namespace

bool time_to_stop(const LineFix& a, const LineFix& b, const Settings& s) {
  const double braking = std::max(0.0, a.mps - kReachSigmas * a.sigma_mps - s.stop_stop_speed_mps) / s.stop_decel_mps2;
  const double gaining = std::max(0.0, b.mps - kReachSigmas * b.sigma_mps - s.stop_stop_speed_mps) / s.stop_accel_mps2;
  return braking + gaining <= b.time_s - a.time_s;
}

double stop_cost(const std::vector<LineFix>& fixes, size_t k, const match::DriftingError& error, bool derived,
                 const Settings& s) {
  if (!time_to_stop(fixes[k], fixes[k + 1], s)) return kNoStopCost;
  return std::min(kNoStopCost, Gap(fixes, k, error, derived, s).cheapest());
}

}  // namespace tomare::rules
