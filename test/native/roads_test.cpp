// SPDX-License-Identifier: MIT
// Roads in a box: whole ways over the edges of tiles, what a box holds, what a bound leaves out.
#include "core-cpp/map/roads.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "core-cpp/base/geo.hpp"
#include "test/native/drawn_map.hpp"

namespace tomare::map {
namespace {

using testing::compile;
using testing::OpenMap;
using testing::OsmData;

constexpr double kPrecise = 0.1;  ///< half the diagonal of the unit of level 13, 8 e7, is 0.06
constexpr uint32_t kAll = 1'000'000;

/// Crooked roads across one another, each of many corners.
OsmData crooked(uint32_t seed, int roads = 30, int corners = 25) {
  std::mt19937 random(seed);
  const auto upto = [&](int most) { return static_cast<double>(random() % static_cast<uint32_t>(most)); };
  OsmData data;
  int64_t node = 1;
  for (int road = 0; road < roads; ++road) {
    testing::OsmWay way = {1000 + road, {}, {{"highway", "residential"}, {"name", "Road " + std::to_string(road % 7)}}};
    double x = upto(2000), y = upto(2000);
    for (int i = 0; i < corners; ++i) {
      data.nodes.push_back({node, x += upto(240) - 80, y += upto(240) - 80, {}});
      way.refs.push_back(node++);
    }
    data.ways.push_back(way);
  }
  return data;
}

RoadsRequest box(double min_x, double min_y, double max_x, double max_y, uint32_t most = kAll) {
  RoadsRequest r;
  r.min_lat_e7 = testing::lat_e7(min_y);
  r.min_lon_e7 = testing::lon_e7(min_x);
  r.max_lat_e7 = testing::lat_e7(max_y);
  r.max_lon_e7 = testing::lon_e7(max_x);
  r.most = most;
  return r;
}
RoadsRequest everywhere(uint32_t most = kAll) { return box(-20000, -20000, 40000, 40000, most); }

Roads roads_of(OpenMap* map, const RoadsRequest& request) {
  EXPECT_EQ(map->error, Error::OK);
  Graph graph(map->file);
  Roads roads;
  collect_roads(&graph, request, &roads);
  EXPECT_EQ(graph.error().error, Error::OK);
  return roads;
}

double apart_m(const Position& p, const testing::OsmNode& n) {
  return distance_m(p.lat_e7, p.lon_e7, testing::lat_e7(n.y_m), testing::lon_e7(n.x_m));
}

TEST(Roads, AWayIsOneLineOfItsOwnCornersHoweverManyTilesItCrosses) {
  for (const uint32_t seed : {1U, 2U, 3U, 4U}) {
    const OsmData data = crooked(seed);
    OpenMap map(compile(data, 1500));
    ASSERT_GT(map.file.header().tile_count, 40U);
    const Roads roads = roads_of(&map, everywhere());
    ASSERT_EQ(roads.lines.size(), data.ways.size());
    for (size_t w = 0; w < data.ways.size(); ++w) {
      const RoadLine& line = roads.lines[w];
      EXPECT_EQ(line.way, data.ways[w].id);
      EXPECT_EQ(roads.text.substr(line.name_offset, line.name_length), data.ways[w].tags[1].second);
      ASSERT_EQ(line.position_count, data.ways[w].refs.size()) << "way " << line.way;
      for (uint32_t i = 0; i < line.position_count; ++i) {
        const testing::OsmNode& node = data.nodes[static_cast<size_t>(data.ways[w].refs[i] - 1)];
        EXPECT_LT(apart_m(roads.positions[line.first_position + i], node), kPrecise);
      }
    }
  }
}

/// Every other corner on a line of the quadtree, in x or in y, so that cuts fall on corners.
TEST(Roads, ACornerOnTheEdgeOfATileStays) {
  constexpr int64_t kLine = 1 << 13;  // a side of level 19, about 90 m
  const auto to_line = [](int64_t value, int64_t zero) { return (value + zero) / kLine * kLine - zero - value; };
  const auto metres = metre_scale(testing::kOriginLatE7);
  for (const uint32_t seed : {1U, 2U, 3U, 4U}) {
    OsmData data = crooked(seed);
    for (size_t i = 0; i < data.nodes.size(); ++i) {
      testing::OsmNode& node = data.nodes[i];
      if (i % 4 == 0) node.x_m += to_line(testing::lon_e7(node.x_m), 1'800'000'000) * metres.x;
      if (i % 4 == 2) node.y_m += to_line(testing::lat_e7(node.y_m), 900'000'000) * metres.y;
    }
    OpenMap map(compile(data, 1500));
    ASSERT_GT(map.file.header().tile_count, 40U);
    const Roads roads = roads_of(&map, everywhere());
    ASSERT_EQ(roads.lines.size(), data.ways.size());
    for (size_t w = 0; w < data.ways.size(); ++w) {
      EXPECT_EQ(roads.lines[w].position_count, data.ways[w].refs.size()) << "way " << data.ways[w].id;
    }
  }
}

TEST(Roads, ABoxOverTheWholeWorldIsNoMoreWork) {
  OpenMap map(compile(crooked(1), 1500));
  RoadsRequest world = everywhere();
  world.min_lat_e7 = -900'000'000;
  world.min_lon_e7 = -1'800'000'000;
  world.max_lat_e7 = 900'000'000;
  world.max_lon_e7 = 1'800'000'000;
  EXPECT_EQ(roads_of(&map, world).positions, roads_of(&map, everywhere()).positions);
}

TEST(Roads, NamesAreKeptOnce) {
  OpenMap map(compile(crooked(1), 1500));
  EXPECT_EQ(roads_of(&map, everywhere()).text.size(), 7 * std::string("Road 0").size());
}

TEST(Roads, MappedAndPagedGiveTheSame) {
  const std::vector<uint8_t> bytes = compile(crooked(5), 1500);
  OpenMap mapped(bytes, true), paged(bytes, false, uint64_t{Graph::kWindow} * PagedTiles::kFrameBytes);
  for (const uint32_t most : {kAll, 200U}) {
    const Roads a = roads_of(&mapped, everywhere(most)), b = roads_of(&paged, everywhere(most));
    EXPECT_EQ(a.positions, b.positions);
    EXPECT_EQ(a.text, b.text);
    ASSERT_EQ(a.lines.size(), b.lines.size());
    for (size_t i = 0; i < a.lines.size(); ++i) EXPECT_TRUE(a.lines[i].alike(b.lines[i]));
  }
}

TEST(Roads, ABoundLeavesOutAndSaysSo) {
  OpenMap map(compile(crooked(6), 1500));
  const Roads all = roads_of(&map, everywhere());
  EXPECT_FALSE(all.cut);
  for (const uint32_t most : {0U, 1U, 2U, 50U, 333U}) {
    const Roads some = roads_of(&map, everywhere(most));
    EXPECT_TRUE(some.cut);
    EXPECT_LE(some.positions.size() + some.points.size() + some.restrictions.size(), most);
  }
}

TEST(Roads, ABoxHoldsThePiecesThatMeetItAndNoOther) {
  OsmData data;
  for (int i = 0; i <= 10; ++i) data.nodes.push_back({1 + i, i * 100.0, i % 2 * 5.0, {}});
  data.ways.push_back({7, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, {{"highway", "primary"}}});
  OpenMap map(compile(data));
  const Roads middle = roads_of(&map, box(320, -20, 480, 20));
  ASSERT_EQ(middle.lines.size(), 1U);
  ASSERT_EQ(middle.positions.size(), 3U);
  for (uint32_t i = 0; i < 3; ++i) EXPECT_LT(apart_m(middle.positions[i], data.nodes[3 + i]), kPrecise);
  EXPECT_TRUE(roads_of(&map, box(320, 50, 480, 90)).lines.empty());
  RoadsRequest minor = box(320, -20, 480, 20);
  minor.classes = 1U << kResidential;
  EXPECT_TRUE(roads_of(&map, minor).lines.empty());
  minor.classes |= 1U << kPrimary;
  EXPECT_EQ(roads_of(&map, minor).lines.size(), 1U);
}

TEST(Roads, AWayThatLeavesTheBoxAndComesBackIsTwoLines) {
  OsmData data;
  data.nodes = {{1, 0, 0, {}}, {2, 100, 0, {}}, {3, 100, 300, {}}, {4, 200, 300, {}}, {5, 200, 0, {}}, {6, 300, 0, {}}};
  data.ways.push_back({7, {1, 2, 3, 4, 5, 6}, {{"highway", "primary"}}});
  OpenMap map(compile(data));
  const Roads roads = roads_of(&map, box(-10, -10, 310, 100));
  ASSERT_EQ(roads.lines.size(), 2U);
  EXPECT_EQ(roads.lines[0].position_count, 3U);
  EXPECT_EQ(roads.lines[1].position_count, 3U);
  EXPECT_LT(apart_m(roads.positions[roads.lines[1].first_position], data.nodes[3]), kPrecise);
}

/// A crossroads: one-way limits, a stop, a signal, a level crossing out of use, and a ban of buses.
OsmData crossroads() {
  OsmData data;
  data.nodes = {{1, 0, 0, {}},
                {2, 200, 0, {{"highway", "traffic_signals"}}},
                {3, 400, 0, {}},
                {4, 200, -200, {}},
                {5, 200, -100, {{"highway", "stop"}, {"direction", "forward"}}},
                {6, 100, 0, {{"railway", "level_crossing"}}},
                {7, 100, 50, {}}};
  data.ways = {{10, {1, 6, 2}, {{"highway", "secondary"}, {"maxspeed", "60"}, {"bridge", "yes"}, {"layer", "1"}}},
               {11, {2, 3}, {{"highway", "secondary"}, {"maxspeed", "none"}, {"oneway", "-1"}}},
               {12, {4, 5, 2}, {{"highway", "residential"}, {"maxspeed:forward", "30"}, {"maxspeed:backward", "40"}}},
               {13, {7, 6}, {{"railway", "tram"}}}};
  data.relations = {{20,
                     {{'w', 10, "from"}, {'n', 2, "via"}, {'w', 12, "to"}},
                     {{"type", "restriction"}, {"restriction", "no_right_turn"}}},
                    {21,
                     {{'w', 12, "from"}, {'n', 2, "via"}, {'w', 10, "to"}},
                     {{"type", "restriction"}, {"restriction:bus", "only_left_turn"}}}};
  return data;
}

TEST(Roads, LinesSayWhatOneSeesOfThem) {
  OpenMap map(compile(crossroads()));
  const Roads roads = roads_of(&map, everywhere());
  ASSERT_EQ(roads.lines.size(), 3U);
  const RoadLine &a = roads.lines[0], &b = roads.lines[1], &c = roads.lines[2];
  EXPECT_EQ(a.limit, 600);
  EXPECT_EQ(a.oneway, 0);
  EXPECT_EQ(a.layer, 1);
  EXPECT_NE(a.flags & kFlagBridge, 0);
  EXPECT_EQ(a.road_class, kSecondary);
  EXPECT_EQ(b.limit, kLimitUnlimited);
  EXPECT_EQ(b.oneway, -1);
  EXPECT_EQ(c.limit, kLimitUnset) << "it has one for each direction";
}

TEST(Roads, PointsAndRestrictionsLieInTheBox) {
  OpenMap map(compile(crossroads()));
  const Roads roads = roads_of(&map, everywhere());
  std::multimap<int64_t, int64_t> points;
  for (const RoadPoint& p : roads.points) points.emplace(p.node, p.way);
  EXPECT_EQ(points.count(5), 1U);
  EXPECT_EQ(points.count(2), 3U) << "the signal is on each arm";
  EXPECT_EQ(points.count(6), 0U) << "nothing crosses there";
  for (const RoadPoint& p : roads.points) {
    if (p.node != 5) continue;
    EXPECT_EQ(p.kind, kStop);
    EXPECT_EQ(p.directions, 1);
    EXPECT_LT(apart_m(p.place, crossroads().nodes[4]), kPrecise);
  }
  ASSERT_EQ(roads.restrictions.size(), 1U);
  EXPECT_EQ(roads.restrictions[0].relation, 20);
  EXPECT_EQ(roads.restrictions[0].from_way, 10);
  EXPECT_EQ(roads.restrictions[0].turn, kTurnRight);
  EXPECT_FALSE(roads.restrictions[0].only);
  RoadsRequest bus = everywhere();
  bus.vehicle = kBus;
  EXPECT_EQ(roads_of(&map, bus).restrictions.size(), 2U);
  const Roads apart = roads_of(&map, box(150, -90, 250, 90));
  EXPECT_EQ(apart.points.size(), 3U);
  EXPECT_EQ(apart.restrictions.size(), 1U);
  EXPECT_TRUE(roads_of(&map, box(-50, -50, 50, 50)).restrictions.empty());
}

TEST(Roads, ADamagedTileIsSaid) {
  std::vector<uint8_t> bytes = compile(crooked(2), 3000);
  OpenMap whole(bytes);
  DirectoryEntry entry;
  ASSERT_EQ(whole.file.entry(1, &entry), Error::OK);
  bytes[entry.offset + entry.length / 2] ^= 1;
  OpenMap damaged(bytes);
  Graph graph(damaged.file);
  Roads roads;
  collect_roads(&graph, everywhere(), &roads);
  EXPECT_EQ(graph.error().error, Error::MAP_TILE);
}

}  // namespace
}  // namespace tomare::map
