// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

map::Attributes at_least(uint16_t tenths) {
  map::Attributes facts{};
  facts.road_class = map::kMotorway;
  facts.min_speed = tenths;
  return facts;
}

/// A road with a minimum of 80 km/h, driven at that speed for so many seconds.
std::vector<Finding> driven(double kmh, double seconds, MadeDrive* drive) {
  drive->settings.minimum_speed_tolerance_kmh = 10;
  drive->settings.minimum_speed_min_duration_s = 30;
  drive->road(2300, at_least(800));
  for (double s = 0; s <= seconds; ++s) drive->fix(s, s * kmh / 3.6, kmh);
  return drive->judged(judge_minimum_speed).findings;
}

TEST(MinimumSpeed, SlowerThanTheToleranceForLongEnoughIsPossible) {
  MadeDrive drive;
  const std::vector<Finding> found = driven(60, 30, &drive);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::possible);
  EXPECT_EQ(found[0].reasons, uint32_t{kReason_congestion_possible});
  EXPECT_EQ(found[0].source, SourceTag::minspeed);
  EXPECT_EQ(found[0].first_fix, 0U);
  EXPECT_EQ(found[0].last_fix, 30U);
  EXPECT_FLOAT_EQ(found[0].measured[kMeasure_mean_kmh], 60);
  EXPECT_FLOAT_EQ(found[0].measured[kMeasure_limit_kmh], 80);
  EXPECT_FLOAT_EQ(found[0].measured[kMeasure_duration_s], 30);
  EXPECT_FLOAT_EQ(found[0].measured[kMeasure_length_m], 500);
}

TEST(MinimumSpeed, TheEdges) {
  MadeDrive brief, at, below;
  EXPECT_EQ(driven(60, 29, &brief).size(), 0U) << "less than the least duration";
  EXPECT_EQ(driven(70.1, 60, &at).size(), 0U) << "within the tolerance";
  EXPECT_EQ(driven(69.9, 60, &below).size(), 1U);
}

TEST(MinimumSpeed, ExactlyAtTheToleranceIsNotTooSlow) {
  MadeDrive drive;
  drive.settings.minimum_speed_tolerance_kmh = 8;
  drive.settings.minimum_speed_min_duration_s = 30;
  drive.road(2300, at_least(800));
  for (int s = 0; s <= 60; ++s) drive.fix(s, 20 * s, 72);
  EXPECT_EQ(drive.judged(judge_minimum_speed).findings.size(), 0U);
  drive.settings.minimum_speed_tolerance_kmh = 7.9;
  EXPECT_EQ(drive.judged(judge_minimum_speed).findings.size(), 1U);
}

TEST(MinimumSpeed, TheTagAndThePlaceAreThoseOfItsBeginning) {
  for (const bool forward : {true, false}) {
    MadeDrive drive;
    map::Attributes facts = at_least(800);
    facts.quote_count = 1;
    drive.map.quotes = {{map::kQuotedMinSpeed, 3, 255, 0, drive.map.name("minspeed=50 mph")}};
    drive.road(2300, facts, forward);
    for (int s = 0; s <= 90; ++s) drive.fix(s, 100 + 10 * s, s < 10 ? 90 : 36);
    const std::vector<Finding> found = drive.judged(judge_minimum_speed).findings;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].tag_text, 0);
    EXPECT_EQ(found[0].lon_e7, drive.lon_e7[10]);
  }
}

TEST(MinimumSpeed, AFasterFixParts) {
  MadeDrive drive;
  drive.settings.minimum_speed_tolerance_kmh = 10;
  drive.settings.minimum_speed_min_duration_s = 10;
  drive.road(2300, at_least(800));
  for (int s = 0; s <= 40; ++s) drive.fix(s, s * 15, s == 20 ? 75 : 54);
  const Judgement out = drive.judged(judge_minimum_speed);
  ASSERT_EQ(out.findings.size(), 2U);
  EXPECT_EQ(out.findings[0].last_fix, 19U);
  EXPECT_EQ(out.findings[1].first_fix, 21U);
  const Exposure& exposure = out.exposure[static_cast<int>(Rule::minimum_speed)];
  EXPECT_EQ(exposure.passed, 2U);
  EXPECT_EQ(exposure.undetermined, 2U);
  EXPECT_NEAR(exposure.judged_m, 2300, 0.1);
}

TEST(MinimumSpeed, ARoadWithoutAMinimumIsNoPlaceOfIt) {
  MadeDrive drive;
  drive.road(2300, at_least(0));
  drive.along(0, 2000, 20);
  const Judgement out = drive.judged(judge_minimum_speed);
  EXPECT_EQ(out.findings.size(), 0U);
  EXPECT_EQ(out.exposure[static_cast<int>(Rule::minimum_speed)].judged_m, 0);
}

TEST(MinimumSpeed, ASpeedThatPositionsContradictIsUndetermined) {
  MadeDrive drive;
  drive.channels.disputed.assign(61, 0);
  drive.channels.disputed[40] = 1;
  const std::vector<Finding> found = driven(60, 60, &drive);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::undetermined);
  EXPECT_EQ(found[0].reasons, uint32_t{kReason_congestion_possible | kReason_speed_contradicted});
}

TEST(MinimumSpeed, OnPrivateGroundItIsUndetermined) {
  MadeDrive drive;
  map::Attributes facts = at_least(800);
  facts.service = map::kServiceDriveway;
  drive.settings.minimum_speed_min_duration_s = 30;
  drive.road(2300, facts);
  for (int s = 0; s <= 60; ++s) drive.fix(s, s * 10, 36);
  const std::vector<Finding> found = drive.judged(judge_minimum_speed).findings;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, Verdict::undetermined);
  EXPECT_NE(found[0].reasons & kReason_private_ground, 0U);
}

}  // namespace
}  // namespace tomare::rules
