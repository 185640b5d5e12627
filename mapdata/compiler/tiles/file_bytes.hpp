// SPDX-License-Identifier: MIT
// The parts of a .tmap file that are not tiles (FORMAT.md §2, §3): first page, directory and root, from
// the tiles in the order in which they follow one another in the file.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/tiles/cell.hpp"

namespace tomare::compiler {

class FileBytes {
 public:
  /// The next tile; its bytes may be known later. Returns its offset in the file.
  uint64_t add(const Cell& cell, uint32_t length);
  /// Once a tile's bytes are final. Returns its offset.
  uint64_t seal(uint32_t number, const std::vector<uint8_t>& tile);
  /// After the last tile. `facts` gives bounds, time, name, checksum and statistics; the rest is filled in.
  void finish(const map::FileHeader& facts, const std::vector<map::Place>& places);

  uint32_t tile_count() const { return tile_count_; }
  const std::vector<uint8_t>& first_page() const { return first_page_; }
  const std::vector<uint8_t>& directory() const { return directory_; }
  /// The places follow the root.
  const std::vector<uint8_t>& root() const { return root_; }
  uint64_t directory_offset() const { return directory_offset_; }
  uint64_t root_offset() const { return directory_offset_ + directory_.size(); }

 private:
  map::DirectoryEntry& entry(uint32_t number);

  std::vector<uint8_t> first_page_, directory_, root_;
  uint64_t next_offset_ = map::kPageSize, directory_offset_ = 0;
  uint32_t tile_count_ = 0;
};

}  // namespace tomare::compiler
