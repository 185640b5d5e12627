// SPDX-License-Identifier: MIT
#include "core-cpp/match/prepare.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

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
