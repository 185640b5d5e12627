// SPDX-License-Identifier: MIT
// Whether a car stood at a line, at the edges: by speeds, by positions, by where.
#include "core-cpp/rules/stop_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tomare::rules {
namespace {

constexpr double kSigmaMps = 0.3;

/// A fix a second at these speeds, all near the line, standing or rolling up to `end_m` before it.
std::vector<LineFix> at_speeds(const std::vector<double>& mps, double place_m = -3) {
  std::vector<LineFix> fixes;
  for (size_t k = 0; k < mps.size(); ++k) fixes.push_back({static_cast<double>(k), place_m, place_m, mps[k], true});
  return fixes;
}

/// A fix every `step_s` at these metres past the line.
std::vector<LineFix> at_places(const std::vector<double>& along_m, double step_s = 1) {
  std::vector<LineFix> fixes;
  for (size_t k = 0; k < along_m.size(); ++k) {
    const bool near = along_m[k] >= -15 && along_m[k] <= 10;
    fixes.push_back({static_cast<double>(k) * step_s, along_m[k], along_m[k], 0, near});
  }
  return fixes;
}

double by_speeds(const std::vector<double>& mps, double place_m = -3, double sigma_m = 5) {
  return stopped(standing_by_speeds(at_speeds(mps, place_m), kSigmaMps), sigma_m);
}

match::DriftingError off_by(double sigma_m) {
  const Settings s;
  return {sigma_m, s.match_error_share, s.match_error_time_s};
}

double by_positions(const std::vector<double>& along_m, double sigma_m = 5, double step_s = 1) {
  return stopped(standing_by_positions(at_places(along_m, step_s), off_by(sigma_m)), sigma_m, {.by_speeds = false});
}

TEST(StopModel, NothingSeenIsNoStop) {
  EXPECT_EQ(by_speeds({}), 0);
  EXPECT_EQ(by_speeds({8, 7, 6, 5, 6}), 0);
  EXPECT_EQ(by_positions({}), 0);
  EXPECT_EQ(by_positions({-14, -7, 0, 7}), 0);
}

TEST(StopModel, StandingBySpeeds) {
  EXPECT_GT(by_speeds({5, 2.5, 0.2, 0.1, 0.3, 2, 4}), 0.9);
  EXPECT_GT(by_speeds({3, 0.3, 2}), 0.9);          // a moment
  EXPECT_LT(by_speeds({3, 0.5, 2}), 0.9);          // one slow fix: a car that rolls at 0.8 m/s shows it too
  EXPECT_LT(by_speeds({3, 1, 0.9, 1.1, 2}), 0.9);  // rolling at walking pace
}

TEST(StopModel, AStandBeforeTheLineIsAQueue) {
  EXPECT_GT(by_speeds({3, 0, 0, 0, 3}, -6), 0.9);
  EXPECT_LT(by_speeds({3, 0, 0, 0, 3}, -14), 0.9);
  EXPECT_GT(by_speeds({3, 0, 0, 0, 3}, 8), 0.9);  // positions lag or lead: past the line nobody queues for it
}

TEST(StopModel, WhereTheNextFixIsLateThePlaceAloneTellsAQueue) {
  std::vector<LineFix> fixes = at_speeds({6, 0, 6}, -7.5);
  for (const double next_s : {2.5, 2.6}) {
    fixes[2].time_s = fixes[1].time_s + next_s;
    const Stand stand = standing_by_speeds(fixes, kSigmaMps);
    EXPECT_DOUBLE_EQ(stand.next_s, next_s);
    EXPECT_EQ(stopped(stand, 5) > 0.9, next_s == 2.5) << next_s;
  }
  EXPECT_GT(stopped({9, -3, 0, 5}, 5), 0.9) << "at the line it is none";
  EXPECT_EQ(standing_by_speeds(at_speeds({6, 0}), kSigmaMps).next_s, 0) << "none follows";
}

TEST(StopModel, AStandFarFromTheLineIsNone) {
  std::vector<LineFix> fixes = at_speeds({3, 0, 0, 0, 3});
  for (LineFix& fix : fixes) fix.near_line = false;
  EXPECT_EQ(standing_by_speeds(fixes, kSigmaMps).odds, 0);
  EXPECT_EQ(standing_by_positions(fixes, off_by(5)).odds, 0);
}

TEST(StopModel, WhoStoodAtTheLineDrivesOff) {
  const auto crawls = [](const std::vector<double>& mps) {
    std::vector<LineFix> fixes = at_speeds(mps);
    return crawls_on(fixes, standing_by_speeds(fixes, kSigmaMps));
  };
  EXPECT_FALSE(crawls({3, 0, 0, 2, 4, 6, 8, 9}));
  EXPECT_FALSE(crawls({3, 0, 0, 1, 1, 2, 4, 6, 8})) << "to see better, some metres on";
  EXPECT_TRUE(crawls({3, 0, 0, 2, 4, 4, 2, 2, 4})) << "slow again after 10 m";
  EXPECT_TRUE(crawls({3, 0, 0, 2, 2, 2, 2, 2, 2, 2})) << "slow all the way";
  EXPECT_FALSE(crawls({3, 0, 0, 2, 4, 6, 8, 8, 8, 2})) << "another matter, after 35 m";
  EXPECT_LT(stopped({9, 0, 0}, 5, {.queued = true}), 0.9);
  EXPECT_GT(stopped({9, 0, 0}, 5), 0.9);
}

TEST(StopModel, WhoStoodInAQueueSlowsAgain) {
  const auto slows = [](const std::vector<double>& mps) {
    std::vector<LineFix> fixes = at_speeds(mps);
    return slows_after(fixes, standing_by_speeds(fixes, kSigmaMps), kSigmaMps);
  };
  EXPECT_FALSE(slows({3, 0, 0, 2, 4, 6, 8, 9}));
  EXPECT_TRUE(slows({3, 0, 0, 3, 4.5, 3.2, 5, 7}));
  EXPECT_FALSE(slows({3, 0, 0, 3, 4.5, 3.4, 5, 7})) << "errors of the speeds make as much";
  EXPECT_FALSE(slows({3, 0, 0, 3, 4.5, 3.2, 4, 4})) << "it stays slow";
  EXPECT_TRUE(slows({3, 0, 0, 2, 4, 6, 4.5, 8})) << "after 14 m";
  EXPECT_FALSE(slows({3, 0, 0, 2, 4, 6, 6, 4.5, 8})) << "after 20 m it may be a turn";
}

TEST(StopModel, WhoPullsAwayHasNotSlowedHoweverExactTheSpeeds) {
  constexpr double kExactMps = 0.2;
  const auto slows = [](const std::vector<double>& mps) {
    std::vector<LineFix> fixes = at_speeds(mps);
    return slows_after(fixes, standing_by_speeds(fixes, kExactMps), kExactMps);
  };
  EXPECT_FALSE(slows({3, 0, 0, 2, 4, 6, 8}));
  EXPECT_TRUE(slows({3, 0, 0, 3, 4.5, 3.6, 5})) << "by 0.9 m/s";
  EXPECT_FALSE(slows({3, 0, 0, 3, 4.5, 3.8, 5})) << "by 0.7 m/s";
}

TEST(StopModel, OneSlowFixOfACarThatCreepsIsNoStand) {
  const auto creeping = [](const std::vector<double>& mps, double step_s = 1) {
    std::vector<LineFix> fixes = at_speeds(mps);
    for (size_t k = 0; k < fixes.size(); ++k) fixes[k].time_s = static_cast<double>(k) * step_s;
    return creeps(fixes, standing_by_speeds(fixes, kSigmaMps), kSigmaMps);
  };
  EXPECT_TRUE(creeping({5, 1.1, 0.9, 0.3, 1, 1.1, 3})) << "four steps at 0.6 to 1.1 m/s";
  EXPECT_FALSE(creeping({5, 1.5, 0.2, 1.5, 4})) << "it brakes to a stop and drives off: 1.7 m";
  EXPECT_FALSE(creeping({5, 0.5, 0.6, 0.3, 0.5, 0.6, 0.5, 0.6, 0.5, 0.6, 3})) << "errors of a car that stands";
  EXPECT_FALSE(creeping({5, 1.7, 1.7, 0.3, 1.7, 1.7, 5})) << "driving on both sides";
  EXPECT_TRUE(creeping({5, 1, 0.3, 1, 3}, 2.5));
  EXPECT_FALSE(creeping({5, 1, 0.3, 1, 3}, 2.6)) << "over more seconds nothing shows how it drove";
  EXPECT_TRUE(creeping({1.5, 1.2, 0.3, 5})) << "2.1 m from the first fix on";
  EXPECT_FALSE(creeping({1.5, 1, 0.3, 5})) << "1.9 m";
  EXPECT_TRUE(creeping({5, 0.3, 1.2, 1.5})) << "2.1 m up to the last fix";
  EXPECT_FALSE(creeping({5, 0.3, 1, 1.5}));
  EXPECT_GT(stopped({1.5, -3, 0}, 5), 0.9);
  EXPECT_LT(stopped({1.5, -3, 0}, 5, {.creeps = true}), 0.9);
  EXPECT_GT(stopped({4, -3, 0}, 5, {.creeps = true}), 0.9) << "a stand that is clear counts";
}

TEST(StopModel, PositionsMustEarnIt) {
  const std::vector<double> stood = {-13, -7, -3, -2, -2, -2.5, -2, -2, -2, -2, -1, 3, 9};
  EXPECT_GT(by_positions(stood), 0.9);
  EXPECT_LT(by_positions(stood, 15), 0.9);  // the receiver is too bad
  EXPECT_GT(stopped({9, 0, 0}, 5.5, {.by_speeds = false}), 0.9);
  EXPECT_LT(stopped({9, 0, 0}, 6.2, {.by_speeds = false}), 0.9);              // however long it stood
  EXPECT_LT(by_positions({-13, -7, -3, -2, 3, 9}), 0.9);                      // a second is too short
  EXPECT_LT(by_positions({-14, -7, -2, -2, -2, -2, 5, 9}, 2), 0.9);           // three seconds, even of a good receiver
  EXPECT_GT(by_positions({-14, -7, -2, -2, -2, -2, -2, 5, 9}, 2), 0.9);       // four
  EXPECT_LT(by_positions({-14, -12, -10, -8, -6, -4, -2, 0, 2, 4, 6}), 0.9);  // rolling at 2 m/s
}

TEST(StopModel, AJumpAheadIsNoStand) {
  // at 6 m/s, and one position 18 m ahead: the next ones catch up with it
  EXPECT_LT(by_positions({-15, 9, -3, 3, 9}), 0.5);
}

TEST(StopModel, SpeedsShowTheirError) {
  const auto shown = [](double noise, double step_s, size_t count) {
    std::vector<SpeedFix> fixes;
    for (size_t k = 0; k < count; ++k) {
      const double off = k % 4 == 0 ? noise : (k % 4 == 2 ? -noise : 0);
      fixes.push_back({static_cast<double>(k) * step_s, 5 + off});
    }
    return shown_speed_sigma(fixes, kSigmaMps);
  };
  EXPECT_EQ(shown(0, 1, 20), kSigmaMps);
  EXPECT_EQ(shown(0.3, 1, 20), kSigmaMps);
  EXPECT_GT(shown(1.5, 1, 20), 0.9);
  EXPECT_EQ(shown(1.5, 2, 20), kSigmaMps) << "over two seconds a driver changes his mind";
  EXPECT_EQ(shown(1.5, 1, 8), kSigmaMps) << "too few";
}

TEST(StopModel, SpeedsOfASlowCarShowNoError) {
  std::vector<SpeedFix> fixes;
  for (int k = 0; k < 20; ++k) fixes.push_back({1.0 * k, k % 2 == 0 ? 0.0 : 1.9});
  EXPECT_EQ(shown_speed_sigma(fixes, kSigmaMps), kSigmaMps) << "it stops and starts";
}

TEST(StopModel, PositionsShowHowTheirErrorDrifts) {
  const Settings settings;
  const auto share = [&](double white_m, double mps, size_t count, double sigma_m, double step_s = 1) {
    std::vector<PlaceFix> fixes;
    for (size_t k = 0; k < count; ++k) {
      const double off = k % 4 == 0 ? white_m : (k % 4 == 2 ? -white_m : 0);
      fixes.push_back({static_cast<double>(k) * step_s, mps * static_cast<double>(k) * step_s, off});
    }
    return shown_drift_share(fixes, sigma_m, settings);
  };
  EXPECT_DOUBLE_EQ(share(0, 8, 40, 5), 0.99) << "a smooth way";
  EXPECT_GT(share(0.5, 8, 40, 5), 0.97);
  EXPECT_DOUBLE_EQ(share(4, 8, 40, 5), settings.match_error_share) << "as white as is expected, or whiter";
  EXPECT_DOUBLE_EQ(share(0, 1, 40, 5), settings.match_error_share) << "a slow car shows nothing";
  EXPECT_DOUBLE_EQ(share(0, 8, 16, 5), settings.match_error_share) << "too few";
  EXPECT_DOUBLE_EQ(share(0, 8, 40, 5, 2), settings.match_error_share) << "too far apart";
  EXPECT_DOUBLE_EQ(share(0, 8, 40, 9), settings.match_error_share) << "a bad receiver";
}

TEST(StopModel, HowPositionsDriftIsTheSameInEveryDirection) {
  const Settings settings;
  constexpr double kWhiteM = 1, kSigmaM = 5, kMedianOfBell = 0.6745, kMps = 8;
  for (const double angle : {0.0, 0.6, 1.5708, 2.5, -2.0}) {
    std::vector<PlaceFix> fixes;
    for (int k = 0; k < 42; ++k) {
      const double off = k % 4 == 0 ? kWhiteM : (k % 4 == 2 ? -kWhiteM : 0), way = kMps * k;
      const double c = std::cos(angle), s = std::sin(angle);
      fixes.push_back({1.0 * k, 70 + way * c - off * s, -30 + way * s + off * c});
    }
    const double shown = 2 * kWhiteM / (kMedianOfBell * kSigmaM), alike = std::exp(-1 / settings.match_error_time_s);
    const double drifting = 6 - 8 * alike + 2 * alike * alike;  // variance of a - 2b + c; of white noise 6
    const double share = (6 - shown * shown) / (6 - drifting);
    ASSERT_GT(share, settings.match_error_share);
    EXPECT_NEAR(shown_drift_share(fixes, kSigmaM, settings), share, 1e-3) << angle;
  }
}

TEST(StopModel, SpeedsThatHardlyACarHas) {
  EXPECT_TRUE(drivable(10, 13.5, 1, 0));
  EXPECT_FALSE(drivable(10, 13.6, 1, 0));
  EXPECT_TRUE(drivable(16, 10, 1, 0));
  EXPECT_FALSE(drivable(16, 9.9, 1, 0));
  EXPECT_TRUE(drivable(16, 9, 1, 1));
}

}  // namespace
}  // namespace tomare::rules
