// SPDX-License-Identifier: MIT
// From ways to pieces between junctions, and where nodes of interest lie on them.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "mapdata/compiler/network.hpp"

namespace tomare::compiler {

struct Corner {
  uint32_t x, y;
  double offset_m;    ///< along the way from its first node
  uint32_t position;  ///< in the way, of this node or of the last one before
};

/// A node of a piece: the index of a road node, or a cut at a tile's edge.
using NodeKey = uint64_t;
inline constexpr NodeKey kCutBit = NodeKey{1} << 63;

/// A stretch of one way; becomes a segment once it lies in one tile.
struct Piece {
  uint32_t way = 0;
  NodeKey from = 0, to = 0;
  bool from_open = false, to_open = false;  ///< the data ends here
  std::vector<Corner> corners;
};

/// Appends the pieces of one way. True: the way is cut, for nodes of it are missing.
bool make_pieces(const Network& network, uint32_t way, std::vector<Piece>* out);

/// Counts ways, nodes and length into the statistics. Returns the number of pieces that there will be.
uint64_t count_pieces(Network* network);

/// Where a node lies: position in a way.
struct Occurrence {
  uint32_t way, position;
};

class Occurrences {
 public:
  Occurrences(const Network& network, const std::vector<uint32_t>& wanted_nodes);
  const std::vector<Occurrence>& at(uint32_t node) const;
  /// Ends of road that meet in the node.
  uint32_t arms(uint32_t node) const;

 private:
  const Network& network_;
  std::unordered_map<uint32_t, std::vector<Occurrence>> map_;
};

/// An end of a piece at a node, or the inside of one. -1: the piece that ends there, +1: the one
/// that begins there, 0: the piece that holds the offset.
struct Anchor {
  uint32_t way = 0, node = 0;
  int side = 0;
};

struct PlacedPoint {
  Anchor anchor;
  double offset_m = 0;  ///< along the way
  map::RulePoint point{};
};

struct PlacedRestriction {
  uint32_t via_node = 0;
  Anchor from, to;
  map::Restriction record{};
  std::vector<int64_t> path;  ///< kViaWay: via ways, then the to-way
  uint32_t raw = 0;           ///< index into Network::restrictions, for its conditions
};

std::vector<PlacedPoint> place_points(Network* network);
std::vector<PlacedRestriction> place_restrictions(Network* network);

/// Metres along a way of each of its positions; missing nodes repeat the value before.
std::vector<double> way_offsets(const Network& network, const RoadWay& way);

}  // namespace tomare::compiler
