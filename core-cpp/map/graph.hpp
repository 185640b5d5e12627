// SPDX-License-Identifier: MIT
// The road graph across tiles: tiles by number or by place, and arcs that lead from one tile into
// the next. Holds a small window of pinned tiles.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core-cpp/map/map_file.hpp"
#include "core-cpp/map/tile.hpp"

namespace tomare::map {

/// A direction of travel along a segment.
struct ArcRef {
  uint32_t tile;
  uint16_t segment;
  uint16_t backward;  ///< 0 along the segment, 1 against
  bool operator==(const ArcRef&) const = default;
};

/// A tile by the square that it covers, from its origin on (x, y as in format.hpp).
struct TileCell {
  uint32_t number, x, y, side;
};

class Graph {
 public:
  static constexpr uint32_t kWindow = 64;  ///< tiles that stay valid

  explicit Graph(MapFile& file) : file_(file), window_(kWindow) {}
  ~Graph();
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  /// The tile, or nullptr when it is damaged (then `error()` tells, and it is not tried again in
  /// this drive). The pointer is valid until kWindow other tiles have been asked for.
  const Tile* tile(uint32_t number) {
    if (window_[last_].number == number) return &window_[last_].tile;
    const uint32_t guess = hints_[number % kHints];
    if (window_[guess].number != number) return find_tile(number);
    window_[guess].used = ++tick_;
    last_ = guess;
    return &window_[guess].tile;
  }

  /// The tiles whose cell meets the box, by number ascending. Loads none of them.
  void tiles_in(uint32_t min_x, uint32_t min_y, uint32_t max_x, uint32_t max_y, std::vector<TileCell>* out);

  /// Arcs that leave the end node of `arc`, its own reverse included, cuts at tile edges followed
  /// (an arc that only crosses the edge continues as its twin's one arc). At most `capacity`.
  uint32_t leaving(const ArcRef& arc, ArcRef* out, uint32_t capacity);

  ErrorDetail error() const { return error_; }

 private:
  struct Slot {
    Tile tile;
    uint32_t number = UINT32_MAX;
    uint64_t used = 0;
    bool damaged = false;
  };
  static constexpr uint32_t kHints = 256;
  const Tile* find_tile(uint32_t number);
  ErrorDetail load(uint32_t number, Tile* tile);

  MapFile& file_;
  std::vector<Slot> window_;
  std::array<uint8_t, kHints> hints_{};  ///< slot where a number was last, by its low bits
  std::vector<uint32_t> damaged_;
  uint64_t tick_ = 0;
  uint32_t last_ = 0;
  ErrorDetail error_;
};

}  // namespace tomare::map
