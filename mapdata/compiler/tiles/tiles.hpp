// SPDX-License-Identifier: MIT
// The adaptive quadtree: strands are clipped to cells, cells are split until they are small enough, and each
// becomes the bytes of a tile. One region after another, so that memory does not grow with the map.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "mapdata/compiler/network/graph.hpp"
#include "mapdata/compiler/tiles/cell.hpp"
#include "mapdata/compiler/tiles/source.hpp"
#include "mapdata/compiler/tiles/tile_bytes.hpp"

namespace tomare::compiler {

/// Makes the tiles in Z-order, and gives each out once its twins are known: a tile waits for its neighbours.
class TileBuilder {
 public:
  struct Result {
    bool failed = false;  ///< a cell of 45 m holds more road than a tile can
    bool done = false;
  };
  TileBuilder(const Source& source, uint32_t target_bytes);
  /// The next finished tile; tiles made since the last call are appended to `made`, in number order.
  Result next(BuiltTile* out, std::vector<Cell>* made_cells, std::vector<uint32_t>* made_bytes);

 private:
  struct Region {
    Cell cell;
    std::deque<uint32_t> ways;
  };
  struct Waiting {
    BuiltTile tile;
    uint32_t open = 0;  ///< twins that are not known yet
  };
  struct End {
    uint32_t tile, cut;
  };
  /// A way's box in steps of the root cell's side / 2^16: lines of the quadtree lie on them.
  struct Extent {
    uint16_t min_x, min_y, max_x, max_y;
  };
  void begin();
  bool step();
  void divide(const Region& region);
  bool build(const Cell& cell, std::vector<Strand> strands);
  void join(BuiltTile tile);
  static void set_twin(BuiltTile* tile, uint32_t cut, const BuiltTile& other, uint32_t other_cut);

  const Source& source_;
  uint32_t target_;
  TileEncoder encoder_;
  StrandMaker maker_;
  Strands strands_;
  Cell root_;
  std::deque<Extent> extents_;   ///< of each way
  std::vector<Region> regions_;  ///< still to do, the next one last
  std::unordered_map<NodeKey, End> ends_;
  std::unordered_map<uint32_t, Waiting> waiting_;
  std::deque<BuiltTile> ready_;
  std::vector<Cell> made_cells_;
  std::vector<uint32_t> made_bytes_;
  uint32_t count_ = 0;
};

}  // namespace tomare::compiler
