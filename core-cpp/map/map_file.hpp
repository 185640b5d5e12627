// SPDX-License-Identifier: MIT
// An open map: its header, and its directory read page by page (FORMAT.md §2, §3). Opening reads
// the first page and the root, eight bytes per directory page.
#pragma once

#include <memory>
#include <vector>

#include "core-cpp/map/file.hpp"
#include "core-cpp/map/format.hpp"
#include "core-cpp/map/tile_source.hpp"

namespace tomare::map {

class MapFile {
 public:
  /// `arena_bytes`: memory for tiles where the file is not mapped.
  ErrorDetail open(std::unique_ptr<File> file, uint64_t arena_bytes);
  const FileHeader& header() const { return header_; }
  TileSource& tiles() { return *tiles_; }
  /// Countries and time zones of the roads, by their numbers (FORMAT.md §3.3).
  const std::vector<Place>& places() const { return places_; }

  /// The directory's entry of a tile. OK, or MAP_DIRECTORY, MAP_READ.
  Error entry(uint32_t number, DirectoryEntry* out);
  /// Number of the first tile whose key is not below `key` (tile_count when there is none).
  Error lower_bound(uint64_t key, uint32_t* number);
  uint64_t bytes_read() const { return bytes_read_ + tiles_->bytes_read(); }

 private:
  static constexpr uint32_t kPageCache = 64;
  struct CachedPage {
    uint32_t number = UINT32_MAX;
    std::unique_ptr<DirectoryPage> page;
  };
  ErrorDetail check_header();
  ErrorDetail read_places();
  Error page(uint32_t number, const DirectoryPage** out);

  std::unique_ptr<File> file_;
  std::unique_ptr<TileSource> tiles_;
  FileHeader header_{};
  std::vector<uint64_t> root_;
  std::vector<Place> places_;
  std::vector<CachedPage> cache_;
  uint64_t bytes_read_ = 0;
};

}  // namespace tomare::map
