// SPDX-License-Identifier: MIT
#include "core-cpp/match/costs.hpp"

#include <gtest/gtest.h>

#include "core-cpp/map/made_map_test.hpp"

namespace tomare::match {
namespace {

using namespace map;  // NOLINT: the format's names
using testing::MadeMap;

Attributes road(RoadClass of, Access access = kAccessUnset) {
  Attributes facts{};
  facts.road_class = of;
  for (int d = 0; d < 2; ++d) set_access(&facts, d, 255, access, kKeyAccess);
  return facts;
}

TEST(Standing, WhatAnAccessValueMakesIllegal) {
  for (const Access open : {kAccessUnset, kAccessYes, kAccessPermissive, kAccessDesignated}) {
    EXPECT_EQ(standing(road(kTertiary, open), kCar, kForward).illegal, 0) << open;
  }
  EXPECT_EQ(standing(road(kTertiary, kAccessNo), kCar, kForward).illegal, kClosed);
  for (const Access some : {kAccessPrivate, kAccessDestination, kAccessDelivery, kAccessCustomers, kAccessPermit,
                            kAccessForestry, kAccessOther, kAccessUncertain}) {
    EXPECT_EQ(standing(road(kTertiary, some), kCar, kForward).illegal, kRestricted) << some;
  }
}

TEST(Standing, AClosedClassIsOpenWhereATagSaysSo) {
  for (const RoadClass closed : {kPedestrian, kBusway, kConstruction, kRaceway}) {
    EXPECT_EQ(standing(road(closed), kCar, kForward).illegal, kClosed) << int{closed};
    for (const Access open : {kAccessYes, kAccessPermissive, kAccessDesignated}) {
      EXPECT_EQ(standing(road(closed, open), kCar, kForward).illegal, 0) << int{closed};
    }
    EXPECT_EQ(standing(road(closed, kAccessDelivery), kCar, kForward).illegal, kRestricted) << int{closed};
  }
}

TEST(Standing, AgainstAOneWayStreetOfTheVehicle) {
  Attributes facts = road(kTertiary);
  facts.oneway_against[kBackward] = 1U << kCar;
  facts.oneway_source = kOnewayGiven;
  EXPECT_EQ(standing(facts, kCar, kForward).illegal, 0);
  EXPECT_EQ(standing(facts, kCar, kBackward).illegal, kAgainstOneway);
  EXPECT_EQ(standing(facts, kBus, kBackward).illegal, 0);
  facts.oneway_source = kOnewayUnknown;
  EXPECT_EQ(standing(facts, kCar, kBackward).illegal, 0) << "nobody knows in which direction";
}

TEST(Standing, MinorRoadsAndSideStreets) {
  for (int of = 0; of < kRoadClassCount; ++of) {
    const RoadStanding s = standing(road(static_cast<RoadClass>(of), kAccessYes), kCar, kForward);
    EXPECT_EQ(s.minor, of == kService || of == kTrack) << of;
    EXPECT_EQ(s.side, of == kService || of == kTrack || of == kResidential || of == kLivingStreet) << of;
  }
}

TEST(Costs, OnlyWhatBecomesIllegalOrMinorCosts) {
  Settings settings;
  settings.match_oneway_cost = 1;
  settings.match_closed_cost = 10;
  settings.match_private_cost = 100;
  settings.match_minor_road_cost = 1000;
  const Costs costs(settings, kCar);
  const RoadStanding open, all = {kAgainstOneway | kClosed | kRestricted, true, true};
  EXPECT_FLOAT_EQ(costs.enter(open), 0);
  EXPECT_FLOAT_EQ(costs.enter(all), 1101) << "a closure against the arrow is one decision";
  EXPECT_FLOAT_EQ(costs.enter({kAgainstOneway, false, false}), 1);
  EXPECT_FLOAT_EQ(costs.enter({kClosed, false, true}), 10);
  EXPECT_FLOAT_EQ(costs.enter({kRestricted, true, false}), 1100);
  EXPECT_FLOAT_EQ(costs.change(all, all), 0);
  EXPECT_FLOAT_EQ(costs.change({kClosed, false, false}, all), 1101);
  EXPECT_FLOAT_EQ(costs.change({0, true, true}, all), 101);
  EXPECT_FLOAT_EQ(costs.change({kAgainstOneway, true, true}, all), 110);
  EXPECT_FLOAT_EQ(costs.change(all, open), 0);
  EXPECT_FLOAT_EQ(costs.per_metre(kAgainstOneway | kClosed), static_cast<float>(settings.match_oneway_metre_cost));
  EXPECT_FLOAT_EQ(costs.per_metre(kClosed | kRestricted), 0);
  EXPECT_FLOAT_EQ(costs.bend(180), static_cast<float>(2 * settings.match_bend_cost));
}

/// Road 0 leads to node 1, from which 1 to 3 go on.
struct Restricted : MadeMap {
  Restricted() {
    node(0, 0);
    for (int k = 1; k <= 4; ++k) node(100 * k, 100);
    road(0, 1, 100);
    for (uint16_t k = 2; k <= 4; ++k) road(1, k, 100);
  }
  void ban(uint16_t to, uint8_t flags = 0, uint8_t vehicles = 255, uint16_t from = 0, uint16_t via = 1) {
    map::Restriction r{};
    r.via_node = via;
    r.from_segment = from;
    r.to_segment = to;
    r.flags = flags;
    r.vehicles = vehicles;
    restrictions.push_back(r);
  }
  bool banned(uint16_t to) { return turn_banned(*graph().tile(0), 1, 0, to, kCar); }
};

TEST(TurnBanned, ByItsNodeItsApproachAndItsVehicles) {
  Restricted map;
  map.ban(3, 0, 255, 0, 0);
  map.ban(1);
  map.ban(2, 0, 1U << kBus);
  map.ban(3, 0, 255, 2);
  EXPECT_TRUE(map.banned(1));
  EXPECT_FALSE(map.banned(2)) << "for buses alone";
  EXPECT_FALSE(map.banned(3)) << "at another node, and from another road";
}

TEST(TurnBanned, OnlyBansAllOtherExitsButThoseOfAnotherOnly) {
  Restricted one, two, both;
  one.ban(1, kOnly);
  EXPECT_FALSE(one.banned(1));
  EXPECT_TRUE(one.banned(2));
  two.ban(1, kOnly);
  two.ban(2, kOnly);
  EXPECT_FALSE(two.banned(1));
  EXPECT_FALSE(two.banned(2));
  EXPECT_TRUE(two.banned(3));
  both.ban(1, kOnly);
  both.ban(1);
  EXPECT_TRUE(both.banned(1)) << "what is banned is not opened";
}

TEST(TurnBanned, ThoseOfOtherTimesAndThoseOfWaysAreForTheRules) {
  Restricted map;
  map.ban(1, kRestrictionConditional);
  map.ban(2, kOnly | kRestrictionConditional);
  EXPECT_FALSE(map.banned(1));
  EXPECT_FALSE(map.banned(3));
}

}  // namespace
}  // namespace tomare::match
