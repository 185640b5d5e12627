// SPDX-License-Identifier: MIT
// What positions behind a junction say for the path over its lawful exits: which roads count, and how much.
#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/lawful_ways.hpp"
#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

constexpr double kSigmaM = 5;
constexpr double kFarM = 1e9;  ///< no lawful road is near
constexpr double kSlackM = 15 + 2 * kSigmaM;

/// The path turns north at the junction, into road 2; the lawful exit goes on eastward by road 1.
struct Junction : testing::MadeJunction {
  explicit Junction(double onward_m = 400) : MadeJunction(onward_m) {
    map.road(middle, map.node(200, 900), 400);
    leg(0, 200);
    leg(2, 400);
    fix(0, 190, 36);
  }
  /// A fix that is matched so many metres behind the junction, and was logged that far east and north of it.
  Junction& behind(double gone_m, double east_m, double north_m, double seconds = 1) {
    shift(time_ms.size(), east_m, north_m - gone_m);
    fix(seconds, 200 + gone_m, 36);
    return *this;
  }
  /// Probability of the path.
  double driven(const std::vector<map::ArcRef>& exits = {{0, 1, 0}}) {
    return ask([&](const Context& c, const match::Run& run) {
      return LawfulWays(c, c.trace.legs[0], exits).path_driven(run, 200);
    });
  }
};

/// Probability by one position so far from the path, and so far from a lawful road.
double by_one(double path_m, double lawful_m) {
  const auto cost = [](double metres) { return std::min(match::error_cost(metres / kSigmaM), 50.0); };
  return 1 / (1 + kFewDoIt * std::min(1e6, std::exp(cost(path_m) - cost(lawful_m))));
}

TEST(LawfulWaysOdds, APositionSpeaksForTheNearerRoad) {
  EXPECT_NEAR(Junction().behind(20, 6, 12).driven(), by_one(6, 12), 0.01);
  EXPECT_NEAR(Junction().behind(20, 12, 6).driven(), by_one(12, 6), 0.01);
  EXPECT_NEAR(Junction().behind(20, 9, 9).driven(), by_one(9, 9), 0.01) << "as near to both";
}

TEST(LawfulWaysOdds, APositionThatTellsALargerErrorSaysLess) {
  const auto driven = [](float told_m) {
    Junction drive;
    drive.behind(20, 6, 12);
    drive.accuracy_m.back() = told_m;
    return drive.driven();
  };
  const auto cost = [](double metres, double sigma_m) { return match::error_cost(metres / sigma_m); };
  EXPECT_NEAR(driven(10), 1 / (1 + kFewDoIt * std::exp(cost(6, 10) - cost(12, 10))), 0.01);
  EXPECT_NEAR(driven(1), by_one(6, 12), 0.01) << "no better than the drive shows";
}

TEST(LawfulWaysOdds, ALawfulRoadIsLookedForWithinThirtyMetresOrFourErrors) {
  const auto driven = [](double lawful_m, float told_m) {
    Junction drive;
    drive.behind(20, 12, lawful_m);
    drive.accuracy_m.back() = told_m;
    return drive.driven();
  };
  EXPECT_LT(driven(29.5, 5), 0.999);
  EXPECT_GT(driven(30.5, 5), 0.9999);
  EXPECT_LT(driven(39.5, 10), 0.99);
  EXPECT_GT(driven(40.5, 10), 0.9999);
}

TEST(LawfulWaysOdds, WithoutALawfulWayOrAFixThePathWasDriven) {
  EXPECT_EQ(Junction().behind(20, 20, 0).driven({}), 1);
  EXPECT_EQ(Junction().driven(), 1);
  EXPECT_EQ(Junction().behind(121, 121, 0).driven(), 1) << "only 120 m behind the junction are asked";
  EXPECT_LT(Junction().behind(119, 119, 0).driven(), 1e-4);
}

TEST(LawfulWaysOdds, ALawfulPlaceLiesAboutAsFarFromTheJunction) {
  const double gone_m = 50, most_m = 1.3 * gone_m + kSlackM, least_m = gone_m / 1.3 - kSlackM;
  const auto at = [&](double east_m, bool drawn_inward) {
    Junction drive;
    drive.map.road(drive.map.node(600, 500), drive.middle, 400);  // road 3, the same way from its other end
    return drive.behind(gone_m, east_m, 2).driven({drawn_inward ? map::ArcRef{0, 3, 1} : map::ArcRef{0, 1, 0}});
  };
  for (const bool drawn_inward : {false, true}) {
    for (const double within_m : {least_m + 1, most_m - 1}) {
      EXPECT_NEAR(at(within_m, drawn_inward), by_one(within_m, 2), 0.01) << within_m;
    }
    const double junction_m = std::hypot(least_m - 1, 2);  // before it the car may wait
    EXPECT_NEAR(at(least_m - 1, drawn_inward), by_one(least_m - 1, junction_m), 0.01);
    EXPECT_NEAR(at(most_m + 1, drawn_inward), by_one(most_m + 1, kFarM), 0.01);
  }
}

TEST(LawfulWaysOdds, TheCarMayStandBeforeTheJunctionYet) {
  EXPECT_NEAR(Junction().behind(100, -kSlackM + 1, 2).driven(), by_one(kSlackM - 1, 2), 0.01);
  EXPECT_GT(Junction().behind(100, -kSlackM - 1, 2).driven(), 0.2);
}

TEST(LawfulWaysOdds, WaysGoOnBehindTheExit) {
  // the lawful exit ends after 30 m, and a lane goes on from there
  const auto beside_lane = [](const map::Attributes& facts, bool forward) {
    Junction drive(30);
    const uint16_t near = drive.map.segments[1].to_node, far = drive.map.node(430, 500);
    forward ? drive.map.road(near, far, 200, facts) : drive.map.road(far, near, 200, facts);
    return drive.behind(60, 60, 2).driven();
  };
  map::Attributes street{}, closed{}, oneway{};
  street.road_class = closed.road_class = oneway.road_class = map::kTertiary;
  for (const int direction : {map::kForward, map::kBackward}) {
    closed.access |= uint64_t{map::kAccessNo} << map::access_shift(direction, map::kCar);
  }
  oneway.oneway_against[map::kBackward] = 1U << map::kCar;
  EXPECT_NEAR(beside_lane(street, true), by_one(60, 2), 0.01);
  EXPECT_NEAR(beside_lane(street, false), by_one(60, 2), 0.01);
  EXPECT_GT(beside_lane(closed, true), 0.2) << "nobody may drive there";
  EXPECT_NEAR(beside_lane(oneway, true), by_one(60, 2), 0.01);
  EXPECT_GT(beside_lane(oneway, false), 0.2) << "nor against a one-way street";
}

TEST(LawfulWaysOdds, InWhateverOrderTheMapHasTheRoads) {
  for (const bool onward_first : {true, false}) {
    Junction drive;
    const uint16_t near = drive.map.node(230, 480), far = drive.map.node(430, 480);
    if (onward_first) drive.map.road(near, far, 200);
    const uint16_t exit = drive.map.road(drive.middle, near, std::hypot(30, 20));
    if (!onward_first) drive.map.road(near, far, 200);
    drive.behind(60, 54, -20);  // on the road behind the exit, and far from all others
    EXPECT_NEAR(drive.driven({{0, exit, 0}}), by_one(std::hypot(54, 20), 0), 0.01) << onward_first;
  }
}

TEST(LawfulWaysOdds, FixesTellByTheirMean) {
  const double both = Junction().behind(20, 20, 2).behind(22, 22, 8, 2).driven();
  EXPECT_GT(both, Junction().behind(20, 20, 2).driven());
  EXPECT_LT(both, Junction().behind(22, 22, 8).driven());
}

TEST(LawfulWaysOdds, MoreSecondsTellMore) {
  const auto after = [](double seconds) { return Junction().behind(20, 2, 8).behind(20, 2, 8, seconds).driven(); };
  EXPECT_GT(after(20), after(2) + 0.02);
}

TEST(LawfulWaysOdds, ThePathLiesWhereItsNearestLegDoes) {
  testing::MadeJunction bent(400);
  const uint16_t bend = bent.map.node(200, 520);
  bent.map.road(bent.middle, bend, 20);
  bent.map.road(bend, bent.map.node(600, 520), 400);
  bent.leg(0, 200);
  bent.leg(2, 20);
  bent.leg(3, 400);
  bent.fix(0, 190, 36);
  bent.shift(1, 20, 15 - 18);
  bent.fix(1, 218, 36);
  const double driven = bent.ask([](const Context& c, const match::Run& run) {
    return LawfulWays(c, c.trace.legs[0], {{0, 1, 0}}).path_driven(run, 200);
  });
  EXPECT_NEAR(driven, by_one(5, 15), 0.01) << "20 m from the leg that it is matched to, 5 m from the next one";
}

}  // namespace
}  // namespace tomare::rules
