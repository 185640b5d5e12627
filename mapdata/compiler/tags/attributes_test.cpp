// SPDX-License-Identifier: MIT
// Tables of way tags and the facts that they must become: one-way, access, limits, form.
#include "mapdata/compiler/tags/attributes.hpp"

#include <gtest/gtest.h>

#include "mapdata/compiler/tags/way_facts.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names, all of them used here
using TagList = std::vector<std::pair<std::string_view, std::string_view>>;

WayFacts facts_of(const TagList& list) {
  Tags tags;
  bool has_class = false;
  for (const auto& [key, value] : list) {
    if (is_way_key(key)) tags.add(key, value);
    has_class = has_class || key == "highway";
  }
  if (!has_class) tags.add("highway", "residential");
  return way_facts(tags);
}

std::string text(const TagList& list) {
  std::string all;
  for (const auto& [key, value] : list) all += std::string(key) + "=" + std::string(value) + " ";
  return all;
}

constexpr uint8_t kEvery = 0x7F, kNobody = 0;
constexpr uint8_t kNoBus = kEvery & ~(1U << kBus), kNoMoped = kEvery & ~(1U << kMoped);
constexpr uint8_t kNoTwoWheels = kNoMoped & ~(1U << kMotorcycle);

TEST(Attributes, Oneway) {
  const struct {
    TagList tags;
    uint8_t forward, backward;  ///< vehicles kept from driving in the direction
    OnewaySource source;
  } kTable[] = {
      {{}, kNobody, kNobody, kOnewayNone},
      {{{"oneway", "yes"}}, kNobody, kEvery, kOnewayGiven},
      {{{"oneway", "true"}}, kNobody, kEvery, kOnewayGiven},
      {{{"oneway", "1"}}, kNobody, kEvery, kOnewayGiven},
      {{{"oneway", "-1"}}, kEvery, kNobody, kOnewayGiven},
      {{{"oneway", "reverse"}}, kEvery, kNobody, kOnewayGiven},
      {{{"oneway", "no"}}, kNobody, kNobody, kOnewayNone},
      {{{"oneway", "false"}}, kNobody, kNobody, kOnewayNone},
      {{{"oneway", "reversible"}}, kNobody, kNobody, kOnewayUnknown},
      {{{"oneway", "alternating"}}, kNobody, kNobody, kOnewayUnknown},
      {{{"oneway", "sometimes"}}, kNobody, kNobody, kOnewayNone},
      {{{"junction", "roundabout"}}, kNobody, kEvery, kOnewayImplied},
      {{{"junction", "circular"}}, kNobody, kEvery, kOnewayImplied},
      {{{"junction", "roundabout"}, {"oneway", "no"}}, kNobody, kNobody, kOnewayNone},
      {{{"highway", "motorway"}}, kNobody, kEvery, kOnewayImplied},
      {{{"highway", "motorway"}, {"oneway", "no"}}, kNobody, kNobody, kOnewayNone},
      {{{"highway", "motorway"}, {"oneway", "shuttle"}}, kNobody, kNobody, kOnewayUnknown},
      {{{"junction", "roundabout"}, {"oneway", "sometimes"}}, kNobody, kNobody, kOnewayUnknown},
      {{{"highway", "motorway"}, {"oneway", "-1"}}, kEvery, kNobody, kOnewayGiven},
      {{{"highway", "motorway_link"}}, kNobody, kNobody, kOnewayNone},
      {{{"highway", "trunk"}}, kNobody, kNobody, kOnewayNone},
      {{{"oneway", "yes"}, {"oneway:bicycle", "no"}}, kNobody, kEvery, kOnewayGiven},
      {{{"oneway:bicycle", "yes"}}, kNobody, kNobody, kOnewayNone},
      {{{"oneway", "yes"}, {"oneway:psv", "no"}}, kNobody, kNoBus, kOnewayGiven},
      {{{"oneway", "yes"}, {"oneway:bus", "no"}}, kNobody, kNoBus, kOnewayGiven},
      {{{"oneway", "yes"}, {"busway", "opposite_lane"}}, kNobody, kNoBus, kOnewayGiven},
      {{{"oneway", "yes"}, {"busway", "lane"}}, kNobody, kEvery, kOnewayGiven},
      {{{"oneway", "yes"}, {"oneway:moped", "no"}}, kNobody, kNoMoped, kOnewayGiven},
      {{{"oneway", "yes"}, {"oneway:moped", "no"}, {"oneway:motorcycle", "no"}}, kNobody, kNoTwoWheels, kOnewayGiven},
      {{{"oneway:motorcar", "yes"}}, kNobody, 1U << kCar, kOnewayGiven},
      {{{"oneway:motor_vehicle", "yes"}}, kNobody, kEvery, kOnewayGiven},
      {{{"oneway:hgv", "yes"}}, kNobody, 1U << kLargeGoods | 1U << kTrailer, kOnewayGiven},
  };
  for (const auto& row : kTable) {
    const Attributes a = facts_of(row.tags).attributes;
    EXPECT_EQ(a.oneway_against[kForward], row.forward) << text(row.tags);
    EXPECT_EQ(a.oneway_against[kBackward], row.backward) << text(row.tags);
    EXPECT_EQ(a.oneway_source, row.source) << text(row.tags);
  }
}

TEST(Attributes, ALimitAgainstTheArrowPutsItInDoubt) {
  const auto unsure = [](const TagList& tags) { return (facts_of(tags).attributes.flags & kFlagOnewayUnsure) != 0; };
  EXPECT_TRUE(unsure({{"oneway", "yes"}, {"maxspeed:backward", "30"}}));
  EXPECT_TRUE(unsure({{"oneway", "-1"}, {"maxspeed:forward", "30"}}));
  EXPECT_FALSE(unsure({{"oneway", "yes"}, {"maxspeed:forward", "30"}}));
  EXPECT_FALSE(unsure({{"maxspeed:backward", "30"}}));
}

TEST(Attributes, LanesAgainstTheArrowPutItInDoubt) {
  const auto unsure = [](const std::string_view key, const std::string_view value) {
    const WayFacts facts = facts_of({{"oneway", "yes"}, {key, value}});
    return (facts.attributes.flags & kFlagOnewayUnsure) != 0;
  };
  for (const std::string_view key : {"lanes:reversible", "lanes:both_ways", "lanes:backward"}) {
    EXPECT_TRUE(unsure(key, "1")) << key;
    EXPECT_FALSE(unsure(key, "0")) << key;
  }
  EXPECT_TRUE(unsure("turn:lanes:backward", "left|through"));
  EXPECT_TRUE(unsure("turn:lanes:both_ways", "left"));
  EXPECT_FALSE(unsure("turn:lanes:forward", "left|through"));
  const WayFacts bus = facts_of({{"oneway", "yes"}, {"lanes:bus:backward", "1"}, {"turn:lanes:backward", "through"}});
  EXPECT_EQ(bus.attributes.flags & kFlagOnewayUnsure, 0);
}

/// Of the conditions on a target: key, value, and whether they are understood.
struct Clausal {
  AccessKey key;
  uint16_t value;
  bool understood;
  size_t terms;
  bool operator==(const Clausal&) const = default;
};

std::vector<Clausal> clauses_of(const TagList& tags, ConditionTarget target) {
  std::vector<Clausal> found;
  for (const ParsedCondition& c : facts_of(tags).conditions) {
    if (c.target == target) found.push_back({c.key, c.value, c.understood, c.terms.size()});
  }
  return found;
}

TEST(Attributes, AVehiclesOwnArrowGoesBeforeAClauseForAll) {
  const std::string_view hours = "yes @ (07:00-09:00)";
  const Clausal clause = {kKeyNone, 1, true, 1}, bus = {kKeyBus, 0, true, 0};
  for (const std::pair<std::string_view, std::string_view> tag :
       {std::pair{"oneway:bus", "no"}, {"oneway:coach", "no"}, {"busway", "opposite_lane"}, {"bus", "opposite"}}) {
    const TagList tags = {{"oneway:conditional", hours}, {tag.first, tag.second}};
    EXPECT_EQ(clauses_of(tags, kConditionOneway), (std::vector<Clausal>{clause, bus})) << tag.first;
  }
  EXPECT_EQ(clauses_of({{"oneway:conditional", hours}, {"oneway:hgv", "reversible"}}, kConditionOneway),
            (std::vector<Clausal>{clause, {kKeyHgv, 3, false, 0}}));
  EXPECT_TRUE(clauses_of({{"oneway", "yes"}, {"oneway:bus", "no"}}, kConditionOneway).empty()) << "no clause for all";
}

TEST(Attributes, WhoIsLetInFromOneEndByTheHourMayDriveFromThere) {
  const TagList let_in = {{"oneway", "yes"}, {"vehicle:backward:conditional", "yes @ (07:00-09:00)"}};
  EXPECT_EQ(clauses_of(let_in, kConditionOneway), (std::vector<Clausal>{{kKeyVehicle, 0, true, 1}}));
  const TagList errand = {{"oneway", "yes"}, {"vehicle:backward:conditional", "destination @ (07:00-09:00)"}};
  EXPECT_EQ(clauses_of(errand, kConditionOneway), (std::vector<Clausal>{{kKeyVehicle, 0, false, 1}}));
  for (const TagList& tags : {TagList{{"oneway", "yes"}, {"vehicle:backward:conditional", "no @ (07:00-09:00)"}},
                              TagList{{"oneway", "yes"}, {"vehicle:conditional", "yes @ (07:00-09:00)"}},
                              TagList{{"vehicle:backward:conditional", "yes @ (07:00-09:00)"}}}) {
    EXPECT_TRUE(clauses_of(tags, kConditionOneway).empty()) << text(tags);
  }
}

TEST(Attributes, DatesOfTheRoadLiftItsFactsPerhaps) {
  const Clausal access = {kKeyMoped, kAccessPermissive, true, 2}, arrow = {kKeyMoped, 0, true, 2};
  for (const std::string_view key : {"start_date", "end_date"}) {
    EXPECT_EQ(clauses_of({{"vehicle", "no"}, {key, "2031"}}, kConditionAccess), (std::vector<Clausal>{access})) << key;
    EXPECT_EQ(clauses_of({{"oneway", "yes"}, {key, "2031"}}, kConditionOneway), (std::vector<Clausal>{arrow})) << key;
    EXPECT_TRUE(clauses_of({{"vehicle", "yes"}, {key, "2031"}}, kConditionAccess).empty()) << key;
    EXPECT_TRUE(clauses_of({{key, "2031"}}, kConditionLimit).empty()) << key;
    EXPECT_EQ(clauses_of({{"maxspeed", "30"}, {key, "2031"}}, kConditionLimit),
              (std::vector<Clausal>{{kKeyMoped, kLimitUnparsed, true, 2}}));
    EXPECT_TRUE(clauses_of({{"oneway", "no"}, {key, "2031"}}, kConditionOneway).empty()) << key;
  }
  EXPECT_TRUE(clauses_of({{"vehicle", "no"}, {"start_date", "2019-12-31"}}, kConditionAccess).empty()) << "long ago";
  EXPECT_EQ(clauses_of({{"vehicle", "no"}, {"end_date", "soon"}}, kConditionAccess).at(0).understood, false);
}

TEST(Attributes, HoursAndLanesThatMayOpenAClosedRoad) {
  const std::vector<Clausal> doubt = {{kKeyMoped, kAccessPermissive, false, 0}};
  for (const std::pair<std::string_view, std::string_view> tag :
       {std::pair{"opening_hours", "Mo-Fr"}, {"access:lanes", "yes|no"}, {"temporary:vehicle", "yes"}}) {
    EXPECT_EQ(clauses_of({{"access", "no"}, {tag.first, tag.second}}, kConditionAccess), doubt) << tag.first;
    EXPECT_TRUE(clauses_of({{tag.first, tag.second}}, kConditionAccess).empty()) << tag.first;
  }
  for (const std::pair<std::string_view, std::string_view> tag :
       {std::pair{"opening_hours", "24/7"}, {"access:lanes", "no|private"}, {"temporary:vehicle", "no"}}) {
    EXPECT_TRUE(clauses_of({{"access", "no"}, {tag.first, tag.second}}, kConditionAccess).empty()) << tag.first;
  }
}

TEST(Attributes, LimitsThatMayHold) {
  EXPECT_EQ(clauses_of({{"maxspeed", "30"}, {"maxspeed:summer", "60"}}, kConditionLimit),
            (std::vector<Clausal>{{kKeyNone, 600, false, 0}}));
  EXPECT_EQ(clauses_of({{"maxspeed:summer", "60"}}, kConditionLimit).size(), 1U);
  for (const std::string_view value : {"20", "30", "fast", "none"}) {
    EXPECT_TRUE(clauses_of({{"maxspeed", "30"}, {"maxspeed:summer", value}}, kConditionLimit).empty()) << value;
  }
  EXPECT_EQ(clauses_of({{"maxspeed", "80"}, {"maxspeed:coach", "100"}}, kConditionLimit),
            (std::vector<Clausal>{{kKeyBus, 1000, true, 1}}));
  EXPECT_EQ(clauses_of({{"maxspeed:bus", "60"}, {"maxspeed:coach", "DE:urban"}}, kConditionLimit),
            (std::vector<Clausal>{{kKeyBus, 600, true, 0}, {kKeyBus, kLimitUnparsed, true, 1}}));
}

TEST(Attributes, ALimitOfItsOwnBesideAClauseForAll) {
  const std::vector<Clausal> night = {{kKeyNone, 300, true, 1}, {kKeyHgv, 400, true, 0}, {kKeyHgv, 300, true, 2}};
  EXPECT_EQ(clauses_of({{"maxspeed", "50"}, {"maxspeed:hgv", "40"}, {"maxspeed:conditional", "30 @ (22:00-06:00)"}},
                       kConditionLimit),
            night)
      << "nobody knows which of the two goes before";
  const std::vector<Clausal> lowered = {{kKeyNone, 800, true, 1}, {kKeyHgv, 600, true, 0}};
  EXPECT_EQ(clauses_of({{"maxspeed", "100"}, {"maxspeed:hgv", "60"}, {"maxspeed:conditional", "80 @ (22:00-06:00)"}},
                       kConditionLimit),
            lowered);
  const std::vector<Clausal> lifted = {
      {kKeyNone, kLimitUnlimited, true, 1}, {kKeyMotorcar, 1000, true, 0}, {kKeyMotorcar, kLimitUnlimited, true, 2}};
  EXPECT_EQ(
      clauses_of({{"maxspeed:motorcar", "100"}, {"maxspeed:conditional", "none @ (22:00-06:00)"}}, kConditionLimit),
      lifted);
  EXPECT_EQ(
      clauses_of({{"maxspeed:hgv", "80"}, {"maxspeed:conditional", "none @ (22:00-06:00)"}}, kConditionLimit).size(),
      2U)
      << "no sign lifts the limit of lorries";
}

TEST(Attributes, LimitsOfLanesByTheHour) {
  EXPECT_EQ(clauses_of({{"maxspeed:lanes:conditional", "40|60 @ (22:00-06:00)"}}, kConditionLimit),
            (std::vector<Clausal>{{kKeyNone, 600, true, 1}, {kKeyNone, 400, true, 2}}));
  EXPECT_EQ(clauses_of({{"maxspeed:lanes:conditional", "60|60 @ (22:00-06:00)"}}, kConditionLimit),
            (std::vector<Clausal>{{kKeyNone, 600, true, 1}}));
  EXPECT_EQ(clauses_of({{"maxspeed:lanes:conditional", "40| @ (22:00-06:00)"}}, kConditionLimit),
            (std::vector<Clausal>{{kKeyNone, kLimitUnparsed, false, 1}}));
}

TEST(Attributes, ExceptionsAndDatesOfOneFact) {
  EXPECT_TRUE(clauses_of({{"oneway", "yes"}, {"oneway:end_date", "2020"}}, kConditionAccess).empty());
  EXPECT_EQ(clauses_of({{"oneway", "yes"}, {"oneway:end_date", "2020"}}, kConditionOneway).size(), 1U);
  EXPECT_TRUE(clauses_of({{"oneway", "yes"}, {"oneway:start_date", "1990"}}, kConditionOneway).empty());
  EXPECT_TRUE(clauses_of({{"oneway", "yes"}, {"bicycle:end_date", "2020"}}, kConditionOneway).empty());
  EXPECT_EQ(clauses_of({{"oneway", "yes"}, {"except", "residents"}}, kConditionOneway).size(), 1U);
  EXPECT_EQ(clauses_of({{"oneway", "yes"}, {"oneway:except", "hgv;bicycle"}}, kConditionOneway).size(), 1U);
  EXPECT_TRUE(clauses_of({{"oneway", "yes"}, {"oneway:except", "bicycle"}}, kConditionOneway).empty());
  EXPECT_TRUE(clauses_of({{"oneway", "yes"}, {"maxspeed:except", "residents"}}, kConditionOneway).empty());
  EXPECT_EQ(clauses_of({{"oneway", "yes"}, {"delivery:backward", "yes"}}, kConditionOneway).size(), 1U);
  EXPECT_TRUE(clauses_of({{"oneway", "yes"}, {"delivery:backward", "no"}}, kConditionOneway).empty());
}

TEST(Attributes, AccessByTheMostSpecificKey) {
  const struct {
    TagList tags;
    Vehicle vehicle;
    Access forward, backward;
    AccessKey key;  ///< forward
  } kTable[] = {
      {{}, kCar, kAccessUnset, kAccessUnset, kKeyNone},
      {{{"access", "no"}}, kCar, kAccessNo, kAccessNo, kKeyAccess},
      {{{"access", "no"}, {"vehicle", "yes"}}, kCar, kAccessYes, kAccessYes, kKeyVehicle},
      {{{"vehicle", "no"}, {"motor_vehicle", "destination"}},
       kCar,
       kAccessDestination,
       kAccessDestination,
       kKeyMotorVehicle},
      {{{"motorcar", "yes"}, {"motor_vehicle", "no"}, {"access", "no"}}, kCar, kAccessYes, kAccessYes, kKeyMotorcar},
      {{{"motorcar", "no"}}, kBus, kAccessUnset, kAccessUnset, kKeyNone},
      {{{"motor_vehicle", "no"}, {"psv", "yes"}}, kBus, kAccessYes, kAccessYes, kKeyPsv},
      {{{"motor_vehicle", "no"}, {"psv", "yes"}, {"bus", "no"}}, kBus, kAccessNo, kAccessNo, kKeyBus},
      {{{"motor_vehicle", "no"}, {"psv", "yes"}}, kCar, kAccessNo, kAccessNo, kKeyMotorVehicle},
      {{{"hgv", "no"}}, kLargeGoods, kAccessNo, kAccessNo, kKeyHgv},
      {{{"hgv", "no"}}, kTrailer, kAccessNo, kAccessNo, kKeyHgv},
      {{{"hgv", "no"}}, kLightGoods, kAccessUnset, kAccessUnset, kKeyNone},
      {{{"hgv", "yes"}, {"trailer", "no"}}, kTrailer, kAccessNo, kAccessNo, kKeyTrailer},
      {{{"goods", "no"}}, kLightGoods, kAccessNo, kAccessNo, kKeyGoods},
      {{{"motorcycle", "no"}}, kMotorcycle, kAccessNo, kAccessNo, kKeyMotorcycle},
      {{{"moped", "no"}}, kMotorcycle, kAccessUnset, kAccessUnset, kKeyNone},
      {{{"bicycle", "no"}, {"foot", "no"}}, kCar, kAccessUnset, kAccessUnset, kKeyNone},
      {{{"motor_vehicle:backward", "no"}}, kCar, kAccessUnset, kAccessNo, kKeyNone},
      {{{"motor_vehicle", "no"}, {"motor_vehicle:forward", "yes"}}, kCar, kAccessYes, kAccessNo, kKeyMotorVehicle},
      {{{"access", "private"}}, kCar, kAccessPrivate, kAccessPrivate, kKeyAccess},
      {{{"access", "delivery"}}, kCar, kAccessDelivery, kAccessDelivery, kKeyAccess},
      {{{"access", "customers"}}, kCar, kAccessCustomers, kAccessCustomers, kKeyAccess},
      {{{"access", "residents"}}, kCar, kAccessPermit, kAccessPermit, kKeyAccess},
      {{{"access", "agricultural"}}, kCar, kAccessForestry, kAccessForestry, kKeyAccess},
      {{{"access", "permissive"}}, kCar, kAccessPermissive, kAccessPermissive, kKeyAccess},
      {{{"access", "military"}}, kCar, kAccessPrivate, kAccessPrivate, kKeyAccess},
      {{{"access", "Public"}}, kCar, kAccessYes, kAccessYes, kKeyAccess},
      {{{"access", "seasonal"}}, kCar, kAccessOther, kAccessOther, kKeyAccess},
      {{{"access", "private;seasonal"}}, kCar, kAccessOther, kAccessOther, kKeyAccess},
      {{{"access", "psv;bicycle"}}, kCar, kAccessPermit, kAccessPermit, kKeyAccess},
      {{{"access", "psv;bicycle"}}, kBus, kAccessDesignated, kAccessDesignated, kKeyAccess},
      {{{"highway", "pedestrian"}}, kCar, kAccessNo, kAccessNo, kKeyHighway},
      {{{"highway", "pedestrian"}, {"motor_vehicle", "yes"}}, kCar, kAccessYes, kAccessYes, kKeyMotorVehicle},
      {{{"highway", "busway"}}, kCar, kAccessNo, kAccessNo, kKeyHighway},
      {{{"highway", "busway"}}, kBus, kAccessDesignated, kAccessDesignated, kKeyHighway},
  };
  for (const auto& row : kTable) {
    const Attributes a = facts_of(row.tags).attributes;
    EXPECT_EQ(access_in(a, kForward, row.vehicle), row.forward) << text(row.tags);
    EXPECT_EQ(access_in(a, kBackward, row.vehicle), row.backward) << text(row.tags);
    EXPECT_EQ(a.access_key[kForward][row.vehicle], row.key) << text(row.tags);
  }
}

TEST(Attributes, LimitValues) {
  const struct {
    std::string_view value;
    uint16_t low, high;  ///< tenths of km/h
    ZoneContext zone;
  } kTable[] = {
      {"50", 500, 500, kZoneNone},
      {"7.5", 75, 75, kZoneNone},
      {"50 km/h", 500, 500, kZoneNone},
      {"30 mph", 483, 483, kZoneNone},
      {"30mph", 483, 483, kZoneNone},
      {"10 knots", 185, 185, kZoneNone},
      {"none", kLimitUnlimited, kLimitUnlimited, kZoneNone},
      {"walk", 70, 70, kZoneNone},
      {"signals", kLimitVariable, kLimitVariable, kZoneNone},
      {"variable", kLimitVariable, kLimitVariable, kZoneNone},
      {"50;30", 300, 500, kZoneNone},
      {"30; 50", 300, 500, kZoneNone},
      {"50;none", 500, kLimitUnlimited, kZoneNone},
      {"JP:urban", kLimitUnset, kLimitUnset, kZoneUrban},
      {"DE:rural", kLimitUnset, kLimitUnset, kZoneRural},
      {"DE:zone30", kLimitUnset, kLimitUnset, kZone30},
      {"DE:zone:30", kLimitUnset, kLimitUnset, kZone30},
      {"RO:motorway", kLimitUnset, kLimitUnset, kZoneMotorway},
      {"fast", kLimitUnparsed, kLimitUnparsed, kZoneNone},
      {"50 furlongs", kLimitUnparsed, kLimitUnparsed, kZoneNone},
      {"0", kLimitUnparsed, kLimitUnparsed, kZoneNone},
      {"9999", kLimitUnparsed, kLimitUnparsed, kZoneNone},
      {"50,30", kLimitUnparsed, kLimitUnparsed, kZoneNone},
      {"-50", kLimitUnparsed, kLimitUnparsed, kZoneNone},
  };
  const std::string endless = std::string(400, '9') + "." + std::string(400, '9');
  EXPECT_EQ(limit_value(endless).high, kLimitUnparsed);
  for (const auto& row : kTable) {
    const LimitValue limit = limit_value(row.value);
    EXPECT_EQ(limit.low, row.low) << row.value;
    EXPECT_EQ(limit.high, row.high) << row.value;
    EXPECT_EQ(limit.zone, row.zone) << row.value;
  }
}

TEST(Attributes, LimitsByDirectionAndVehicle) {
  const struct {
    TagList tags;
    int direction;
    Vehicle vehicle;
    uint16_t low, high;
    LimitSource source;
  } kTable[] = {
      {{}, kForward, kCar, kLimitUnset, kLimitUnset, kLimitNone},
      {{{"maxspeed", "40"}}, kForward, kCar, 400, 400, kLimitSigned},
      {{{"maxspeed", "40"}}, kBackward, kMoped, 400, 400, kLimitSigned},
      {{{"maxspeed", "40"}, {"maxspeed:backward", "30"}}, kForward, kCar, 400, 400, kLimitSigned},
      {{{"maxspeed", "40"}, {"maxspeed:backward", "30"}}, kBackward, kCar, 300, 300, kLimitSigned},
      {{{"maxspeed:forward", "50"}}, kBackward, kCar, kLimitUnset, kLimitUnset, kLimitNone},
      {{{"maxspeed", "80"}, {"maxspeed:hgv", "60"}}, kForward, kTrailer, 600, 600, kLimitSigned},
      {{{"maxspeed", "80"}, {"maxspeed:hgv", "60"}}, kForward, kCar, 800, 800, kLimitSigned},
      {{{"maxspeed", "80"}, {"maxspeed:bus", "60"}, {"maxspeed:bus:backward", "50"}},
       kBackward,
       kBus,
       500,
       500,
       kLimitSigned},
      {{{"maxspeed:lanes", "60|80|80"}}, kForward, kCar, 600, 800, kLimitSigned},
      {{{"maxspeed:advisory", "30"}}, kForward, kCar, kLimitUnset, kLimitUnset, kLimitNone},
      {{{"maxspeed", "none"}}, kForward, kCar, kLimitUnlimited, kLimitUnlimited, kLimitSigned},
      {{{"maxspeed:type", "JP:urban"}}, kForward, kCar, kLimitUnset, kLimitUnset, kLimitZone},
      {{{"source:maxspeed", "DE:rural"}}, kForward, kCar, kLimitUnset, kLimitUnset, kLimitZone},
      {{{"source:maxspeed", "sign"}}, kForward, kCar, kLimitUnparsed, kLimitUnparsed, kLimitSigned},
      {{{"source:maxspeed", "survey"}}, kForward, kCar, kLimitUnset, kLimitUnset, kLimitNone},
      {{{"maxspeed", "50"}, {"maxspeed:type", "DE:urban"}}, kForward, kCar, 500, 500, kLimitSigned},
      {{{"maxspeed:hgv", "DE:urban"}}, kForward, kCar, kLimitUnset, kLimitUnset, kLimitSigned},
      {{{"maxspeed:hgv", "DE:urban"}}, kForward, kTrailer, kLimitUnparsed, kLimitUnparsed, kLimitSigned},
      {{{"maxspeed", "100"}, {"maxspeed:hgv", "DE:rural"}}, kForward, kCar, 1000, 1000, kLimitSigned},
      {{{"maxspeed", "100"}, {"maxspeed:hgv", "DE:rural"}},
       kForward,
       kTrailer,
       kLimitUnparsed,
       kLimitUnparsed,
       kLimitSigned},
      {{{"maxspeed:forward", "DE:urban"}}, kBackward, kCar, kLimitUnset, kLimitUnset, kLimitNone},
      {{{"maxspeed:forward", "DE:urban"}}, kForward, kCar, kLimitUnparsed, kLimitUnparsed, kLimitSigned},
  };
  for (const auto& row : kTable) {
    const Attributes a = facts_of(row.tags).attributes;
    EXPECT_EQ(a.limit_low[row.direction][row.vehicle], row.low) << text(row.tags);
    EXPECT_EQ(a.limit_high[row.direction][row.vehicle], row.high) << text(row.tags);
    EXPECT_EQ(a.limit_source[row.direction], row.source) << text(row.tags);
  }
}

TEST(Attributes, AZoneOfSomeIsNotThatOfAll) {
  EXPECT_EQ(facts_of({{"maxspeed:hgv", "DE:urban"}}).attributes.zone, kZoneNone);
  EXPECT_EQ(facts_of({{"maxspeed:forward", "DE:urban"}}).attributes.zone, kZoneNone);
  EXPECT_EQ(facts_of({{"maxspeed:forward", "DE:urban"}, {"maxspeed:backward", "DE:urban"}}).attributes.zone,
            kZoneUrban);
  const Attributes same = facts_of({{"maxspeed", "DE:rural"}, {"maxspeed:hgv", "DE:rural"}}).attributes;
  EXPECT_EQ(same.zone, kZoneRural);
  EXPECT_EQ(same.limit_high[kForward][kTrailer], kLimitUnset);
}

TEST(Attributes, LimitByLaneKeepsTheLimitOfTheVehicle) {
  const Attributes a = facts_of({{"maxspeed:lanes", "60|80"}, {"maxspeed:hgv", "50"}}).attributes;
  EXPECT_EQ(a.limit_high[kForward][kCar], 800);
  EXPECT_EQ(a.limit_high[kForward][kLargeGoods], 500);
}

TEST(Attributes, Form) {
  const Attributes a = facts_of({{"highway", "trunk_link"},
                                 {"bridge", "viaduct"},
                                 {"layer", "2"},
                                 {"lanes", "3"},
                                 {"motorroad", "yes"},
                                 {"toll", "no"},
                                 {"divider", "solid_line"}})
                           .attributes;
  EXPECT_EQ(a.road_class, kTrunk);
  EXPECT_EQ(a.flags, kFlagLink | kFlagBridge | kFlagMotorroad);
  EXPECT_EQ(a.layer, 2);
  EXPECT_EQ(a.lanes, 3);
  EXPECT_EQ(a.centre_line, kYes);
  const Attributes b =
      facts_of({{"tunnel", "yes"}, {"layer", "-1"}, {"lane_markings", "no"}, {"dual_carriageway", "yes"}}).attributes;
  EXPECT_EQ(b.flags, kFlagTunnel);
  EXPECT_EQ(b.layer, -1);
  EXPECT_EQ(b.centre_line, kNo);
  EXPECT_EQ(b.divided, kDividedTagged);
  EXPECT_EQ(facts_of({{"layer", "99999999999999"}, {"lanes", "-4"}}).attributes.lanes, 0);
}

TEST(Attributes, Classes) {
  RoadClass kind;
  bool link = false;
  for (const std::string_view open :
       {"motorway", "primary_link", "residential", "service", "track", "pedestrian", "busway", "road", "Residential",
        "Primary_Link", "residential; service", "footway;residential"}) {
    EXPECT_TRUE(road_class(open, &kind, &link)) << open;
  }
  for (const std::string_view closed : {"footway", "path", "steps", "cycleway", "bridleway", "proposed",
                                        "residential_link", "", "Footway", "path;steps", "proposed;construction"}) {
    EXPECT_FALSE(road_class(closed, &kind, &link)) << closed;
  }
}

TEST(Attributes, ConditionalKeys) {
  const struct {
    TagList tags;
    int conditions;
    ConditionTarget target;
    uint8_t directions, vehicles;
  } kTable[] = {
      {{{"motor_vehicle:conditional", "no @ (Mo-Fr 07:30-08:30)"}}, 1, kConditionAccess, 3, kEvery},
      {{{"motorcar:backward:conditional", "no @ (22:00-06:00)"}}, 1, kConditionAccess, 2, 1U << kCar},
      {{{"oneway:conditional", "yes @ (07:00-09:00); no @ (16:00-18:00)"}}, 2, kConditionOneway, 3, kEvery},
      {{{"maxspeed:hgv:forward:conditional", "60 @ (22:00-06:00)"}},
       1,
       kConditionLimit,
       1,
       1U << kLargeGoods | 1U << kTrailer},
      {{{"maxspeed:conditional", "80 @ wet"}}, 1, kConditionLimit, 3, kEvery},
      {{{"parking:lane:conditional", "no @ (08:00-18:00)"}}, 0, kConditionAccess, 0, 0},
      {{{"bicycle:conditional", "no @ (08:00-18:00)"}}, 0, kConditionAccess, 0, 0},
  };
  for (const auto& row : kTable) {
    const WayFacts facts = facts_of(row.tags);
    ASSERT_EQ(facts.conditions.size(), static_cast<size_t>(row.conditions)) << text(row.tags);
    if (row.conditions == 0) continue;
    EXPECT_EQ(facts.conditions[0].target, row.target) << text(row.tags);
    EXPECT_EQ(facts.conditions[0].directions, row.directions) << text(row.tags);
    EXPECT_EQ(facts.conditions[0].vehicles, row.vehicles) << text(row.tags);
  }
}

}  // namespace
}  // namespace tomare::compiler
