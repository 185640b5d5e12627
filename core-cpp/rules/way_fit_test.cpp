// SPDX-License-Identifier: MIT
// What a way costs the fixes around it: by their places, their courses and the distance that the speeds give.
#include "core-cpp/rules/way_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using match::error_cost;

constexpr double kSigmaM = 5;

/// 600 m eastward in two roads; the fixes from 200 to 400 m are asked.
struct Avenue : testing::MadeDrive {
  double from_m = 200, to_m = 400;
  bool outer = false;

  Avenue() {
    road(300);
    road(300);
  }
  /// A fix every ten metres from 100 to 500 m, that was logged so far east and north of its place.
  Avenue& drive(double east_m = 0, double north_m = 0, float course_deg = 90, double mps = 10) {
    for (int k = 0; k <= 40; ++k) {
      fix(10 * k / mps, 100 + 10 * k, 3.6 * mps);
      heading_deg.back() = course_deg;
      shift(static_cast<size_t>(k), east_m, north_m);
    }
    return *this;
  }
  template <typename Answer>
  auto asked(Answer&& answer) {
    return ask([&](const Context& c, const match::Run& run) { return answer(WayFit(c, run, from_m, to_m, outer)); });
  }
  /// Of the path itself.
  Fit fit() {
    return asked([](const WayFit& fixes) { return fixes.of(0, {}, 1); });
  }
  double near() {
    return asked([](const WayFit& fixes) { return fixes.near(0, {}, 1); });
  }
  bool tells() {
    return asked([](const WayFit& fixes) { return fixes.tells(); });
  }
};

/// Of 21 fixes within twenty seconds, those whose errors are independent.
double independent_fixes() { return independent({}, 20, 21); }

TEST(WayFit, TheWayThatWasDrivenCostsNothing) {
  const Fit fit = Avenue().drive().fit();
  EXPECT_NEAR(fit.cost, 0, 0.01);
  EXPECT_NEAR(fit.position, 0, 0.01);
  EXPECT_NEAR(fit.course_each, 0, 0.01);
  EXPECT_EQ(fit.shift_m, 0);
}

TEST(WayFit, AWayMayLeaveThePathWithinAnyOfItsRoads) {
  Avenue avenue;
  avenue.from_m = 340;
  const Fit fit = avenue.drive().asked([](const WayFit& fixes) { return fixes.of(1, {}, 2); });
  EXPECT_NEAR(fit.cost, 0, 0.01) << "begun 16 m within the second road";
  EXPECT_EQ(fit.shift_m, 0);
}

TEST(WayFit, PositionsMayBeAheadOrBehindAsOne) {
  for (const double ahead_m : {-24.0, -10.0, 10.0, 24.0}) {
    const Fit fit = Avenue().drive(ahead_m).fit();
    EXPECT_EQ(fit.shift_m, ahead_m);
    EXPECT_NEAR(fit.cost, 0, 0.01);
  }
  for (const double ahead_m : {-30.0, 30.0}) {
    const Fit fit = Avenue().drive(ahead_m).fit();
    EXPECT_EQ(fit.shift_m, ahead_m < 0 ? -24 : 24) << "no farther";
    EXPECT_NEAR(fit.position, independent_fixes() * error_cost(6 / kSigmaM), 0.05);
  }
}

TEST(WayFit, PositionsAsideCostTheirDistance) {
  const Fit fit = Avenue().drive(0, 12).fit();
  EXPECT_NEAR(fit.position, independent_fixes() * error_cost(12 / kSigmaM), 0.05);
  EXPECT_NEAR(fit.cost, fit.position, 0.01);
  Avenue wide;
  wide.drive(0, 12).trace.error.sigma_m = 10;
  EXPECT_NEAR(wide.fit().position, independent_fixes() * error_cost(1.2), 0.02);
}

TEST(WayFit, EachCourseCostsAsMuchAsItDepartsUpToEightNats) {
  for (const auto& [course_deg, each] : {std::pair{120.0F, 2.0}, {60.0F, 2.0}, {97.5F, 0.125}, {270.0F, 8.0}}) {
    const Fit fit = Avenue().drive(0, 0, course_deg).fit();
    EXPECT_NEAR(fit.course_each, each, 0.02) << course_deg;
    EXPECT_NEAR(fit.cost, 0.5 * 21 * each, 0.3) << "half of that, for they err together";
  }
}

TEST(WayFit, CoursesThatAreNoneCostNothing) {
  EXPECT_EQ(Avenue().drive(0, 0, testing::MadeDrive::kNone).fit().course_each, 0);
  EXPECT_EQ(Avenue().drive(0, 0, 270, 2.4).fit().course_each, 0) << "of a slow car";
  EXPECT_NEAR(Avenue().drive(0, 0, 270, 2.5).fit().course_each, 8, 0.01);
  Avenue constant;
  constant.drive(0, 0, 270).channels.notes = match::kNote_course_constant;
  EXPECT_EQ(constant.fit().course_each, 0);
}

TEST(WayFit, ByTheSpeedsTheCarIsWhereItIs) {
  Avenue slower;
  slower.drive();
  for (match::MatchedFix& fix : slower.trace.fixes) fix.speed_mps = 9;
  const Fit fit = slower.fit();
  EXPECT_EQ(fit.shift_m, 10) << "200 m were driven, 180 m are told";
  EXPECT_GT(fit.position, 0.5);
}

/// Whether the fixes tell the shape of a way, where a step lasts so long, and some have no course.
bool tell(int fixes, double step_s, int with_course, bool logged = true) {
  Avenue drive;
  for (int k = 0; k < fixes; ++k) {
    drive.fix(k * step_s, 200 + 10 * k, 36).speed_derived = !logged && k == fixes - 1;
    drive.heading_deg.back() = k < with_course ? 90 : testing::MadeDrive::kNone;
  }
  return drive.tells();
}

TEST(WayFit, SixFixesWithSpeedsAndMostlyCoursesTellAShape) {
  EXPECT_TRUE(tell(6, 1, 6));
  EXPECT_FALSE(tell(5, 1, 5));
  EXPECT_TRUE(tell(6, 3, 6));
  EXPECT_FALSE(tell(6, 3.1, 6)) << "three seconds apart at most";
  EXPECT_TRUE(tell(10, 1, 6));
  EXPECT_FALSE(tell(10, 1, 5));
  EXPECT_FALSE(tell(6, 1, 6, false)) << "one speed is that of positions";
}

TEST(WayFit, TheFixesNextToTheRangeAreAskedWhereItIsWanted) {
  Avenue inner, outer;
  outer.outer = true;
  const auto range = [](const WayFit& fixes) { return std::pair{fixes.range().begin, fixes.range().end}; };
  EXPECT_EQ(inner.drive().asked(range), (std::pair<size_t, size_t>{10, 31}));
  EXPECT_EQ(outer.drive().asked(range), (std::pair<size_t, size_t>{9, 32}));
  outer.from_m = 110;
  outer.to_m = 490;
  EXPECT_EQ(outer.asked(range), (std::pair<size_t, size_t>{0, 41})) << "the first and the last one";
  outer.from_m = 100;
  outer.to_m = 500;
  EXPECT_EQ(outer.asked(range), (std::pair<size_t, size_t>{0, 41})) << "as far as there are";
}

TEST(WayFit, NearIsTheDistancesAndTheLengthAgainstTheSpeeds) {
  const Settings s;
  const double beta_m = s.match_beta_m + s.match_beta_second_m * 20;
  EXPECT_NEAR(Avenue().drive().near(), 0, 0.01);
  EXPECT_NEAR(Avenue().drive(0, 12).near(), independent_fixes() * error_cost(12 / kSigmaM), 0.05);
  Avenue faster;
  faster.drive();
  for (match::MatchedFix& fix : faster.trace.fixes) fix.speed_mps = 12;
  EXPECT_NEAR(faster.near(), 40 / beta_m, 0.02) << "240 m are told, 200 m lie between";
  for (match::MatchedFix& fix : faster.trace.fixes) fix.speed_mps = 8;
  EXPECT_NEAR(faster.near(), 40 / beta_m, 0.02);
}

TEST(WayFit, OfNoFixesNothingIsSaid) {
  Avenue empty;
  empty.fix(0, 10, 36);
  EXPECT_EQ(empty.near(), 0);
  EXPECT_FALSE(empty.tells());
}

/// 300 m eastward, then northward; the car cuts the corner by so many metres on each side.
Fit round_corner(double cut_m) {
  testing::MadeDrive drive;
  const uint16_t west = drive.map.node(0, 500), corner = drive.map.node(300, 500), north = drive.map.node(300, 800);
  drive.leg(drive.map.road(west, corner, 300), 300);
  drive.leg(drive.map.road(corner, north, 300), 300);
  const double diagonal_m = cut_m * std::sqrt(2), saved_m = 2 * cut_m - diagonal_m;
  for (int k = 0; k <= 80; ++k) {
    const double gone_m = 200 + 2.5 * k, on_m = gone_m - (300 - cut_m);
    const double share = cut_m > 0 ? std::clamp(on_m / diagonal_m, 0.0, 1.0) : (on_m > 0 ? 1 : 0);
    const double path_m = on_m < 0 ? gone_m : (on_m < diagonal_m ? 300 - cut_m + 2 * cut_m * share : gone_m + saved_m);
    const double from_corner_m = path_m - 300;
    drive.fix(k * 0.25, path_m, 36);
    if (share > 0 && share < 1) {
      const double east_m = -cut_m * (1 - share), north_m = cut_m * share;  // of the corner
      drive.shift(static_cast<size_t>(k), east_m - std::min(0.0, from_corner_m),
                  north_m - std::max(0.0, from_corner_m));
    }
    drive.heading_deg.back() = share <= 0 ? 90 : (share < 1 ? 45 : 0);
  }
  return drive.ask([](const Context& c, const match::Run& run) { return WayFit(c, run, 240, 360).of(0, {}, 1); });
}

TEST(WayFit, CarsCutCorners) {
  const double sharp = round_corner(0).cost, cut = round_corner(12).cost, far = round_corner(50).cost;
  EXPECT_LT(cut, 4);
  EXPECT_GT(far, 2 * cut) << "not so far";
  EXPECT_LT(sharp, far);
}

}  // namespace
}  // namespace tomare::rules
