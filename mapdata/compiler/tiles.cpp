// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tiles.hpp"

#include <algorithm>

#include "mapdata/compiler/clip.hpp"

namespace tomare::compiler {
namespace {

using map::TileHeader;

/// Node positions of a region whose pieces are made at once; about 50 bytes of memory each.
constexpr uint64_t kRegionRefs = 1 << 19;

/// Rough size of a tile, to decide on a split without building it.
uint64_t estimated_bytes(const std::vector<Piece>& pieces) {
  uint64_t bytes = 1024;
  for (const Piece& p : pieces) bytes += 64 + 9 * p.corners.size();
  return bytes;
}

struct Box {
  uint32_t min_x = UINT32_MAX, min_y = UINT32_MAX, max_x = 0, max_y = 0;
};

Box box_of(const Network& n, const RoadWay& way) {
  Box box;
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    const uint32_t node = n.node_of(way, i);
    if (!n.placed(node)) continue;
    box.min_x = std::min(box.min_x, n.x[node]);
    box.max_x = std::max(box.max_x, n.x[node]);
    box.min_y = std::min(box.min_y, n.y[node]);
    box.max_y = std::max(box.max_y, n.y[node]);
  }
  return box;
}

}  // namespace

Source sorted_source(const Network& network, std::vector<PlacedPoint> points, std::vector<PlacedRestriction> restrictions) {
  Source source{network, std::move(points), std::move(restrictions)};
  std::stable_sort(source.points.begin(), source.points.end(), [](const PlacedPoint& a, const PlacedPoint& b) {
    return a.anchor.way != b.anchor.way ? a.anchor.way < b.anchor.way : a.offset_m < b.offset_m;
  });
  std::stable_sort(source.restrictions.begin(), source.restrictions.end(),
                   [](const PlacedRestriction& a, const PlacedRestriction& b) { return a.via_node < b.via_node; });
  return source;
}

TileBuilder::TileBuilder(const Source& source, uint32_t target_bytes) : source_(source), target_(target_bytes) {
  Region world;
  world.ways.resize(source.network.ways.size());
  for (uint32_t i = 0; i < world.ways.size(); ++i) world.ways[i] = i;
  regions_.push_back(std::move(world));
}

TileBuilder::Result TileBuilder::next(BuiltTile* out, std::vector<Cell>* made_cells, std::vector<uint32_t>* made_bytes) {
  while (ready_.empty() && !regions_.empty()) {
    if (!step()) return {true, false};
  }
  made_cells->swap(made_cells_);
  made_bytes->swap(made_bytes_);
  made_cells_.clear();
  made_bytes_.clear();
  if (ready_.empty()) return {false, true};
  *out = std::move(ready_.front());
  ready_.pop_front();
  return {};
}

/// Builds the next region, or divides it.
bool TileBuilder::step() {
  const Region region = std::move(regions_.back());
  regions_.pop_back();
  const Network& n = source_.network;
  uint64_t refs = 0;
  for (const uint32_t way : region.ways) refs += n.ways[way].ref_count;
  if (refs > kRegionRefs && region.cell.level < map::kMinTileLevel) {
    divide(region);
    return true;
  }
  std::vector<Piece> whole, pieces;
  for (const uint32_t way : region.ways) {
    whole.clear();
    make_pieces(n, way, &whole);
    for (Piece& p : whole) clip(n, region.cell, std::move(p), &pieces);
  }
  return build(region.cell, std::move(pieces));
}

void TileBuilder::divide(const Region& region) {
  Region children[4];
  for (uint32_t i = 0; i < 4; ++i) children[i].cell = child_cell(region.cell, i);
  const uint32_t middle_x = region.cell.x + region.cell.half(), middle_y = region.cell.y + region.cell.half();
  for (const uint32_t way : region.ways) {
    const Box box = box_of(source_.network, source_.network.ways[way]);
    for (uint32_t i = 0; i < 4; ++i) {
      const bool x = (i & 1) != 0 ? box.max_x >= middle_x : box.min_x < middle_x;
      const bool y = (i & 2) != 0 ? box.max_y >= middle_y : box.min_y < middle_y;
      if (x && y) children[i].ways.push_back(way);
    }
  }
  for (uint32_t i = 4; i-- > 0;) {
    if (!children[i].ways.empty()) regions_.push_back(std::move(children[i]));
  }
}

bool TileBuilder::build(const Cell& cell, std::vector<Piece> pieces) {
  if (pieces.empty()) return true;
  const bool deepest = cell.level == map::kMaxTileLevel;
  if (cell.level >= map::kMinTileLevel && (deepest || estimated_bytes(pieces) <= 2 * uint64_t{target_})) {
    BuiltTile tile;
    const bool fits = encode_tile(source_, cell, pieces, &tile);
    if (fits && (deepest || tile.bytes.size() <= target_)) {
      join(std::move(tile));
      return true;
    }
    if (deepest) return false;
  }
  std::vector<Piece> children[4];
  for (Piece& p : pieces) split(source_.network, cell, std::move(p), children);
  pieces = {};
  for (uint32_t i = 0; i < 4; ++i) {
    if (!build(child_cell(cell, i), std::move(children[i]))) return false;
  }
  return true;
}

void TileBuilder::set_twin(BuiltTile* tile, uint32_t cut, const BuiltTile& other, uint32_t other_cut) {
  auto* header = reinterpret_cast<TileHeader*>(tile->bytes.data());
  const auto* theirs = reinterpret_cast<const TileHeader*>(other.bytes.data());
  auto* twins = reinterpret_cast<map::Twin*>(tile->bytes.data() + header->sections[map::kTwins].offset);
  const uint32_t first = theirs->sections[map::kNodes].count - theirs->sections[map::kTwins].count;
  twins[cut] = {other.number, static_cast<uint16_t>(first + other_cut), 0};
}

/// Numbers a tile and joins its cuts with those of the tiles that wait for it.
void TileBuilder::join(BuiltTile tile) {
  tile.number = count_++;
  reinterpret_cast<TileHeader*>(tile.bytes.data())->number = tile.number;
  made_cells_.push_back(tile.cell);
  made_bytes_.push_back(static_cast<uint32_t>(tile.bytes.size()));
  uint32_t open = 0;
  for (uint32_t i = 0; i < tile.cuts.size(); ++i) {
    const auto found = ends_.find(tile.cuts[i]);
    if (found == ends_.end()) {
      ends_.emplace(tile.cuts[i], End{tile.number, i});
      ++open;
      continue;
    }
    const End end = found->second;
    ends_.erase(found);
    const auto other = waiting_.find(end.tile);
    set_twin(&tile, i, other->second.tile, end.cut);
    set_twin(&other->second.tile, end.cut, tile, i);
    if (--other->second.open > 0) continue;
    ready_.push_back(std::move(other->second.tile));
    waiting_.erase(other);
  }
  if (open == 0) {
    ready_.push_back(std::move(tile));
  } else {
    const uint32_t number = tile.number;
    waiting_.emplace(number, Waiting{std::move(tile), open});
  }
}

}  // namespace tomare::compiler
