// SPDX-License-Identifier: MIT
// The adaptive quadtree: pieces are clipped to cells, cells are split until they are small enough,
// and each becomes the bytes of a tile.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mapdata/compiler/graph.hpp"

namespace tomare::compiler {

struct Cell {
  uint32_t x = 0, y = 0, level = 0;
  uint32_t half() const { return 1U << (31 - level); }  ///< half its side: the whole one of level 0 needs 33 bits
};

/// Everything that tiles draw on.
struct Source {
  const Network& network;
  std::vector<std::vector<PlacedPoint>> points;  ///< per way, sorted by offset
  std::vector<PlacedRestriction> restrictions;   ///< sorted by via node
};

struct BuiltTile {
  Cell cell;
  std::vector<uint8_t> bytes;
  std::vector<NodeKey> cuts;  ///< key of each twin, in their order
};

/// False when a count is beyond the format's limits.
bool encode_tile(const Source& source, const Cell& cell, const std::vector<Piece>& pieces, BuiltTile* out);

/// Tiles in Z-order, numbers and twins filled in. False: one cannot be made small enough.
bool build_tiles(const Source& source, std::vector<Piece> pieces, uint32_t target_bytes,
                 std::vector<BuiltTile>* out);

}  // namespace tomare::compiler
