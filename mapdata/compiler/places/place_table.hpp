// SPDX-License-Identifier: MIT
// The places that a map's roads lie in, numbered in the order in which its tiles name them.
#pragma once

#include <vector>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/places/places.hpp"

namespace tomare::compiler {

class PlaceTable {
 public:
  /// The bytes of places.bin. False: they are not of the format.
  bool open(std::string_view bytes) { return index_.open(bytes); }

  /// Number in the map of the place of a position, map::kNone16 where there is none.
  uint16_t at(uint32_t x, uint32_t y) { return number_of(index_.find(x, y)); }
  /// True: the whole cell is of one place, or of none.
  bool uniform(uint32_t x, uint32_t y, uint32_t level, uint16_t* place);
  /// Widens the boxes of the places of a finished tile by its cell.
  void add_tile(const std::vector<uint8_t>& tile);
  /// The records of the file, by number.
  const std::vector<map::Place>& records() const { return records_; }

 private:
  uint16_t number_of(uint16_t place);

  PlaceIndex index_;
  std::vector<uint16_t> numbers_;  ///< by the index's number
  std::vector<map::Place> records_;
};

}  // namespace tomare::compiler
