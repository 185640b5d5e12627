// SPDX-License-Identifier: MIT
#include "core-cpp/map/map_file.hpp"

#include <algorithm>

#include "core-cpp/base/crc32c.hpp"

namespace tomare::map {
namespace {

ErrorDetail damaged(Error error, int32_t section, int64_t offset) { return {error, section, -1, offset}; }

/// So many bytes at an offset, which is a multiple of `unit`, are within the file.
bool lies_in(const FileHeader& h, uint64_t offset, uint64_t unit, uint64_t bytes) {
  return offset % unit == 0 && offset <= h.file_size && bytes <= h.file_size - offset;
}

}  // namespace

ErrorDetail MapHead::check_header() const {
  const FileHeader& h = header_;
  if (std::memcmp(h.magic, kMagic, sizeof(kMagic)) != 0) return damaged(Error::MAP_MAGIC, 200, 0);
  if (h.version != kFormatVersion) return damaged(Error::MAP_VERSION, 202, 8);
  if (h.file_size != file_->size()) {
    return damaged(h.file_size > file_->size() ? Error::MAP_TRUNCATED : Error::MAP_HEADER, 201, 16);
  }
  const uint64_t pages = h.directory_pages;
  const bool counted = pages == (h.tile_count + uint64_t{kEntriesPerPage} - 1) / kEntriesPerPage &&
                       h.place_count < kNone16 && h.name[sizeof(h.name) - 1] == 0;
  const bool fits = counted && lies_in(h, h.directory_offset, kPageSize, pages * kPageSize) &&
                    lies_in(h, h.root_offset, 8, pages * 8) &&
                    lies_in(h, h.places_offset, 8, uint64_t{h.place_count} * sizeof(Place));
  if (!fits) return damaged(Error::MAP_HEADER, 201, 24);
  if (h.tile_count == 0) return damaged(Error::MAP_EMPTY, 201, 36);
  return {};
}

ErrorDetail MapHead::read_places() {
  places_.resize(header_.place_count);
  if (places_.empty()) return {};
  const auto bytes = static_cast<uint32_t>(places_.size() * sizeof(Place));
  const auto offset = static_cast<int64_t>(header_.places_offset);
  const Error error = file_->read(header_.places_offset, bytes, places_.data());
  if (error != Error::OK) return damaged(error, 303, offset);
  if (crc32c(places_.data(), bytes) != header_.places_crc) return damaged(Error::MAP_DIRECTORY, 303, offset);
  for (const Place& p : places_) {
    if (p.country[sizeof(p.country) - 1] != 0 || p.zone[0] == 0 || p.zone[sizeof(p.zone) - 1] != 0) {
      return damaged(Error::MAP_DIRECTORY, 303, offset);
    }
  }
  return {};
}

ErrorDetail MapHead::open(std::unique_ptr<File> file) {
  file_ = std::move(file);
  if (file_->size() < kPageSize) {
    char magic[8] = {};
    const bool ours = file_->size() >= 8 && file_->read(0, 8, magic) == Error::OK && std::memcmp(magic, kMagic, 8) == 0;
    return damaged(ours ? Error::MAP_TRUNCATED : Error::MAP_MAGIC, 200, 0);
  }
  std::vector<uint8_t> first(kPageSize);
  Error error = file_->read(0, kPageSize, first.data());
  if (error != Error::OK) return damaged(error, 200, 0);
  std::memcpy(&header_, first.data(), sizeof(header_));
  const ErrorDetail detail = check_header();
  const bool readable = detail.error == Error::OK || detail.error == Error::MAP_HEADER;
  if (!readable) return detail;
  std::memset(first.data() + offsetof(FileHeader, header_crc), 0, 4);
  if (crc32c(first.data(), kPageSize) != header_.header_crc) {
    return damaged(Error::MAP_HEADER, 201, offsetof(FileHeader, header_crc));
  }
  if (detail.error != Error::OK) return detail;
  return read_root();
}

ErrorDetail MapHead::read_root() {
  root_.resize(header_.directory_pages);
  const auto root_bytes = static_cast<uint32_t>(root_.size() * 8);
  const Error error = file_->read(header_.root_offset, root_bytes, root_.data());
  if (error != Error::OK) return damaged(error, 302, static_cast<int64_t>(header_.root_offset));
  if (crc32c(root_.data(), root_bytes) != header_.root_crc) {
    return damaged(Error::MAP_DIRECTORY, 302, static_cast<int64_t>(header_.root_offset));
  }
  return read_places();
}

ErrorDetail MapFile::open(std::shared_ptr<const MapHead> head, uint64_t arena_bytes) {
  head_ = std::move(head);
  cache_.resize(kPageCache);
  File& file = head_->file();
  if (file.mapped() != nullptr) {
    tiles_ = std::make_unique<MappedTiles>(file.mapped(), file.size(), header().tile_count);
  } else {
    auto paged = std::make_unique<PagedTiles>(file, arena_bytes);
    if (!paged->ready()) return {Error::OUT_OF_MEMORY, 0, -1, -1};
    tiles_ = std::move(paged);
  }
  return {};
}

ErrorDetail MapFile::open(std::unique_ptr<File> file, uint64_t arena_bytes) {
  auto head = std::make_shared<MapHead>();
  const ErrorDetail detail = head->open(std::move(file));
  return detail.error == Error::OK ? open(std::move(head), arena_bytes) : detail;
}

Error MapFile::page(uint32_t number, const DirectoryPage** out) {
  CachedPage& slot = cache_[number % kPageCache];
  if (slot.number != number) {
    if (!slot.page) slot.page = std::make_unique_for_overwrite<DirectoryPage>();
    slot.number = UINT32_MAX;
    const uint64_t offset = header().directory_offset + uint64_t{number} * kPageSize;
    const Error error = head_->file().read(offset, kPageSize, slot.page.get());
    if (error != Error::OK) return error;
    bytes_read_ += kPageSize;
    const uint32_t crc = slot.page->crc;
    slot.page->crc = 0;
    const uint32_t expected =
        number + 1 < header().directory_pages ? kEntriesPerPage : header().tile_count - number * kEntriesPerPage;
    if (crc32c(slot.page.get(), kPageSize) != crc || slot.page->count != expected) {
      return Error::MAP_DIRECTORY;
    }
    slot.number = number;
  }
  *out = slot.page.get();
  return Error::OK;
}

Error MapFile::entry(uint32_t number, DirectoryEntry* out) {
  if (number >= header().tile_count) return Error::MAP_DIRECTORY;
  const DirectoryPage* directory = nullptr;
  const Error error = page(number / kEntriesPerPage, &directory);
  if (error != Error::OK) return error;
  const DirectoryEntry& e = directory->entries[number % kEntriesPerPage];
  const bool good = e.level >= 1 && e.level <= 32 && e.offset % 8 == 0 && e.length <= kMaxTileBytes &&
                    e.offset <= header().file_size && e.length <= header().file_size - e.offset &&
                    e.length >= sizeof(TileHeader);
  if (!good) return Error::MAP_DIRECTORY;
  *out = e;
  return Error::OK;
}

Error MapFile::lower_bound(uint64_t key, uint32_t* number) {
  const std::vector<uint64_t>& root = head_->root();
  const auto after = std::upper_bound(root.begin(), root.end(), key);
  const auto first = static_cast<uint32_t>(after == root.begin() ? 0 : after - root.begin() - 1);
  const DirectoryPage* directory = nullptr;
  const Error error = page(first, &directory);
  if (error != Error::OK) return error;
  // Halved without a branch, which would be foretold wrongly every other time.
  uint32_t at = 0;
  for (uint32_t left = directory->count; left > 0; left -= (left + 1) / 2) {
    const uint32_t half = (left + 1) / 2;
    at += half * static_cast<uint32_t>(directory->entries[at + half - 1].key < key);
  }
  *number = first * kEntriesPerPage + at;
  return Error::OK;
}

}  // namespace tomare::map
