// SPDX-License-Identifier: MIT
// Which country and time zone a position lies in (mapdata/places/FORMAT.md). Positions are x, y of mapdata/FORMAT.md
// §1.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tomare::compiler {

inline constexpr uint16_t kNoPlace = 0xFFFF;

struct PlaceName {
  std::string country;  ///< ISO 3166-1 alpha-2, or empty
  std::string zone;     ///< IANA name
};

class PlaceIndex {
 public:
  /// Copies what it needs. False: the bytes are not of the format, and the index knows no place.
  bool open(std::string_view bytes);
  /// The place's number, kNoPlace where there is none. Decodes the block there, and keeps some.
  uint16_t find(uint32_t x, uint32_t y);
  /// True: the whole square of 2^(32 - level) units from (x, y) is of one place, or of none.
  bool uniform(uint32_t x, uint32_t y, uint32_t level, uint16_t* place) const;
  const std::vector<PlaceName>& names() const { return names_; }

 private:
  struct Square {
    uint64_t key = 0;  ///< Z-order of its origin
    uint32_t x = 0, y = 0, level = 0;
    uint16_t place = kNoPlace;
    std::vector<uint16_t> labels;   ///< of its cells; empty: it is wholly of `place`
    uint32_t offset = 0, size = 0;  ///< of the cells' bytes
  };
  class Parser;
  const Square* square_at(uint32_t x, uint32_t y) const;
  const std::vector<uint8_t>& cells_of(const Square& square);

  std::vector<PlaceName> names_;
  std::vector<uint16_t> probabilities_;
  std::vector<Square> squares_;                    ///< ascending by key; squares of no place are left out
  std::string bytes_;                              ///< of the cells
  std::map<uint64_t, std::vector<uint8_t>> kept_;  ///< decoded blocks by key
};

}  // namespace tomare::compiler
