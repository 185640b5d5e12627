// SPDX-License-Identifier: MIT
// Which tag gave a fact, as the map has it: kept where the fact itself would be written as another (FORMAT.md §4.18).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core-cpp/map/format.hpp"

namespace tomare::compiler {

struct QuotedTag {
  map::QuotedFact fact{};
  uint8_t directions = 0, vehicles = 0;
  std::string text;  ///< key=value
};

/// The texts of one fact by direction and vehicle while tags are read, a later one in place of an earlier.
class Quoting {
 public:
  void set(int direction, uint8_t vehicles, const std::string& text);
  const std::string& at(int direction, int vehicle) const { return texts_[direction][vehicle]; }
  /// Appends those that `canonical(direction, vehicle)` does not give.
  template <typename Canonical>
  void keep(map::QuotedFact fact, Canonical&& canonical, std::vector<QuotedTag>* out) const {
    for (int d = 0; d < 2; ++d) {
      for (int v = 0; v < map::kVehicleCount; ++v) {
        if (!texts_[d][v].empty() && texts_[d][v] != canonical(d, v)) add(fact, d, v, out);
      }
    }
  }

 private:
  void add(map::QuotedFact fact, int direction, int vehicle, std::vector<QuotedTag>* out) const;

  std::string texts_[2][map::kVehicleCount];
};

/// key=value; what OSM itself would not take (255 characters of each) is cut.
std::string tag_text(std::string_view key, std::string_view value);

}  // namespace tomare::compiler
