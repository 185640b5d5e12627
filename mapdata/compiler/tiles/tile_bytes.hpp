// SPDX-License-Identifier: MIT
// One tile as bytes (FORMAT.md §4). The encoder is kept from tile to tile for its lists.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mapdata/compiler/network/graph.hpp"
#include "mapdata/compiler/tiles/cell.hpp"
#include "mapdata/compiler/tiles/source.hpp"

namespace tomare::compiler {

struct BuiltTile {
  Cell cell;
  uint32_t number = 0;
  uint64_t length_cm = 0;  ///< of its segments
  std::vector<uint8_t> bytes;
  std::vector<NodeKey> cuts;  ///< key of each twin, in their order
};

/// Numbers the nodes of a tile: road nodes by their index, then cuts by their key.
class TileNodes {
 public:
  /// Two ends for each strand: a slot each, which `index` makes a number of.
  void collect(const std::vector<Strand>& strands);
  uint16_t index(size_t end) const { return numbers_[slots_[end]]; }
  const std::vector<NodeKey>& sorted() const { return sorted_; }
  size_t cuts() const { return cuts_; }

 private:
  uint32_t slot_of(NodeKey key);

  std::vector<NodeKey> table_, sorted_;  ///< the table is open addressed
  std::vector<uint16_t> numbers_;        ///< of each place in the table
  std::vector<uint32_t> slots_;
  std::vector<std::pair<NodeKey, uint32_t>> order_;
  size_t cuts_ = 0;
};

class TileEncoder {
 public:
  explicit TileEncoder(const Source& source);

  /// False when a count is beyond the format's limits, or the tile is larger than `limit` bytes.
  bool encode(const Cell& cell, const std::vector<Strand>& strands, const std::vector<Corner>& corners, uint64_t limit,
              BuiltTile* out);

 private:
  void begin(const Cell& cell);
  uint64_t least_bytes(const std::vector<Strand>& strands) const;
  void add_nodes();
  bool add_segment(const Strand& strand, const Corner* corners);
  void place_node(uint16_t index, const map::Point& at, bool open);
  uint16_t place_of(const Strand& strand, const Corner* corners);
  void add_points(const Strand& strand, double from, double to, uint16_t index, const map::Segment& segment);
  uint16_t way_index(uint32_t way, uint32_t facts);
  uint16_t name_index(uint32_t name);
  uint16_t text_index(std::string_view text);
  uint16_t add_text(std::string_view text);
  uint16_t attributes_index(uint32_t facts);
  void add_condition(const ParsedCondition& condition);
  void add_arcs();
  uint16_t segment_at(const StrandEnd& anchor, uint16_t node) const;
  void add_restrictions();
  void add_restriction(const PlacedRestriction& placed, uint16_t node);
  void add_grid();
  void add_line(uint32_t point);
  void write(BuiltTile* out);

  const Source& source_;
  Cell cell_;
  uint32_t shift_ = 0, grid_log2_ = 0;
  uint64_t length_cm_ = 0;
  bool one_place_ = false;  ///< the whole cell is of `place_`
  uint16_t place_ = map::kNone16;
  map::TileHeader header_{};
  TileNodes node_index_;
  std::unordered_map<std::string_view, uint16_t> text_index_;  ///< of conditions
  std::vector<uint16_t> name_slots_, facts_slots_;             ///< kNone16 where the tile has not used them
  std::vector<uint32_t> used_names_, used_facts_;
  uint32_t points_way_ = kMissing;
  size_t way_points_ = 0;  ///< the first of Source::points on that way
  std::vector<uint32_t> way_of_record_, facts_of_record_;
  std::vector<map::Node> nodes_;
  std::vector<map::Arc> arcs_;
  std::vector<map::Segment> segments_;
  std::vector<map::Point> points_;
  std::vector<uint16_t> point_segments_;
  std::vector<map::Way> ways_;
  std::vector<map::Attributes> attributes_;
  std::vector<map::RulePoint> rule_points_;
  std::vector<map::Restriction> restrictions_;
  std::vector<int64_t> restriction_ways_;
  std::vector<map::Condition> conditions_;
  std::vector<map::Term> terms_;
  std::vector<map::Name> names_;
  std::vector<map::Quote> quotes_;
  std::vector<char> text_;
  std::vector<uint32_t> grid_starts_;
  std::vector<uint16_t> grid_pieces_;
  std::vector<uint32_t> grid_lines_;  ///< cell << 16 | point, in the order of the points
};

}  // namespace tomare::compiler
