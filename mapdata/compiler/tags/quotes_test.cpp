// SPDX-License-Identifier: MIT
// Tags that are quoted because the attributes would be written as others.
#include "mapdata/compiler/tags/quotes.hpp"

#include <gtest/gtest.h>

#include "mapdata/compiler/tags/way_facts.hpp"

namespace tomare::compiler {
namespace {

std::vector<std::string> quoted(std::initializer_list<std::pair<const char*, const char*>> list) {
  Tags tags;
  tags.add("highway", "residential");
  for (const auto& [key, value] : list) tags.add(key, value);
  std::vector<std::string> texts;
  for (const QuotedTag& q : way_facts(tags).quotes) texts.push_back(q.text);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Quotes, PlainTagsNeedNone) {
  EXPECT_EQ(quoted({{"oneway", "yes"}, {"maxspeed", "60"}, {"motor_vehicle", "destination"}}), Texts());
}

TEST(Quotes, OtherSpellingsAreKept) {
  EXPECT_EQ(quoted({{"oneway", "-1"}}), Texts{"oneway=-1"});
  EXPECT_EQ(quoted({{"vehicle:backward", "no"}}), Texts{"vehicle:backward=no"});
  EXPECT_EQ(quoted({{"junction", "circular"}}), Texts{"junction=circular"});
  EXPECT_EQ(quoted({{"motor_vehicle", "agricultural;forestry"}}), Texts{"motor_vehicle=agricultural;forestry"});
  EXPECT_EQ(quoted({{"maxspeed", "30 mph"}}), Texts{"maxspeed=30 mph"});
  EXPECT_EQ(quoted({{"zone:traffic", "DE:urban"}}), Texts{"zone:traffic=DE:urban"});
}

TEST(Quotes, WhatOsmWouldNotTakeIsCut) {
  const std::string text = tag_text("maxspeed:conditional", std::string(5000, 'x'));
  EXPECT_LT(text.size(), 2100U);
}

}  // namespace
}  // namespace tomare::compiler
