// SPDX-License-Identifier: MIT
// An open map (FORMAT.md §2, §3): what all who read it share, and what each reader has for itself.
#pragma once

#include <memory>
#include <vector>

#include "core-cpp/map/file.hpp"
#include "core-cpp/map/format.hpp"
#include "core-cpp/map/tile_source.hpp"

namespace tomare::map {

/// The file, its header and the root of its directory, eight bytes per directory page. Not changed once it is open:
/// any number of threads may read it, as far as File::read and File::mapped may be called by several.
class MapHead {
 public:
  /// MAP_MAGIC, MAP_VERSION, MAP_TRUNCATED, MAP_HEADER, MAP_EMPTY, MAP_DIRECTORY, MAP_READ, each with its place.
  ErrorDetail open(std::unique_ptr<File> file);
  const FileHeader& header() const { return header_; }
  const std::vector<uint64_t>& root() const { return root_; }
  /// Countries and time zones of the roads, by their numbers (FORMAT.md §3.3).
  const std::vector<Place>& places() const { return places_; }
  File& file() const { return *file_; }
  uint64_t bytes_read() const { return kPageSize + root_.size() * 8 + places_.size() * sizeof(Place); }

 private:
  ErrorDetail check_header() const;
  ErrorDetail read_root();
  ErrorDetail read_places();

  std::unique_ptr<File> file_;
  FileHeader header_{};
  std::vector<uint64_t> root_;
  std::vector<Place> places_;
};

/// One reader of a map: pages of the directory and tiles, as far as they are held. For one thread at a time.
class MapFile {
 public:
  /// `arena_bytes`: memory for tiles where the file is not mapped. OUT_OF_MEMORY.
  ErrorDetail open(std::shared_ptr<const MapHead> head, uint64_t arena_bytes);
  /// A map with one reader: both at once.
  ErrorDetail open(std::unique_ptr<File> file, uint64_t arena_bytes);
  const FileHeader& header() const { return head_->header(); }
  TileSource& tiles() { return *tiles_; }

  /// The directory's entry of a tile. OK, or MAP_DIRECTORY, MAP_READ.
  Error entry(uint32_t number, DirectoryEntry* out);
  /// Number of the first tile whose key is not below `key` (tile_count when there is none).
  Error lower_bound(uint64_t key, uint32_t* number);
  /// The head's bytes included.
  uint64_t bytes_read() const { return head_->bytes_read() + bytes_read_ + tiles_->bytes_read(); }

 private:
  static constexpr uint32_t kPageCache = 64;
  struct CachedPage {
    uint32_t number = UINT32_MAX;
    std::unique_ptr<DirectoryPage> page;
  };
  Error page(uint32_t number, const DirectoryPage** out);

  std::shared_ptr<const MapHead> head_;
  std::unique_ptr<TileSource> tiles_;
  std::vector<CachedPage> cache_;
  uint64_t bytes_read_ = 0;
};

}  // namespace tomare::map
