// SPDX-License-Identifier: MIT
// The odds of stands that were seen, and of those that may hide between fixes, against a slow twin, over made drives.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/made_line_test.hpp"
#include "core-cpp/rules/stop_between.hpp"
#include "core-cpp/rules/stop_place.hpp"

namespace tomare::rules {
namespace {

constexpr double kLineM = 300;

/// A run past the line, each question asked of all its fixes anew.
class SlowLine {
 public:
  SlowLine(const Context& c, bool derived) : c_(c), derived_(derived) {
    place_.junction_m = 10;
    Finding line;
    locate(c, c.trace.legs[0], kLineM, &line);
    scale_ = metre_scale(line.lat_e7);
    const size_t count = c.trace.fixes.size();
    for (uint32_t k = 0; k < count; ++k) {
      LineFix fix = {c.fixes.time_ms[k] * 0.001, past_m(k), past_m(k), c.trace.fixes[k].speed_mps,
                     past_m(k) >= -15 && past_m(k) <= 10};
      fix.x_m = east_e7(line.lon_e7, c.log.lon_e7[k]) * scale_.x;
      fix.y_m = (static_cast<double>(c.log.lat_e7[k]) - line.lat_e7) * scale_.y;
      const double nearest = std::min(std::fabs(past_m(k)), std::hypot(fix.x_m, fix.y_m));
      fix.at_m = past_m(k) < 0 ? -nearest : nearest;
      all_.push_back(fix);
    }
    for (uint32_t k = 0; k < count; ++k) {
      const bool inside = past_m(k) >= -40 && past_m(k) <= 30;
      sigma_m_ = inside ? std::max(sigma_m_, logged_sigma_m(c, k)) : sigma_m_;
    }
    measure();
    choose();
  }

  StopEvidence evidence() const {
    StopEvidence e;
    e.stopped = stopped_at_line();
    if (e.earned()) return e;
    for (size_t k = 0; k < fixes_.size() && !derived_; ++k) {
      const LineFix& fix = fixes_[k];
      if (fix.mps > std::max(0.5, 2 * fix.sigma_mps)) continue;
      e.stood_odds = std::max(e.stood_odds, (slows_again(k) ? 0.08 : 1) * odds_at_line(place_, fix.at_m, sigma_m_));
      e.queued = e.queued || fix.path_m < -15;
    }
    if (begins_) e.hidden_odds = unseen(fixes_.front(), -1 / (2 * 2.5));
    if (ends_) e.hidden_odds = std::max(e.hidden_odds, unseen(fixes_.back(), 1 / (2 * 3.5)));
    for (size_t k = 0; k + 1 < fixes_.size(); ++k) e.hidden_odds = std::max(e.hidden_odds, hidden(k));
    return e;
  }

 private:
  double past_m(size_t k) const { return c_.trace.fixes[k].path_m - kLineM; }
  match::DriftingError error(double sigma_m) const { return {sigma_m, drift_share_, 20}; }

  /// The errors of all speeds, and how the positions drift, by what is driven within a minute of the line.
  void measure() {
    const auto line = static_cast<size_t>(
        std::find_if(all_.begin(), all_.end(), [](const LineFix& fix) { return fix.path_m > 0; }) - all_.begin());
    const double line_s = all_[std::min(line, all_.size() - 1)].time_s;
    std::vector<SpeedFix> speeds;
    std::vector<PlaceFix> places;
    for (const LineFix& fix : all_) {
      if (std::fabs(fix.time_s - line_s) > 60) continue;
      speeds.push_back({fix.time_s, fix.mps});
      if (derived_) places.push_back({fix.time_s, fix.x_m, fix.y_m});
    }
    shown_mps_ = shown_speed_sigma(speeds, 0.3);
    drift_share_ = shown_drift_share(places, sigma_m_, {});
    std::vector<double> sigmas;
    for (size_t k = 0; k < all_.size(); ++k) sigmas.push_back(derived_ ? derived_sigma(k) : shown_mps_);
    for (size_t k = 0; k < all_.size(); ++k) all_[k].sigma_mps = contradicted(sigmas, k) ? 100 : sigmas[k];
  }
  double derived_sigma(size_t k) const {
    const double over_s = all_[std::min(k + 1, all_.size() - 1)].time_s - all_[k > 0 ? k - 1 : 0].time_s;
    return std::max(c_.settings.stop_sigma_derived_mps, error(c_.trace.error.sigma_m).way_m(over_s) / over_s);
  }
  bool contradicted(const std::vector<double>& sigmas, size_t k) const {
    const auto by_next = [&](size_t a) {
      const double apart_s = static_cast<double>(c_.fixes.time_ms[a + 1] - c_.fixes.time_ms[a]) / 1000;
      const double error = 2 * std::hypot(sigmas[a], sigmas[a + 1]);
      return apart_s <= 4 && !drivable(all_[a].mps, all_[a + 1].mps, apart_s, error);
    };
    return (k > 0 && by_next(k - 1)) || (k + 1 < all_.size() && by_next(k));
  }

  /// The fixes as far as the errors reach, and one more on each side.
  void choose() {
    const double reach_m = 6 * std::max<double>(sigma_m_, c_.trace.error.sigma_m);
    const double from_m = -std::max(reach_m, 40.0), to_m = std::max(reach_m, 30.0);
    for (size_t k = 0; k < all_.size(); ++k) {
      const bool reached = k + 1 == all_.size() || past_m(k + 1) >= from_m;
      if (!reached || (k > 0 && past_m(k - 1) > to_m)) continue;
      fixes_.push_back(all_[k]);
      begins_ = begins_ || k == 0;
      ends_ = ends_ || k + 1 == all_.size();
      if (derived_) fixes_.back().along_m += ahead_m(c_, static_cast<uint32_t>(k), scale_);
    }
    for (size_t k = 1; k + 1 < fixes_.size() && derived_; ++k) {
      const LineFix &a = fixes_[k - 1], &b = fixes_[k + 1];
      fixes_[k].mps = std::min(fixes_[k].mps, std::hypot(b.x_m - a.x_m, b.y_m - a.y_m) / (b.time_s - a.time_s));
    }
  }

  double stopped_at_line() const {
    const double error_m = c_.trace.error.sigma_m;
    if (derived_) {
      const Stand stand = standing_by_positions(fixes_, error(sigma_m_));
      return stopped(stand, std::max(sigma_m_, error_m), {.by_speeds = false});
    }
    const Stand stand = standing_by_speeds(fixes_, shown_mps_);
    const bool queued = crawls_on(fixes_, stand) || slows_after(fixes_, stand, shown_mps_);
    return stopped(stand, error_m, {.queued = queued, .creeps = creeps(fixes_, stand, shown_mps_)});
  }

  /// Behind a place in the queue the slowest fix near the line is slower, by three errors, than what lies before it
  /// and after it.
  bool slows_again(size_t stand) const {
    if (derived_ || fixes_[stand].at_m >= -12) return false;
    size_t low = 0;
    for (size_t k = stand + 1; k < fixes_.size(); ++k) {
      if (!fixes_[k].near_line || fixes_[k].at_m < -12) continue;
      if (low == 0 || fixes_[k].mps < fixes_[low].mps) low = k;
    }
    if (low == 0) return false;
    double before = 0, after = 0;
    for (size_t k = stand + 1; k < low; ++k) before = std::max(before, fixes_[k].mps);
    for (size_t k = low + 1; k < fixes_.size(); ++k) after = std::max(after, fixes_[k].mps);
    return std::min(before, after) - fixes_[low].mps > 3 * shown_mps_;
  }

  double unseen(const LineFix& fix, double per_square) const {
    return odds_at_line(place_, fix.at_m + per_square * fix.mps * fix.mps, sigma_m_);
  }
  double hidden(size_t k) const {
    const LineFix &a = fixes_[k], &b = fixes_[k + 1];
    const double seconds = b.time_s - a.time_s;
    const double hides = derived_ ? 1 : (seconds < 1.5 ? 0.2 * seconds / 1.5 : 0.2);
    const double again = slows_again(k) && b.at_m < -12 ? 0.08 : 1;
    const double cost = stop_cost(fixes_, k, error(sigma_m_), derived_, c_.settings);
    return cost >= 12 ? 0 : hides * again * odds_at_line(place_, a.at_m, b.at_m, sigma_m_) * std::exp(-cost);
  }

  const Context& c_;
  bool derived_, begins_ = false, ends_ = false;
  LinePlace place_;
  MetreScale scale_;
  std::vector<LineFix> all_, fixes_;
  double sigma_m_ = 0, shown_mps_ = 0, drift_share_ = 0;
};

StopEvidence told_slowly(testing::MadeDrive* drive) {
  static StopEvidence told;
  drive->judged([](const Context& c, Judgement*) { told = SlowLine(c, c.trace.fixes[0].speed_derived).evidence(); });
  return told;
}

/// How many drives had something to tell.
struct Told {
  uint32_t earned = 0, stood = 0, hidden = 0, undetermined = 0;
};
Told expect_as_slowly_told(bool derived) {
  Told told;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    testing::MadeDrive drive = testing::drive_by_chance(seed, derived);
    const StopEvidence got = testing::evidence_at_line(&drive);
    if (got.leapt || got.longest_gap > drive.settings.stop_max_gap_s) {
      EXPECT_EQ(got.hidden_odds, 0) << seed;
      ++told.undetermined;
      continue;
    }
    const StopEvidence wanted = told_slowly(&drive);
    EXPECT_NEAR(got.stopped, wanted.stopped, 1e-5) << seed;
    EXPECT_NEAR(got.stood_odds, wanted.stood_odds, 1e-5 * wanted.stood_odds) << seed;
    EXPECT_NEAR(got.hidden_odds, wanted.hidden_odds, 1e-6 + 1e-3 * wanted.hidden_odds) << seed;
    EXPECT_EQ(got.queued, wanted.queued) << seed;
    told.earned += wanted.earned() ? 1 : 0;
    told.stood += wanted.stood_odds > 0 ? 1 : 0;
    told.hidden += wanted.hidden_odds > 1e-3 ? 1 : 0;
  }
  return told;
}

TEST(StopEvidenceOdds, OfLoggedSpeedsAreThoseOfTheSlowTwin) {
  const Told told = expect_as_slowly_told(false);
  EXPECT_GT(told.earned, 15U);
  EXPECT_GT(told.stood, 50U);
  EXPECT_GT(told.hidden, 150U);
}

TEST(StopEvidenceOdds, OfSpeedsFromPositionsAreThoseOfTheSlowTwin) {
  const Told told = expect_as_slowly_told(true);
  EXPECT_GT(told.earned, 10U);
  EXPECT_EQ(told.stood, 0U);
  EXPECT_GT(told.hidden, 150U);
}

}  // namespace
}  // namespace tomare::rules
