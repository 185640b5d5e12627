// SPDX-License-Identifier: MIT
// From ways to strands between junctions, and where nodes of interest lie on them.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/network/network.hpp"

namespace tomare::compiler {

/// Longitude from one place of the grid to another, as base's east_e7.
inline constexpr double grid_east(uint32_t from_x, uint32_t to_x) { return east_e7(lon_of(from_x), lon_of(to_x)); }

struct Corner {
  uint32_t x, y;
  double offset_m;    ///< along the way from its first node
  uint32_t position;  ///< in the way, of this node or of the last one before
};

/// A node of a strand: the index of a road node, or a cut at a tile's edge or at the 180th meridian.
using NodeKey = uint64_t;
inline constexpr NodeKey kCutBit = NodeKey{1} << 63;
inline constexpr int kLineBits = 20;  ///< lines are multiples of 2^12: no cell below level 19 is split

/// An edge of the network meets a line of one axis once, so both together name the cut.
constexpr NodeKey cut_key(uint64_t edge, bool at_x, uint32_t line) {
  return kCutBit | edge << (kLineBits + 1) | uint64_t{at_x ? 1U : 0U} << kLineBits | line >> (32 - kLineBits);
}
/// No cell is split at 0.
constexpr NodeKey meridian_key(uint64_t edge) { return cut_key(edge, true, 0); }

/// A stretch of one way; becomes a segment once it lies in one tile.
struct Strand {
  NodeKey from = 0, to = 0;
  uint32_t way = 0;
  uint32_t first_corner = 0, corner_count = 0;  ///< in the corners of its region
  bool from_open = false, to_open = false;      ///< the data ends here
  Box box;
};

/// Strands of one region lie over one list of corners: a split makes new ones only where it cuts.
struct Strands {
  std::vector<Strand> list;
  std::vector<Corner> corners;
};

/// distance_m with the metre scale interpolated between hundredths of a degree of latitude: off by less than
/// 4e-9 of the scale at the equator. What was worked out is kept.
class LengthScale {
 public:
  double distance_m(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b);

 private:
  static constexpr int32_t kStep = 100'000;  ///< e7
  static constexpr uint32_t kKept = 256;
  struct Kept {
    int32_t step = -1;
    MetreScale base{}, change{};  ///< at the step, and per e7 beyond it
  };
  const Kept& at(int32_t step);
  std::vector<Kept> kept_ = std::vector<Kept>(kKept);
};

/// Makes the strands of ways.
class StrandMaker {
 public:
  explicit StrandMaker(const Network& network) : n_(network) {}
  /// Appends the strands of one way.
  void add(uint32_t way, Strands* out);

 private:
  /// Beyond the first or the last position of a strand.
  struct End {
    bool open = false;  ///< the data ends here
    bool cut = false;   ///< it goes on to a corner at the 180th meridian
    NodeKey key = 0;
    Corner corner{};
  };
  void cut_before(uint32_t i, End* before, End* after) const;
  void emit(uint32_t first, uint32_t last, const End& from, const End& to);

  const Network& n_;
  LengthScale scale_;
  std::vector<double> offsets_;
  uint32_t way_ = 0;
  Strands* out_ = nullptr;
};

/// Counts ways and nodes into the statistics, and sets the box. False: no way has two placed nodes that follow one
/// another.
bool count_network(Network* network);

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
  void add(uint32_t way, const std::vector<bool>& listed);

  const Network& network_;
  std::unordered_map<uint32_t, std::vector<Occurrence>> map_;
};

/// An end of a strand at a node, or the inside of one. -1: the strand that ends there, +1: the one
/// that begins there, 0: the strand that holds the offset.
struct StrandEnd {
  uint32_t way = 0, node = 0;
  int side = 0;
};

/// Sets the winding of the ways of roundabouts.
void wind_roundabouts(Network* network);

/// Metres along a way of each of its positions; missing nodes repeat the value before.
std::vector<double> way_offsets(const Network& network, const RoadWay& way);
void way_offsets(const Network& network, const RoadWay& way, LengthScale* scale, std::vector<double>* out);

}  // namespace tomare::compiler
