// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tiles/file_bytes.hpp"

#include <cstring>

#include "core-cpp/base/crc32c.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {

using map::kEntriesPerPage;
using map::kPageSize;

map::DirectoryEntry& FileBytes::entry(uint32_t number) {
  auto* page = directory_.data() + size_t{number / kEntriesPerPage} * kPageSize;
  return reinterpret_cast<map::DirectoryPage*>(page)->entries[number % kEntriesPerPage];
}

uint64_t FileBytes::add(const Cell& cell, uint32_t length) {
  const uint32_t number = tile_count_++;
  const uint64_t key = z_order(cell.x, cell.y);
  if (number % kEntriesPerPage == 0) {
    directory_.resize(directory_.size() + kPageSize, 0);
    root_.resize(root_.size() + 8);
    std::memcpy(root_.data() + root_.size() - 8, &key, 8);
  }
  ++reinterpret_cast<map::DirectoryPage*>(directory_.data() + directory_.size() - kPageSize)->count;
  map::DirectoryEntry& e = entry(number);
  e.key = key;
  e.offset = next_offset_;
  e.length = length;
  e.level = static_cast<uint8_t>(cell.level);
  next_offset_ += length;
  return e.offset;
}

uint64_t FileBytes::seal(uint32_t number, const std::vector<uint8_t>& tile) {
  map::DirectoryEntry& e = entry(number);
  e.crc = crc32c(tile.data(), tile.size());
  return e.offset;
}

void FileBytes::finish(const map::FileHeader& facts, const std::vector<map::Place>& places) {
  for (size_t at = 0; at < directory_.size(); at += kPageSize) {
    auto* page = reinterpret_cast<map::DirectoryPage*>(directory_.data() + at);
    page->crc = crc32c(page, kPageSize);
  }
  directory_offset_ = (next_offset_ + kPageSize - 1) / kPageSize * kPageSize;
  map::FileHeader h = facts;
  std::memcpy(h.magic, map::kMagic, sizeof(h.magic));
  h.version = map::kFormatVersion;
  h.directory_offset = directory_offset_;
  h.directory_pages = static_cast<uint32_t>(directory_.size() / kPageSize);
  h.tile_count = tile_count_;
  h.root_offset = root_offset();
  h.root_crc = crc32c(root_.data(), root_.size());
  h.places_offset = root_offset() + root_.size();
  h.place_count = static_cast<uint32_t>(places.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(places.data());
  h.places_crc = crc32c(bytes, places.size() * sizeof(map::Place));
  root_.insert(root_.end(), bytes, bytes + places.size() * sizeof(map::Place));
  h.file_size = root_offset() + root_.size();
  first_page_.assign(kPageSize, 0);
  std::memcpy(first_page_.data(), &h, sizeof(h));
  const uint32_t crc = crc32c(first_page_.data(), kPageSize);
  std::memcpy(first_page_.data() + offsetof(map::FileHeader, header_crc), &crc, 4);
}

}  // namespace tomare::compiler
