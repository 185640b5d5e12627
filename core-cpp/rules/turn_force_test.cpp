// SPDX-License-Identifier: MIT
// Whether a junction can be left at all, by what its arms and the restrictions of the approach allow.
#include "core-cpp/rules/turn_force.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// Road 0 leads to node 1, from where roads 1 and 2 lead on.
struct Junction : MadeDrive {
  explicit Junction(const map::Attributes& first = plain(), const map::Attributes& second = plain(),
                    uint8_t flags = 0) {
    road(100);
    map.nodes[1].flags |= flags;
    map.road(1, map.node(200, 0), 100, first);
    map.road(1, map.node(100, 100), 100, second);
    along(0, 90, 36);
  }
  static map::Attributes plain() {
    map::Attributes facts{};
    facts.road_class = map::kTertiary;
    return facts;
  }
  static map::Attributes with(map::Access access) {
    map::Attributes facts = plain();
    for (const int direction : {map::kForward, map::kBackward}) {
      map::set_access(&facts, direction, 1U << map::kCar, access, map::kKeyVehicle);
    }
    return facts;
  }
  static map::Attributes oneway_against(int direction) {
    map::Attributes facts = plain();
    facts.oneway_source = map::kOnewayGiven;
    facts.oneway_against[direction] = 255;
    return facts;
  }
  map::Restriction& restriction(uint16_t to, uint8_t flags = 0) {
    map::Restriction r{};
    r.relation = 70 + static_cast<int64_t>(map.restrictions.size());
    r.via_node = 1;
    r.from_segment = 0;
    r.to_segment = to;
    r.flags = flags;
    r.vehicles = 1U << map::kCar;
    map.restrictions.push_back(r);
    return map.restrictions.back();
  }
  bool leaves() {
    static bool some;
    judged([](const Context& c, Judgement*) { some = some_exit(c, c.trace.legs[0], 1); });
    return some;
  }
};

TEST(SomeExit, AnArmThatNoRestrictionBars) {
  Junction none, one, both;
  EXPECT_TRUE(none.leaves());
  one.restriction(1);
  EXPECT_TRUE(one.leaves());
  both.restriction(1);
  both.restriction(2);
  EXPECT_FALSE(both.leaves());
}

TEST(SomeExit, ARestrictionBarsItsVehiclesItsApproachAndItsArm) {
  Junction others, elsewhere, way, node;
  for (Junction* junction : {&others, &elsewhere, &way, &node}) junction->restriction(1);
  others.restriction(2).vehicles = 1U << map::kBus;
  EXPECT_TRUE(others.leaves());
  elsewhere.restriction(2).from_segment = 1;
  EXPECT_TRUE(elsewhere.leaves());
  way.restriction(2, map::kViaWay);
  EXPECT_TRUE(way.leaves()) << "only farther on";
  node.restriction(2).via_node = 2;
  EXPECT_TRUE(node.leaves());
}

TEST(SomeExit, AnOnlyLeavesItsOwnArm) {
  Junction open, closed(Junction::with(map::kAccessNo)), two;
  open.restriction(1, map::kOnly);
  EXPECT_TRUE(open.leaves());
  closed.restriction(1, map::kOnly);
  EXPECT_FALSE(closed.leaves()) << "which is closed";
  two.restriction(1, map::kOnly);
  two.restriction(2, map::kOnly);
  two.restriction(1);
  EXPECT_TRUE(two.leaves()) << "several leave all of theirs";
}

TEST(SomeExit, AnArmThatMayBeClosedIsNoneForSure) {
  EXPECT_TRUE(Junction(Junction::with(map::kAccessUncertain)).leaves()) << "by the other";
  Junction junction(Junction::with(map::kAccessUncertain));
  junction.restriction(2);
  EXPECT_FALSE(junction.leaves());
  static size_t exits;
  junction.judged([](const Context& c, Judgement*) { exits = lawful_exits(c, c.trace.legs[0], 1).size(); });
  EXPECT_EQ(exits, 1U) << "though a driver may have taken it lawfully";
}

TEST(SomeExit, OneThatMayBeInForceBarsNothing) {
  Junction junction;
  junction.restriction(1);
  map::Restriction& wet = junction.restriction(2, map::kRestrictionConditional);
  wet.condition_count = 1;
  map::Condition clause{};
  clause.target = map::kConditionRestriction;
  clause.directions = 3;
  clause.vehicles = 255;
  clause.value = 1;
  clause.term_count = 1;
  clause.text = junction.map.name("a clause");
  junction.map.conditions.push_back(clause);
  junction.map.terms.push_back({map::kTermKeyword, 0, map::kWet, 0, 0});
  EXPECT_TRUE(junction.leaves());
}

TEST(ForceOf, ATagAloneIsAlwaysInForceAndIsQuoted) {
  Junction junction;
  map::Restriction& tagged = junction.restriction(2);
  tagged.condition_count = 1;
  map::Condition tag{};
  tag.text = junction.map.name("no_left_turn");
  junction.map.conditions.push_back(tag);
  static Force force;
  junction.judged(
      [](const Context& c, Judgement*) { force = force_of(c, c.graph.tile(0)->restrictions[0], c.trace.legs[0]); });
  EXPECT_EQ(force.truth, Truth::yes);
  EXPECT_EQ(force.text, tag.text);
}

TEST(SomeExit, AnArmMustBeOpenToTheCar) {
  const auto leaves = [](const map::Attributes& second) {
    Junction junction(Junction::plain(), second);
    junction.restriction(1);
    return junction.leaves();
  };
  EXPECT_TRUE(leaves(Junction::plain()));
  EXPECT_FALSE(leaves(Junction::with(map::kAccessNo)));
  EXPECT_FALSE(leaves(Junction::with(map::kAccessPrivate)));
  EXPECT_TRUE(leaves(Junction::with(map::kAccessDestination))) << "somebody may have one";
  EXPECT_FALSE(leaves(Junction::oneway_against(map::kForward)));
  EXPECT_TRUE(leaves(Junction::oneway_against(map::kBackward)));
  map::Attributes driveway = Junction::plain(), path = Junction::plain();
  driveway.service = map::kServiceDriveway;
  EXPECT_FALSE(leaves(driveway));
  path.road_class = map::kPedestrian;
  EXPECT_FALSE(leaves(path)) << "closed by its class";
}

TEST(SomeExit, WhereARoadMayBeMissingThereIsOne) {
  Junction cut(Junction::plain(), Junction::plain(), map::kNodeDataEnd), damaged;
  for (Junction* junction : {&cut, &damaged}) {
    junction->restriction(1);
    junction->restriction(2);
  }
  EXPECT_TRUE(cut.leaves());
  damaged.map.damaged_tile = 1;
  EXPECT_TRUE(damaged.leaves());
}

TEST(SomeExit, BetweenTwoRoadsABanIsAClosure) {
  MadeDrive street;
  street.road(100);
  street.map.road(1, street.map.node(200, 0), 100);
  map::Restriction r{};
  r.via_node = 1;
  r.to_segment = 1;
  r.vehicles = 255;
  street.map.restrictions = {r};
  street.along(0, 90, 36);
  static bool some;
  street.judged([](const Context& c, Judgement*) { some = some_exit(c, c.trace.legs[0], 1); });
  EXPECT_TRUE(some);
}

}  // namespace
}  // namespace tomare::rules
