// SPDX-License-Identifier: MIT
// Lines of the map as positions on the globe, for those who draw them.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/map/tile.hpp"

namespace tomare::map {

struct Position {
  int32_t lat_e7, lon_e7;
  bool operator==(const Position&) const = default;
};

/// A local position as the middle of what its unit stands for: the compiler rounds down to units (FORMAT.md §4), which
/// are 1 e7 from level 16 on and 16 e7 (0.18 m) at level 12.
Position position_of(const Tile& tile, double x, double y);
inline Position position_of(const Tile& tile, const Point& p) { return position_of(tile, p.x, p.y); }

/// The place at metre `along_m` from the segment's first point; beyond its ends, the end.
Position place_on(const Tile& tile, uint32_t segment, double along_m);

/// Whether the way has a corner where its segment begins, or ends, at the edge of a tile: the cut is that corner then.
bool cut_at_corner(const Tile& tile, uint32_t segment, bool begin);

/// Appends the part of a segment between two metres from its first point, in the order from `from_m` to `to_m`, which
/// may be the smaller: both ends, and the points between them that are a centimetre or more away.
void append_part(const Tile& tile, uint32_t segment, double from_m, double to_m, std::vector<Position>* out);

}  // namespace tomare::map
