// SPDX-License-Identifier: MIT
// Candidates: the nearest point of every road segment within a radius of a fix, by the tiles' grids. A segment that
// turns, as a road does that climbs, may have two.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/map/graph.hpp"
#include "core-cpp/match/budget.hpp"

namespace tomare::match {

struct Candidate {
  uint32_t tile = 0;
  uint16_t segment = 0;
  float distance_m = 0;            ///< fix to road
  float along_m = 0;               ///< from the segment's first point
  float length_m = 0;              ///< of the segment
  float bearing_deg = 0;           ///< of the segment's direction there
  float aside_x = 0, aside_y = 0;  ///< unit vector from the road to the fix
};

/// Roads within `near_m` are enough when the nearest is within `content_m`; else it goes to `far_m`.
struct SearchRadius {
  float near_m, content_m, far_m;
};

/// How many: the `nearest`, and those within `anyway_m`, too, up to `most` in all.
struct SearchCount {
  uint32_t nearest;
  float anyway_m = 0;
  uint32_t most = nearest;
  uint32_t pieces = kMostPieces;  ///< of roads that may be measured
  bool turned = false;            ///< also where a segment that is found goes another way: after the others, unordered
};

/// A position in a tile's local units, and metres per unit.
struct LocalFrame {
  float x, y, unit_x, unit_y;
};

class CandidateFinder {
 public:
  explicit CandidateFinder(map::Graph& graph) : graph_(graph), slots_(kSlots), pieces_(kPieces) {}

  /// Candidates within the radius, nearest first (ties by tile, segment). Where more roads are near than a fix may ask
  /// for (budget.hpp), within as much of the radius as it may; then cut() is set.
  void find(int32_t lat_e7, int32_t lon_e7, const SearchRadius& radius, const SearchCount& wanted,
            std::vector<Candidate>* out);
  bool cut() const { return cut_; }
  /// Pieces of roads that the last search measured.
  uint32_t measured() const { return measured_; }

 private:
  struct Hit {
    float distance2, share;
    uint32_t tile;
    uint16_t segment, piece;
  };
  /// Of a segment, from one of its points to the next: what a place on it needs. Neighbouring fixes ask for the same.
  struct Piece {
    uint32_t tile = UINT32_MAX, piece = 0;
    float x = 0, y = 0, dx = 0, dy = 0;  ///< its first point in local units; metres to the next one
    float length_m = 0, bearing_deg = 0;
    float before_m = 0, total_m = 0;  ///< of the pieces before it, and of all, by their points
    float segment_m = 0;              ///< the segment's length
    bool turned = false;              ///< elsewhere the segment goes another way
  };
  static constexpr uint32_t kPieces = 512;
  /// Where a segment's hit is, by its number, in a table of open addresses.
  struct Slot {
    uint32_t search = 0, hit = 0;
  };
  static constexpr uint32_t kSlots = 256;  ///< at first: a power of two, always twice as many as there are hits
  Slot& slot_of(uint32_t tile, uint16_t segment);
  void make_more_slots();
  const Piece& piece_of(const map::Tile& tile, uint16_t segment, uint32_t piece);
  /// The nearest place where the hit's segment goes another way than at the hit; false: none within the radius.
  bool turned(const map::Tile& tile, const Hit& hit, const LocalFrame& frame, float radius_m, Hit* other);
  void add_turned(uint32_t x, uint32_t y, float radius_m, size_t most, std::vector<Candidate>* out);
  /// True: elsewhere the segment goes another way.
  bool place(const map::Tile& tile, const Hit& hit, const LocalFrame& frame, Candidate* candidate);
  struct Box {
    uint32_t min_x = 1, min_y = 1, max_x = 0, max_y = 0;

    static Box around(uint32_t x, uint32_t y, float metres, const MetreScale& scale);
    bool holds(const Box& box) const {
      return box.min_x >= min_x && box.max_x <= max_x && box.min_y >= min_y && box.max_y <= max_y;
    }
    bool meets(const map::TileCell& cell) const {
      const uint32_t last = cell.side - 1;
      return max_x >= cell.x && min_x <= cell.x + last && max_y >= cell.y && min_y <= cell.y + last;
    }
  };
  void gather(uint32_t x, uint32_t y, float radius_m, const MetreScale& scale);
  /// False: more than a fix may ask for, unless a part is enough.
  bool gather_all(uint32_t x, uint32_t y, float radius_m, const MetreScale& scale);
  /// Of the tiles around another x: that of the 180th meridian on its other side, where the place lies near it.
  bool gather_around(uint32_t middle_x, uint32_t x, uint32_t y, float radius_m, const MetreScale& scale);
  void cover(uint32_t x, uint32_t y, float radius_m, const MetreScale& scale);
  bool scan(const map::Tile& tile, const LocalFrame& frame, float radius_m);
  void add_hit(const map::Tile& tile, uint32_t piece, float distance2, float share);

  map::Graph& graph_;
  LocalScale scale_;
  Box covered_;  ///< all tiles in it are in tiles_
  Box only_;     ///< the cell of the only tile in tiles_: no other lies in it
  std::vector<map::TileCell> tiles_;
  std::vector<Hit> hits_;
  std::vector<Slot> slots_;
  uint32_t search_ = 0;                  ///< number of the search whose slots count
  uint32_t measured_ = 0, allowed_ = 0;  ///< pieces, by this search
  bool cut_ = false, partly_ = false;
  std::vector<Piece> pieces_;  ///< kept by their number
};

}  // namespace tomare::match
