// SPDX-License-Identifier: MIT
// A tile as a checked view: every count, offset and index was verified once (FORMAT.md §4), so that
// access afterwards is plain pointers. The bytes belong to the TileSource that pinned them.
#pragma once

#include <cstdint>
#include <string_view>

#include "core-cpp/base/error.hpp"
#include "core-cpp/map/format.hpp"

namespace tomare::map {

struct Tile {
  const TileHeader* header = nullptr;
  const Node* nodes = nullptr;
  const Twin* twins = nullptr;
  const Arc* arcs = nullptr;
  const Segment* segments = nullptr;
  const Point* points = nullptr;
  const uint16_t* point_segments = nullptr;
  const Way* ways = nullptr;
  const Attributes* attributes = nullptr;
  const RulePoint* rule_points = nullptr;
  const Restriction* restrictions = nullptr;
  const int64_t* restriction_ways = nullptr;
  const Condition* conditions = nullptr;
  const Term* terms = nullptr;
  const Name* names = nullptr;
  const char* text = nullptr;
  const uint32_t* grid_starts = nullptr;
  const uint16_t* grid_pieces = nullptr;
  const Quote* quotes = nullptr;
  uint32_t number = 0;
  uint32_t span = 0;                 ///< side of the cell in e7
  float unit_x_m = 0, unit_y_m = 0;  ///< metres per local unit at the cell's middle latitude

  uint32_t count(SectionId id) const { return header->sections[id].count; }
  const Attributes& attributes_of(uint32_t segment) const { return attributes[ways[segments[segment].way].attributes]; }
  const Way& way_of(uint32_t segment) const { return ways[segments[segment].way]; }
  /// A name by its index; empty for kNone16.
  std::string_view text_of(uint16_t name) const {
    return name < count(kNames) ? std::string_view(text + names[name].offset, names[name].length) : std::string_view();
  }
};

/// Verifies the tile's structure (not its CRC) and fills `tile`. `size` bytes at `bytes`, 8-aligned.
ErrorDetail check_tile(const uint8_t* bytes, uint32_t size, uint32_t number, uint32_t level, uint32_t tile_count,
                       uint32_t place_count, Tile* tile);

/// As check_tile, for bytes that it has passed before.
ErrorDetail view_tile(const uint8_t* bytes, uint32_t size, uint32_t number, uint32_t level, Tile* tile);

/// Name index of the tag that gave a fact; kNone16 where the fact itself says it.
uint16_t quote_of(const Tile& tile, const Attributes& attributes, QuotedFact fact, int direction, Vehicle vehicle);

/// The way that a restriction of its via node names begins with this segment.
bool opens_with(const Tile& tile, const Restriction& restriction, uint32_t segment);

/// A place on a segment and the metres of the piece that it lies on, in the segment's direction.
struct Pose {
  int32_t lat_e7, lon_e7;
  double east_m, north_m;

  double bearing_deg() const;  ///< as bearing_on
};

/// A segment that is asked for several poses: those in order along it cost one walk along its points. Valid as long as
/// the tile is.
class SegmentLine {
 public:
  SegmentLine(const Tile& tile, uint32_t segment);
  /// As pose_on.
  Pose pose(double along_m);

 private:
  /// Goes to the piece that holds metre `along_m`, and tells the share of it that lies before.
  double go_to(double along_m);
  double length_of(uint32_t piece) const;

  const Tile& tile_;
  const Segment& s_;
  double scale_;         ///< metres by the segment's length per metre by its points
  uint32_t piece_ = 0;   ///< the last one gone to …
  double walked_m_ = 0;  ///< … and where it begins
};

/// The pose at metre `along_m` from the segment's first point: position_on and bearing_on with one look at the segment.
Pose pose_on(const Tile& tile, uint32_t segment, double along_m);

/// Position of metre `along_m` from the segment's first point, e7.
void position_on(const Tile& tile, uint32_t segment, double along_m, int32_t* lat_e7, int32_t* lon_e7);

/// Bearing (degrees clockwise from north, 0..360, by a polynomial arctangent) of the segment's
/// direction at metre `along_m`; add 180 for backward.
double bearing_on(const Tile& tile, uint32_t segment, double along_m);

}  // namespace tomare::map
