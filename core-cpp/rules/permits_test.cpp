// SPDX-License-Identifier: MIT
#include "core-cpp/rules/permits.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;
constexpr int64_t kNow = MadeDrive::kStartMs;

/// Whether the first road of the drive, 200 m long, is permitted.
bool allowed(MadeDrive* drive, int64_t start_ms = kNow) {
  static bool found;
  static int64_t start;
  start = start_ms;
  if (drive->trace.legs.empty()) {
    drive->road(200);
    drive->along(0, 190, 36);
  }
  drive->judged([](const Context& c, Judgement*) {
    Finding f;
    f.way = 1000;
    f.start_ms = start;
    found = permitted(c, {0, 0, 0, 200}, f);
  });
  return found;
}

TEST(Permits, ForTheWayWhileItIsValid) {
  MadeDrive drive;
  EXPECT_FALSE(allowed(&drive));
  drive.permits = {{1001, kNow - 1, kNow + 1}};
  EXPECT_FALSE(allowed(&drive)) << "another way";
  drive.permits.push_back({1000, kNow, kNow + 10});
  EXPECT_TRUE(allowed(&drive));
  EXPECT_FALSE(allowed(&drive, kNow - 1));
  EXPECT_TRUE(allowed(&drive, kNow + 9));
  EXPECT_FALSE(allowed(&drive, kNow + 10));
}

/// An area by its corners, metres east and north of the street's first point, behind those that the drive has.
void fence(MadeDrive* drive, const std::vector<std::pair<double, double>>& corners) {
  const map::Tile* tile = drive->map.graph().tile(0);
  int32_t lat = 0, lon = 0;
  map::position_on(*tile, 0, 0, &lat, &lon);
  const MetreScale scale = metre_scale(lat);
  const auto first = static_cast<uint32_t>(drive->area_positions.size()), count = static_cast<uint32_t>(corners.size());
  for (const auto& [x, y] : corners) {
    drive->area_positions.push_back({lat + static_cast<int32_t>(y / scale.y), lon + static_cast<int32_t>(x / scale.x)});
  }
  drive->areas = {{kNow, kNow + 10, first, count, 0, 0}};
}
/// One with its sides along the street and across it.
void fence(MadeDrive* drive, double west, double east) {
  fence(drive, {{west, -50}, {east, -50}, {east, 50}, {west, 50}});
}

TEST(Permits, ForAPolygonThatHoldsAllOfTheStretch) {
  for (const bool whole : {true, false}) {
    MadeDrive drive;
    allowed(&drive);
    fence(&drive, -10, whole ? 210 : 190);
    EXPECT_EQ(allowed(&drive), whole);
    EXPECT_FALSE(allowed(&drive, kNow - 1));
    EXPECT_FALSE(allowed(&drive, kNow + 10));
  }
  MadeDrive aside;
  allowed(&aside);
  fence(&aside, 10, 210);
  EXPECT_FALSE(allowed(&aside)) << "it begins outside";
}

TEST(Permits, SidesOfAnAreaMaySlant) {
  for (const double east : {190.0, 210.0}) {  // where the slanted side meets the street: 5 twelfths of it
    MadeDrive drive;
    allowed(&drive);
    fence(&drive, 1000, 1200);  // another area comes before
    fence(&drive, {{-10, -50}, {east - 100, -50}, {east + 140, 70}, {-10, 50}});
    EXPECT_EQ(allowed(&drive), east > 200) << east;
  }
}

TEST(Permits, ThreeCornersAreAnArea) {
  MadeDrive drive;
  allowed(&drive);
  fence(&drive, {{-10, -50}, {400, -50}, {-10, 60}});
  EXPECT_TRUE(allowed(&drive));
}

TEST(Permits, ACornerEastOfAPositionIsOneSideNotTwo) {
  MadeDrive drive;
  allowed(&drive);
  fence(&drive, {{-10, 0}, {100, -150}, {210, 0}, {100, 150}});
  EXPECT_TRUE(allowed(&drive));
}

TEST(Permits, AnAreaThatLeavesTheMiddleOutDoesNotHoldTheStretch) {
  MadeDrive drive;
  allowed(&drive);
  fence(&drive, {{-10, -50}, {210, -50}, {210, 50}, {110, 50}, {100, -40}, {90, 50}, {-10, 50}});
  EXPECT_FALSE(allowed(&drive));
}

TEST(Permits, ForACircleThatHoldsAllOfTheStretch) {
  MadeDrive drive;
  allowed(&drive);
  int32_t lat = 0, lon = 0;
  map::position_on(*drive.map.graph().tile(0), 0, 100, &lat, &lon);
  drive.area_positions = {{lat, lon}};
  drive.areas = {{kNow, kNow + 10, 0, 1, 10'100, 0}};
  EXPECT_TRUE(allowed(&drive));
  drive.areas[0].radius_cm = 9'900;
  EXPECT_FALSE(allowed(&drive));
}

}  // namespace
}  // namespace tomare::rules
