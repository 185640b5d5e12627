// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tiles.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_map>

#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {
namespace {

using map::TileHeader;

/// Rough size of a tile, to decide on a split without building it.
uint64_t estimated_bytes(const std::vector<Piece>& pieces) {
  uint64_t bytes = 1024;
  for (const Piece& p : pieces) bytes += 64 + 9 * p.corners.size();
  return bytes;
}

class QuadTree {
 public:
  QuadTree(const Source& source, uint32_t target, std::vector<BuiltTile>* out)
      : source_(source), target_(target), out_(out) {}

  bool build(const Cell& cell, std::vector<Piece> pieces) {
    if (pieces.empty()) return true;
    const bool deep = cell.level >= map::kMinTileLevel;
    if (deep && (estimated_bytes(pieces) <= 2 * uint64_t{target_} || cell.level == map::kMaxTileLevel)) {
      BuiltTile tile;
      const bool fits = encode_tile(source_, cell, pieces, &tile);
      if (fits && (tile.bytes.size() <= target_ || cell.level == map::kMaxTileLevel)) {
        out_->push_back(std::move(tile));
        return true;
      }
      if (cell.level == map::kMaxTileLevel) return false;
    }
    std::vector<Piece> children[4];
    for (Piece& p : pieces) split(cell, std::move(p), children);
    pieces.clear();
    const uint32_t half = cell.half();
    for (uint32_t i = 0; i < 4; ++i) {
      const Cell child = {cell.x + (i & 1) * half, cell.y + (i >> 1) * half, cell.level + 1};
      if (!build(child, std::move(children[i]))) return false;
    }
    return true;
  }

 private:
  struct Crossing {
    double share;
    bool at_x, at_y;
  };

  static uint32_t child_of(const Cell& cell, const Corner& c) {
    const uint32_t half = cell.half();
    return (c.x - cell.x >= half ? 1U : 0U) | (c.y - cell.y >= half ? 2U : 0U);
  }

  static std::vector<Crossing> crossings(const Cell& cell, const Corner& a, const Corner& b) {
    const uint32_t half = cell.half();
    const uint32_t turn = child_of(cell, a) ^ child_of(cell, b);
    std::vector<Crossing> list;
    const auto share = [](uint32_t from, uint32_t to, uint32_t line) {
      return (static_cast<double>(line) - from) / (static_cast<double>(to) - from);
    };
    if ((turn & 1) != 0) list.push_back({share(a.x, b.x, cell.x + half), true, false});
    if ((turn & 2) != 0) list.push_back({share(a.y, b.y, cell.y + half), false, true});
    if (list.size() == 2) {
      if (list[0].share == list[1].share) return {{list[0].share, true, true}};
      if (list[1].share < list[0].share) std::swap(list[0], list[1]);
    }
    return list;
  }

  void split(const Cell& cell, Piece piece, std::vector<Piece>* children) {
    const uint32_t half = cell.half();
    const uint32_t first = child_of(cell, piece.corners.front());
    const bool whole = std::all_of(piece.corners.begin(), piece.corners.end(),
                                   [&](const Corner& c) { return child_of(cell, c) == first; });
    if (whole) {
      children[first].push_back(std::move(piece));
      return;
    }
    Piece now = piece;
    now.corners.assign(1, piece.corners.front());
    uint32_t child = first;
    for (size_t i = 1; i < piece.corners.size(); ++i) {
      const Corner& a = piece.corners[i - 1];
      const Corner& b = piece.corners[i];
      for (const Crossing& c : crossings(cell, a, b)) {
        Corner cut;
        const auto along = [&](double from, double to) { return from + (to - from) * c.share; };
        cut.x = c.at_x ? cell.x + half : static_cast<uint32_t>(along(a.x, b.x) + 0.5);
        cut.y = c.at_y ? cell.y + half : static_cast<uint32_t>(along(a.y, b.y) + 0.5);
        cut.offset_m = along(a.offset_m, b.offset_m);
        const NodeKey key = kCutBit | next_cut_++;
        now.corners.push_back(cut);
        now.to = key;
        now.to_open = false;
        children[child].push_back(now);
        now.corners.assign(1, cut);
        now.from = key;
        now.from_open = false;
        child ^= (c.at_x ? 1U : 0U) | (c.at_y ? 2U : 0U);
      }
      now.corners.push_back(b);
    }
    now.to = piece.to;
    now.to_open = piece.to_open;
    children[child].push_back(std::move(now));
  }

  const Source& source_;
  uint32_t target_;
  std::vector<BuiltTile>* out_;
  uint64_t next_cut_ = 0;
};

/// Fills tile numbers and twins into the finished bytes.
void join_twins(std::vector<BuiltTile>* tiles) {
  struct End {
    uint32_t tile, node;
  };
  std::unordered_map<NodeKey, std::vector<End>> ends;
  for (uint32_t t = 0; t < tiles->size(); ++t) {
    BuiltTile& tile = (*tiles)[t];
    auto* header = reinterpret_cast<TileHeader*>(tile.bytes.data());
    header->number = t;
    const uint32_t first = header->sections[map::kNodes].count - header->sections[map::kTwins].count;
    for (uint32_t i = 0; i < tile.cuts.size(); ++i) ends[tile.cuts[i]].push_back({t, first + i});
  }
  for (uint32_t t = 0; t < tiles->size(); ++t) {
    BuiltTile& tile = (*tiles)[t];
    const auto* header = reinterpret_cast<const TileHeader*>(tile.bytes.data());
    auto* twins = reinterpret_cast<map::Twin*>(tile.bytes.data() + header->sections[map::kTwins].offset);
    const uint32_t first = header->sections[map::kNodes].count - header->sections[map::kTwins].count;
    for (uint32_t i = 0; i < tile.cuts.size(); ++i) {
      const std::vector<End>& pair = ends[tile.cuts[i]];
      const bool second = pair[0].tile == t && pair[0].node == first + i;
      const End& other = pair[second ? 1 : 0];
      twins[i] = {other.tile, static_cast<uint16_t>(other.node), 0};
    }
  }
}

}  // namespace

bool build_tiles(const Source& source, std::vector<Piece> pieces, uint32_t target_bytes,
                 std::vector<BuiltTile>* out) {
  QuadTree tree(source, target_bytes, out);
  if (!tree.build({0, 0, 0}, std::move(pieces))) return false;
  join_twins(out);
  return true;
}

}  // namespace tomare::compiler
