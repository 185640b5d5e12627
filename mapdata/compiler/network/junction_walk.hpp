// SPDX-License-Identifier: MIT
// How far it is along a road to the next junction: by that a sign without a direction is given one (OSM wiki:
// Tag:highway=stop).
#pragma once

#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "mapdata/compiler/network/graph.hpp"

namespace tomare::compiler {

/// A way into a property or a field: where it leaves a road is no junction, unless the road is such a way itself.
bool is_drive(const map::Attributes& a);
/// Whether those who give way know it as a road: no drive, no way of a property, not closed to cars.
bool is_proper(const map::Attributes& a);

/// The roads that make a junction where they meet the one that a walk follows.
enum class Counted : uint8_t { every, no_drives, proper };
constexpr uint32_t kWaysOfCounting = 3;

constexpr double kNoJunction = 1e9;  ///< metres to one, or to a crosswalk or gate, where there is none

/// Metres along the road to the next junction or crossing of rails, and to the first crosswalk or gate on the way.
struct Ahead {
  double junction_m = kNoJunction, perhaps_m = kNoJunction;
  uint32_t way = kMissing, node = kMissing;  ///< the junction, and the way on which the walk comes to it
  uint8_t direction = 0;                     ///< of that way: 1 along it, 2 against it
};

class JunctionWalk {
 public:
  static constexpr uint32_t kMostNodes = 500;  ///< some kilometres of road: no sign stands so far before its junction

  /// Of the occurrences it asks for those of nodes where walks begin.
  JunctionWalk(const Network& network, const Occurrences& occurrences) : n_(network), occurrences_(occurrences) {}

  /// From a place along its way (`step` 1) or against it (-1), beyond the places where ways are joined.
  Ahead ahead(Occurrence o, int step, Counted counted);
  /// Positions of ways in the node, as Network::uses, of those that count alone.
  uint32_t roads_at(uint32_t node, Counted counted);
  /// Metres from the begin of its way.
  double offset_m(const Occurrence& o) { return walk_of(o.way, Counted::no_drives).offsets[o.position]; }

 private:
  enum Halt : uint8_t { kHalt = 1, kPerhapsHalt };

  /// What a walk along a way meets, by positions: each of 100,000 signs on one way asks for it.
  struct Walk {
    uint32_t way = kMissing;
    Counted counted = Counted::every;
    std::vector<double> offsets;          ///< metres from its begin
    std::vector<uint32_t> ends, perhaps;  ///< junctions, crossings of rails, missing nodes; crosswalks and gates
  };

  const Walk& walk_of(uint32_t w, Counted counted);
  void add_ends(uint32_t w);
  uint32_t way_on(uint32_t way, uint32_t node, Counted counted);
  bool counts(const RoadWay& way, Counted counted) const;
  void leave_out(const RoadWay& way, std::vector<uint8_t>* left_out) const;
  uint8_t halt_at(uint32_t node);

  const Network& n_;
  const Occurrences& occurrences_;
  std::deque<std::pair<uint32_t, uint32_t>> ends_;  ///< node and way, sorted; filled when first asked for
  std::array<std::vector<uint8_t>, 2> left_out_;    ///< positions of drives, and of all roads that are not proper, in
                                                    ///< each node; filled when first asked for
  std::vector<uint8_t> halts_;                      ///< Halt of each node; filled when first asked for
  std::array<Walk, 256 * kWaysOfCounting> walks_;   ///< by the number of their way, and what counts
};

}  // namespace tomare::compiler
