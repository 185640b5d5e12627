// SPDX-License-Identifier: MIT
// For whom a stop sign is meant: tables of drawings and tags (OSM wiki: Tag:highway=stop).
#include <gtest/gtest.h>

#include "test/native/drawn_map.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names, all of them used here
using testing::OsmData;
using testing::TagList;

struct Meant {
  int found = 0;
  int directions = 0;  ///< 1 along the way, 2 against it, of all points of the node together
  int source = 0;
  bool operator==(const Meant&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Meant& m) {
  return out << m.found << " points, directions " << m.directions << ", source " << m.source;
}

/// What became of the stop at a node, in the direction of its ways.
Meant stop_at(const OsmData& data, int64_t node) {
  testing::OpenMap map(testing::compile(data));
  EXPECT_EQ(map.error, Error::OK);
  Graph graph(map.file);
  const Tile* tile = graph.tile(0);
  Meant meant;
  for (uint32_t i = 0; i < tile->count(kRulePoints); ++i) {
    const RulePoint& p = tile->rule_points[i];
    if (p.node != node || p.kind != kStop) continue;
    ++meant.found;
    meant.directions |= p.directions;
    meant.source = p.direction_source;
  }
  return meant;
}

constexpr int kGiven = kDirectionGiven, kInferred = kDirectionInferred, kAmbiguous = kDirectionAmbiguous;

/// A road of 200 m along x from node 1 to node 4, streets across at both ends, the stop (node 9) at a metre.
OsmData road(double stop_m, const TagList& stop, const TagList& way = {}) {
  TagList tags = {{"highway", "residential"}}, sign = {{"highway", "stop"}};
  tags.insert(tags.end(), way.begin(), way.end());
  sign.insert(sign.end(), stop.begin(), stop.end());
  return {{{1, 0, 0, {}},
           {4, 200, 0, {}},
           {9, stop_m, 0, sign},
           {5, 0, 90, {}},
           {6, 0, -90, {}},
           {7, 200, 90, {}},
           {8, 200, -90, {}}},
          {{1001, {1, 9, 4}, tags},
           {1002, {5, 1, 6}, {{"highway", "primary"}}},
           {1003, {7, 4, 8}, {{"highway", "primary"}}}},
          {}};
}

TEST(StopDirection, GivenByATag) {
  const struct {
    TagList tags;
    Meant meant;
  } kTable[] = {
      {{{"direction", "forward"}}, {1, 1, kGiven}},
      {{{"direction", "backward"}}, {1, 2, kGiven}},
      {{{"direction", "both"}}, {1, 3, kGiven}},
      {{{"traffic_sign:direction", "backward"}}, {1, 2, kGiven}},
      {{{"stop:direction", "backward"}}, {1, 2, kGiven}},
      {{{"direction", "W"}}, {1, 1, kGiven}},  // it faces west: read by eastbound traffic
      {{{"direction", "E"}}, {1, 2, kGiven}},
      {{{"direction", "270"}}, {1, 1, kGiven}},
      {{{"direction", "90"}}, {1, 2, kGiven}},
      {{{"direction", "WNW"}}, {1, 1, kGiven}},
  };
  for (const auto& row : kTable) EXPECT_EQ(stop_at(road(100, row.tags), 9), row.meant) << row.tags[0].second;
}

TEST(StopDirection, InferredFromTheNearerJunction) {
  EXPECT_EQ(stop_at(road(190, {}), 9), (Meant{1, 1, kInferred}));
  EXPECT_EQ(stop_at(road(10, {}), 9), (Meant{1, 2, kInferred}));
  EXPECT_EQ(stop_at(road(100, {}), 9), (Meant{1, 3, kAmbiguous})) << "in the middle";
  EXPECT_EQ(stop_at(road(190, {{"direction", "yonder"}}), 9), (Meant{1, 3, kAmbiguous}))
      << "a word that nobody understands";
  EXPECT_EQ(stop_at(road(60, {}, {{"oneway", "yes"}}), 9), (Meant{1, 1, kInferred})) << "a one-way street";
  EXPECT_EQ(stop_at(road(140, {}, {{"oneway", "-1"}}), 9), (Meant{1, 2, kInferred}));
  EXPECT_EQ(stop_at(road(10, {}, {{"oneway", "yes"}}), 9), (Meant{1, 3, kAmbiguous})) << "right behind a junction";
  EXPECT_EQ(stop_at(road(190, {}, {{"oneway", "-1"}}), 9), (Meant{1, 3, kAmbiguous}));
  EXPECT_EQ(stop_at(road(190, {}, {{"oneway", "yes"}}), 9), (Meant{1, 1, kInferred}));
}

TEST(StopDirection, AWaySplitIsNoJunction) {
  OsmData split = road(190, {});  // the way ends at the line, another goes on to the junction
  split.ways[0].refs = {1, 9};
  split.ways.push_back({1004, {9, 4}, {{"highway", "residential"}}});
  EXPECT_EQ(stop_at(split, 9), (Meant{1, 1, kInferred}));
  OsmData behind = road(190, {});  // the way was split 5 m before the line
  behind.nodes.push_back({2, 185, 0, {}});
  behind.ways[0].refs = {2, 9, 4};
  behind.ways.push_back({1004, {1, 2}, {{"highway", "residential"}}});
  EXPECT_EQ(stop_at(behind, 9), (Meant{1, 1, kInferred}));
}

TEST(StopDirection, OnTheJunctionItself) {
  const auto centre = [](const TagList& tags) {
    TagList sign = {{"highway", "stop"}};
    sign.insert(sign.end(), tags.begin(), tags.end());
    return OsmData{{{1, 0, 0, {}}, {9, 100, 0, sign}, {3, 200, 0, {}}, {5, 100, 90, {}}, {6, 100, -90, {}}},
                   {{1001, {1, 9}, {{"highway", "residential"}}},
                    {1002, {9, 3}, {{"highway", "residential"}}},
                    {1003, {5, 9, 6}, {{"highway", "primary"}}}},
                   {}};
  };
  EXPECT_EQ(stop_at(centre({{"stop", "all"}}), 9), (Meant{4, 3, kGiven}));
  EXPECT_EQ(stop_at(centre({{"stop", "minor"}}), 9), (Meant{2, 3, kGiven})) << "the two residential arms";
  EXPECT_EQ(stop_at(centre({}), 9).source, kAmbiguous);
}

TEST(StopDirection, OffTheRoad) {
  OsmData data = road(190, {});
  data.ways[0].refs = {1, 4};
  EXPECT_EQ(stop_at(data, 9), (Meant{}));
}

}  // namespace
}  // namespace tomare::compiler
