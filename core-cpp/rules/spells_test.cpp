// SPDX-License-Identifier: MIT
// Events of speed at their edges: how long, how far, how deep a dip, how much of it above.
#include "core-cpp/rules/spells.hpp"

#include <gtest/gtest.h>

namespace tomare::rules {
namespace {

constexpr EventNeeds kNeeds = {60, 65, 2, 5, 5, 50};

/// A fix every `step_s` at these speeds.
std::vector<SpeedPoint> drive(const std::vector<double>& kmh, double step_s = 1, bool logged = true) {
  std::vector<SpeedPoint> points;
  double path_m = 0;
  for (size_t k = 0; k < kmh.size(); ++k) {
    if (k > 0) path_m += step_s * (kmh[k - 1] + kmh[k]) / 2 / 3.6;
    points.push_back({static_cast<double>(k) * step_s, path_m, kmh[k], logged});
  }
  return points;
}

std::vector<double> joined(const std::vector<std::vector<double>>& parts) {
  std::vector<double> all;
  for (const std::vector<double>& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

using Places = std::vector<std::pair<size_t, size_t>>;
Places places(const std::vector<SpeedPoint>& points, const EventNeeds& needs = kNeeds) {
  Places found;
  for (const SpeedEvent& e : events_in(points, needs)) found.push_back({e.begin, e.end});
  return found;
}

std::vector<double> times(size_t n, double kmh) { return std::vector<double>(n, kmh); }

TEST(Spells, AtTheThresholdIsNotAbove) {
  EXPECT_TRUE(places(drive(times(20, 65))).empty());
  EXPECT_EQ(places(drive(times(20, 65.1))), (Places{{0, 20}}));
}

TEST(Spells, ShorterThanFiveSecondsIsNone) {
  EXPECT_TRUE(places(drive(joined({times(5, 80)}))).empty());
  EXPECT_EQ(places(drive(times(6, 80))), (Places{{0, 6}}));
}

TEST(Spells, ATruthOfFiveAndABitBetweenFixesOfASecond) {
  // 62 → 68 crosses half way, and again on the way down: five fixes above, 5.0 s of 65 and more
  const std::vector<SpeedPoint> points = drive({50, 62, 68, 80, 80, 80, 68, 62, 50});
  const std::vector<SpeedEvent> found = events_in(points, kNeeds);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].begin, 2U);
  EXPECT_EQ(found[0].end, 7U);
  EXPECT_NEAR(found[0].seconds, 5.0, 1e-9);
  EXPECT_NEAR(found[0].metres, (0.5 * 65 + 74 + 80 + 80 + 74 + 0.5 * 65) / 3.6, 1e-9);
  EXPECT_TRUE(places(drive({50, 62, 68, 80, 80, 80, 68, 62, 50}, 0.9)).empty());
  EXPECT_TRUE(places(drive({50, 62, 68, 80, 80, 80, 68, 62, 50}, 1, false)).empty());  // positions tell no such thing
}

TEST(Spells, WhereNobodyKnowsWhereItCrossedNothingIsAdded) {
  const std::vector<SpeedEvent> found = events_in(drive(joined({{50}, times(7, 80), {50}}), 1, false), kNeeds);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].seconds, 6);
  EXPECT_NEAR(found[0].metres, 6 * 80 / 3.6, 1e-9);
}

TEST(Spells, ShorterThanFiftyMetresIsNone) {
  const EventNeeds slow = {10, 12, 2, 5, 5, 50};
  EXPECT_TRUE(places(drive(times(11, 17.9)), slow).empty());
  EXPECT_EQ(places(drive(times(11, 18.1)), slow), (Places{{0, 11}}));
}

TEST(Spells, TooShortOnesAreNotMergedIntoOne) {
  // two spells of three seconds with corners between, then a real one (a drive through Portland)
  const std::vector<double> spell = times(4, 70), corner = {40, 23, 40};
  const Places found = places(drive(joined({spell, corner, spell, corner, times(12, 72)})));
  EXPECT_EQ(found, (Places{{14, 26}}));
}

TEST(Spells, TwoEventsNearToEachOtherAreOne) {
  const std::vector<double> event = times(10, 75);
  EXPECT_EQ(places(drive(joined({event, times(4, 50), event}))), (Places{{0, 24}}));
  EXPECT_EQ(places(drive(joined({event, times(5, 50), event}))), (Places{{0, 10}, {15, 25}}));
}

TEST(Spells, ADipIsAtTheEndOfTheHysteresis) {
  const std::vector<double> event = times(10, 75);
  EXPECT_EQ(places(drive(joined({event, times(8, 63), event}))), (Places{{0, 10}, {18, 28}}));
}

TEST(Spells, HoveringWithinTheHysteresisIsOneEvent) {
  EXPECT_EQ(places(drive({67, 66, 64, 63.1, 66, 67, 67, 66, 67, 66, 67, 66})), (Places{{0, 12}}));
}

TEST(Spells, ADipAboveTheLimitIsBridged) {
  const std::vector<double> spell = times(4, 75);
  EXPECT_EQ(places(drive(joined({spell, times(4, 61), spell}))), (Places{{0, 12}}));
  EXPECT_EQ(places(drive(joined({spell, {62, 59, 60, 62}, spell}))), (Places{{0, 12}}));  // on average
  EXPECT_TRUE(places(drive(joined({spell, times(4, 60), spell}))).empty());
  EXPECT_TRUE(places(drive(joined({spell, times(6, 61), spell}))).empty());
}

TEST(Spells, OneSlipOfASecondIsNoDip) {
  EXPECT_EQ(places(drive(joined({times(4, 75), {58}, times(4, 75)}))), (Places{{0, 9}}));
  EXPECT_TRUE(places(drive(joined({times(4, 75), {58, 58}, times(4, 75)}))).empty());
}

TEST(Spells, ThreeQuartersAreAbove) {
  // above by turns with what hysteresis lets pass: half is not enough
  std::vector<double> turns;
  for (int i = 0; i < 20; ++i) turns.push_back(i % 2 == 0 ? 66 : 64);
  EXPECT_TRUE(places(drive(turns)).empty());
  // the part that is held is found in it
  EXPECT_EQ(places(drive(joined({{66, 64, 64, 64, 64, 64}, times(12, 70), {64, 64, 64, 64, 64, 66}}))),
            (Places{{6, 18}}));
}

TEST(Spells, OneTooFewAboveIsTooFew) {
  const std::vector<double> between = {64, 64, 64};
  EXPECT_EQ(places(drive(joined({times(4, 66), between, times(5, 66)}))), (Places{{0, 12}}));
  EXPECT_TRUE(places(drive(joined({times(4, 66), between, times(4, 66)}))).empty());
}

TEST(Spells, DipsAloneAreNoEvent) {
  EXPECT_TRUE(places(drive({75, 64, 64, 62, 62, 62, 62, 64})).empty()) << "the longest part that does not fall";
}

TEST(Spells, AnEventEndsWhereADipBegins) {
  EXPECT_EQ(places(drive(joined({times(8, 70), {64, 63.5, 62}}))), (Places{{0, 10}}));
}

TEST(Spells, OnePointIsNone) {
  EXPECT_TRUE(places({}).empty());
  EXPECT_TRUE(places(drive({80})).empty());
  EXPECT_TRUE(places(drive({50, 80, 50}, 60)).empty());
  EXPECT_EQ(places(drive({80, 80}, 5)), (Places{{0, 2}})) << "two are one, of five seconds";
}

}  // namespace
}  // namespace tomare::rules
