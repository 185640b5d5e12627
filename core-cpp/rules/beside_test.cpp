// SPDX-License-Identifier: MIT
// A path on a corridor 15 m beside an avenue, and positions as they were logged: which of the two they speak for.
#include "core-cpp/rules/beside.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "core-cpp/map/made_map_test.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

constexpr double kApartM = 15;

/// An avenue from west to east, and a corridor north of it that parts and comes back; the path goes by the corridor.
class Corridor {
 public:
  explicit Corridor(bool joined = true, double avenue_m = 700) {
    const uint16_t a = map_.node(100, 500), b = map_.node(200, 500), c = map_.node(200 + avenue_m, 500);
    const uint16_t d = map_.node(1000, 500), p = map_.node(200, 500 + kApartM), q = map_.node(900, 500 + kApartM);
    before_ = map_.road(a, b, 100);
    avenue_ = map_.road(joined ? b : map_.node(200.5, 500), c, avenue_m);
    after_ = map_.road(c, d, 100);
    fork_ = map_.road(b, p, kApartM);
    corridor_ = map_.road(p, q, 700);
    path({before_, fork_, corridor_});
  }

  /// Fixes a second apart from metre 100 of the corridor on, so far south of it.
  void drive(double south_m, uint32_t count = 40, float told_m = std::numeric_limits<float>::quiet_NaN()) {
    const map::Tile& tile = *map_.graph().tile(0);
    const double along = 12;
    for (uint32_t i = 0; i < count; ++i) {
      int32_t lat = 0, lon = 0;
      map::position_on(tile, corridor_, 100 + along * i, &lat, &lon);
      add(lat - static_cast<int32_t>(south_m / metre_scale(lat).y), lon, 2, trace_.legs[2].path_m + 100 + along * i,
          told_m);
    }
  }

  /// The same with a few fixes before it, so far north of the path.
  void drive_round(double south_m, double north_before_m) {
    const map::Tile& tile = *map_.graph().tile(0);
    for (uint32_t i = 0; i < 8; ++i) {
      int32_t lat = 0, lon = 0;
      map::position_on(tile, before_, 10.0 * i, &lat, &lon);
      add(lat + static_cast<int32_t>(north_before_m / metre_scale(lat).y), lon, 0, 10.0 * i);
    }
    first_ = 8;
    drive(south_m);
    for (uint32_t i = 8; i < time_.size(); ++i) time_[i] += 18'000;
  }

  /// Probability of the corridor against the avenue.
  double accused(double odds = kFewDoIt) {
    return judged([&](const Context& c, const match::Run& run) {
      const Stretch stretch = {2, 2, trace_.legs[2].path_m, trace_.legs[2].path_m + 700};
      return Beside(c, run, stretch, {first_, run.fixes.size()}).accused(odds, [this](const Leg& leg) {
        return leg.segment == avenue_ && leg.forward;
      });
    });
  }

  bool surely() {
    return judged([](const Context& c, const match::Run& run) { return surely_here(c, run, {0, run.fixes.size()}); });
  }

  match::Trace trace_;

 private:
  void add(int32_t lat, int32_t lon, uint32_t leg, double path_m,
           float told_m = std::numeric_limits<float>::quiet_NaN()) {
    match::MatchedFix fix;
    fix.path_m = path_m;
    fix.leg = leg;
    fix.posterior = 0.99F;
    fix.speed_mps = 12;
    fix.state = match::FixState::matched;
    trace_.fixes.push_back(fix);
    trace_.runs[0].fixes.push_back(static_cast<uint32_t>(time_.size()));
    time_.push_back(1000 * static_cast<int64_t>(time_.size()));
    lat_.push_back(lat);
    lon_.push_back(lon);
    accuracy_.push_back(told_m);
    none_.push_back(std::numeric_limits<float>::quiet_NaN());
  }

  template <typename Judge>
  std::invoke_result_t<Judge, const Context&, const match::Run&> judged(const Judge& judge) {
    const match::Fixes log = {static_cast<uint32_t>(time_.size()),
                              time_.data(),
                              lat_.data(),
                              lon_.data(),
                              none_.data(),
                              none_.data(),
                              accuracy_.data()};
    const Law law;
    const uint32_t place = 0;
    const Laws laws = {&law, &place, 1, 0};
    const match::Channels channels;
    const Settings settings;
    const Context c = {map_.graph(), log, log, channels, trace_, settings, map::kCar, laws};
    return judge(c, trace_.runs[0]);
  }

  void path(const std::vector<uint16_t>& segments) {
    trace_.error.sigma_m = 5;
    double path_m = 0;
    for (const uint16_t segment : segments) {
      Leg leg;
      leg.path_m = path_m;
      leg.segment = segment;
      leg.to_m = static_cast<float>(map_.segments[segment].length_cm) * 0.01F;
      path_m += leg.length_m();
      trace_.legs.push_back(leg);
    }
    trace_.runs.push_back({0, static_cast<uint32_t>(segments.size()), 0, 0, {}});
  }

  testing::MadeMap map_;
  uint16_t before_ = 0, avenue_ = 0, after_ = 0, fork_ = 0, corridor_ = 0;
  size_t first_ = 0;  ///< fix on the corridor
  std::vector<int64_t> time_;
  std::vector<int32_t> lat_, lon_;
  std::vector<float> none_, accuracy_;
};

double probability(double south_m, double sigma_m = 5, uint32_t count = 40) {
  Corridor corridor;
  corridor.trace_.error.sigma_m = static_cast<float>(sigma_m);
  corridor.drive(south_m, count);
  return corridor.accused();
}

TEST(Beside, PositionsOnTheAccusedRoadHold) {
  EXPECT_GT(probability(0), 0.95);
  EXPECT_GT(probability(-4), 0.95) << "aside, but away from the other road";
}

TEST(Beside, PositionsOnTheLawfulRoadAcquit) {
  EXPECT_LT(probability(kApartM), 0.05);
  EXPECT_LT(probability(12), 0.05);
}

TEST(Beside, AReceiverThatLiesAsideBeforeAndAfterIsNoDriverThatTurnsIn) {
  // bench/accuracy, porto-wrong-way-23 by a phone: two minutes of 12 m to one side, 466 m of them beside a closed road
  Corridor aside, turning;
  aside.drive_round(0, kApartM);
  turning.drive_round(0, 0);
  EXPECT_LT(aside.accused(), 0.7) << "and the drive ends there, so that nothing is seen of it after";
  EXPECT_GT(turning.accused(), 0.95);
}

TEST(Beside, BetweenTheTwoNobodyIsAccused) { EXPECT_LT(probability(kApartM / 2), 0.5); }

TEST(Beside, ABadReceiverTellsNeither) {
  EXPECT_LT(probability(0, 20), 0.5);
  EXPECT_GT(probability(kApartM, 20), 0.05);
}

TEST(Beside, MoreSecondsSayMoreButNotAsMuchAsTheirFixes) {
  EXPECT_GT(probability(3, 5, 40), probability(3, 5, 5));
  EXPECT_LT(probability(3, 8, 40), 0.99) << "errors drift together";
}

TEST(Beside, AToldAccuracyRaisesNothing) {
  Corridor exact, coarse, none;
  exact.drive(2, 40, 1);
  coarse.drive(2, 40, 15);
  none.drive(2);
  EXPECT_LE(exact.accused(), none.accused());
  EXPECT_LT(coarse.accused(), none.accused());
}

TEST(Beside, ARoadThatThePathIsNotJoinedToIsUnlikely) {
  Corridor joined, apart(false);
  joined.drive(kApartM / 2);
  apart.drive(kApartM / 2);
  EXPECT_LT(joined.accused(), 0.5);
  EXPECT_GT(apart.accused(), 0.8);
}

TEST(Beside, ARoadBesidePartOfTheStretchIsNone) {
  Corridor brief(true, 300);
  brief.drive(kApartM / 2);
  EXPECT_EQ(brief.accused(), 1);
}

TEST(Beside, WhatIsOftenDoneIsBelievedSooner) {
  Corridor corridor;
  corridor.drive(kApartM / 2);
  EXPECT_GT(corridor.accused(kManyDoIt), corridor.accused(kFewDoIt));
}

TEST(Beside, SurelyHereNeedsThePosteriorTheRawPositionsAndTheErrorThatIsShown) {
  Corridor on, aside, told, unsure, smoothed;
  on.drive(2);
  EXPECT_TRUE(on.surely());
  aside.drive(8);
  EXPECT_FALSE(aside.surely()) << "more than one and a half standard errors from the path";
  told.drive(2, 40, 1);
  EXPECT_FALSE(told.surely()) << "the posterior believed a told accuracy";
  unsure.drive(2);
  unsure.trace_.fixes[20].posterior = 0.9F;
  EXPECT_FALSE(unsure.surely());
  smoothed.drive(8);
  smoothed.trace_.error.removed_m2 = 25;
  EXPECT_TRUE(smoothed.surely()) << "8 m are less than one and a half times the error before smoothing";
}

TEST(Beside, AClaimIsNoSurerThanItsRoad) {
  Finding f;
  f.match = 0.99F;
  weigh_beside(0.95, &f);
  EXPECT_FLOAT_EQ(f.match, 0.95F);
  EXPECT_EQ(f.reasons, 0U);
  weigh_beside(0.6, &f);
  EXPECT_FLOAT_EQ(f.match, 0.6F);
  EXPECT_EQ(f.reasons, kReason_parallel_road);
}

}  // namespace
}  // namespace tomare::rules
