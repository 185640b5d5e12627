// SPDX-License-Identifier: MIT
// grid_map OUT.tmap BYTES INFLATED…: a map of at least BYTES from one extract, repeated over a grid of
// places by the compiler's own back end. Inputs are inflated OSMData blocks, each with its 32-bit length.
// Every row of the grid is compiled at its own latitude, so that lengths fit the geometry; along a row the
// tiles are the same but for origin, number and twins. Prints the places as lines "dlat_e7 dlon_e7".
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/network/graph.hpp"
#include "mapdata/compiler/network/network.hpp"
#include "mapdata/compiler/network/restrictions.hpp"
#include "mapdata/compiler/network/rule_points.hpp"
#include "mapdata/compiler/osm/blocks.hpp"
#include "mapdata/compiler/tiles/file_bytes.hpp"
#include "mapdata/compiler/tiles/source.hpp"
#include "mapdata/compiler/tiles/tiles.hpp"

namespace {

using namespace tomare;            // NOLINT: a tool of one file
using namespace tomare::compiler;  // NOLINT

constexpr int64_t kBlock = 1 << 23;  ///< e7; a quadtree cell of level 9, about 93 km high

/// Hands everything on, with positions moved.
class Moved final : public EntityHandler {
 public:
  explicit Moved(Network* to) : to_(*to) {}
  void node(int64_t id, int32_t lat_e7, int32_t lon_e7, const Tags& tags) override {
    to_.node(id, static_cast<int32_t>(lat_e7 + lat), static_cast<int32_t>(lon_e7 + lon), tags);
  }
  void position(int64_t node, int32_t lat_e7, int32_t lon_e7) override {
    to_.position(node, static_cast<int32_t>(lat_e7 + lat), static_cast<int32_t>(lon_e7 + lon));
  }
  void way(int64_t id, uint32_t version, const std::vector<int64_t>& refs, const Tags& tags) override {
    to_.way(id, version, refs, tags);
  }
  void relation(int64_t id, const std::vector<Member>& members, const Tags& tags) override {
    to_.relation(id, members, tags);
  }
  bool wants_node_key(std::string_view key) const override { return to_.wants_node_key(key); }
  bool wants_way_key(std::string_view key) const override { return to_.wants_way_key(key); }
  bool wants_refs(const Tags& tags) const override { return to_.wants_refs(tags); }
  bool wants_nodes() const override { return to_.wants_nodes(); }
  bool wants_ways() const override { return to_.wants_ways(); }
  int64_t lat = 0, lon = 0;

 private:
  Network& to_;
};

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "grid_map: %s\n", what.c_str());
  std::exit(1);
}

std::vector<std::string> read_blocks(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<std::string> blocks;
  uint32_t size = 0;
  while (in.read(reinterpret_cast<char*>(&size), 4)) {
    blocks.emplace_back(size, '\0');
    in.read(blocks.back().data(), size);
  }
  if (blocks.empty()) fail(std::string(path) + ": no blocks");
  return blocks;
}

void load(const std::vector<std::string>& blocks, Network* network, int64_t lat, int64_t lon) {
  Moved moved(network);
  moved.lat = lat;
  moved.lon = lon;
  for (const int pass : {1, 2}) {
    if (pass == 2) network->index_nodes();
    network->begin_pass(pass);
    std::string error;
    for (const std::string& block : blocks) {
      if (!decode_block(block, &moved, &error)) fail(error);
    }
  }
}

struct Bounds {
  uint32_t min_x = UINT32_MAX, min_y = UINT32_MAX, max_x = 0, max_y = 0;
};

Bounds bounds_of(const Network& n) {
  Bounds b;
  for (uint32_t i = 0; i < n.x.size(); ++i) {
    if (!n.placed(i)) continue;
    b.min_x = std::min(b.min_x, n.x[i]);
    b.max_x = std::max(b.max_x, n.x[i]);
    b.min_y = std::min(b.min_y, n.y[i]);
    b.max_y = std::max(b.max_y, n.y[i]);
  }
  return b;
}

std::vector<BuiltTile> compile_row(const std::vector<std::string>& blocks, int64_t lat, int64_t lon,
                                   uint64_t* statistics) {
  Network network;
  load(blocks, &network, lat, lon);
  count_network(&network);
  std::vector<PlacedPoint> points = place_points(&network);
  const Source source = sorted_source(network, std::move(points), place_restrictions(&network));
  TileBuilder builder(source, 65536);
  std::vector<BuiltTile> tiles;
  BuiltTile tile;
  std::vector<Cell> cells;
  std::vector<uint32_t> lengths;
  for (TileBuilder::Result r = builder.next(&tile, &cells, &lengths); !r.done;
       r = builder.next(&tile, &cells, &lengths)) {
    if (r.failed) fail("a tile is beyond the limits");
    network.statistics[map::kStat_length_m] += tile.length_cm / 100;
    tiles.push_back(std::move(tile));
  }
  std::sort(tiles.begin(), tiles.end(), [](const BuiltTile& a, const BuiltTile& b) { return a.number < b.number; });
  std::memcpy(statistics, network.statistics, sizeof(network.statistics));
  return tiles;
}

struct Place {
  uint32_t column, row;
  uint64_t key;
};

void move_tile(BuiltTile* tile, uint32_t dx, uint32_t first_number) {
  auto* header = reinterpret_cast<map::TileHeader*>(tile->bytes.data());
  tile->cell.x += dx;
  header->x += dx;
  header->number += first_number;
  auto* twins = reinterpret_cast<map::Twin*>(tile->bytes.data() + header->sections[map::kTwins].offset);
  for (uint32_t i = 0; i < header->sections[map::kTwins].count; ++i) twins[i].tile += first_number;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) fail("usage: grid_map OUT.tmap BYTES BLOCKS");
  const uint64_t wanted = std::strtoull(argv[2], nullptr, 10);
  const std::vector<std::string> blocks = read_blocks(argv[3]);
  Network probe;
  load(blocks, &probe, 0, 0);
  const Bounds b = bounds_of(probe);
  if (b.max_x - b.min_x >= kBlock || b.max_y - b.min_y >= kBlock)
    fail("the extract is larger than a block of the grid");
  // The lower left corner goes onto the next corner of the grid.
  const int64_t lat0 = (kBlock - b.min_y % kBlock) % kBlock, lon0 = (kBlock - b.min_x % kBlock) % kBlock;
  uint64_t statistics[96] = {}, one[96] = {};
  uint64_t row_bytes = 0;
  for (const BuiltTile& t : compile_row(blocks, lat0, lon0, one)) row_bytes += t.bytes.size();
  uint32_t side = 1;
  while (uint64_t{side} * side * row_bytes < wanted) ++side;
  std::vector<std::vector<BuiltTile>> rows;
  std::vector<Place> places;
  const uint32_t half = side / 2;
  for (uint32_t r = 0; r < side; ++r) {
    const int64_t lat = lat0 + (static_cast<int64_t>(r) - half) * kBlock;
    rows.push_back(compile_row(blocks, lat, lon0, one));
    for (size_t i = 0; i < 96; ++i) statistics[i] += one[i] * side;
    const auto y = static_cast<uint32_t>(b.min_y + lat);
    for (uint32_t c = 0; c < side; ++c) {
      const auto x = static_cast<uint32_t>(b.min_x + lon0 + c * kBlock);
      places.push_back({c, r, z_order(x, y)});
    }
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& c) { return a.key < c.key; });
  std::ofstream out(argv[1], std::ios::binary | std::ios::trunc);
  FileBytes file;
  out.seekp(map::kPageSize);
  for (const Place& p : places) {
    const uint32_t first = file.tile_count();
    for (const BuiltTile& original : rows[p.row]) {
      BuiltTile tile = original;
      move_tile(&tile, static_cast<uint32_t>(p.column * kBlock), first);
      file.add(tile.cell, static_cast<uint32_t>(tile.bytes.size()));
      file.seal(first + original.number, tile.bytes);
      out.write(reinterpret_cast<const char*>(tile.bytes.data()), static_cast<std::streamsize>(tile.bytes.size()));
    }
    std::printf("%lld %lld\n", static_cast<long long>(lat0 + (static_cast<int64_t>(p.row) - half) * kBlock),
                static_cast<long long>(lon0 + p.column * kBlock));
  }
  map::FileHeader facts{};
  std::snprintf(facts.name, sizeof(facts.name), "grid %u x %u", side, side);
  std::memcpy(facts.statistics, statistics, sizeof(facts.statistics));
  facts.min_lat_e7 = lat_of(static_cast<uint32_t>(b.min_y + lat0 - half * kBlock));
  facts.max_lat_e7 = lat_of(static_cast<uint32_t>(b.max_y + lat0 + (int64_t{side} - 1 - half) * kBlock));
  facts.min_lon_e7 = lon_of(static_cast<uint32_t>(b.min_x + lon0));
  facts.max_lon_e7 = lon_of(static_cast<uint32_t>(b.max_x + lon0 + (side - 1) * kBlock));
  file.finish(facts, {});  // no country: the copies lie anywhere
  const auto put = [&out](uint64_t offset, const std::vector<uint8_t>& bytes) {
    out.seekp(static_cast<std::streamoff>(offset));
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  put(0, file.first_page());
  put(file.directory_offset(), file.directory());
  put(file.root_offset(), file.root());
  out.flush();
  if (!out) fail(std::string(argv[1]) + ": cannot be written");
  return 0;
}
