// SPDX-License-Identifier: MIT
// The slow twin measures every piece of every tile, in double precision.
#include "core-cpp/match/candidates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "test/native/drawn_map.hpp"

namespace tomare::match {
namespace {

using testing::OpenMap;

/// Crooked roads of many corners, all over two kilometres.
testing::OsmData tangle(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> place(0, 2000), step(-60, 60);
  testing::OsmData data;
  int64_t node = 1;
  for (int64_t way = 1001; way < 1301; ++way) {
    double x = place(random), y = place(random);
    std::vector<int64_t> refs;
    for (uint32_t i = 0; i < 3 + random() % 9; ++i, x += step(random), y += step(random)) {
      data.nodes.push_back({node, x, y, {}});
      refs.push_back(node++);
    }
    data.ways.push_back({way, refs, {{"highway", "residential"}}});
  }
  return data;
}

struct Place {
  double distance_m = 1e9, along_m = 0;
  uint32_t tile = 0, segment = 0;
};

/// Nearest point of one segment, its pieces tried one by one.
Place nearest(const map::Tile& tile, uint32_t segment, double fx, double fy) {
  const map::Segment& s = tile.segments[segment];
  Place best;
  double before = 0;
  for (uint32_t i = s.first_point; i + 1 < s.first_point + uint32_t{s.point_count}; ++i) {
    const double ax = (tile.points[i].x - fx) * tile.unit_x_m, ay = (tile.points[i].y - fy) * tile.unit_y_m;
    const double dx = (0.0 + tile.points[i + 1].x - tile.points[i].x) * tile.unit_x_m;
    const double dy = (0.0 + tile.points[i + 1].y - tile.points[i].y) * tile.unit_y_m;
    const double length = std::hypot(dx, dy);
    const double share = length > 0 ? std::clamp(-(ax * dx + ay * dy) / (length * length), 0.0, 1.0) : 0;
    const double distance = std::hypot(ax + share * dx, ay + share * dy);
    if (distance < best.distance_m) best = {distance, before + share * length, tile.number, segment};
    before += length;
  }
  best.along_m *= before > 0 ? s.length_cm * 0.01 / before : 0;
  return best;
}

std::vector<Place> slow(map::MapFile& file, int32_t lat, int32_t lon, double radius_m) {
  map::Graph graph(file);
  std::vector<Place> found;
  for (uint32_t number = 0; number < file.header().tile_count; ++number) {
    const map::Tile* tile = graph.tile(number);
    const double unit = 1U << tile->header->unit_shift;
    const double fx = (0.0 + grid_x(lon) - tile->header->x) / unit, fy = (0.0 + grid_y(lat) - tile->header->y) / unit;
    for (uint32_t s = 0; s < tile->count(map::kSegments); ++s) {
      const Place p = nearest(*tile, s, fx, fy);
      if (p.distance_m <= radius_m) found.push_back(p);
    }
  }
  std::sort(found.begin(), found.end(), [](const Place& a, const Place& b) { return a.distance_m < b.distance_m; });
  return found;
}

constexpr double kTolerance = 0.02;  // metres; the fast one works in single precision

void compare(const std::vector<Place>& all, const std::vector<Candidate>& fast, double radius_m, uint32_t limit) {
  const auto surely =
      std::count_if(all.begin(), all.end(), [&](const Place& p) { return p.distance_m < radius_m - kTolerance; });
  ASSERT_LE(fast.size(), std::min<size_t>(all.size(), limit));
  ASSERT_GE(fast.size(), std::min<size_t>(static_cast<size_t>(surely), limit));
  for (size_t i = 0; i < fast.size(); ++i) {
    EXPECT_NEAR(fast[i].distance_m, all[i].distance_m, kTolerance) << "in order of distance";
    const auto twin = std::find_if(
        all.begin(), all.end(), [&](const Place& p) { return p.tile == fast[i].tile && p.segment == fast[i].segment; });
    ASSERT_NE(twin, all.end());
    EXPECT_NEAR(fast[i].distance_m, twin->distance_m, kTolerance);
    EXPECT_LE(fast[i].along_m, fast[i].length_m + kTolerance);
  }
}

TEST(CandidateFinder, AgreesWithEveryPieceTried) {
  for (const uint32_t target : {1U << 20, 4000U}) {
    OpenMap map(testing::compile(tangle(target), target));
    ASSERT_EQ(map.error, Error::OK);
    map::Graph graph(map.file);
    CandidateFinder finder(graph);
    std::mt19937 random(11);
    std::uniform_real_distribution<double> place(-100, 2100), radius(5, 120);
    std::vector<Candidate> fast;
    for (int i = 0; i < 400; ++i) {
      const int32_t lat = testing::lat_e7(place(random)), lon = testing::lon_e7(place(random));
      const auto r = static_cast<float>(radius(random));
      const std::vector<Place> all = slow(map.file, lat, lon, r + kTolerance);
      for (const uint32_t limit : {1000U, 4U}) {
        finder.find(lat, lon, {r, r, r}, {limit}, &fast);
        compare(all, fast, r, limit);
      }
    }
  }
}

/// A road of two legs eastward and back, 40 m apart, joined by a bend; a fix 15 m north of the first.
struct Hairpin {
  OpenMap map{testing::compile({{{1, 0, 0, {}}, {2, 300, 0, {}}, {3, 310, 20, {}}, {4, 300, 40, {}}, {5, 0, 40, {}}},
                                {{1001, {1, 2, 3, 4, 5}, {{"highway", "tertiary"}}}},
                                {}})};
  map::Graph graph{map.file};
  CandidateFinder finder{graph};
  std::vector<Candidate> find(SearchCount wanted, float radius_m = 60) {
    std::vector<Candidate> found;
    finder.find(testing::lat_e7(15), testing::lon_e7(150), {radius_m, radius_m, radius_m}, wanted, &found);
    return found;
  }
};

TEST(CandidateFinder, ARoadThatTurnsBackIsNearTwice) {
  Hairpin road;
  SearchCount wanted{9};
  EXPECT_EQ(road.find(wanted).size(), 1U);
  wanted.turned = true;
  const std::vector<Candidate> both = road.find(wanted);
  ASSERT_EQ(both.size(), 2U);
  EXPECT_NEAR(both[0].distance_m, 15, 0.2);
  EXPECT_NEAR(both[0].along_m, 150, 0.5);
  EXPECT_NEAR(both[1].distance_m, 25, 0.2);
  EXPECT_NEAR(both[1].along_m, 300 + 2 * std::hypot(10, 20) + 150, 0.5);
  EXPECT_NEAR(both[1].aside_y, -1, 0.01);
  EXPECT_EQ(road.find(wanted, 20).size(), 1U) << "the other leg is farther than the radius";
}

TEST(CandidateFinder, TheOtherLegNeverFillsWhatMayBeFound) {
  Hairpin road;
  SearchCount wanted{2};
  wanted.turned = true;
  EXPECT_EQ(road.find(wanted).size(), 1U) << "two would say that there are more";
  wanted = {9};
  wanted.turned = true;
  wanted.pieces = 5;
  EXPECT_EQ(road.find(wanted).size(), 1U);
  EXPECT_TRUE(road.finder.cut()) << "no more pieces may be measured";
}

TEST(CandidateFinder, TakesTheNearestAndThoseThatAreNearAnyway) {
  OpenMap map(testing::compile(tangle(7), 65536));
  ASSERT_EQ(map.error, Error::OK);
  map::Graph graph(map.file);
  CandidateFinder finder(graph);
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(-100, 2100);
  std::vector<Candidate> all, some;
  uint32_t more = 0, cut = 0;
  for (int i = 0; i < 400; ++i) {
    const int32_t lat = testing::lat_e7(place(random)), lon = testing::lon_e7(place(random));
    finder.find(lat, lon, {90, 90, 90}, {1000}, &all);
    finder.find(lat, lon, {90, 90, 90}, {1, 80, 3}, &some);
    const auto within = [](const Candidate& c) { return c.distance_m <= 80; };
    const auto near = static_cast<size_t>(std::count_if(all.begin(), all.end(), within));
    ASSERT_EQ(some.size(), std::min(all.size(), std::clamp<size_t>(near, 1, 3)));
    for (size_t k = 0; k < some.size(); ++k) EXPECT_EQ(some[k].distance_m, all[k].distance_m);
    more += some.size() > 1 ? 1 : 0;
    cut += near > 3 ? 1 : 0;
  }
  EXPECT_GT(more, 20U);
  EXPECT_GT(cut, 5U);
}

TEST(CandidateFinder, GoesFarOnlyWhereNothingIsNear) {
  OpenMap map(testing::compile(tangle(5), 65536));
  ASSERT_EQ(map.error, Error::OK);
  map::Graph graph(map.file);
  CandidateFinder finder(graph);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> place(-100, 2100);
  std::vector<Candidate> fast;
  uint32_t content = 0;
  for (int i = 0; i < 400; ++i) {
    const int32_t lat = testing::lat_e7(place(random)), lon = testing::lon_e7(place(random));
    const std::vector<Place> all = slow(map.file, lat, lon, 90 + kTolerance);
    const double nearest = all.empty() ? 1e9 : all.front().distance_m;
    if (std::fabs(nearest - 8) < kTolerance) continue;
    content += nearest < 8 ? 1 : 0;
    finder.find(lat, lon, {30, 8, 90}, {1000}, &fast);
    compare(slow(map.file, lat, lon, (nearest < 8 ? 30 : 90) + kTolerance), fast, nearest < 8 ? 30 : 90, 1000);
  }
  EXPECT_GT(content, 50U);
}

TEST(CandidateFinder, PlacesTheFixAlongTheRoad) {
  OpenMap map(testing::compile(
      {{{1, 0, 0, {}}, {2, 100, 0, {}}, {3, 100, 50, {}}}, {{1001, {1, 2, 3}, {{"highway", "primary"}}}}, {}}));
  ASSERT_EQ(map.error, Error::OK);
  map::Graph graph(map.file);
  CandidateFinder finder(graph);
  std::vector<Candidate> found;
  finder.find(testing::lat_e7(20), testing::lon_e7(112), {50, 50, 50}, {10}, &found);
  double along = 0;
  for (const Candidate& c : found) {
    if (std::fabs(c.distance_m - 12) > 0.3) continue;
    along = c.along_m + graph.tile(c.tile)->segments[c.segment].way_offset_cm * 0.01;
    EXPECT_NEAR(c.bearing_deg, 0, 0.5);
  }
  EXPECT_NEAR(along, 120, 0.2);
}

}  // namespace
}  // namespace tomare::match
