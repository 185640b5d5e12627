// SPDX-License-Identifier: MIT
#include "core-cpp/rules/to_and_fro.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// 200 m along a street, then so far into a road and back out of it, and 200 m on.
struct Spur : MadeDrive {
  explicit Spur(double metres) {
    road(200);
    const uint16_t middle = map.node(200, 0), end = map.node(200, 300);
    const uint16_t side = map.road(middle, end, 300);
    leg(side, metres);
    leg(side, metres, false);
    road(200);
    along(0, 400, 36);
  }
};

bool found_round_near(MadeDrive* drive, uint32_t from, uint32_t to) {
  static uint32_t first, last;
  static bool found;
  first = from;
  last = to;
  drive->judged([](const Context& c, Judgement*) { found = turns_round_near(c, c.trace.runs[0], first, last); });
  return found;
}

bool found_in_stretch(MadeDrive* drive, const Stretch& stretch) {
  static Stretch asked;
  static bool found;
  asked = stretch;
  drive->judged([](const Context& c, Judgement*) { found = to_and_fro(c, c.trace.runs[0], asked); });
  return found;
}

TEST(ToAndFro, APathThatTurnsRoundWithinSixtyMetresWanders) {
  Spur near(59), far(61);
  EXPECT_TRUE(found_round_near(&near, 2, 3)) << "it turned round before";
  EXPECT_TRUE(found_round_near(&near, 0, 1)) << "it turns round after";
  EXPECT_FALSE(found_round_near(&far, 2, 3));
  EXPECT_FALSE(found_round_near(&far, 0, 1));
}

TEST(ToAndFro, AStretchThatIsLeftAsItWasEnteredWanders) {
  Spur near(59), far(61);
  EXPECT_TRUE(found_in_stretch(&near, {1, 2, 200, 318}));
  EXPECT_FALSE(found_in_stretch(&far, {1, 2, 200, 322}));
}

TEST(ToAndFro, AStretchBetweenTurningRoundTwiceWanders) {
  MadeDrive drive;
  drive.road(300);
  drive.leg(0, 50, false);
  drive.leg(0, 50);
  drive.along(0, 390, 36);
  EXPECT_TRUE(found_in_stretch(&drive, {1, 1, 300, 350}));
  EXPECT_FALSE(found_in_stretch(&drive, {0, 0, 0, 300})) << "the drive begins there";
}

}  // namespace
}  // namespace tomare::rules
