// SPDX-License-Identifier: MIT
#include "core-cpp/map/graph.hpp"

#include <algorithm>

#include "core-cpp/base/crc32c.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::map {

Graph::~Graph() {
  for (Slot& slot : window_) {
    if (slot.number != UINT32_MAX) file_.tiles().unpin(slot.number);
  }
}

/// Pins a tile's bytes, and checks them where nobody has.
ErrorDetail Graph::load(uint32_t number, Tile* tile) {
  DirectoryEntry entry;
  const Error error = file_.entry(number, &entry);
  if (error != Error::OK) return {error, 301, number, -1};
  const PinnedTile pinned = file_.tiles().pin(number, entry.offset, entry.length);
  const auto offset = static_cast<int64_t>(entry.offset);
  if (pinned.bytes == nullptr) return {pinned.error, 0, number, offset};
  ErrorDetail detail;
  if (*pinned.checked) {
    detail = view_tile(pinned.bytes, entry.length, number, entry.level, tile);
  } else if (crc32c(pinned.bytes, entry.length) != entry.crc) {
    detail = {Error::MAP_TILE, 400, number, offset};
  } else {
    const FileHeader& h = file_.header();
    detail = check_tile(pinned.bytes, entry.length, number, entry.level, h.tile_count, h.place_count, tile);
  }
  if (detail.error == Error::OK && z_order(tile->header->x, tile->header->y) != entry.key) {
    detail = {Error::MAP_TILE, 400, number, 8};
  }
  if (detail.error == Error::OK) {
    *pinned.checked = true;
  } else {
    file_.tiles().unpin(number);
  }
  detail.tile = number;
  return detail;
}

const Tile* Graph::find_tile(uint32_t number) {
  Slot* oldest = &window_[last_];
  for (uint32_t i = 0; i < kWindow; ++i) {
    Slot& slot = window_[i];
    if (slot.number == number) {
      slot.used = ++tick_;
      last_ = i;
      hints_[number % kHints] = static_cast<uint8_t>(i);
      return &slot.tile;
    }
    if (slot.used < oldest->used) oldest = &slot;
  }
  if (std::find(damaged_.begin(), damaged_.end(), number) != damaged_.end()) return nullptr;
  if (oldest->number != UINT32_MAX) {
    file_.tiles().unpin(oldest->number);
    oldest->number = UINT32_MAX;
    oldest->used = 0;
  }
  const ErrorDetail detail = load(number, &oldest->tile);
  if (detail.error != Error::OK) {
    error_ = detail;
    damaged_.push_back(number);
    return nullptr;
  }
  oldest->number = number;
  oldest->used = ++tick_;
  last_ = static_cast<uint32_t>(oldest - window_.data());
  hints_[number % kHints] = static_cast<uint8_t>(last_);
  return &oldest->tile;
}

namespace {

struct Cell {
  uint32_t x, y, level;
};

bool meets(const Cell& cell, uint32_t min_x, uint32_t min_y, uint32_t max_x, uint32_t max_y) {
  const uint64_t span = uint64_t{1} << (32 - cell.level);
  return cell.x <= max_x && cell.x + span > min_x && cell.y <= max_y && cell.y + span > min_y;
}

/// Whether a box is so large that most of the cells over tiles in it may be empty.
bool is_wide(uint32_t min_x, uint32_t min_y, uint32_t max_x, uint32_t max_y) {
  constexpr uint32_t kCells = 8;  // of the lowest level of tiles, on a side
  const auto cells = [](uint32_t low, uint32_t high) { return (high - low) >> (32 - kMinTileLevel); };
  return cells(min_x, max_x) > kCells || cells(min_y, max_y) > kCells;
}

/// The smallest cell that holds the box and is none that a tile could lie around.
Cell smallest_over_tiles(uint32_t min_x, uint32_t min_y, uint32_t max_x, uint32_t max_y) {
  const uint32_t apart = (min_x ^ max_x) | (min_y ^ max_y);
  const auto common = static_cast<uint32_t>(apart == 0 ? 32 : __builtin_clz(apart));
  const uint32_t level = std::min(common, kMinTileLevel);
  const uint32_t mask = level == 0 ? 0 : ~((1U << (32 - level)) - 1);
  return {min_x & mask, min_y & mask, level};
}

}  // namespace

void Graph::tiles_in(uint32_t min_x, uint32_t min_y, uint32_t max_x, uint32_t max_y, std::vector<TileCell>* out) {
  out->clear();
  Cell stack[3 * 32 + 1];
  uint32_t height = 0;
  stack[height++] = smallest_over_tiles(min_x, min_y, max_x, max_y);
  const uint32_t looked_up = is_wide(min_x, min_y, max_x, max_y) ? 1 : kMinTileLevel;
  while (height > 0) {
    const Cell cell = stack[--height];
    if (!meets(cell, min_x, min_y, max_x, max_y)) continue;
    if (cell.level >= looked_up) {
      const uint64_t key = z_order(cell.x, cell.y);
      uint32_t number = 0;
      DirectoryEntry entry{};
      Error error = file_.lower_bound(key, &number);
      if (error == Error::OK && number >= file_.header().tile_count) continue;
      if (error == Error::OK) error = file_.entry(number, &entry);
      if (error != Error::OK) {
        error_ = {error, 301, -1, -1};
        continue;
      }
      const uint64_t span = uint64_t{1} << (2 * (32 - cell.level));
      if (entry.key - key >= span) continue;
      if (entry.key == key && entry.level == cell.level) {
        out->push_back({number, cell.x, cell.y, 1U << (32 - cell.level)});
        continue;
      }
    }
    if (cell.level >= 31) continue;
    const uint32_t half = 1U << (31 - cell.level);
    for (uint32_t i = 4; i-- > 0;) {
      stack[height++] = {cell.x + (i & 1) * half, cell.y + (i >> 1) * half, cell.level + 1};
    }
  }
}

uint32_t Graph::leaving(const ArcRef& arc, ArcRef* out, uint32_t capacity) {
  const Tile* here = tile(arc.tile);
  if (here == nullptr) return 0;
  const Segment& segment = here->segments[arc.segment];
  uint32_t index = arc.backward != 0 ? segment.from_node : segment.to_node;
  uint32_t number = arc.tile;
  const Node* node = &here->nodes[index];
  if ((node->flags & kNodeCut) != 0) {
    const uint32_t first_cut = here->count(kNodes) - here->count(kTwins);
    const Twin& twin = here->twins[index - first_cut];
    here = tile(twin.tile);
    if (here == nullptr || twin.node >= here->count(kNodes)) return 0;
    number = twin.tile;
    node = &here->nodes[twin.node];
  }
  uint32_t n = 0;
  for (uint32_t i = 0; i < node->arc_count && n < capacity; ++i) {
    const Arc next = here->arcs[node->first_arc + i];
    out[n++] = {number, static_cast<uint16_t>(next >> 1), static_cast<uint16_t>(next & 1)};
  }
  return n;
}

}  // namespace tomare::map
