// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_model.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/rules/stop_place.hpp"

namespace tomare::rules {
namespace {

constexpr double kQueueSeenM = 100;    ///< metres: the same where cars queue, for a stand that speeds show …
constexpr double kQueueUnseenM = 70;   ///< … and for one that positions alone do
constexpr double kUnseenSigmaM = 5.2;  ///< standard error above which this falls: of larger ones positions show less
constexpr double kSoonS = 2.5;         ///< seconds to the next fix, above which it does not show how the car went on …
constexpr double kPlaceAlone = 3;      ///< … and the place costs so much more
constexpr double kQueued = 0.2;        ///< of these, where the car crawls on after the stand, or slows down again …
constexpr double kCrawlsFromM = 10, kCrawlsUntilM = 30;  ///< … so many metres on …
constexpr double kPullsAway = 0.375;                     ///< m/s2 … slower than this would have made it
constexpr double kSlowsWithinM = 18;  ///< … before it has driven the length of two cars and their gaps …
constexpr double kSlowsBySigmas = 4;  ///< … by so many errors of the speeds
constexpr double kRolls = 0.2;        ///< odds of rolling over stopping before anything is seen, of speeds …
constexpr double kRollsUnseen = 0.7;  ///< … and of positions, whose best stretch was chosen among hundreds …
constexpr double kRollsCreeping = 2;  ///< … and of a car that creeps, of whose speeds the lowest were chosen …
constexpr double kCreepsM = 2;      ///< … so many metres: who brakes to a stop and drives off has fewer at such speeds
constexpr double kShortestS = 3.5;  ///< seconds of a stand that positions alone show: over less, errors make some
constexpr double kRollsMps = 1.0;   ///< a car that rolls is as fast by its speeds …
constexpr double kRollsPastMps = 2.0;  ///< … and by its positions, which tell less
constexpr double kJump = 2.5;          ///< standard errors: a position within a stand that is farther off is a jump
constexpr double kLongestS = 20;       ///< of a stand: more seconds say no more
constexpr double kSpeedsUp = 3.5, kBrakes = 6;  ///< m/s2 that hardly a car exceeds near a line

using match::error_cost;

constexpr double kMedianOfBell = 0.6745;  ///< of one standard error
constexpr size_t kLeastPlaces = 15;       ///< positions that show how their error drifts …
constexpr double kMostDrift = 0.99;       ///< … and the largest share of it …
constexpr double kGoodM = 8;              ///< … of a receiver that is no worse: bad ones leap now and then
constexpr size_t kLeastShown = 9;         ///< fixes that show an error of speeds
constexpr double kShownS = 1.2;           ///< between them: over more a driver changes his mind
constexpr double kDrivingMps = 2;         ///< slower cars stop and start, which bends their speeds
constexpr double kShownTrusted = 1.5;     ///< times the expected error, below which it is chance

double median(std::vector<double>* values) {
  const auto middle = values->begin() + static_cast<ptrdiff_t>(values->size() / 2);
  std::nth_element(values->begin(), middle, values->end());
  return *middle;
}

/// Three fixes as far apart from each other, and not too far.
bool steady(double a_s, double b_s, double c_s) {
  return b_s - a_s <= kShownS && std::fabs((c_s - b_s) - (b_s - a_s)) <= 0.1 * (b_s - a_s);
}

}  // namespace

Stand standing_by_speeds(const std::vector<LineFix>& fixes, double sigma_mps) {
  Stand best;
  double here = 0, way = 0, count = 0;
  for (size_t k = 0; k < fixes.size(); ++k) {
    const LineFix& fix = fixes[k];
    const double says = error_cost((fix.mps - kRollsMps) / sigma_mps) - error_cost(fix.mps / sigma_mps);
    if (!fix.near_line || here + says <= 0) {
      here = way = count = 0;
      continue;
    }
    here += says;
    way += fix.path_m;
    count += 1;
    const double next_s = k + 1 < fixes.size() ? fixes[k + 1].time_s - fix.time_s : 0;
    if (here > best.odds) best = {here, way / count, k, next_s};
  }
  return best;
}

Stand standing_by_positions(const std::vector<LineFix>& fixes, const match::DriftingError& error) {
  Stand best;
  for (size_t a = 0; a < fixes.size(); ++a) {
    if (!fixes[a].near_line) continue;
    for (size_t b = a + 1; b < fixes.size() && fixes[b].near_line; ++b) {
      const double seconds = fixes[b].time_s - fixes[a].time_s;
      if (seconds <= 0 || seconds > kLongestS) break;
      const double gone_m = fixes[b].along_m - fixes[a].along_m;
      const double sigma = error.way_m(seconds);
      if (std::fabs(gone_m) > kJump * sigma) break;
      if (seconds < kShortestS) continue;
      const double says = error_cost((gone_m - kRollsPastMps * seconds) / sigma) - error_cost(gone_m / sigma);
      if (says > best.odds) best = {says, (fixes[a].path_m + fixes[b].path_m) / 2, b};
    }
  }
  return best;
}

bool crawls_on(const std::vector<LineFix>& fixes, const Stand& stand) {
  double gone_m = 0;
  for (size_t k = stand.last; k + 1 < fixes.size() && gone_m < kCrawlsUntilM; ++k) {
    const LineFix &a = fixes[k], &b = fixes[k + 1];
    gone_m += 0.5 * (a.mps + b.mps) * (b.time_s - a.time_s);
    const double surely = b.mps + 2 * b.sigma_mps;
    if (gone_m >= kCrawlsFromM && gone_m < kCrawlsUntilM && surely * surely < 2 * kPullsAway * gone_m) return true;
  }
  return false;
}

bool slows_after(const std::vector<LineFix>& fixes, const Stand& stand, double sigma_mps) {
  double gone_m = 0, fastest = 0, slowest = 0, slowed = 0;  // `slowest` since it was fastest
  for (size_t k = stand.last; k + 1 < fixes.size(); ++k) {
    const LineFix &a = fixes[k], &b = fixes[k + 1];
    gone_m += 0.5 * (a.mps + b.mps) * (b.time_s - a.time_s);
    slowed = std::max(slowed, std::min(fastest, b.mps) - slowest);
    if (gone_m > kSlowsWithinM) continue;  // only what comes after counts now
    if (b.mps > fastest) fastest = slowest = b.mps;
    slowest = std::min(slowest, b.mps);
  }
  return slowed > kSlowsBySigmas * sigma_mps;
}

bool creeps(const std::vector<LineFix>& fixes, const Stand& stand, double sigma_mps) {
  const double stands_mps = 2 * sigma_mps, slow_mps = kRollsMps + stands_mps;
  size_t first = stand.last, last = stand.last;
  while (first > 0 && fixes[first - 1].mps < slow_mps) --first;
  while (last + 1 < fixes.size() && fixes[last + 1].mps < slow_mps) ++last;
  double crept_m = 0;
  for (size_t k = first; k < last; ++k) {
    const double mps = 0.5 * (fixes[k].mps + fixes[k + 1].mps), seconds = fixes[k + 1].time_s - fixes[k].time_s;
    if (mps > stands_mps && seconds <= kSoonS) crept_m += mps * seconds;
  }
  return crept_m >= kCreepsM;
}

double stopped(const Stand& stand, double sigma_m, const StandShown& shown) {
  if (stand.odds <= 0) return 0;
  const double sigma = std::sqrt(sigma_m * sigma_m + kMapM * kMapM);
  const auto rolled = static_cast<double>(exp_neg(static_cast<float>(stand.odds)));
  const double alone = shown.by_speeds && stand.next_s > kSoonS ? kPlaceAlone : 1;
  const auto there = static_cast<double>(
      exp_neg(static_cast<float>(alone * error_cost(std::max(0.0, -stand.along_m - kStopsBeforeM) / sigma))));
  const double queues = shown.queued ? kQueued : 1;
  const double shown_m = shown.by_speeds ? kQueueSeenM : kQueueUnseenM * std::min(1.0, kUnseenSigmaM / sigma_m);
  const double at_line = shown_m * queues / sigma * there;
  const double rolls = !shown.by_speeds ? kRollsUnseen : shown.creeps ? kRollsCreeping : kRolls;
  return at_line / (1 + at_line) / (1 + rolls * rolled);
}

double shown_speed_sigma(const std::vector<SpeedFix>& fixes, double expected_mps) {
  constexpr double kOfThree = 2.449;  // root of 1 + 4 + 1
  std::vector<double> bends;
  for (size_t k = 1; k + 1 < fixes.size(); ++k) {
    if (!steady(fixes[k - 1].time_s, fixes[k].time_s, fixes[k + 1].time_s)) continue;
    if (bends.empty()) bends.reserve(fixes.size());  // of fixes that are far apart there are none
    if (std::min({fixes[k - 1].mps, fixes[k].mps, fixes[k + 1].mps}) < kDrivingMps) continue;
    bends.push_back(std::fabs(fixes[k - 1].mps - 2 * fixes[k].mps + fixes[k + 1].mps));
  }
  if (bends.size() + 2 < kLeastShown) return expected_mps;
  const double shown = median(&bends) / (kMedianOfBell * kOfThree);
  return shown > kShownTrusted * expected_mps ? shown : expected_mps;
}

double shown_drift_share(const std::vector<PlaceFix>& fixes, double sigma_m, const Settings& settings) {
  const double expected = settings.match_error_share;
  std::vector<double> bends;
  bends.reserve(fixes.size());
  double step_s = 0;
  for (size_t k = 1; k + 1 < fixes.size(); ++k) {
    const PlaceFix &a = fixes[k - 1], &b = fixes[k], &c = fixes[k + 1];
    const double x = c.x_m - a.x_m, y = c.y_m - a.y_m, way_m = std::sqrt(x * x + y * y);
    if (!steady(a.time_s, b.time_s, c.time_s) || way_m < kDrivingMps * (c.time_s - a.time_s)) continue;
    bends.push_back(std::fabs((a.x_m - 2 * b.x_m + c.x_m) * y - (a.y_m - 2 * b.y_m + c.y_m) * x) / way_m);
    step_s = b.time_s - a.time_s;
  }
  if (bends.size() < kLeastPlaces || sigma_m <= 0 || sigma_m > kGoodM) return expected;
  const double shown = median(&bends) / (kMedianOfBell * sigma_m);
  // the variance of a - 2b + c is 6 of white noise, and by two correlations less of what drifts
  const auto alike = static_cast<double>(exp_neg(static_cast<float>(step_s / settings.match_error_time_s)));
  const double drifting = 6 - 8 * alike + 2 * alike * alike;
  return std::max(expected, std::min(kMostDrift, (6 - shown * shown) / (6 - drifting)));
}

bool drivable(double mps, double later_mps, double seconds, double error_mps) {
  const double change = later_mps - mps;
  return change <= kSpeedsUp * seconds + error_mps && -change <= kBrakes * seconds + error_mps;
}

}  // namespace tomare::rules
