// SPDX-License-Identifier: MIT
// Which fixes around a line say what, at the edges of the window, of the line's own metres and of the speeds' errors.
#include <gtest/gtest.h>

#include "core-cpp/rules/kinematics.hpp"
#include "core-cpp/rules/made_line_test.hpp"
#include "core-cpp/rules/stop_place.hpp"

namespace tomare::rules {
namespace {

/// A street with the line.
struct AtLine : testing::MadeDrive {
  AtLine() { road(600); }
  /// A fix each second from `begin_m` on, at a constant speed.
  AtLine& steady(double mps, double begin_m, int count) {
    for (int k = 0; k < count; ++k) fix(k, begin_m + k * mps, 3.6 * mps);
    return *this;
  }
  AtLine& derived() {
    for (match::MatchedFix& fix : trace.fixes) fix.speed_derived = true;
    return *this;
  }
  AtLine& speed(size_t fix, double mps) {
    trace.fixes[fix].speed_mps = static_cast<float>(mps);
    return *this;
  }
  StopEvidence gather() { return testing::evidence_at_line(this); }
};

/// Of a drive at 10 m/s from 200 m on with one slower fix.
StopEvidence slower_at(double path_m, double mps) {
  AtLine drive;
  for (int k = 0; k < 20; ++k) drive.fix(k, 200 + 10 * k, 36);
  for (size_t k = 0; k < 20; ++k) {
    if (std::fabs(drive.trace.fixes[k].path_m - path_m) > 5) continue;
    drive.trace.fixes[k].path_m = path_m;
    drive.speed(k, mps);
    break;
  }
  return drive.gather();
}

TEST(StopEvidenceEdges, TheLowestSpeedAtTheLineIsOfItsOwnMetres) {
  EXPECT_EQ(slower_at(285, 8).lowest_at_line, 8) << "15 m before it";
  EXPECT_EQ(slower_at(284.9, 8).lowest_at_line, 10);
  EXPECT_EQ(slower_at(310, 8).lowest_at_line, 8) << "10 m behind it";
  EXPECT_EQ(slower_at(310.1, 8).lowest_at_line, 10);
}

/// Odds of a stand at a place of the path.
double stood_odds(testing::MadeDrive* drive, double stand_m) {
  for (int k = 6; k > 0; --k) drive->fix(6 - k, stand_m - 6 * k, 21.6);
  for (int k = 6; k < 9; ++k) drive->fix(k, stand_m, 0);
  for (int k = 1; k < 12; ++k) drive->fix(8 + k, stand_m + 6 * k, 21.6);
  return testing::evidence_at_line(drive).stood_odds;
}

TEST(StopEvidenceEdges, BeforeABendAStandIsAsNearAsTheStraightLine) {
  AtLine straight;
  testing::MadeDrive bent;  // the line lies at 280 m east and 10 m north
  const uint16_t road = bent.map.road(bent.map.node(0, 0), bent.map.node(0, 10), 580);
  bent.map.bend(road, 285, 0);
  bent.map.bend(road, 285, 10);
  bent.leg(road, 580);
  EXPECT_GT(stood_odds(&bent, 280), 2 * stood_odds(&straight, 280)) << "10 m off, though 20 m along the path";
}

TEST(StopEvidenceEdges, TheLowestSpeedIsOfTheWindow) {
  EXPECT_EQ(slower_at(260, 8).lowest_observed, 8);
  EXPECT_EQ(slower_at(259.9, 8).lowest_observed, 10);
  EXPECT_EQ(slower_at(330, 8).lowest_observed, 8);
  EXPECT_EQ(slower_at(330.1, 8).lowest_observed, 10);
}

TEST(StopEvidenceEdges, BetweenTwoFixesACarMayHaveBeenSlower) {
  AtLine drive;
  for (int k = 0; k < 10; ++k) drive.fix(2 * k, 205 + 20 * k, 36);
  // two errors less than 10 m/s, from there down at 3.5 m/s2 and up again at 2.5 within 2 s
  const double lowest = (9.4 / 3.5 + 9.4 / 2.5 - 2) / (1 / 3.5 + 1 / 2.5);
  EXPECT_NEAR(drive.gather().lowest_possible, lowest, 1e-6);
  EXPECT_NEAR(drive.gather().possible_at_line, lowest, 1e-6);
}

/// What may have been at the line, of 20 m/s and one step of 20 m in so many seconds, that ends or begins there.
double possible_where_a_long_step(double from_m) {
  AtLine drive;
  double s = 0;
  for (double at = from_m - 200; at <= from_m + 200; at += 20) {
    drive.fix(s, at, 72);
    s += std::fabs(at - from_m) < 1 ? 4 : 1;
  }
  return drive.gather().possible_at_line;
}

TEST(StopEvidenceEdges, AStepThatTouchesTheLinesMetresCounts) {
  const double short_step = possible_where_a_long_step(220), long_step = possible_where_a_long_step(290);
  EXPECT_GT(short_step, long_step + 3);
  EXPECT_EQ(possible_where_a_long_step(265), long_step) << "it ends 15 m before the line";
  EXPECT_EQ(possible_where_a_long_step(264.5), short_step);
  EXPECT_EQ(possible_where_a_long_step(310), long_step) << "it begins 10 m behind it";
  EXPECT_EQ(possible_where_a_long_step(310.5), short_step);
}

/// The longest gap of the window where one step of 10 m, from there on, lasts three seconds.
double longest_gap(double from_m) {
  AtLine drive;
  double s = 0;
  for (double at = 205; at <= 395; at += 10) {
    drive.fix(s, at, 36);
    s += at == from_m ? 3 : 1;
  }
  return drive.gather().longest_gap;
}

TEST(StopEvidenceEdges, GapsAreThoseIntoTheWindowWithinItAndOutOfIt) {
  EXPECT_EQ(longest_gap(245), 1);
  EXPECT_EQ(longest_gap(255), 3) << "into it";
  EXPECT_EQ(longest_gap(295), 3);
  EXPECT_EQ(longest_gap(325), 3) << "out of it";
  EXPECT_EQ(longest_gap(335), 1);
}

TEST(StopEvidenceEdges, WitnessesAreTheWindowsFixesAndTheirNeighbours) {
  AtLine drive;
  drive.steady(10, 205, 20);
  EXPECT_EQ(drive.gather().witnesses, 7U + 2U);
}

TEST(StopEvidenceEdges, AContradictionOfSpeedsAndPositionsCountsThereAlone) {
  const auto disputed = [](size_t fix) {
    AtLine drive;
    drive.steady(10, 205, 20);
    drive.channels.disputed.assign(20, 0);
    drive.channels.disputed[fix] = 1;
    return drive.gather().disputed;
  };
  EXPECT_FALSE(disputed(4)) << "245 m";
  EXPECT_TRUE(disputed(5)) << "255 m, next to the window";
  EXPECT_TRUE(disputed(9));
  EXPECT_TRUE(disputed(13)) << "335 m";
  EXPECT_FALSE(disputed(14));
}

TEST(StopEvidenceEdges, AJumpOfTheReceiverCountsAsFarAsItsErrorsReach) {
  const auto jumped = [](size_t fix) {
    AtLine drive;
    drive.steady(10, 205, 20);
    drive.jumped.assign(20, 0);
    drive.jumped[fix] = 1;
    return drive.gather().jumped;
  };
  EXPECT_FALSE(jumped(4));
  EXPECT_TRUE(jumped(5)) << "the fix before the 40 m of the window";
  EXPECT_TRUE(jumped(9));
  EXPECT_TRUE(jumped(13));
  EXPECT_FALSE(jumped(14));
}

TEST(StopEvidenceEdges, AWorseReceiverIsAskedFartherAround) {
  AtLine drive;
  drive.steady(10, 205, 20);
  drive.jumped.assign(20, 0);
  drive.jumped[4] = 1;
  drive.trace.error.sigma_m = 8;
  EXPECT_TRUE(drive.gather().jumped) << "48 m before the line, and the fix before these";
  drive.trace.error.sigma_m = 6;
  EXPECT_FALSE(drive.gather().jumped);
  drive.accuracy_m[9] = 8;
  EXPECT_NEAR(drive.gather().sigma_m, 8, 1e-6) << "the worst of the window";
  EXPECT_TRUE(drive.gather().jumped);
}

/// The path goes on by so many metres more between two fixes of 10 m/s than they say.
StopEvidence leaping(double more_m, size_t from = 9, bool derived = false) {
  AtLine drive;
  drive.steady(10, 205, 20);
  for (size_t k = from + 1; k < 20; ++k) drive.trace.fixes[k].path_m += more_m;
  if (derived) drive.trace.fixes[from].speed_derived = true;
  return drive.gather();
}

TEST(StopEvidenceEdges, APathThatLeapsBeyondSpeedsAndErrors) {
  const double most_m = 0.75 + 3 * 5 + 3;  // uneven speeds, three errors of the positions, the map's
  EXPECT_FALSE(leaping(most_m - 0.1).leapt);
  EXPECT_TRUE(leaping(most_m + 0.1).leapt);
  EXPECT_FALSE(leaping(most_m + 0.1, 1).leapt) << "far before the line";
  EXPECT_FALSE(leaping(most_m + 0.1, 9, true).leapt) << "a speed of positions says nothing of them";
  EXPECT_TRUE(leaping(most_m + 0.1, 9, true).derived);
}

TEST(StopEvidenceEdges, OverTwoSecondsUnevenSpeedsAddFourTimesAsMuch) {
  const auto leapt = [](double more_m) {
    AtLine drive;
    for (int k = 0; k < 10; ++k) drive.fix(2 * k, 205 + 20 * k, 36);
    for (size_t k = 5; k < 10; ++k) drive.trace.fixes[k].path_m += more_m;
    return drive.gather().leapt;
  };
  const double most_m = 4 * 0.75 + 3 * 5 + 3;
  EXPECT_FALSE(leapt(most_m - 0.1));
  EXPECT_TRUE(leapt(most_m + 0.1));
}

TEST(StopEvidenceEdges, SpeedsOfPositionsErrByTheWayOverTheirTime) {
  AtLine drive;
  const StopEvidence e = drive.steady(20, 100, 20).derived().gather();
  const double kMostDrift = 0.99;  // the positions lie on a line
  const double sigma_mps = match::DriftingError{5, kMostDrift, drive.settings.match_error_time_s}.way_m(2) / 2;
  ASSERT_GT(sigma_mps, drive.settings.stop_sigma_derived_mps);
  EXPECT_NEAR(e.lowest_possible, lowest_possible(20 - 2 * sigma_mps, 20 - 2 * sigma_mps, 1, 3.5, 2.5), 0.02);
}

TEST(StopEvidenceEdges, PositionsOfOneMomentTellNoSpeed) {
  AtLine drive;
  for (const double at_m : {290.0, 296.0, 302.0}) drive.fix(20, at_m, 36);
  EXPECT_EQ(drive.derived().gather().witnesses, 0U);
}

TEST(StopEvidenceEdges, OneFixTellsTheLeastSpeedItself) {
  AtLine drive;
  drive.fix(0, 295, 36);
  const StopEvidence e = drive.gather();
  EXPECT_NEAR(e.lowest_possible, 10 - 2 * 0.3, 1e-5);
  EXPECT_EQ(e.lowest_observed, 10);
  EXPECT_EQ(e.longest_gap, 0);
}

TEST(StopEvidenceEdges, SpeedsOfPositionsAreThoseOfTheStraightLine) {
  const auto hidden_odds = [](double each_m) {  // positions that go on by less than the path does
    AtLine drive;
    drive.steady(10, 200, 21);
    for (size_t k = 0; k < 21; ++k) drive.shift(k, (each_m - 10) * (static_cast<double>(k) - 10));
    return drive.derived().gather().hidden_odds;
  };
  EXPECT_LT(hidden_odds(10), 1e-3);
  EXPECT_GT(hidden_odds(3), 0.1);
}

TEST(StopEvidenceEdges, WhereThePathEndsAStopMayBeUnseen) {
  AtLine far, near;
  EXPECT_LT(far.steady(8, 150, 24).gather().hidden_odds, 1e-3) << "at 334 m";
  EXPECT_GT(near.steady(2, 270, 14).gather().hidden_odds, 0.1) << "at 296 m, slow";
}

TEST(StopEvidenceEdges, AStandBehindTheLineIsNoQueue) {
  AtLine drive;
  double s = 0;
  for (const double at : {220, 230, 240, 250, 260, 270, 280, 290, 300, 310}) drive.fix(s++, at, 36);
  for (const double mps : {8.0, 6.0, 4.0, 2.0}) drive.fix(s++, 325 - mps * mps / 4, 3.6 * mps);
  for (int k = 0; k < 4; ++k) drive.fix(s++, 325, 0);
  drive.fix(s++, 326, 7);
  EXPECT_FALSE(drive.gather().queued);
}

/// Odds that stops there are at the line, by the receiver's error that the evidence has.
double at_line_odds(double at_m, double sigma_m) {
  LinePlace place;
  place.junction_m = 10;
  return odds_at_line(place, at_m, sigma_m);
}

TEST(StopEvidenceEdges, AStopThatIsUnseenIsAsNearAsBrakingAndSpeedingUpAllow) {
  const Settings s;
  AtLine ends, begins;
  ends.along(100, 291, 36);
  const StopEvidence end = ends.gather();
  const double braked = at_line_odds(-10 + 50 / s.stop_decel_mps2, end.sigma_m);
  EXPECT_NEAR(end.hidden_odds, braked, 1e-3 * braked);
  begins.along(310, 500, 36);
  const StopEvidence begin = begins.gather();
  const double sped = at_line_odds(10 - 50 / s.stop_accel_mps2, begin.sigma_m);
  EXPECT_NEAR(begin.hidden_odds, sped, 1e-3 * sped);
}

TEST(StopEvidenceEdges, NeighboursUpToFourSecondsAwayContradictASpeed) {
  const auto witnesses = [](double apart_s) {
    AtLine drive;
    for (int k = 0; k < 12; ++k) drive.fix(apart_s * k, 240 + 10 * k, 36);
    drive.speed(5, 200);
    return drive.gather().witnesses;
  };
  const uint32_t all = witnesses(5);
  EXPECT_EQ(witnesses(4.1), all);
  EXPECT_EQ(witnesses(4) + 3, all) << "it and those beside it";
}

TEST(StopEvidenceEdges, SpeedsShowTheirErrorWithinAMinuteOfTheLine) {
  const auto lowest = [](double scatters_s) {
    AtLine drive;
    for (int k = 0; k < 200; ++k) {
      const double away_s = std::fabs(k - 100);
      drive.fix(k, 3 * k, 3.6 * (k % 2 == 0 && away_s <= scatters_s ? 3.6 : 3));
    }
    return drive.gather().lowest_at_line + drive.gather().lowest_possible;
  };
  // by turns 0.6 m/s apart they bend by 1.2
  const double shown = 1.2 / (0.6745 * 2.449), expected = 0.3;
  const auto between = [](double sigma) { return lowest_possible(3.6 - 2 * sigma, 3 - 2 * sigma, 1, 3.5, 2.5); };
  EXPECT_NEAR(lowest(33), 3 + between(shown), 1e-5) << "in more than half of that time";
  EXPECT_NEAR(lowest(27), 3 + between(expected), 1e-5);
}

}  // namespace
}  // namespace tomare::rules
