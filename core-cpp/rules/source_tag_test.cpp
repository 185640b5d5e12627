// SPDX-License-Identifier: MIT
// The tag that a finding cites, for every source and every entry of the lists that its detail names.
#include "core-cpp/rules/source_tag.hpp"

#include <gtest/gtest.h>

#include <iterator>

namespace tomare::rules {
namespace {

std::string text(SourceTag source, int high = 0, int low = 0, map::RoadClass road_class = map::kResidential) {
  std::string out;
  Finding f;
  f.source = source;
  f.source_detail = static_cast<uint16_t>(high << 8 | low);
  append_tag(f, road_class, &out);
  return out;
}

TEST(SourceTag, FixedTexts) {
  EXPECT_EQ(text(SourceTag::none), "");
  EXPECT_EQ(text(SourceTag::stop), "highway=stop");
  EXPECT_EQ(text(SourceTag::crossing), "railway=level_crossing");
  EXPECT_EQ(text(SourceTag::oneway), "oneway=yes");
  EXPECT_EQ(text(SourceTag::roundabout), "junction=roundabout");
  EXPECT_EQ(text(SourceTag::motorway), "highway=motorway");
  EXPECT_EQ(text(SourceTag::maxspeed), "maxspeed");
  EXPECT_EQ(text(SourceTag::zone), "maxspeed:type");
  EXPECT_EQ(text(SourceTag::minspeed), "minspeed");
  EXPECT_EQ(text(SourceTag::law), "law");
  EXPECT_EQ(text(SourceTag::overlay_stop), "overlay:stop");
  EXPECT_EQ(text(SourceTag::overlay_oneway), "overlay:oneway");
  EXPECT_EQ(text(SourceTag::overlay_limit), "overlay:limit");
  EXPECT_EQ(text(SourceTag::overlay_crossing), "overlay:level_crossing");
  EXPECT_EQ(text(static_cast<SourceTag>(200)), "");
#define TOMARE_COUNTED(number, name, form, text) +1
  constexpr int kTags = 0 TOMARE_SOURCE_TAGS(TOMARE_COUNTED);
#undef TOMARE_COUNTED
  EXPECT_EQ(text(static_cast<SourceTag>(kTags)), "") << "the first that is none";
}

TEST(SourceTag, ALimitHasItsFigure) {
  const auto limit = [](double kmh) {
    std::string out;
    Finding f;
    f.source = SourceTag::maxspeed;
    f.measure(kMeasure_limit_kmh, kmh);
    append_tag(f, map::kResidential, &out);
    return out;
  };
  EXPECT_EQ(limit(60), "maxspeed=60");
  EXPECT_EQ(limit(48.6), "maxspeed=49") << "the nearest whole number";
  EXPECT_EQ(limit(1), "maxspeed=1");
  EXPECT_EQ(limit(999), "maxspeed=999");
  for (const double none : {0.9, 1000.0}) EXPECT_EQ(limit(none), "maxspeed") << "no limit is so";
}

TEST(SourceTag, AccessIsKeyAndValue) {
  const std::pair<map::AccessKey, std::string> keys[] = {
      {map::kKeyAccess, "access"},         {map::kKeyVehicle, "vehicle"}, {map::kKeyMotorVehicle, "motor_vehicle"},
      {map::kKeyMotorcar, "motorcar"},     {map::kKeyGoods, "goods"},     {map::kKeyHgv, "hgv"},
      {map::kKeyTrailer, "trailer"},       {map::kKeyPsv, "psv"},         {map::kKeyBus, "bus"},
      {map::kKeyMotorcycle, "motorcycle"}, {map::kKeyMoped, "moped"},     {map::kKeyOverlay, "overlay:closure"}};
  const std::pair<map::Access, std::string> values[] = {{map::kAccessYes, "yes"},
                                                        {map::kAccessPermissive, "permissive"},
                                                        {map::kAccessNo, "no"},
                                                        {map::kAccessDesignated, "designated"},
                                                        {map::kAccessPrivate, "private"},
                                                        {map::kAccessDestination, "destination"},
                                                        {map::kAccessDelivery, "delivery"},
                                                        {map::kAccessCustomers, "customers"},
                                                        {map::kAccessPermit, "permit"},
                                                        {map::kAccessForestry, "forestry"},
                                                        {map::kAccessOther, "other"}};
  for (const auto& [key, key_text] : keys) {
    for (const auto& [value, value_text] : values) {
      EXPECT_EQ(text(SourceTag::access, key, value), key_text + "=" + value_text);
    }
  }
  for (const size_t unknown : {std::size(map::kAccessTexts), size_t{200}}) {
    EXPECT_EQ(text(SourceTag::access, map::kKeyAccess, static_cast<int>(unknown)), "access=");
  }
}

TEST(SourceTag, AClosedClassIsCitedAsItself) {
  EXPECT_EQ(text(SourceTag::access, map::kKeyHighway, map::kAccessNo, map::kPedestrian), "highway=pedestrian");
  EXPECT_EQ(text(SourceTag::access, map::kKeyHighway, map::kAccessNo, map::kBusway), "highway=busway");
  EXPECT_EQ(text(SourceTag::access, map::kKeyNone, map::kAccessNo, map::kRaceway), "highway=raceway");
}

TEST(SourceTag, RestrictionsNameTheMovement) {
  const std::pair<map::TurnKind, std::string> turns[] = {
      {map::kTurnLeft, "left_turn"}, {map::kTurnRight, "right_turn"}, {map::kTurnStraight, "straight_on"},
      {map::kTurnU, "u_turn"},       {map::kTurnEntry, "entry"},      {map::kTurnExit, "exit"}};
  for (const auto& [turn, turn_text] : turns) {
    EXPECT_EQ(text(SourceTag::restriction, turn, 0), "restriction=no_" + turn_text);
    EXPECT_EQ(text(SourceTag::restriction, turn, 1), "restriction=only_" + turn_text);
    EXPECT_EQ(text(SourceTag::overlay_turn, turn, 0), "overlay:turn_ban=no_" + turn_text);
    EXPECT_EQ(text(SourceTag::overlay_turn, turn, 1), "overlay:turn_ban=only_" + turn_text);
  }
}

}  // namespace
}  // namespace tomare::rules
