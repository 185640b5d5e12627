// SPDX-License-Identifier: MIT
// Ways that leave the path at a junction and come back to it soon: lawful ones, and those with one banned turn.
#pragma once

#include <compare>
#include <unordered_map>
#include <vector>

#include "core-cpp/map/graph.hpp"
#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

inline constexpr double kWayM = 130;     ///< a way at most, and the path that it goes round …
inline constexpr double kFarWayM = 250;  ///< … and one between fixes that are far apart

struct WayBeside {
  uint32_t leaves = 0;             ///< leg of the path at whose end it leaves
  uint32_t meets = 0;              ///< leg of the path at whose start it is back
  std::vector<match::Leg> legs;    ///< between the two
  bool banned = false;             ///< a restriction of a junction bars one turn of it, for certain or perhaps …
  size_t turn = 0;                 ///< … that onto leg `turn`, or onto `meets` where there is none such …
  map::Restriction restriction{};  ///< … and this one does
};

/// The junctions with a restriction, by squares of their tile: of these, a leg asks those around its end alone. Holds
/// those of each tile that was asked about; for all runs of a drive.
class BansNear {
 public:
  /// One lies within 200 m of the end of the leg, in the same tile.
  bool at_end_of(const Context& context, const match::Leg& leg);

 private:
  struct Junction {
    int32_t row, column;  ///< of its square
    uint16_t x, y;        ///< as in the tile
    auto operator<=>(const Junction&) const = default;
  };
  using Junctions = std::vector<Junction>;
  /// Number of the square in which so many metres from the tile's corner lie.
  static int32_t square(double metres);
  /// Asks about a tile from now on.
  void open(const map::Tile& tile);

  std::unordered_map<uint32_t, Junctions> tiles_;
  uint32_t tile_ = 0;
  Junctions* junctions_ = nullptr;  ///< of `tile_`; nullptr before the first is asked about
};

/// Those that leave at the end of a leg, of so many metres at most, where a restriction is near. No road of them is
/// closed or one-way the other way.
std::vector<WayBeside> ways_beside(const Context& context, const match::Run& run, uint32_t leg, BansNear* bans,
                                   double most_m = kWayM);

}  // namespace tomare::rules
