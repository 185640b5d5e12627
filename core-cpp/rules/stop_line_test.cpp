// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_line.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// Metres of the path at which points at 10, 20 and 30 m of a road are passed that is driven between two metres of it,
/// from 100 m of the path on; the third is for the other direction.
std::vector<double> passed_between(float from_m, float to_m) {
  static std::vector<double> found;
  MadeDrive drive;
  drive.road(100);
  match::Leg& leg = drive.road(40, drive.map.attributes[0], from_m < to_m);
  leg.from_m = from_m;
  leg.to_m = to_m;
  for (const int at_m : {10, 20, 30}) {
    map::RulePoint point{};
    point.segment = 1;
    point.offset_cm = static_cast<uint32_t>(100 * at_m);
    point.kind = map::kStop;
    point.directions = (at_m == 30) == (from_m < to_m) ? 2 : 1;
    drive.map.points.push_back(point);
  }
  drive.along(0, 110, 36);
  drive.judged([](const Context& c, Judgement*) {
    found.clear();
    for (const Passed& passed : passed_points(c, c.trace.runs[0])) {
      EXPECT_EQ(passed.leg, 1U);
      found.push_back(passed.path_m);
    }
  });
  return found;
}

TEST(PassedPoints, AreThoseOfTheDirectionThatLieOnTheLegs) {
  using Metres = std::vector<double>;
  EXPECT_EQ(passed_between(0, 40), (Metres{110, 120}));
  EXPECT_EQ(passed_between(40, 0), (Metres{120, 130})) << "backward they come the other way round";
  EXPECT_EQ(passed_between(8, 19), Metres{102});
  EXPECT_EQ(passed_between(15, 40), Metres{105});
  EXPECT_EQ(passed_between(24, 0), (Metres{104, 114}));
  EXPECT_EQ(passed_between(24, 15), Metres{104});
  EXPECT_EQ(passed_between(10, 20), (Metres{100, 110})) << "at both ends";
  EXPECT_EQ(passed_between(20, 10), (Metres{100, 110}));
  EXPECT_EQ(passed_between(11, 19), Metres{});
}

double sign_at = 0, found_ahead = 0;

/// Metres from a sign at 270 m, or elsewhere, to the end of a road of 300 m, where as many side roads begin; driven
/// along it or against; it turns round so many metres before the end.
double ahead(int side_roads, bool forward, uint8_t service = 0, float turned_m = 0, double sign_m = 270) {
  sign_at = sign_m;
  MadeDrive drive;
  const map::Attributes street = drive.map.attributes[0];
  match::Leg& leg = drive.road(300, street, forward);
  leg.to_m += forward ? -turned_m : turned_m;
  map::Attributes side = street;
  side.service = service;
  for (int k = 0; k < side_roads; ++k) drive.map.road(1, drive.map.node(300 + 50 * k, 100), 100, side);
  drive.road(300, street, forward);
  drive.along(0, 590, 40);
  drive.judged([](const Context& c, Judgement*) {
    Passed sign{};
    sign.path_m = sign_at;
    sign.leg = 0;
    found_ahead = junction_ahead(c, c.trace.runs[0], sign);
  });
  return found_ahead;
}

TEST(JunctionAhead, IsTheEndOfARoadWhereThreeMeet) {
  for (const bool forward : {true, false}) {
    EXPECT_NEAR(ahead(1, forward), 30, 0.01);
    EXPECT_NEAR(ahead(2, forward), 30, 0.01);
    EXPECT_TRUE(std::isinf(ahead(0, forward))) << "two roads are one street";
  }
}

TEST(JunctionAhead, WhoTurnsRoundBeforeItDoesNotReachIt) {
  for (const bool forward : {true, false}) {
    EXPECT_NEAR(ahead(1, forward, 0, 0.5F), 29.5, 0.01);
    EXPECT_TRUE(std::isinf(ahead(1, forward, 0, 0.75F)));
  }
}

TEST(JunctionAhead, LiesWithinEightyMetres) {
  for (const bool forward : {true, false}) {
    EXPECT_NEAR(ahead(1, forward, 0, 0, 220.5), 79.5, 0.01);
    EXPECT_NEAR(ahead(1, forward, 0, 0, 220), 80, 0.01);
    EXPECT_TRUE(std::isinf(ahead(1, forward, 0, 0, 219.5)));
  }
}

TEST(JunctionAhead, WaysIntoPropertiesMakeNone) {
  for (const uint8_t way_in :
       {map::kServiceDriveway, map::kServiceAlley, map::kServiceParkingAisle, map::kServiceDriveThrough}) {
    EXPECT_TRUE(std::isinf(ahead(1, true, way_in)));
  }
}

bool on_arms = false;

/// Signals so many metres from the junction ahead on each of two side roads, which lead away from it or to it, for
/// traffic into it or out of it.
bool signals(double first_m, double second_m, bool away = true, bool into = true, uint8_t oneway = 0) {
  sign_at = 270;
  MadeDrive drive;
  const map::Attributes street = drive.map.attributes[0];
  drive.road(300, street, true);
  map::Attributes side = street;
  side.oneway_against[away ? map::kBackward : map::kForward] = oneway;
  for (const double at_m : {first_m, second_m}) {
    const uint16_t end = drive.map.node(300, at_m == first_m ? 100 : 900);
    map::RulePoint signal{};
    signal.kind = map::kSignals;
    signal.segment = away ? drive.map.road(1, end, 100, side) : drive.map.road(end, 1, 100, side);
    signal.offset_cm = static_cast<uint32_t>((away ? at_m : 100 - at_m) * 100);
    signal.directions = away == into ? 2 : 1;
    drive.map.points.push_back(signal);
  }
  drive.road(300, street, true);
  drive.along(0, 590, 40);
  drive.judged([](const Context& c, Judgement*) {
    Passed sign{};
    sign.path_m = sign_at;
    on_arms = signals_on_arms(c, c.trace.runs[0], sign, 30);
  });
  return on_arms;
}

TEST(SignalsOnArms, TwoForTrafficIntoTheJunctionControlIt) {
  for (const bool away : {true, false}) {
    EXPECT_TRUE(signals(10, 29, away));
    EXPECT_FALSE(signals(10, 31, away)) << "one is another junction's";
    EXPECT_FALSE(signals(10, 20, away, false)) << "for traffic out of it";
    EXPECT_FALSE(signals(10, 20, away, true, 255)) << "nobody may drive into it from there";
    EXPECT_FALSE(signals(10, 20, away, true, 1U << map::kCar));
    EXPECT_TRUE(signals(10, 20, away, true, static_cast<uint8_t>(~(1U << map::kCar)))) << "no bus may";
  }
}

}  // namespace
}  // namespace tomare::rules
