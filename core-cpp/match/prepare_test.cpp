// SPDX-License-Identifier: MIT
#include "core-cpp/match/prepare.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

/// A log by hand: seconds, metres east and north, speed, course.
struct Log {
  std::vector<int64_t> time_ms;
  std::vector<int32_t> lat_e7, lon_e7;
  std::vector<float> speed_mps, heading_deg, accuracy_m;
  std::vector<uint8_t> usable;
  Settings settings;

  Log& fix(double seconds, double x_m, float mps = NAN, float course = NAN, double y_m = 0) {
    constexpr int32_t kLat = 350'000'000, kLon = 1'390'000'000;
    const MetreScale scale = metre_scale(kLat);
    time_ms.push_back(1'700'000'000'000 + std::llround(seconds * 1000));
    lat_e7.push_back(kLat + static_cast<int32_t>(std::lround(y_m / scale.y)));
    lon_e7.push_back(kLon + static_cast<int32_t>(std::lround(x_m / scale.x)));
    speed_mps.push_back(mps);
    heading_deg.push_back(course);
    accuracy_m.push_back(NAN);
    usable.push_back(1);
    return *this;
  }
  Prepared prepared() const {
    Prepared out;
    prepare({static_cast<uint32_t>(time_ms.size()), time_ms.data(), lat_e7.data(), lon_e7.data(), speed_mps.data(),
             heading_deg.data(), accuracy_m.data()},
            usable, settings, &out);
    return out;
  }
};

std::vector<uint32_t> fixes_of(const Prepared& prepared) {
  std::vector<uint32_t> fixes;
  for (const Anchor& a : prepared.anchors) fixes.push_back(a.fix);
  return fixes;
}
using Numbers = std::vector<uint32_t>;

TEST(Anchors, AFixAtTheLeastFromTheOneBeforeAndTheLast) {
  Log log;
  for (int k = 0; k <= 8; ++k) log.fix(k, 8.1 * k, 8);
  const Prepared p = log.prepared();
  EXPECT_EQ(fixes_of(p), (Numbers{0, 2, 4, 6, 8}));
  EXPECT_EQ(p.gaps, 0U);
  EXPECT_TRUE(p.anchors[0].starts_section);
  EXPECT_FALSE(p.anchors[1].starts_section);
  EXPECT_FLOAT_EQ(p.anchors[1].dt_s, 2);
  EXPECT_NEAR(p.anchors[1].straight_m, 16.2, 0.05);
  EXPECT_NEAR(p.anchors[1].travelled_m, 16, 0.01);
  Log last;
  for (int k = 0; k <= 7; ++k) last.fix(k, 8.1 * k, 8);
  EXPECT_EQ(fixes_of(last.prepared()), (Numbers{0, 2, 4, 6, 7})) << "the last, however near";
}

TEST(Anchors, UnusableFixesAreNone) {
  Log log;
  for (int k = 0; k <= 4; ++k) log.fix(k, 20 * k, 20);
  log.usable[0] = log.usable[2] = 0;
  EXPECT_EQ(fixes_of(log.prepared()), (Numbers{1, 3, 4}));
  EXPECT_NEAR(log.prepared().anchors[1].travelled_m, 40, 0.01);
  EXPECT_FLOAT_EQ(log.prepared().anchors[1].dt_s, 2);
}

TEST(Anchors, TheWayBySpeedsIsUnknownWhereOneIsMissing) {
  Log log;
  for (int k = 0; k <= 6; ++k) log.fix(k, 8.1 * k, k == 3 ? NAN : 8);
  const Prepared p = log.prepared();
  ASSERT_EQ(fixes_of(p), (Numbers{0, 2, 4, 6}));
  EXPECT_NEAR(p.anchors[1].travelled_m, 16, 0.01);
  EXPECT_FLOAT_EQ(p.anchors[2].travelled_m, -1);
  EXPECT_NEAR(p.anchors[3].travelled_m, 16, 0.01) << "and known again behind the next anchor";
}

TEST(Anchors, ACarThatStandsWhilePositionsDriftHasNone) {
  const auto anchors = [](float mps) {
    Log log;
    for (int k = 0; k <= 5; ++k) log.fix(k, 17 * k, mps);
    return fixes_of(log.prepared());
  };
  EXPECT_EQ(anchors(0.69F), (Numbers{0, 5}));
  EXPECT_EQ(anchors(0.71F), (Numbers{0, 1, 2, 3, 4, 5}));
  Log crept;
  for (int k = 0; k <= 60; ++k) crept.fix(k, 0.6 * k, 0.6F);
  EXPECT_EQ(fixes_of(crept.prepared()), (Numbers{0, 27, 54, 60})) << "16 m at walking pace are driven";
}

TEST(Anchors, AGapIsLongAndFar) {
  const auto gaps = [](double seconds, double metres) {
    Log log;
    for (int k = 0; k <= 10; ++k) log.fix(k, 20 * k, 20);
    for (int k = 0; k <= 10; ++k) log.fix(10 + seconds + k, 200 + metres + 20 * k, 20);
    const Prepared p = log.prepared();
    EXPECT_EQ(p.anchors[11].starts_section, p.gaps == 1);
    return p.gaps;
  };
  EXPECT_EQ(gaps(301, 1010), 1U);
  EXPECT_EQ(gaps(299, 1010), 0U);
  EXPECT_EQ(gaps(301, 990), 0U);
  const double most_m = 220 / 3.6 * 10 + 60;
  EXPECT_EQ(gaps(10, most_m + 1), 1U) << "farther than a car comes";
  EXPECT_EQ(gaps(10, most_m - 1), 0U);
}

TEST(Anchors, ASilenceIsAGapWhenItIsLongForTheLog) {
  const auto gaps = [](double silence_s) {
    Log log;
    for (int k = 0; k <= 10; ++k) log.fix(200 * k, 1500 * k, 8);
    log.fix(2000 + silence_s, 15000 + 1500, 8);
    return log.prepared().gaps;
  };
  EXPECT_EQ(gaps(499), 0U);
  EXPECT_EQ(gaps(501), 1U) << "two and a half of its steps";
}

TEST(Anchors, WhereHalfOfTheStepsAreLongASilenceOfTheirLengthIsNoGap) {
  const auto gaps = [](int ordinary) {
    Log log;
    double s = 0, at_m = 0;
    log.fix(s, at_m, 8);
    for (int k = 0; k < ordinary; ++k) log.fix(s += 10, at_m += 80, 8);
    for (int k = 0; k < 4; ++k) log.fix(s += 400, at_m += 1500, 8);
    return log.prepared().gaps;
  };
  EXPECT_EQ(gaps(4), 0U);
  EXPECT_EQ(gaps(5), 4U) << "most are ordinary";
}

TEST(Headings, OfTheReceiverUnlessTheMovementContradictsIt) {
  const auto heading = [](float mps, float course) {
    Log log;
    for (int k = 0; k <= 4; ++k) log.fix(k, 20 * k, mps, course);
    return log.prepared().anchors[2];
  };
  EXPECT_FLOAT_EQ(heading(20, 120).heading_deg, 120);
  EXPECT_FLOAT_EQ(heading(20, 149).heading_deg, 149);
  EXPECT_NEAR(heading(20, 151).heading_deg, 90, 0.1) << "more than sixty degrees from the movement";
  EXPECT_NEAR(heading(20, NAN).heading_deg, 90, 0.1);
  EXPECT_NEAR(heading(3, 120).heading_deg, 90, 0.1) << "as slow as 3 m/s it means nothing";
  EXPECT_FLOAT_EQ(heading(3.1F, 120).heading_deg, 120);
  const Settings settings;
  EXPECT_FLOAT_EQ(heading(20, 120).heading_sigma_deg, static_cast<float>(settings.match_heading_sigma_deg));
  EXPECT_NEAR(heading(20, NAN).heading_sigma_deg,
              settings.match_heading_sigma_deg + 5 + 57.3 * settings.match_sigma_m / 40, 0.1);
}

TEST(Headings, AMovementIsADirectionWhereItIsLongAndShort) {
  const auto heading = [](double seconds, double metres) {
    Log log;
    log.settings.match_thin_m = 10;
    for (int k = 0; k <= 2; ++k) log.fix(seconds / 2 * k, metres / 2 * k);
    return log.prepared().anchors.at(1).heading_deg;
  };
  EXPECT_NEAR(heading(12, 30), 90, 0.5);
  EXPECT_FLOAT_EQ(heading(12.1, 30), -1) << "over more than 12 s";
  EXPECT_NEAR(heading(4, 20.2), 90, 0.5) << "twice the distance of anchors";
  Log begin;
  begin.fix(0, 0).fix(2, 19).fix(4, 60);
  EXPECT_FLOAT_EQ(begin.prepared().anchors.at(0).heading_deg, -1) << "19 m are less";
  EXPECT_NEAR(begin.prepared().anchors.at(1).heading_deg, 90, 0.5);
}

TEST(Headings, NotFromBeyondAGap) {
  Log log;
  log.fix(0, 0).fix(2, 40).fix(4, 80).fix(6, 80, NAN, NAN, 900).fix(8, 80, NAN, NAN, 940);
  const Prepared p = log.prepared();
  ASSERT_EQ(p.gaps, 1U);
  EXPECT_NEAR(p.anchors[2].heading_deg, 90, 0.5);
  EXPECT_NEAR(p.anchors[3].heading_deg, 0, 0.5);
}

/// Northward, a fix every `step_s` seconds.
struct Drive {
  std::vector<int64_t> time_ms;
  std::vector<int32_t> lat_e7, lon_e7;
  std::vector<float> speed_mps, heading_deg, accuracy_m;
  Settings settings;

  Drive(uint32_t count, double step_s, double mps) {
    const MetreScale scale = metre_scale(350'000'000);
    for (uint32_t i = 0; i < count; ++i) {
      time_ms.push_back(1'700'000'000'000 + static_cast<int64_t>(1000 * step_s * i));
      lat_e7.push_back(350'000'000 + static_cast<int32_t>(mps * step_s * i / scale.y));
      lon_e7.push_back(1'390'000'000);
      speed_mps.push_back(static_cast<float>(mps));
      heading_deg.push_back(0);
      accuracy_m.push_back(NAN);
    }
  }
  Prepared prepared() const {
    const auto count = static_cast<uint32_t>(time_ms.size());
    const Fixes fixes = {
        count, time_ms.data(), lat_e7.data(), lon_e7.data(), speed_mps.data(), heading_deg.data(), accuracy_m.data()};
    Prepared out;
    prepare(fixes, std::vector<uint8_t>(count, 1), settings, &out);
    return out;
  }
};

TEST(Prepare, ACourseIsTrustedMoreWhereFixesAreFarApart) {
  const auto sigma = [](double step_s) { return Drive(40, step_s, 10).prepared().anchors[5].heading_sigma_deg; };
  EXPECT_FLOAT_EQ(sigma(2), 30);
  EXPECT_FLOAT_EQ(sigma(2.5), 24);
  EXPECT_FLOAT_EQ(sigma(4), 15);
  EXPECT_FLOAT_EQ(sigma(30), 15);
}

TEST(Prepare, WithoutACourseTheMovementIsTrustedLess) {
  Drive drive(40, 5, 10);
  for (float& course : drive.heading_deg) course = NAN;
  EXPECT_GT(drive.prepared().anchors[5].heading_sigma_deg, 35);
}

TEST(Prepare, TheLongestWayIsWhatSpeedsAndTheirErrorsAllow) {
  const Anchor five = Drive(40, 5, 10).prepared().anchors[5];
  EXPECT_FLOAT_EQ(five.travelled_m, 50);
  EXPECT_FLOAT_EQ(five.most_m, 1.1F * 50 + 0.25F * 3 * 25);
  const Anchor thirty = Drive(40, 30, 10).prepared().anchors[5];
  EXPECT_FLOAT_EQ(thirty.most_m, 1.1F * 300 + 0.25F * 3 * 900) << "between them a car may have raced";
}

TEST(Prepare, SpeedsMayLagBehind) {
  Drive drive(40, 5, 10);
  drive.speed_mps[5] = 4;
  const Anchor anchor = drive.prepared().anchors[5];
  EXPECT_FLOAT_EQ(anchor.most_m, 1.1F * 35 + 0.25F * 3 * 25 + 2 * 6);
}

TEST(Prepare, WhereASpeedIsMissingTheLongestWayIsUnknown) {
  Drive drive(40, 5, 10);
  drive.speed_mps[5] = NAN;
  const std::vector<Anchor> anchors = drive.prepared().anchors;
  EXPECT_EQ(anchors[5].most_m, -1);
  EXPECT_EQ(anchors[6].most_m, -1);
  EXPECT_GT(anchors[7].most_m, 0);
}

}  // namespace
}  // namespace tomare::match
