// SPDX-License-Identifier: MIT
// The road graph over many small tiles: the same by mapping and by paging, and the same network as in one tile.
#include "core-cpp/map/graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "test/native/drawn_map.hpp"

namespace tomare::map {
namespace {

using testing::OpenMap;
using testing::OsmData;

constexpr int kSide = 24;

/// Streets every 90 m with corners off the grid; some missing, some one-way.
OsmData town(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> off(-30, 30);
  OsmData data;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x)
      data.nodes.push_back({1 + y * kSide + x, x * 90 + off(random), y * 90 + off(random), {}});
  }
  int64_t id = 1001;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const int64_t here = 1 + y * kSide + x;
      const testing::TagList tags = {{"highway", random() % 3 == 0 ? "secondary" : "residential"}};
      if (x + 1 < kSide && random() % 5 != 0) data.ways.push_back({id++, {here, here + 1}, tags});
      if (y + 1 < kSide && random() % 5 != 0) data.ways.push_back({id++, {here, here + kSide}, tags});
    }
  }
  return data;
}

TEST(Graph, TilesInABoxAgreeWithAWalkOverTheDirectory) {
  OpenMap map(testing::compile(town(1), 1200));
  ASSERT_EQ(map.error, Error::OK);
  const uint32_t count = map.file.header().tile_count;
  ASSERT_GT(count, 60U);
  Graph graph(map.file);
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    const uint32_t x = grid_x(testing::lon_e7(random() % 2600 - 200.0)),
                   y = grid_y(testing::lat_e7(random() % 2600 - 200.0));
    const uint32_t w = random() % 60000, h = random() % 60000;
    std::vector<uint32_t> slow, fast;
    std::vector<TileCell> cells;
    for (uint32_t number = 0; number < count; ++number) {
      const Tile* tile = graph.tile(number);
      ASSERT_NE(tile, nullptr);
      const uint64_t left = tile->header->x, bottom = tile->header->y;
      const bool apart =
          left > uint64_t{x} + w || left + tile->span <= x || bottom > uint64_t{y} + h || bottom + tile->span <= y;
      if (!apart) slow.push_back(number);
    }
    graph.tiles_in(x, y, x + w, y + h, &cells);
    for (const TileCell& cell : cells) {
      fast.push_back(cell.number);
      const Tile* tile = graph.tile(cell.number);
      ASSERT_NE(tile, nullptr);
      EXPECT_EQ(cell.x, tile->header->x);
      EXPECT_EQ(cell.y, tile->header->y);
      EXPECT_EQ(cell.side, tile->span);
    }
    EXPECT_EQ(fast, slow);
  }
}

/// Streets that follow a street end to end, by way id, cuts at tile edges driven through.
std::set<std::pair<int64_t, int64_t>> followers(MapFile& file) {
  Graph graph(file);
  std::set<std::pair<int64_t, int64_t>> found;
  ArcRef next[64];
  for (uint32_t number = 0; number < file.header().tile_count; ++number) {
    const uint32_t segments = graph.tile(number)->count(kSegments);
    for (uint32_t s = 0; s < segments; ++s) {
      for (const uint16_t backward : {0, 1}) {
        const int64_t way = graph.tile(number)->way_of(s).id;
        const uint32_t n = graph.leaving({number, static_cast<uint16_t>(s), backward}, next, 64);
        for (uint32_t i = 0; i < n; ++i) found.emplace(way, graph.tile(next[i].tile)->way_of(next[i].segment).id);
      }
    }
  }
  return found;
}

TEST(Graph, ManyTilesAreTheSameNetworkAsOne) {
  for (const uint32_t seed : {1U, 2U, 3U}) {
    const OsmData data = town(seed);
    OpenMap one(testing::compile(data, 1 << 20)), many(testing::compile(data, 3000));
    std::set<std::pair<int64_t, int64_t>> expected;
    for (const auto& a : data.ways) {
      for (const auto& b : data.ways) {
        const bool meet = std::any_of(a.refs.begin(), a.refs.end(), [&](int64_t node) {
          return std::find(b.refs.begin(), b.refs.end(), node) != b.refs.end();
        });
        if (meet) expected.emplace(a.id, b.id);
      }
    }
    EXPECT_EQ(followers(one.file), expected);
    EXPECT_EQ(followers(many.file), expected);
    EXPECT_GT(many.file.header().tile_count, 10 * one.file.header().tile_count);
  }
}

TEST(Graph, PagedGivesWhatMappedGivesInASmallArena) {
  const std::vector<uint8_t> bytes = testing::compile(town(4), 1200);
  OpenMap mapped(bytes, true), paged(bytes, false, uint64_t{Graph::kWindow} * PagedTiles::kFrameBytes);
  ASSERT_EQ(mapped.error, Error::OK);
  ASSERT_EQ(paged.error, Error::OK);
  ASSERT_GT(mapped.file.header().tile_count, Graph::kWindow + 20);
  Graph a(mapped.file), b(paged.file);
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i) {
    const uint32_t number = random() % mapped.file.header().tile_count;
    const Tile* x = a.tile(number);
    const Tile* y = b.tile(number);
    ASSERT_NE(x, nullptr);
    ASSERT_NE(y, nullptr) << "the arena holds the window and no more";
    ASSERT_EQ(x->count(kSegments), y->count(kSegments));
    ASSERT_EQ(std::memcmp(x->points, y->points, x->count(kPoints) * sizeof(Point)), 0);
    ASSERT_EQ(std::memcmp(x->header, y->header, sizeof(TileHeader)), 0);
  }
  EXPECT_GT(paged.file.bytes_read(), 2 * bytes.size()) << "tiles were evicted and read again";
}

TEST(Graph, ADamagedTileIsNamedAndTheRestWorks) {
  std::vector<uint8_t> bytes = testing::compile(town(2), 3000);
  OpenMap whole(bytes);
  DirectoryEntry entry;
  ASSERT_EQ(whole.file.entry(5, &entry), Error::OK);
  bytes[entry.offset + entry.length / 2] ^= 1;
  OpenMap damaged(bytes);
  Graph graph(damaged.file);
  EXPECT_EQ(graph.tile(5), nullptr);
  EXPECT_EQ(graph.error().error, Error::MAP_TILE);
  EXPECT_EQ(graph.error().tile, 5);
  EXPECT_NE(graph.tile(4), nullptr);
  EXPECT_NE(graph.tile(6), nullptr);
}

}  // namespace
}  // namespace tomare::map
