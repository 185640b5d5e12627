// SPDX-License-Identifier: MIT
// What a rule says of a run it says of the same run behind another one, or before it: all indexes are those of the
// whole drive.
#include <gtest/gtest.h>

#include "core-cpp/rules/made_closure_test.hpp"
#include "core-cpp/rules/made_slip_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;
using Judge = void (*)(const Context&, Judgement*);

/// Of a drive that is driven twice each run has its finding, and none of the other's.
template <typename Drive, typename... Facts>
void expect_twice(Judge judge, void (*drive)(Drive*), const Finding& wanted, const Facts&... facts) {
  Drive twice(facts...);
  drive(&twice);
  const auto fixes = static_cast<uint32_t>(twice.time_ms.size());
  twice.repeat();
  const std::vector<Finding> found = twice.judged(judge).findings;
  ASSERT_EQ(found.size(), 2U);
  for (uint32_t k = 0; k < 2; ++k) {
    EXPECT_EQ(found[k].verdict, wanted.verdict) << k;
    EXPECT_EQ(found[k].reasons, wanted.reasons) << k;
    EXPECT_EQ(found[k].lon_e7, wanted.lon_e7) << k;
    EXPECT_EQ(found[k].first_fix, wanted.first_fix + k * fixes) << k;
    EXPECT_EQ(found[k].last_fix, wanted.last_fix + k * fixes) << k;
    EXPECT_EQ(found[k].match, wanted.match) << k;
    EXPECT_EQ(found[k].observation, wanted.observation) << k;
  }
}

/// Judges a drive alone, and behind another run.
template <typename Drive, typename... Facts>
void expect_same(Judge judge, Verdict verdict, void (*drive)(Drive*), const Facts&... facts) {
  Drive alone(facts...), second(facts...);
  drive(&alone);
  drive(&second);
  second.put_run_before();
  const std::vector<Finding> wanted = alone.judged(judge).findings, found = second.judged(judge).findings;
  ASSERT_EQ(wanted.size(), 1U);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(wanted[0].verdict, verdict);
  EXPECT_EQ(found[0].verdict, verdict);
  EXPECT_EQ(found[0].reasons, wanted[0].reasons);
  EXPECT_EQ(found[0].way, wanted[0].way);
  EXPECT_EQ(found[0].lon_e7, wanted[0].lon_e7);
  EXPECT_EQ(found[0].start_ms, wanted[0].start_ms);
  EXPECT_EQ(found[0].end_ms, wanted[0].end_ms);
  EXPECT_EQ(found[0].first_fix, wanted[0].first_fix + 3);
  EXPECT_EQ(found[0].last_fix, wanted[0].last_fix + 3);
  EXPECT_EQ(found[0].match, wanted[0].match);
  EXPECT_EQ(found[0].observation, wanted[0].observation);
  for (size_t k = 0; k < kMeasureCount; ++k) {
    const float a = found[0].measured[k], b = wanted[0].measured[k];
    EXPECT_TRUE(a == b || (a != a && b != b)) << k << ' ' << a << ' ' << b;
  }
  expect_twice(judge, drive, wanted[0], facts...);
}

map::Attributes tertiary() {
  map::Attributes facts{};
  facts.road_class = map::kTertiary;
  return facts;
}

void past(MadeDrive* drive, map::RulePointKind kind) {
  drive->road(300, tertiary());
  drive->road(300, tertiary());
  map::RulePoint point{};
  point.segment = 1;
  point.offset_cm = 10'000;
  point.kind = kind;
  point.directions = 1;
  point.direction_source = map::kDirectionGiven;
  drive->map.points.push_back(point);
  drive->law.level_crossing_stop = true;
  drive->along(0, 590, 40);
}

TEST(SecondRun, ASignAndACrossing) {
  expect_same<MadeDrive>(judge_stop_signs, Verdict::violated, [](MadeDrive* drive) { past(drive, map::kStop); });
  expect_same<MadeDrive>(judge_level_crossings, Verdict::violated,
                         [](MadeDrive* drive) { past(drive, map::kLevelCrossing); });
}

TEST(SecondRun, AClosedRoad) {
  expect_same<testing::MadeClosure>(
      judge_no_entry, Verdict::violated,
      [](testing::MadeClosure* drive) {
        drive->open_ends();
        drive->along(0, 495, 36);
      },
      testing::closed(map::kAccessNo), 100.0);
}

TEST(SecondRun, AOneWayStreet) {
  expect_same<MadeDrive>(judge_wrong_way, Verdict::violated, [](MadeDrive* drive) {
    map::Attributes oneway = tertiary();
    oneway.oneway_against[map::kForward] = 255;
    drive->road(200);
    drive->road(100, oneway).illegal = match::kAgainstOneway;
    drive->road(200);
    drive->along(0, 495, 36);
  });
}

TEST(SecondRun, ABannedTurn) {
  expect_same<testing::MadeJunction>(judge_turn_bans, Verdict::violated, [](testing::MadeJunction* drive) {
    drive->map.road(drive->middle, drive->map.node(200, 700), 200);
    drive->leg(0, 200);
    drive->leg(2, 200);
    drive->map.restrictions = {testing::no_left(drive->middle, 0, 2)};
    drive->along(0, 400, 36);
  });
  expect_same<testing::MadeJunction>(judge_turn_bans, Verdict::complied, [](testing::MadeJunction* drive) {
    drive->map.road(drive->middle, drive->map.node(200, 700), 200);
    drive->leg(0, 200);
    drive->leg(1, 200);
    drive->map.restrictions = {testing::no_left(drive->middle, 0, 2)};
    drive->along(0, 400, 36);
  });
}

TEST(SecondRun, ABannedTurnBesideThePath) {
  expect_same<testing::MadeSlip>(judge_turn_bans, Verdict::violated, [](testing::MadeSlip* slip) {
    slip->map.restrictions = {slip->ban};
    slip->drive(true);
  });
}

TEST(SecondRun, ALimitAndALeastSpeed) {
  expect_same<MadeDrive>(judge_speeding, Verdict::violated, [](MadeDrive* drive) {
    map::Attributes limited = tertiary();
    for (int d = 0; d < 2; ++d) limited.limit_low[d][map::kCar] = limited.limit_high[d][map::kCar] = 400;
    drive->road(300);
    drive->road(300, limited);
    drive->road(300);
    drive->along(0, 890, 60);
  });
  expect_same<MadeDrive>(judge_minimum_speed, Verdict::possible, [](MadeDrive* drive) {
    map::Attributes motorway{};
    motorway.road_class = map::kMotorway;
    motorway.min_speed = 800;
    drive->road(300);
    drive->road(2000, motorway);
    drive->along(0, 2290, 50);
  });
}

}  // namespace
}  // namespace tomare::rules
