// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tiles/tiles.hpp"

#include <algorithm>

#include "mapdata/compiler/tiles/clip.hpp"

namespace tomare::compiler {
namespace {

using map::TileHeader;

/// Of tiles, and of the regions that they are made from: a unit is 8 e7 there, so that places are true to 0.07 m.
constexpr uint32_t kCoarsestLevel = 13;
static_assert(kCoarsestLevel >= map::kMinTileLevel);

/// Node positions of a region whose strands are made at once; about 50 bytes of memory each.
constexpr uint64_t kRegionRefs = 1 << 18;

/// Rough size of a tile, to decide on a split without building it.
uint64_t estimated_bytes(const std::vector<Strand>& strands) {
  uint64_t bytes = 1024;
  for (const Strand& p : strands) bytes += 64 + 9 * uint64_t{p.corner_count};
  return bytes;
}

[[gnu::noinline]] Box box_of(const Network& n, const RoadWay& way) {
  Box box;
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    const uint32_t node = n.node_of(way, i);
    if (n.placed(node)) box.add(n.x[node], n.y[node]);
  }
  return box;
}

}  // namespace

TileBuilder::TileBuilder(const Source& source, uint32_t target_bytes)
    : source_(source), target_(target_bytes), encoder_(source), maker_(source.network) {
  begin();
}

/// The first region is the smallest cell that holds everything, at most of the lowest level of tiles.
void TileBuilder::begin() {
  const Network& n = source_.network;
  const auto common = [&](uint32_t level) {
    const uint32_t shift = 32 - level;
    return n.box.min_x >> shift == n.box.max_x >> shift && n.box.min_y >> shift == n.box.max_y >> shift;
  };
  while (root_.level < kCoarsestLevel && common(root_.level + 1)) {
    root_ = child_cell(root_, child_of(root_, n.box.min_x, n.box.min_y));
  }
  const uint32_t shift = 16 - root_.level;
  static_assert(kCoarsestLevel <= 16);
  const auto step = [shift](uint32_t value, uint32_t origin) {
    return static_cast<uint16_t>((value - origin) >> shift);
  };
  Region whole;
  whole.cell = root_;
  for (uint32_t i = 0; i < n.ways.size(); ++i) {
    const Box box = box_of(n, n.ways[i]);
    const bool any = box.min_x <= box.max_x;
    extents_.push_back(
        {step(box.min_x, root_.x), step(box.min_y, root_.y), step(box.max_x, root_.x), step(box.max_y, root_.y)});
    if (any) whole.ways.push_back(i);
  }
  regions_.push_back(std::move(whole));
}

TileBuilder::Result TileBuilder::next(BuiltTile* out, std::vector<Cell>* made_cells,
                                      std::vector<uint32_t>* made_bytes) {
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
  if (refs > kRegionRefs && region.cell.level < kCoarsestLevel) {
    divide(region);
    return true;
  }
  strands_.list.clear();
  strands_.corners.clear();
  for (const uint32_t way : region.ways) maker_.add(way, &strands_);
  clip(n, region.cell, &strands_);
  return build(region.cell, std::move(strands_.list));
}

void TileBuilder::divide(const Region& region) {
  Region children[4];
  for (uint32_t i = 0; i < 4; ++i) children[i].cell = child_cell(region.cell, i);
  const uint32_t shift = 16 - root_.level;
  const uint32_t middle_x = (region.cell.x - root_.x + region.cell.half()) >> shift;
  const uint32_t middle_y = (region.cell.y - root_.y + region.cell.half()) >> shift;
  for (const uint32_t way : region.ways) {
    const Extent& e = extents_[way];
    for (uint32_t i = 0; i < 4; ++i) {
      const bool x = (i & 1) != 0 ? e.max_x >= middle_x : e.min_x < middle_x;
      const bool y = (i & 2) != 0 ? e.max_y >= middle_y : e.min_y < middle_y;
      if (x && y) children[i].ways.push_back(way);
    }
  }
  for (uint32_t i = 4; i-- > 0;) {
    if (!children[i].ways.empty()) regions_.push_back(std::move(children[i]));
  }
}

bool TileBuilder::build(const Cell& cell, std::vector<Strand> list) {
  if (list.empty()) return true;
  const bool deepest = cell.level == map::kMaxTileLevel;
  if (cell.level >= kCoarsestLevel && (deepest || estimated_bytes(list) <= 2 * uint64_t{target_})) {
    BuiltTile tile;
    if (encoder_.encode(cell, list, strands_.corners, deepest ? map::kMaxTileBytes : target_, &tile)) {
      join(std::move(tile));
      return true;
    }
    if (deepest) return false;
  }
  std::vector<Strand> children[4];
  for (const Strand& p : list) split(source_.network, cell, p, &strands_.corners, children);
  list = {};
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
