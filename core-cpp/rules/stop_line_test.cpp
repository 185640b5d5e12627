// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_line.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

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
    EXPECT_TRUE(std::isinf(ahead(1, forward, 0, 0, 219.5)));
  }
}

TEST(JunctionAhead, WaysIntoPropertiesMakeNone) {
  for (const uint8_t way_in :
       {map::kServiceDriveway, map::kServiceAlley, map::kServiceParkingAisle, map::kServiceDriveThrough}) {
    EXPECT_TRUE(std::isinf(ahead(1, true, way_in)));
  }
}

}  // namespace
}  // namespace tomare::rules
