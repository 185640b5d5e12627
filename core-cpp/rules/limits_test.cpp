// SPDX-License-Identifier: MIT
#include "core-cpp/rules/limits.hpp"

#include <gtest/gtest.h>

#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

DefaultLimit row(uint16_t tenths) {
  DefaultLimit r{};
  r.from_ms = INT64_MIN;
  r.until_ms = INT64_MAX;
  r.classes = ~0U;
  r.vehicles = 255;
  r.low = r.high = tenths;
  return r;
}

Limit of_rows(const std::vector<DefaultLimit>& rows, const map::Attributes& facts = {}, int64_t time_ms = 0,
              map::Vehicle vehicle = map::kCar) {
  Law law;
  law.limits = rows.data();
  law.limit_count = static_cast<uint32_t>(rows.size());
  return default_limit(law, facts, vehicle, time_ms);
}

TEST(DefaultLimit, TheFirstRowThatAppliesCounts) {
  const Limit limit = of_rows({row(600), row(500)});
  EXPECT_EQ(limit.known, Known::number);
  EXPECT_DOUBLE_EQ(limit.high_kmh, 60);
  EXPECT_DOUBLE_EQ(limit.low_kmh, 60);
  EXPECT_TRUE(limit.assumed);
  EXPECT_EQ(limit.source, SourceTag::law);
  EXPECT_EQ(of_rows({}).known, Known::none);
  EXPECT_EQ(of_rows({row(map::kLimitUnlimited)}).known, Known::unlimited);
  EXPECT_EQ(of_rows({row(map::kLimitUnparsed)}).known, Known::unknowable);
  EXPECT_EQ(of_rows({row(map::kLimitVariable)}).known, Known::unknowable);
}

TEST(DefaultLimit, EachClassAndVehicleHasABitOfItsOwn) {
  for (int bit = 0; bit < 8; ++bit) {
    for (int number = 0; number < 8; ++number) {
      const Known wanted = number == bit ? Known::number : Known::none;
      map::Attributes facts{};
      facts.road_class = static_cast<uint8_t>(number);
      DefaultLimit of_class = row(600), of_vehicle = row(600);
      of_class.classes = 1U << bit;
      of_vehicle.vehicles = static_cast<uint8_t>(1U << bit);
      EXPECT_EQ(of_rows({of_class}, facts).known, wanted) << bit << number;
      if (number >= map::kVehicleCount) continue;
      EXPECT_EQ(of_rows({of_vehicle}, {}, 0, static_cast<map::Vehicle>(number)).known, wanted) << bit << number;
    }
  }
}

TEST(DefaultLimit, ARowHoldsForItsTimeVehiclesAndClasses) {
  DefaultLimit r = row(600);
  r.from_ms = 10;
  r.until_ms = 20;
  EXPECT_EQ(of_rows({r}, {}, 9).known, Known::none);
  EXPECT_EQ(of_rows({r}, {}, 10).known, Known::number);
  EXPECT_EQ(of_rows({r}, {}, 19).known, Known::number);
  EXPECT_EQ(of_rows({r}, {}, 20).known, Known::none);
  r = row(600);
  r.vehicles = 1U << map::kBus;
  EXPECT_EQ(of_rows({r}).known, Known::none);
  EXPECT_EQ(of_rows({r}, {}, 0, map::kBus).known, Known::number);
  r = row(600);
  r.classes = 1U << map::kTrunk;
  map::Attributes trunk{};
  trunk.road_class = map::kTrunk;
  EXPECT_EQ(of_rows({r}).known, Known::none);
  EXPECT_EQ(of_rows({r}, trunk).known, Known::number);
}

TEST(DefaultLimit, AnUnknownFactLeavesTheRowOpen) {
  DefaultLimit marked = row(600);
  marked.marked = kNeedYes;
  map::Attributes facts{};
  const auto ends = [&] {
    const Limit limit = of_rows({marked, row(300)}, facts);
    return std::pair{limit.low_kmh, limit.high_kmh};
  };
  EXPECT_EQ(ends(), std::pair(30.0, 60.0));
  facts.centre_line = map::kYes;
  EXPECT_EQ(ends(), std::pair(60.0, 60.0));
  facts.centre_line = map::kNo;
  EXPECT_EQ(ends(), std::pair(30.0, 30.0));
  marked.marked = kNeedNo;
  EXPECT_EQ(ends(), std::pair(60.0, 60.0));
}

/// The high end where a row that needs `need` of one fact is before one of 30 km/h for all.
double high_with(uint8_t DefaultLimit::* field, uint8_t need, const map::Attributes& facts, double* low) {
  DefaultLimit r = row(600);
  r.*field = need;
  const Limit limit = of_rows({r, row(300)}, facts);
  *low = limit.low_kmh;
  return limit.high_kmh;
}

TEST(DefaultLimit, EachFactThatARowMayNeed) {
  struct Case {
    uint8_t DefaultLimit::* field;
    void (*set)(map::Attributes*);
  };
  const Case cases[] = {
      {&DefaultLimit::link, [](map::Attributes* a) { a->flags |= map::kFlagLink; }},
      {&DefaultLimit::motorroad, [](map::Attributes* a) { a->flags |= map::kFlagMotorroad; }},
      {&DefaultLimit::oneway, [](map::Attributes* a) { a->oneway_against[1] = 1U << map::kCar; }},
      {&DefaultLimit::divided, [](map::Attributes* a) { a->divided = map::kDividedTagged; }},
      {&DefaultLimit::multilane, [](map::Attributes* a) { a->lanes = 4; }},
  };
  for (const Case& c : cases) {
    map::Attributes facts{};
    double low = 0;
    EXPECT_EQ(high_with(c.field, kNeedYes, facts, &low), 30) << "the fact does not hold";
    EXPECT_EQ(high_with(c.field, kNeedNo, facts, &low), 60);
    EXPECT_EQ(low, 60);
    c.set(&facts);
    EXPECT_EQ(high_with(c.field, kNeedYes, facts, &low), 60) << "it holds";
    EXPECT_EQ(low, 60);
    EXPECT_EQ(high_with(c.field, kNeedNo, facts, &low), 30);
  }
}

TEST(DefaultLimit, WhatOsmDoesNotTellStaysOpen) {
  double low = 0;
  map::Attributes facts{};
  EXPECT_EQ(high_with(&DefaultLimit::expressway, kNeedYes, facts, &low), 60);
  EXPECT_EQ(low, 30) << "nobody says that it is none";
  facts.flags = map::kFlagExpressway;
  high_with(&DefaultLimit::expressway, kNeedYes, facts, &low);
  EXPECT_EQ(low, 60);
  facts = {};
  facts.oneway_against[0] = 1U << map::kCar;
  high_with(&DefaultLimit::divided, kNeedYes, facts, &low);
  EXPECT_EQ(low, 30) << "one direction: it may be half of a divided road";
  facts.oneway_source = map::kOnewayUnknown;
  high_with(&DefaultLimit::oneway, kNeedYes, facts, &low);
  EXPECT_EQ(low, 30);
  facts = {};
  facts.lanes = 3;
  EXPECT_EQ(high_with(&DefaultLimit::multilane, kNeedYes, facts, &low), 30) << "three lanes are fewer than four";
}

TEST(DefaultLimit, ARowOfAZoneIsASign) {
  DefaultLimit urban = row(500);
  urban.zones = 1U << map::kZoneUrban;
  map::Attributes facts{};
  facts.zone = map::kZoneUrban;
  const Limit limit = of_rows({urban}, facts);
  EXPECT_FALSE(limit.assumed);
  EXPECT_EQ(limit.source, SourceTag::zone);
  facts.zone = map::kZoneRural;
  EXPECT_EQ(of_rows({urban}, facts).known, Known::none);
  EXPECT_EQ(of_rows({urban}).known, Known::number) << "no zone is known";
  EXPECT_TRUE(of_rows({urban}).assumed);
}

Limit of_leg(MadeDrive* drive, bool forward = true) {
  static Limit limit;
  if (!drive->trace.legs.empty()) return limit;
  drive->road(100, drive->map.attributes[0], forward);
  drive->along(0, 90, 30);
  drive->judged([](const Context& c, Judgement*) { limit = limit_of(c, c.trace.legs[0]); });
  return limit;
}

TEST(LimitOf, ASignOfTheDirectionAndTheVehicle) {
  for (const bool forward : {true, false}) {
    MadeDrive drive;
    map::Attributes& facts = drive.map.attributes[0];
    facts.limit_low[map::kForward][map::kCar] = facts.limit_high[map::kForward][map::kCar] = 400;
    facts.limit_low[map::kBackward][map::kCar] = 300;
    facts.limit_high[map::kBackward][map::kCar] = 500;
    const Limit limit = of_leg(&drive, forward);
    EXPECT_DOUBLE_EQ(limit.low_kmh, forward ? 40 : 30);
    EXPECT_DOUBLE_EQ(limit.high_kmh, forward ? 40 : 50);
    EXPECT_FALSE(limit.assumed);
    EXPECT_EQ(limit.source, SourceTag::maxspeed);
  }
}

TEST(LimitOf, WithoutASignTheDefaultOrNone) {
  const DefaultLimit rows[] = {row(600)};
  for (const bool excluded : {false, true}) {
    MadeDrive drive;
    drive.law.limits = rows;
    drive.law.limit_count = 1;
    drive.settings.speeding_exclude_assumed = excluded ? 1 : 0;
    EXPECT_EQ(of_leg(&drive).known, excluded ? Known::none : Known::number);
  }
}

TEST(LimitOf, AConditionThatNamesAZoneHasTheCountrysDefaultThere) {
  const auto limit = [](uint16_t zones, uint16_t high, map::ZoneContext named = map::kZone30) {
    static DefaultLimit of_zone;
    of_zone = row(high);
    of_zone.low = high == map::kLimitUnlimited ? high : 250;
    of_zone.zones = zones;
    MadeDrive drive;
    drive.law.limits = &of_zone;
    drive.law.limit_count = 1;
    map::Attributes& facts = drive.map.attributes[0];
    facts.limit_low[0][map::kCar] = facts.limit_high[0][map::kCar] = 600;
    drive.clause(&facts, map::kConditionLimit, static_cast<uint16_t>(map::kLimitOfZone + named), {});
    return of_leg(&drive);
  };
  const Limit zone = limit(1U << map::kZone30, 300);
  EXPECT_EQ(zone.known, Known::number);
  EXPECT_DOUBLE_EQ(zone.low_kmh, 25);
  EXPECT_DOUBLE_EQ(zone.high_kmh, 30);
  EXPECT_EQ(zone.text, 0);
  EXPECT_EQ(limit(1U << map::kZone30, map::kLimitUnlimited).known, Known::unlimited);
  EXPECT_EQ(limit(1U << map::kZoneUrban, 300).known, Known::unknowable) << "the country has none for it";
  EXPECT_EQ(limit(0, 300).known, Known::unknowable) << "nor does a row for all roads speak of it";
}

TEST(LimitOf, AZoneOfAnotherCountryHasNone) {
  constexpr uint32_t kGermany = 'D' | 'E' << 8, kBritain = 'G' | 'B' << 8;
  const auto known = [](uint32_t country, const char* tag) {
    DefaultLimit urban = row(500);
    urban.zones = 1U << map::kZoneUrban;
    MadeDrive drive;
    drive.law.limits = &urban;
    drive.law.limit_count = 1;
    drive.law.country = country;
    map::Attributes& facts = drive.map.attributes[0];
    facts.zone = map::kZoneUrban;
    facts.quote_count = 1;
    drive.map.quotes = {{map::kQuotedZone, 3, 255, 0, drive.map.name(tag)}};
    return of_leg(&drive).known;
  };
  for (const char* tag : {"maxspeed=US:urban", "maxspeed:type=FR:urban", "maxspeed=BE-VLG:urban"}) {
    EXPECT_EQ(known(kGermany, tag), Known::unknowable) << tag;
    EXPECT_EQ(known(0, tag), Known::number) << "a law of no country, " << tag;
  }
  for (const char* tag : {"maxspeed=DE:urban", "maxspeed=DE-BY:urban", "zone:traffic=urban"}) {
    EXPECT_EQ(known(kGermany, tag), Known::number) << tag;
  }
  EXPECT_EQ(known(kBritain, "maxspeed=UK:urban"), Known::number);
}

TEST(LimitOf, ANumberWithoutAUnitMayBeMilesWhereSignsCountInMiles) {
  constexpr uint32_t kGermany = 'D' | 'E' << 8, kBritain = 'G' | 'B' << 8, kStates = 'U' | 'S' << 8;
  const auto limit = [](uint32_t country, const char* tag, uint8_t source = map::kLimitSigned) {
    MadeDrive drive;
    drive.law.country = country;
    map::Attributes& facts = drive.map.attributes[0];
    facts.limit_low[0][map::kCar] = facts.limit_high[0][map::kCar] = 400;
    facts.limit_source[0] = source;
    facts.quote_count = tag[0] == 0 ? 0 : 1;
    drive.map.quotes = {{map::kQuotedLimit, 3, 255, 0, drive.map.name(tag)}};
    return of_leg(&drive);
  };
  for (const char* tag : {"", "maxspeed:forward=40"}) {
    for (const uint32_t country : {kBritain, kStates}) {
      EXPECT_DOUBLE_EQ(limit(country, tag).low_kmh, 40);
      EXPECT_DOUBLE_EQ(limit(country, tag).high_kmh, 40 * 1.609344);
      EXPECT_EQ(limit(country, tag).reasons, kReason_limit_interval);
    }
    EXPECT_DOUBLE_EQ(limit(kGermany, tag).high_kmh, 40);
    EXPECT_DOUBLE_EQ(limit(0, tag).high_kmh, 40);
  }
  EXPECT_DOUBLE_EQ(limit(kStates, "maxspeed=40 km/h").high_kmh, 40);
  EXPECT_DOUBLE_EQ(limit(kStates, "maxspeed=25 mph").high_kmh, 40);
  EXPECT_DOUBLE_EQ(limit(kStates, "", map::kLimitOverlay).high_kmh, 40) << "an overlay says km/h";
}

TEST(LimitOf, WithoutASignAConditionThatMayHoldLeavesItOpen) {
  MadeDrive drive;
  drive.clause(&drive.map.attributes[0], map::kConditionLimit, 300, {{map::kTermKeyword, 0, map::kWet, 0, 0}});
  EXPECT_EQ(of_leg(&drive).known, Known::unknowable);
}

TEST(LimitOf, AConditionThatRepeatsTheSignIsNotKnown) {
  const auto known = [](uint16_t low, uint16_t high, uint16_t value) {
    MadeDrive drive;
    map::Attributes& facts = drive.map.attributes[0];
    facts.limit_low[0][map::kCar] = low;
    facts.limit_high[0][map::kCar] = high;
    drive.clause(&facts, map::kConditionLimit, value, {{map::kTermKeyword, 0, map::kWet, 0, 0}});
    return of_leg(&drive).known;
  };
  EXPECT_EQ(known(600, 600, 600), Known::unknowable) << "whoever wrote it meant those times alone";
  EXPECT_EQ(known(600, 600, 500), Known::number);
  EXPECT_EQ(known(400, 600, 600), Known::number) << "the sign may say less";
}

TEST(LimitOf, OfADamagedTileNoneIsKnown) {
  MadeDrive drive;
  drive.map.damaged_tile = 1;
  EXPECT_EQ(of_leg(&drive).known, Known::none);
}

TEST(LimitOf, ASignOfAnOverlayIsSaid) {
  MadeDrive drive;
  map::Attributes& facts = drive.map.attributes[0];
  facts.limit_low[0][map::kCar] = facts.limit_high[0][map::kCar] = 400;
  facts.limit_source[0] = map::kLimitOverlay;
  EXPECT_EQ(of_leg(&drive).source, SourceTag::overlay_limit);
}

TEST(LimitOf, TheTagOfASignOrAZoneIsQuoted) {
  MadeDrive drive;
  map::Attributes& facts = drive.map.attributes[0];
  facts.limit_low[0][map::kCar] = facts.limit_high[0][map::kCar] = 402;
  facts.quote_count = 1;
  drive.map.quotes = {{map::kQuotedLimit, 3, 255, 0, drive.map.name("maxspeed=25 mph")}};
  EXPECT_EQ(of_leg(&drive).text, 0);
}

TEST(LimitOf, AConditionThatHoldsTakesThePlaceOfTheSign) {
  for (const uint8_t kind : {map::kTermAlways, map::kTermKeyword}) {
    MadeDrive drive;
    map::Attributes& facts = drive.map.attributes[0];
    facts.limit_low[0][map::kCar] = facts.limit_high[0][map::kCar] = 600;
    facts.condition_count = 1;
    map::Condition clause{};
    clause.target = map::kConditionLimit;
    clause.directions = 3;
    clause.vehicles = 255;
    clause.value = 300;
    clause.term_count = 1;
    clause.text = map::kNone16;
    drive.map.conditions = {clause};
    drive.map.terms = {{kind, 0, map::kWet, 0, 0}};
    const Limit limit = of_leg(&drive);
    EXPECT_DOUBLE_EQ(limit.low_kmh, 30);
    EXPECT_DOUBLE_EQ(limit.high_kmh, kind == map::kTermAlways ? 30 : 60);
    EXPECT_EQ(limit.reasons != 0, kind == map::kTermKeyword) << "nobody knows whether it was wet";
  }
}

}  // namespace
}  // namespace tomare::rules
