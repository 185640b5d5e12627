// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_crossing.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeJunction;

/// A street whose junction lies at 200 m, and a fix at each time and metre.
template <typename Ask>
auto crossing(const std::vector<std::pair<double, double>>& fixes, Ask&& asked, size_t faster = SIZE_MAX) {
  MadeJunction street;
  street.leg(0, 200);
  street.leg(1, 200);
  for (const auto& [time_s, at_m] : fixes) street.fix(time_s, at_m, street.time_ms.size() == faster ? 90 : 18);
  return street.ask([&](const Context& c, const match::Run& run) {
    return asked(Crossing(c, run.fixes, within(c, run.fixes, -1e9, 200), within(c, run.fixes, 200, 1e9)));
  });
}

double longest_s(const std::vector<std::pair<double, double>>& fixes) {
  return crossing(fixes, [](const Crossing& passed) { return passed.longest_s(); });
}

TEST(TurnCrossing, TheStepAcrossTheJunctionCountsAndNoOther) {
  EXPECT_DOUBLE_EQ(longest_s({{0, 100}, {20, 190}, {24, 210}, {60, 300}}), 4);
}

TEST(TurnCrossing, AFixRightAtTheJunctionShowsNeitherSideOfIt) {
  EXPECT_DOUBLE_EQ(longest_s({{0, 100}, {20, 200}, {50, 300}, {90, 310}}), 30);
  EXPECT_DOUBLE_EQ(longest_s({{0, 100}, {40, 200}, {50, 300}}), 40);
}

TEST(TurnCrossing, AtTheEndsOfTheDriveThereIsNoOtherStep) {
  EXPECT_DOUBLE_EQ(longest_s({{0, 200}, {30, 300}}), 30);
  EXPECT_DOUBLE_EQ(longest_s({{0, 100}, {30, 200}}), 30);
  EXPECT_DOUBLE_EQ(longest_s({{0, 200}}), 0);
}

TEST(TurnCrossing, WithoutFixesOnOneSideNothingIsSeen) {
  EXPECT_EQ(longest_s({{0, 100}, {10, 150}}), std::numeric_limits<double>::infinity());
  const std::vector<std::pair<double, double>> before = {{0, 100}, {10, 150}};
  EXPECT_TRUE(crossing(before, [](const Crossing& passed) { return passed.way_round_unseen(60); }));
  EXPECT_FALSE(crossing(before, [](const Crossing& passed) { return passed.detour_possible(60); }));
  EXPECT_TRUE(crossing(before, [](const Crossing& passed) { return passed.few(); }));
}

TEST(TurnCrossing, ADetourTakesTimeAtThirtyKilometresPerHour) {
  const auto possible = [](double seconds) {
    return crossing({{0, 150}, {seconds, 200}, {seconds + 2, 210}},
                    [](const Crossing& passed) { return passed.detour_possible(60); });
  };
  EXPECT_FALSE(possible(13.1)) << "109 m, of which the path has 50";
  EXPECT_TRUE(possible(13.3));
}

TEST(TurnCrossing, AndAtTheLoggedSpeedWhereThatIsMore) {
  const auto possible = [](double seconds, size_t faster) {
    return crossing(
        {{0, 150}, {seconds, 200}, {seconds + 2, 210}},
        [](const Crossing& passed) { return passed.detour_possible(60); }, faster);
  };
  for (const size_t faster : {0, 1}) {  // 25 m/s at either end
    EXPECT_FALSE(possible(4.3, faster)) << "108 m, of which the path has 50";
    EXPECT_TRUE(possible(4.5, faster));
  }
}

TEST(TurnCrossing, AWayRoundIsUnseenWhereThePathIsSoMuchLongerThanTheLineBetweenTwoFixes) {
  const auto unseen = [](double apart_m) {
    testing::Corner corner;  // 200 m eastward, then 200 m northward
    corner.fix(0, 200 - apart_m, 36);
    corner.fix(10, 200 + apart_m, 36);
    return corner.ask([&](const Context& c, const match::Run& run) {
      return Crossing(c, run.fixes, {0, 1}, {1, 2}).way_round_unseen(60);
    });
  };
  EXPECT_FALSE(unseen(102)) << "204 m less 144 m";
  EXPECT_TRUE(unseen(103));
}

TEST(TurnCrossing, EachSideHasTheFixesThatTheSettingsAsk) {
  const auto few = [](const std::vector<std::pair<double, double>>& fixes) {
    return crossing(fixes, [](const Crossing& passed) { return passed.few(); });
  };
  ASSERT_EQ(Settings{}.turn_ban_min_fixes_each_side, 2);
  EXPECT_FALSE(few({{0, 150}, {1, 160}, {8, 230}, {9, 240}}));
  EXPECT_TRUE(few({{1, 160}, {8, 230}, {9, 240}}));
  EXPECT_TRUE(few({{0, 150}, {1, 160}, {8, 230}}));
}

}  // namespace
}  // namespace tomare::rules
