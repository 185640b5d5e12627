// SPDX-License-Identifier: MIT
// What a rule says of a drive it says where the map has each of its roads drawn from the other end.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "core-cpp/rules/made_closure_test.hpp"
#include "core-cpp/rules/made_slip_test.hpp"

namespace tomare::rules {
namespace {

using testing::Crossroads;
using testing::MadeDrive;
using Judge = void (*)(const Context&, Judgement*);

uint8_t swapped(uint8_t directions) { return static_cast<uint8_t>((directions & 1) << 1 | (directions >> 1 & 1)); }

void turn_facts(map::Attributes* facts) {
  facts->access = facts->access << 32 | facts->access >> 32;
  std::swap(facts->oneway_against[0], facts->oneway_against[1]);
  std::swap(facts->limit_low[0], facts->limit_low[1]);
  std::swap(facts->limit_high[0], facts->limit_high[1]);
  std::swap(facts->access_key[0], facts->access_key[1]);
  std::swap(facts->limit_source[0], facts->limit_source[1]);
}

/// Before the drive is judged for the first time.
void draw_round(MadeDrive* drive) {
  testing::MadeMap& map = drive->map;
  for (map::Segment& s : map.segments) std::swap(s.from_node, s.to_node);
  std::reverse(map.corners.begin(), map.corners.end());
  for (map::Attributes& facts : map.attributes) turn_facts(&facts);
  for (map::Condition& clause : map.conditions) clause.directions = swapped(clause.directions);
  for (map::RulePoint& point : map.points) {
    point.offset_cm = map.segments[point.segment].length_cm - point.offset_cm;
    point.directions = swapped(point.directions);
  }
  std::sort(map.points.begin(), map.points.end(), [](const map::RulePoint& a, const map::RulePoint& b) {
    return std::pair(a.segment, a.offset_cm) < std::pair(b.segment, b.offset_cm);
  });
  for (match::Leg& leg : drive->trace.legs) {
    const float length_m = static_cast<float>(map.segments[leg.segment].length_cm) * 0.01F;
    leg.from_m = length_m - leg.from_m;
    leg.to_m = length_m - leg.to_m;
    leg.forward = !leg.forward;
  }
}

void expect_alike(const Finding& got, const Finding& wanted) {
  EXPECT_EQ(got.verdict, wanted.verdict);
  EXPECT_EQ(got.reasons, wanted.reasons);
  EXPECT_EQ(got.way, wanted.way);
  EXPECT_EQ(got.relation, wanted.relation);
  EXPECT_EQ(got.source, wanted.source);
  EXPECT_EQ(got.source_detail, wanted.source_detail);
  EXPECT_NEAR(got.lon_e7, wanted.lon_e7, 8);
  EXPECT_NEAR(got.lat_e7, wanted.lat_e7, 8);
  EXPECT_EQ(got.first_fix, wanted.first_fix);
  EXPECT_EQ(got.last_fix, wanted.last_fix);
  EXPECT_NEAR(got.match, wanted.match, 2e-3);
  EXPECT_NEAR(got.observation, wanted.observation, 2e-3);
  for (size_t k = 0; k < kMeasureCount; ++k) {
    const double a = got.measured[k], b = wanted.measured[k];
    EXPECT_TRUE(std::fabs(a - b) < 0.1 || (a != a && b != b)) << k << ' ' << a << ' ' << b;
  }
}

/// Judges a drive as it is made, and with the roads of its map drawn from their other ends.
template <typename Make>
void expect_same(Judge judge, const std::vector<Verdict>& verdicts, Make&& make) {
  auto made = make(), other = make();
  draw_round(&other);
  const std::vector<Finding> wanted = made.judged(judge).findings, found = other.judged(judge).findings;
  ASSERT_EQ(wanted.size(), verdicts.size());
  ASSERT_EQ(found.size(), verdicts.size());
  for (size_t k = 0; k < wanted.size(); ++k) {
    SCOPED_TRACE(k);
    EXPECT_EQ(wanted[k].verdict, verdicts[k]);
    expect_alike(found[k], wanted[k]);
  }
}

map::Attributes tertiary() {
  map::Attributes facts{};
  facts.road_class = map::kTertiary;
  return facts;
}

/// Two roads of 300 m, and a side road at the junction between; points on the first one and on the side road.
MadeDrive past(const std::vector<std::pair<map::RulePointKind, double>>& points, double side_signal_m = -1) {
  MadeDrive drive;
  drive.road(300);
  const uint16_t side = drive.map.road(1, drive.map.node(300, 200), 200);
  drive.road(300);
  const auto add = [&](map::RulePointKind kind, uint16_t segment, double at_m, uint8_t directions) {
    map::RulePoint point{};
    point.segment = segment;
    point.offset_cm = static_cast<uint32_t>(at_m * 100);
    point.kind = kind;
    point.directions = directions;
    point.direction_source = map::kDirectionGiven;
    drive.map.points.push_back(point);
  };
  for (const auto& [kind, at_m] : points) add(kind, 0, at_m, 1);
  if (side_signal_m >= 0) add(map::kSignals, side, side_signal_m, 2);
  drive.law.level_crossing_stop = true;
  drive.along(0, 590, 40);
  return drive;
}

TEST(DrawnRound, SignsAndCrossings) {
  expect_same(judge_stop_signs, {Verdict::violated}, [] { return past({{map::kStop, 270}}); });
  expect_same(judge_stop_signs, {Verdict::violated, Verdict::violated},
              [] { return past({{map::kStop, 100}, {map::kStop, 270}}); });
  expect_same(judge_stop_signs, {Verdict::violated}, [] { return past({{map::kStop, 270}}, 10); });
  expect_same(judge_stop_signs, {Verdict::undetermined},
              [] { return past({{map::kSignals, 255}, {map::kStop, 270}}); });
  expect_same(judge_level_crossings, {Verdict::violated}, [] { return past({{map::kLevelCrossing, 150}}); });
}

TEST(DrawnRound, ClosedRoadsAndYards) {
  for (const auto& [access, verdict] :
       {std::pair{map::kAccessNo, Verdict::violated}, {map::kAccessDestination, Verdict::complied}}) {
    expect_same(judge_no_entry, {verdict}, [access = access] {
      testing::MadeClosure drive(testing::closed(access));
      drive.map.nodes[0].flags |= map::kNodeDataEnd;
      drive.map.road(3, drive.map.node(500, 100), 100);
      drive.along(10, 490, 36);
      return drive;
    });
  }
  expect_same(judge_no_entry, {Verdict::violated}, [] {  // closed in the direction of the drive alone
    map::Attributes facts = tertiary();
    map::set_access(&facts, map::kForward, 255, map::kAccessNo, map::kKeyVehicle);
    testing::MadeClosure drive(facts);
    drive.open_ends();
    drive.along(10, 490, 36);
    return drive;
  });
}

TEST(DrawnRound, OneWayStreets) {
  expect_same(judge_wrong_way, {Verdict::violated}, [] {
    map::Attributes oneway = tertiary();
    oneway.oneway_source = map::kOnewayGiven;
    oneway.oneway_against[map::kForward] = 255;
    MadeDrive drive;
    drive.road(200);
    drive.road(100, oneway).illegal = match::kAgainstOneway;
    drive.road(200);
    drive.along(0, 495, 36);
    for (float& course : drive.heading_deg) course = 90;
    return drive;
  });
}

TEST(DrawnRound, LimitsOfADirection) {
  expect_same(judge_speeding, {Verdict::violated}, [] {
    map::Attributes limited = tertiary();
    limited.limit_low[map::kForward][map::kCar] = limited.limit_high[map::kForward][map::kCar] = 400;
    limited.limit_low[map::kBackward][map::kCar] = limited.limit_high[map::kBackward][map::kCar] = 900;
    MadeDrive drive;
    drive.road(300);
    drive.road(300, limited);
    drive.road(300);
    drive.along(0, 890, 60);
    return drive;
  });
}

/// Restrictions of a crossroads, and the roads that are driven.
template <typename Ban>
void expect_crossing(const std::vector<Verdict>& verdicts, const std::vector<uint16_t>& roads, Ban&& ban) {
  expect_same(judge_turn_bans, verdicts, [&] {
    Crossroads drive;
    ban(&drive);
    for (const uint16_t number : roads) drive.leg(number, 200);
    drive.along(0, 200.0 * static_cast<double>(roads.size()) - 10, 36);
    return drive;
  });
}

TEST(DrawnRound, BannedTurns) {
  using J = Crossroads;
  const auto no_left = [](J* drive) { drive->ban(J::kNorth, map::kTurnLeft); };
  const auto no_straight = [](J* drive) { drive->ban(J::kNorth, map::kTurnStraight); };
  const auto only_left = [](J* drive) { drive->ban(J::kNorth, map::kTurnLeft, map::kOnly); };
  const auto by_ways = [](J* drive) { drive->ban_by_ways({J::kNorth, J::kNorthEast}); };
  expect_crossing({Verdict::violated}, {J::kIn, J::kNorth}, no_left);
  expect_crossing({Verdict::complied}, {J::kIn, J::kEast}, no_left);
  expect_crossing({Verdict::undetermined}, {J::kIn, J::kNorth}, no_straight);
  expect_crossing({Verdict::violated}, {J::kIn, J::kEast}, only_left);
  expect_crossing({Verdict::violated}, {J::kIn, J::kNorth, J::kNorthEast}, by_ways);
  expect_crossing({Verdict::complied}, {J::kIn, J::kNorth, J::kNorthOn}, by_ways);
}

TEST(DrawnRound, TurnsRoundANoseAndABlock) {
  expect_same(judge_turn_bans, {Verdict::violated}, [] {
    Crossroads drive;
    drive.ban(Crossroads::kIn, map::kTurnU);
    drive.leg(Crossroads::kIn, 190);
    drive.leg(Crossroads::kIn, 190, false);
    drive.along(0, 370, 36);
    return drive;
  });
  expect_same(judge_turn_bans, {Verdict::violated}, [] {
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    drive.leg(Crossroads::kIn, 200);
    drive.leg(Crossroads::kEast, 9);
    drive.leg(Crossroads::kEast, 9, false);
    drive.leg(Crossroads::kNorth, 200);
    drive.along(0, 400, 36);
    return drive;
  });
  expect_same(judge_turn_bans, {Verdict::undetermined}, [] {  // five fixes on 90 m round it
    MadeDrive drive;
    const uint16_t a = drive.map.node(100, 500), b = drive.map.node(130, 500, map::kNodeBanned);
    const uint16_t c = drive.map.node(130, 530), d = drive.map.node(100, 530);
    for (const auto& [from, to] : {std::pair{a, b}, {b, c}, {c, d}, {d, a}}) drive.map.road(from, to, 30);
    drive.map.restrictions = {testing::no_left(b, 0, 1)};
    for (const uint16_t number : {0, 1, 2, 3, 0}) drive.leg(number, 30);
    for (double at = 0; at <= 150; at += 18) drive.fix(at / 10, at, 36);
    return drive;
  });
}

TEST(DrawnRound, ABannedTurnBesideThePath) {
  expect_same(judge_turn_bans, {Verdict::violated}, [] {
    testing::MadeSlip slip;
    slip.map.restrictions = {slip.ban};
    slip.drive(true);
    return slip;
  });
}

TEST(DrawnRound, LawfulRoadsBesideABannedTurnAndAClosure) {
  expect_same(judge_turn_bans, {Verdict::undetermined}, [] {
    Crossroads drive;
    drive.ban(Crossroads::kNorth, map::kTurnLeft);
    const uint16_t near = drive.map.node(208, 515), far = drive.map.node(208, 600);
    drive.map.road(drive.middle, near, 17);
    drive.map.road(near, far, 85);
    drive.map.road(far, drive.map.node(208, 700), 100);
    for (size_t k = 21; k < 40; ++k) drive.shift(k, 4);
    drive.leg(Crossroads::kIn, 200);
    drive.leg(Crossroads::kNorth, 200);
    drive.along(0, 390, 36);
    return drive;
  });
  expect_same(judge_no_entry, {Verdict::undetermined}, [] {
    testing::MadeClosure drive(testing::closed(map::kAccessNo), 200);
    drive.open_ends();
    const uint16_t a = drive.map.node(210, 10), b = drive.map.node(390, 10);
    drive.map.road(1, a, 15);
    drive.map.road(b, a, 180);
    drive.map.road(b, 2, 15);
    drive.along(0, 595, 36);
    for (size_t k = 0; k < drive.time_ms.size(); ++k) drive.shift(k, 0, 5);
    return drive;
  });
}

}  // namespace
}  // namespace tomare::rules
