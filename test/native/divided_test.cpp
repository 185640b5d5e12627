// SPDX-License-Identifier: MIT
// Which one-way roads are taken for half of a divided road (Japan's default of 30 or 60 rests on it).
#include <gtest/gtest.h>

#include "test/native/drawn_map.hpp"

namespace tomare::compiler {
namespace {

using testing::OsmData;
using testing::TagList;

/// What the map says of way 1001, which runs 300 m to the east.
int divided(const OsmData& data) {
  testing::OpenMap map(testing::compile(data));
  EXPECT_EQ(map.error, Error::OK);
  map::Graph graph(map.file);
  const map::Tile* tile = graph.tile(0);
  int found = -1;
  for (uint32_t i = 0; i < tile->count(map::kSegments); ++i) {
    if (tile->way_of(i).id == 1001) found = tile->attributes_of(i).divided;
  }
  return found;
}

/// The road beside it begins at its end and runs back, `aside` metres away and `length` metres long.
OsmData pair(double aside, double length, const TagList& own, const TagList& other) {
  TagList a = {{"highway", "primary"}}, b = {{"highway", "primary"}};
  a.insert(a.end(), own.begin(), own.end());
  b.insert(b.end(), other.begin(), other.end());
  return {{{1, 0, 0, {}}, {2, 300, 0, {}}, {3, 300, aside, {}}, {4, 300 - length, aside, {}}},
          {{1001, {1, 2}, a}, {1002, {3, 4}, b}},
          {}};
}

const TagList kNamed = {{"oneway", "yes"}, {"name", "Ring"}};

TEST(Divided, ByThePairOfOneNameAndOppositeDirections) {
  EXPECT_EQ(divided(pair(12, 300, kNamed, kNamed)), map::kDividedInferred);
  EXPECT_EQ(divided(pair(28, 300, kNamed, kNamed)), map::kDividedInferred);
  EXPECT_EQ(divided(pair(12, 170, kNamed, kNamed)), map::kDividedInferred) << "beside more than half of it";
}

TEST(Divided, ByTheRefWhereThereIsNoName) {
  const TagList ref = {{"oneway", "yes"}, {"ref", "1"}};
  EXPECT_EQ(divided(pair(12, 300, ref, ref)), map::kDividedInferred);
}

TEST(Divided, DrawnAgainstItsDirection) {
  const TagList against = {{"oneway", "-1"}, {"name", "Ring"}};
  EXPECT_EQ(divided(pair(12, 300, against, against)), map::kDividedInferred);
  EXPECT_EQ(divided(pair(12, 300, kNamed, against)), map::kNotDivided) << "both run to the east";
}

TEST(Divided, NotByWhatIsNoPair) {
  EXPECT_EQ(divided(pair(12, 300, kNamed, {{"oneway", "yes"}, {"name", "Other"}})), map::kNotDivided);
  EXPECT_EQ(divided(pair(12, 300, {{"oneway", "yes"}}, {{"oneway", "yes"}})), map::kNotDivided) << "no name";
  EXPECT_EQ(divided(pair(12, 300, kNamed, {{"name", "Ring"}})), map::kNotDivided) << "the other is two-way";
  EXPECT_EQ(divided(pair(12, 300, {{"name", "Ring"}}, kNamed)), map::kNotDivided) << "two-way itself";
  EXPECT_EQ(divided(pair(34, 300, kNamed, kNamed)), map::kNotDivided) << "too far";
  EXPECT_EQ(divided(pair(12, 110, kNamed, kNamed)), map::kNotDivided) << "beside less than half of it";
}

TEST(Divided, NotByTheOtherSideOfItsOwnLoop) {
  const TagList ring = {{"highway", "primary"}, {"oneway", "yes"}, {"name", "Ring"}};
  const OsmData loop = {
      {{1, 0, 0, {}}, {2, 300, 0, {}}, {3, 300, 12, {}}, {4, 0, 12, {}}}, {{1001, {1, 2, 3, 4}, ring}}, {}};
  EXPECT_EQ(divided(loop), map::kNotDivided);
}

TEST(Divided, ATagGoesFirst) {
  TagList tagged = kNamed;
  tagged.emplace_back("dual_carriageway", "yes");
  EXPECT_EQ(divided(pair(12, 300, tagged, kNamed)), map::kDividedTagged);
}

}  // namespace
}  // namespace tomare::compiler
