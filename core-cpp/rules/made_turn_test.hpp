// SPDX-License-Identifier: MIT
// Junctions with banned turns made by hand, for the tests of what judges these.
#pragma once

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::testing {

/// Cars may not turn left from one road into another at a node.
inline map::Restriction no_left(uint16_t via, uint16_t from, uint16_t to) {
  map::Restriction ban{};
  ban.relation = 77;
  ban.via_node = via;
  ban.from_segment = from;
  ban.to_segment = to;
  ban.turn = map::kTurnLeft;
  ban.vehicles = 1U << map::kCar;
  return ban;
}

/// A street eastward: road 0 leads 200 m to a junction with a ban at (200, 500), and road 1 goes on from there.
struct MadeJunction : MadeDrive {
  uint16_t middle = 0;

  explicit MadeJunction(double onward_m = 200, uint8_t flags = map::kNodeBanned | map::kNodeJunction) {
    const uint16_t west = map.node(0, 500);
    middle = map.node(200, 500, flags);
    map.road(west, middle, 200);
    map.road(middle, map.node(200 + onward_m, 500), onward_m);
  }
};

/// 200 m eastward, then a left turn into 200 m northward; straight on the street goes on. Road 0 leads to the junction,
/// 1 straight on, 2 left.
struct Corner : MadeJunction {
  map::Restriction ban{};

  explicit Corner(bool turns = true) {
    map.road(middle, map.node(200, 700), 200);
    leg(0, 200);
    leg(turns ? 2 : 1, 200);
    ban = no_left(middle, 0, 2);
  }
  std::vector<rules::Finding> driven(double from_m = 0, double to_m = 390) {
    if (map.restrictions.empty()) map.restrictions = {ban};
    along(from_m, to_m, 36);
    return judged(rules::judge_turn_bans).findings;
  }
};

/// A junction at (200, 500) that is reached from the west by road 0. Road 1 goes on eastward, 2 northward, 3 southward;
/// all are 200 m long. From the north's end 4 goes on northward, and 5 eastward.
struct Crossroads : MadeJunction {
  static constexpr uint16_t kIn = 0, kEast = 1, kNorth = 2, kSouth = 3, kNorthOn = 4, kNorthEast = 5;

  explicit Crossroads(uint8_t flags = map::kNodeBanned | map::kNodeJunction) : MadeJunction(200, flags) {
    const uint16_t north = map.node(200, 700), south = map.node(200, 300);
    map.road(middle, north, 200);
    map.road(middle, south, 200);
    map.road(north, map.node(200, 900), 200);
    map.road(north, map.node(400, 700), 200);
  }
  map::Restriction& ban(uint16_t to, map::TurnKind turn, uint8_t flags = 0) {
    map::Restriction r{};
    r.relation = 70 + static_cast<int64_t>(map.restrictions.size());
    r.via_node = middle;
    r.from_segment = kIn;
    r.to_segment = to;
    r.turn = turn;
    r.flags = flags;
    r.vehicles = 255;
    map.restrictions.push_back(r);
    return map.restrictions.back();
  }
  /// The ways lead through, or may not: via ways in their order, then the way that follows them.
  map::Restriction& ban_by_ways(const std::vector<uint16_t>& roads, uint8_t flags = 0) {
    map::Restriction& r = ban(map::kNone16, map::kTurnNone, static_cast<uint8_t>(flags | map::kViaWay));
    r.first_way = static_cast<uint16_t>(map.restriction_ways.size());
    r.way_count = static_cast<uint16_t>(roads.size());
    for (const uint16_t number : roads) map.restriction_ways.push_back(1000 + number);
    return r;
  }
  /// Gives a restriction a clause: 1 in force, 0 none. All of one restriction come one after another.
  void clause(map::Restriction* r, uint16_t value, const std::vector<map::Term>& terms) {
    map::Attributes facts{};
    MadeDrive::clause(&facts, map::kConditionRestriction, value, terms);
    if (r->condition_count == 0) r->first_condition = facts.first_condition;
    r->condition_count += 1;
    r->flags |= map::kRestrictionConditional;
  }
  /// Drives roads one after another, wholly and forward, with a fix each 10 m.
  std::vector<rules::Finding> driven(const std::vector<uint16_t>& roads) {
    for (const uint16_t number : roads) leg(number, 200);
    along(0, 200.0 * static_cast<double>(roads.size()) - 10, 36);
    return judged(rules::judge_turn_bans).findings;
  }
};

/// Undetermined for this reason alone.
inline void expect_open(const std::vector<rules::Finding>& found, uint32_t reasons) {
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, rules::Verdict::undetermined);
  EXPECT_EQ(found[0].reasons, reasons);
}

inline void expect(const std::vector<rules::Finding>& found, rules::Verdict verdict, int line = __builtin_LINE()) {
  SCOPED_TRACE(line);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, verdict);
  EXPECT_EQ(found[0].reasons, 0U);
}

}  // namespace tomare::testing
