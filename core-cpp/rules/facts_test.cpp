// SPDX-License-Identifier: MIT
#include "core-cpp/rules/facts.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using namespace map;  // NOLINT: the format's names
using testing::MadeDrive;

const std::vector<Term> kAlways = {}, kWet16 = {{kTermKeyword, 0, kWet, 0, 0}};
/// The drive begins on a Tuesday at 22:13:20 UTC, minute 1333 of the day.
std::vector<Term> during(int32_t from, int32_t to) { return {{kTermTime, 0, 0, from, to}}; }

/// One road, driven once, with the facts and clauses that a test sets.
struct OneRoad : MadeDrive {
  Attributes facts{};
  bool forward = true;
  uint8_t illegal = 0;

  explicit OneRoad(Access access = kAccessUnset, AccessKey key = kKeyNone) {
    facts.road_class = kTertiary;
    for (int d = 0; d < 2; ++d) set_access(&facts, d, 255, access, key);
  }
  /// A clause of access, of the key that gives it.
  Condition& access_clause(Access value, const std::vector<Term>& terms, AccessKey key = kKeyMotorVehicle) {
    clause(&facts, kConditionAccess, value, terms);
    map.conditions.back().flags = static_cast<uint8_t>(key << 4);
    return map.conditions.back();
  }
  Condition& oneway_clause(uint16_t value, const std::vector<Term>& terms) {
    clause(&facts, kConditionOneway, value, terms);
    return map.conditions.back();
  }
  /// Closed to what is longer than so many metres.
  Condition& length_clause(double metres, const std::vector<Term>& terms, Quantity quantity = kLength) {
    std::vector<Term> all = {
        {kTermCompare, 0, static_cast<uint16_t>(quantity * 8 + kGreater), static_cast<int32_t>(metres * 1000), 0}};
    all.insert(all.end(), terms.begin(), terms.end());
    clause(&facts, kConditionSize, 0, all);
    return map.conditions.back();
  }
  void vehicle_is(double low, double high, Quantity quantity = kLength) {
    law.vehicle_low[quantity] = low;
    law.vehicle_high[quantity] = high;
  }

  AccessState access() {
    static AccessState state;
    ask([](const Context& c, Judgement*) { state = access_state(c, c.trace.legs[0]); });
    return state;
  }
  OnewayState oneway() {
    static OnewayState state;
    ask([](const Context& c, Judgement*) { state = oneway_state(c, c.trace.legs[0]); });
    return state;
  }

 private:
  void ask(void (*question)(const Context&, Judgement*)) {
    road(100, facts, forward).illegal = illegal;
    along(0, 90, 36);
    judged(question);
  }
};

TEST(AccessState, WhatTheValuesMean) {
  for (const Access open : {kAccessUnset, kAccessYes, kAccessPermissive, kAccessDesignated}) {
    EXPECT_EQ(OneRoad(open).access().standing, Standing::open) << open;
  }
  for (const Access restricted :
       {kAccessPrivate, kAccessDestination, kAccessDelivery, kAccessCustomers, kAccessPermit, kAccessForestry}) {
    EXPECT_EQ(OneRoad(restricted).access().standing, Standing::restricted) << restricted;
  }
  EXPECT_EQ(OneRoad(kAccessOther).access().standing, Standing::uncertain) << "a word that nobody understands";
  const AccessState closed = OneRoad(kAccessNo, kKeyVehicle).access();
  EXPECT_EQ(closed.standing, Standing::closed);
  EXPECT_EQ(closed.access, kAccessNo);
  EXPECT_EQ(closed.key, kKeyVehicle);
  EXPECT_FALSE(closed.conditional);
  EXPECT_FALSE(closed.unsure);
}

TEST(AccessState, OfTheDirectionThatIsDriven) {
  for (const bool forward : {true, false}) {
    OneRoad road;
    road.forward = forward;
    set_access(&road.facts, kBackward, 255, kAccessNo, kKeyVehicle);
    EXPECT_EQ(road.access().standing, forward ? Standing::open : Standing::closed);
  }
}

TEST(AccessState, UncertainByTheKindOfBusOrByWhatNobodyKnows) {
  EXPECT_EQ(OneRoad(kAccessUncertain, kKeyBus).access().reasons, uint32_t{kReason_vehicle_unknown});
  EXPECT_EQ(OneRoad(kAccessUncertain, kKeyPsv).access().reasons, uint32_t{kReason_vehicle_unknown});
  const AccessState other = OneRoad(kAccessUncertain, kKeyMotorcar).access();
  EXPECT_EQ(other.reasons, uint32_t{kReason_condition_unknowable});
  EXPECT_EQ(other.standing, Standing::uncertain);
  EXPECT_EQ(OneRoad(kAccessNo, kKeyBus).access().reasons, 0U);
}

TEST(AccessState, ALegThatIsClosedAndAFactThatIsUnsure) {
  OneRoad road;
  road.illegal = match::kClosed;
  road.facts.flags = kFlagAccessUnsure;
  const AccessState state = road.access();
  EXPECT_EQ(state.standing, Standing::closed);
  EXPECT_EQ(state.access, kAccessNo);
  EXPECT_TRUE(state.unsure);
}

TEST(AccessState, TheTagIsQuotedButNotThatOfAnOverlay) {
  for (const AccessKey key : {kKeyVehicle, kKeyOverlay}) {
    OneRoad road(kAccessNo, key);
    road.facts.quote_count = 1;
    road.map.quotes = {{kQuotedAccess, 3, 255, 0, road.map.name("vehicle=military")}};
    EXPECT_EQ(road.access().text, key == kKeyOverlay ? kNone16 : 0);
  }
}

TEST(AccessState, AClauseThatHoldsTakesThePlaceOfTheFact) {
  OneRoad road;
  road.access_clause(kAccessNo, kAlways);
  const AccessState state = road.access();
  EXPECT_EQ(state.standing, Standing::closed);
  EXPECT_EQ(state.access, kAccessNo);
  EXPECT_TRUE(state.conditional);
  EXPECT_EQ(state.reasons, 0U);
  EXPECT_EQ(state.text, 0);
}

TEST(AccessState, OneThatDoesNotHoldLeavesIt) {
  OneRoad road;
  road.access_clause(kAccessNo, during(0, 600));
  const AccessState state = road.access();
  EXPECT_EQ(state.standing, Standing::open);
  EXPECT_TRUE(state.conditional);
  EXPECT_EQ(state.text, kNone16);
}

TEST(AccessState, TheLastClauseThatHoldsWins) {
  OneRoad open, closed;
  open.access_clause(kAccessNo, kAlways);
  open.access_clause(kAccessYes, during(1300, 1400));
  EXPECT_EQ(open.access().standing, Standing::open);
  closed.access_clause(kAccessNo, kAlways);
  closed.access_clause(kAccessYes, during(0, 600));
  EXPECT_EQ(closed.access().standing, Standing::closed);
}

TEST(AccessState, AClauseThatMayHoldIsUncertainUnlessAllAgree) {
  OneRoad closes, opens, replaced, agreeing;
  closes.access_clause(kAccessNo, kWet16);
  const AccessState may = closes.access();
  EXPECT_EQ(may.standing, Standing::uncertain);
  EXPECT_EQ(may.reasons, uint32_t{kReason_condition_unknowable});
  EXPECT_EQ(may.text, 0);
  opens.access_clause(kAccessYes, kWet16);
  EXPECT_EQ(opens.access().standing, Standing::uncertain) << "whoever wrote it meant: closed otherwise";
  EXPECT_EQ(opens.access().reasons, kReason_condition_unknowable | kReason_condition_unparsed);
  replaced.access_clause(kAccessNo, kAlways);
  replaced.access_clause(kAccessYes, kWet16);
  EXPECT_EQ(replaced.access().standing, Standing::uncertain);
  agreeing.access_clause(kAccessNo, kAlways);
  agreeing.access_clause(kAccessNo, kWet16);
  EXPECT_EQ(agreeing.access().standing, Standing::closed);
  OneRoad three;
  three.access_clause(kAccessNo, kAlways);
  three.access_clause(kAccessYes, kWet16);
  three.access_clause(kAccessNo, kWet16);
  EXPECT_EQ(three.access().standing, Standing::uncertain) << "one of three differs";
}

TEST(AccessState, AnUncertainValueNeedsNoOtherReason) {
  OneRoad road;
  road.access_clause(kAccessUncertain, kAlways);
  const AccessState state = road.access();
  EXPECT_EQ(state.standing, Standing::uncertain);
  EXPECT_EQ(state.reasons, uint32_t{kReason_condition_unknowable});
}

TEST(AccessState, AClauseThatIsNotUnderstood) {
  OneRoad road;
  road.access_clause(kAccessNo, kAlways).flags |= kNotUnderstood;
  const AccessState state = road.access();
  EXPECT_EQ(state.standing, Standing::uncertain);
  EXPECT_EQ(state.reasons, uint32_t{kReason_condition_unparsed});
}

TEST(AccessState, TwoMinutesAroundAnEdgeAreInDoubt) {
  const auto standing = [](int32_t from, int32_t to) {
    OneRoad road;
    road.access_clause(kAccessNo, during(from, to));
    return road.access();
  };
  EXPECT_EQ(standing(1336, 1400).standing, Standing::open) << "begins in 2:40";
  EXPECT_EQ(standing(1335, 1400).standing, Standing::uncertain) << "in 1:40";
  EXPECT_EQ(standing(1335, 1400).reasons, uint32_t{kReason_time_window_edge});
  EXPECT_EQ(standing(1335, 1400).text, 0);
  EXPECT_EQ(standing(1200, 1331).standing, Standing::open) << "ended 2:20 ago";
  EXPECT_EQ(standing(1200, 1332).standing, Standing::uncertain) << "1:20 ago";
  EXPECT_EQ(standing(1332, 1400).standing, Standing::uncertain);
  EXPECT_EQ(standing(1331, 1400).standing, Standing::closed) << "began 2:20 ago";
  EXPECT_EQ(standing(1200, 1335).standing, Standing::uncertain);
  EXPECT_EQ(standing(1200, 1336).standing, Standing::closed);
}

TEST(AccessState, AClauseOfOthersDoesNotCount) {
  const auto standing = [](void (*change)(Condition*), AccessKey fact = kKeyNone) {
    OneRoad road(fact == kKeyNone ? kAccessUnset : kAccessYes, fact);
    change(&road.access_clause(kAccessNo, kAlways));
    return road.access().standing;
  };
  EXPECT_EQ(standing([](Condition*) {}), Standing::closed);
  EXPECT_EQ(standing([](Condition* c) { c->vehicles = 1U << kBus; }), Standing::open);
  EXPECT_EQ(standing([](Condition* c) { c->directions = 2; }), Standing::open);
  EXPECT_EQ(standing([](Condition* c) { c->target = kConditionLimit; }), Standing::open);
  EXPECT_EQ(standing([](Condition*) {}, kKeyMotorVehicle), Standing::closed) << "as specific as the fact";
  EXPECT_EQ(standing([](Condition*) {}, kKeyMotorcar), Standing::open) << "less specific";
  EXPECT_EQ(standing([](Condition*) {}, kKeyHighway), Standing::closed) << "the class is the least specific";
}

TEST(AccessState, AClauseThatClosesAClosedClassOpensItAtOtherTimes) {
  const auto standing = [](Access value, int32_t from, int32_t to, uint8_t vehicles = 255) {
    OneRoad road(kAccessNo, kKeyHighway);
    road.facts.road_class = kPedestrian;
    road.access_clause(value, during(from, to), kKeyVehicle).vehicles = vehicles;
    return road.access();
  };
  EXPECT_EQ(standing(kAccessNo, 450, 510).standing, Standing::open);
  EXPECT_EQ(standing(kAccessNo, 450, 510).access, kAccessUnset);
  EXPECT_EQ(standing(kAccessNo, 1300, 1400).standing, Standing::closed);
  EXPECT_EQ(standing(kAccessYes, 450, 510).standing, Standing::closed) << "one that opens it says when";
  EXPECT_EQ(standing(kAccessNo, 450, 510, 1U << kBus).standing, Standing::closed) << "of other vehicles";
  OneRoad tagged(kAccessNo, kKeyVehicle);
  tagged.access_clause(kAccessNo, during(450, 510));
  EXPECT_EQ(tagged.access().standing, Standing::closed) << "a tag closes it";
}

TEST(AccessState, AClosureThatIsRepeatedByTheHourMayBeMeantForTheHourAlone) {
  const auto asked = [](Access by_the_hour, AccessKey key, const std::vector<Term>& hour) {
    OneRoad road(kAccessNo, kKeyMotorVehicle);
    road.access_clause(by_the_hour, hour, key);
    return road.access();
  };
  EXPECT_EQ(asked(kAccessNo, kKeyMotorVehicle, during(0, 600)).standing, Standing::uncertain);
  EXPECT_EQ(asked(kAccessNo, kKeyMotorVehicle, during(0, 600)).reasons, uint32_t{kReason_condition_unparsed});
  EXPECT_EQ(asked(kAccessNo, kKeyMotorVehicle, during(0, 600)).text, 0);
  EXPECT_EQ(asked(kAccessNo, kKeyMotorVehicle, during(1300, 1400)).standing, Standing::closed) << "in that hour";
  EXPECT_EQ(asked(kAccessNo, kKeyMotorcar, during(0, 600)).standing, Standing::closed) << "by another key";
  EXPECT_EQ(asked(kAccessDestination, kKeyMotorVehicle, during(0, 600)).standing, Standing::closed);
  EXPECT_EQ(asked(kAccessNo, kKeyMotorVehicle, kAlways).standing, Standing::closed) << "at no hour";
}

TEST(AccessState, ASizeLimitClosesToWhatIsBeyondIt) {
  const auto asked = [](double low, double high) {
    OneRoad road;
    road.vehicle_is(low, high);
    road.length_clause(7.5, kAlways);
    return road.access();
  };
  EXPECT_EQ(asked(8, 8).standing, Standing::closed);
  EXPECT_EQ(asked(8, 8).access, kAccessNo);
  EXPECT_EQ(asked(8, 8).text, 0);
  EXPECT_EQ(asked(8, 8).reasons, 0U);
  EXPECT_EQ(asked(7.5, 7.5).standing, Standing::open);
  EXPECT_TRUE(asked(7.5, 7.5).conditional);
  EXPECT_EQ(asked(7, 8).standing, Standing::uncertain);
  EXPECT_EQ(asked(7, 8).reasons, uint32_t{kReason_vehicle_unknown});
  EXPECT_EQ(asked(0, -1).standing, Standing::uncertain);
}

TEST(AccessState, ASizeLimitMayHaveATime) {
  const auto asked = [](int32_t from, int32_t to) {
    OneRoad road;
    road.vehicle_is(8, 8);
    road.length_clause(7.5, during(from, to));
    return road.access();
  };
  EXPECT_EQ(asked(1300, 1400).standing, Standing::closed);
  EXPECT_EQ(asked(0, 600).standing, Standing::open);
  EXPECT_EQ(asked(1335, 1400).standing, Standing::uncertain) << "begins within two minutes";
  EXPECT_EQ(asked(1335, 1400).reasons, uint32_t{kReason_time_window_edge});
  EXPECT_EQ(asked(1335, 1400).text, 0);
  EXPECT_EQ(asked(1332, 1400).standing, Standing::uncertain);
  EXPECT_EQ(asked(1200, 1332).standing, Standing::uncertain);
}

TEST(AccessState, OfOneQuantityTheLastLimitThatHoldsCounts) {
  const auto asked = [](double metres, const std::vector<Term>& second) {
    OneRoad road;
    road.vehicle_is(metres, metres);
    road.length_clause(7.5, kAlways);
    road.length_clause(12, second);
    return road.access();
  };
  EXPECT_EQ(asked(10, during(0, 600)).standing, Standing::closed) << "the general limit";
  EXPECT_EQ(asked(10, during(1300, 1400)).standing, Standing::open) << "the one of this hour";
  EXPECT_EQ(asked(13, during(1300, 1400)).standing, Standing::closed);
  EXPECT_EQ(asked(10, kWet16).standing, Standing::uncertain);
  EXPECT_EQ(asked(10, kWet16).reasons, uint32_t{kReason_condition_unknowable});
  EXPECT_EQ(asked(13, kWet16).standing, Standing::closed) << "beyond both";
  EXPECT_EQ(asked(13, kWet16).reasons, 0U);
  EXPECT_EQ(asked(7, kWet16).standing, Standing::open) << "beyond neither";
}

TEST(AccessState, AFigureThatIsRepeatedByTheHourMayBeMeantForTheHourAlone) {
  const auto asked = [](double metres, double by_the_hour_m, const std::vector<Term>& hour) {
    OneRoad road;
    road.vehicle_is(metres, metres);
    road.length_clause(7.5, kAlways);
    road.length_clause(by_the_hour_m, hour);
    return road.access();
  };
  EXPECT_EQ(asked(8, 7.5, during(0, 600)).standing, Standing::uncertain);
  EXPECT_EQ(asked(8, 7.5, during(0, 600)).reasons, uint32_t{kReason_condition_unparsed});
  EXPECT_EQ(asked(7, 7.5, during(0, 600)).standing, Standing::open);
  EXPECT_EQ(asked(8, 7.5, during(1300, 1400)).standing, Standing::closed) << "in that hour";
  EXPECT_EQ(asked(8, 7.5, during(1300, 1400)).reasons, 0U);
  EXPECT_EQ(asked(8, 7, during(0, 600)).standing, Standing::closed) << "another figure is another limit";
  EXPECT_EQ(asked(8, 7.5, kAlways).standing, Standing::closed) << "twice the same, at all hours";
}

TEST(AccessState, OfSeveralQuantitiesOneIsEnough) {
  const auto asked = [](double metres, double tonnes, bool tonnes_known = true) {
    OneRoad road;
    road.vehicle_is(metres, metres);
    if (tonnes_known) road.vehicle_is(tonnes, tonnes, kWeight);
    road.access_clause(kAccessNo, during(0, 600));
    road.length_clause(7.5, kAlways);
    road.length_clause(3.5, kAlways, kWeight);
    return road.access();
  };
  EXPECT_EQ(asked(7, 3).standing, Standing::open);
  EXPECT_EQ(asked(8, 3).standing, Standing::closed);
  EXPECT_EQ(asked(8, 3).text, 1);
  EXPECT_EQ(asked(7, 4).standing, Standing::closed);
  EXPECT_EQ(asked(7, 4).text, 2);
  EXPECT_EQ(asked(8, 0, false).standing, Standing::closed) << "whatever the other is";
  EXPECT_EQ(asked(7, 0, false).standing, Standing::uncertain);
}

TEST(AccessState, ASizeLimitThatIsNotUnderstood) {
  OneRoad road;
  road.vehicle_is(20, 20);
  road.length_clause(7.5, kAlways).flags |= kNotUnderstood;
  const AccessState state = road.access();
  EXPECT_EQ(state.standing, Standing::uncertain);
  EXPECT_EQ(state.reasons, uint32_t{kReason_condition_unparsed});
}

TEST(AccessState, WhatIsClosedOrRestrictedStaysSoUnlessTheSizeClosesIt) {
  const auto asked = [](Access access, double low, double high) {
    OneRoad road(access, kKeyVehicle);
    road.vehicle_is(low, high);
    road.length_clause(7.5, kAlways);
    return road.access();
  };
  EXPECT_EQ(asked(kAccessNo, 8, 8).text, kNone16) << "closed by the tag already";
  EXPECT_EQ(asked(kAccessNo, 7, 8).standing, Standing::closed);
  EXPECT_EQ(asked(kAccessDestination, 7, 8).standing, Standing::restricted);
  EXPECT_EQ(asked(kAccessDestination, 8, 8).standing, Standing::closed);
}

TEST(OnewayState, BaseAndClauses) {
  const auto asked = [](bool against, int value, bool forward, const std::vector<Term>& terms) {
    OneRoad road;
    road.forward = forward;
    road.illegal = against ? match::kAgainstOneway : 0;
    if (value >= 0) road.oneway_clause(static_cast<uint16_t>(value), terms);
    return road.oneway();
  };
  EXPECT_EQ(asked(true, -1, true, {}).against, Truth::yes);
  EXPECT_EQ(asked(false, -1, true, {}).against, Truth::no);
  for (const bool forward : {true, false}) {
    EXPECT_EQ(asked(true, 0, forward, kAlways).against, Truth::no) << "lifted";
    EXPECT_EQ(asked(false, 1, forward, kAlways).against, forward ? Truth::no : Truth::yes);
    EXPECT_EQ(asked(false, 2, forward, kAlways).against, forward ? Truth::yes : Truth::no);
    EXPECT_EQ(asked(false, 3, forward, kAlways).against, Truth::unknown) << "it changes by what nobody knows";
    EXPECT_EQ(asked(true, forward ? 1 : 2, forward, during(0, 600)).against, Truth::yes) << "does not hold";
    EXPECT_EQ(asked(true, 0, forward, kWet16).against, Truth::unknown);
    EXPECT_EQ(asked(false, 0, forward, kWet16).against, Truth::no) << "no rule in either case";
    EXPECT_EQ(asked(true, forward ? 2 : 1, forward, during(0, 600)).against, Truth::unknown) << "it repeats the tag";
    EXPECT_EQ(asked(true, forward ? 2 : 1, forward, during(1300, 1400)).against, Truth::yes);
    EXPECT_EQ(asked(true, forward ? 2 : 1, forward, kWet16).against, Truth::unknown);
    EXPECT_EQ(asked(false, forward ? 2 : 1, forward, kWet16).against, Truth::unknown);
  }
  const OnewayState unknown = asked(true, 0, true, kWet16);
  EXPECT_EQ(unknown.reasons, uint32_t{kReason_condition_unknowable});
  EXPECT_TRUE(unknown.conditional);
  EXPECT_EQ(unknown.text, 0);
  EXPECT_EQ(asked(true, 2, true, kWet16).reasons, kReason_condition_unknowable | kReason_condition_unparsed);
  EXPECT_TRUE(asked(true, 1, true, during(0, 600)).conditional);
}

TEST(OnewayState, ARuleThatIsRepeatedByTheHourMayBeMeantForTheHourAlone) {
  for (const bool forward : {true, false}) {
    const auto asked = [forward](uint16_t by_the_hour, const std::vector<Term>& hour) {
      OneRoad road;
      road.forward = forward;
      road.illegal = match::kAgainstOneway;
      road.oneway_clause(by_the_hour, hour);
      return road.oneway();
    };
    const uint16_t against = forward ? 2 : 1, along = forward ? 1 : 2;
    EXPECT_EQ(asked(against, during(0, 600)).against, Truth::unknown);
    EXPECT_EQ(asked(against, during(0, 600)).reasons, uint32_t{kReason_condition_unparsed});
    EXPECT_EQ(asked(against, during(1300, 1400)).against, Truth::yes) << "in that hour";
    EXPECT_EQ(asked(along, during(0, 600)).against, Truth::yes) << "another one is no repetition";
    EXPECT_EQ(asked(along, during(1300, 1400)).against, Truth::no);
    EXPECT_EQ(asked(along, during(1300, 1400)).reasons, 0U);
  }
}

TEST(Values, NoMoreThanItsArrayHolds) {
  OneRoad road;
  for (uint16_t value = 0; value < Values::kMost + 2; ++value) road.access_clause(static_cast<Access>(value), kWet16);
  EXPECT_EQ(road.access().standing, Standing::uncertain);
  Values values;
  EXPECT_TRUE(values.certain()) << "the unconditional value alone";
  values.count = 1;
  EXPECT_FALSE(values.certain());
  values.base = false;
  EXPECT_TRUE(values.certain());
}

}  // namespace
}  // namespace tomare::rules
