// SPDX-License-Identifier: MIT
// In which place of the map a position lies: that of the nearest road. For hosts that must know law and clock before
// a drive is judged.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/map/graph.hpp"

namespace tomare::map {

class PlaceFinder {
 public:
  explicit PlaceFinder(Graph& graph) : graph_(graph) {}
  /// Number of the place, kNone16 where no road is within about 20 km, or none of these has a place. Cheap for one
  /// position after another: a tile of one place answers for all positions in it.
  uint16_t at(int32_t lat_e7, int32_t lon_e7);

 private:
  struct Nearest {
    double square = 0;
    uint16_t place = kNone16;
    bool any = false;
  };
  void look(const Tile& tile, double x, double y, Nearest* nearest) const;

  Graph& graph_;
  std::vector<TileCell> tiles_;
  uint32_t x_ = 0, y_ = 0, shift_ = 32;  ///< the cell that answered last; shift 32: none did
  uint16_t place_ = kNone16;
};

}  // namespace tomare::map
