// SPDX-License-Identifier: MIT
// Where the bytes of a tile come from: a mapping (native), or an arena of fixed size that is filled
// by reads and evicted by CLOCK (WASM, where there is no mmap). A pinned tile never moves.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core-cpp/map/file.hpp"

namespace tomare::map {

struct PinnedTile {
  const uint8_t* bytes = nullptr;  ///< nullptr: `error` says why
  bool* checked = nullptr;         ///< set by who has verified the bytes; falls with the bytes
  Error error = Error::OK;
};

class TileSource {
 public:
  virtual ~TileSource() = default;
  virtual PinnedTile pin(uint32_t number, uint64_t offset, uint32_t length) = 0;
  virtual void unpin(uint32_t number) = 0;
  virtual uint64_t bytes_read() const = 0;
};

class MappedTiles final : public TileSource {
 public:
  MappedTiles(const uint8_t* bytes, uint64_t size, uint32_t tile_count)
      : bytes_(bytes), size_(size), checked_(new bool[tile_count]()) {}
  PinnedTile pin(uint32_t number, uint64_t offset, uint32_t length) override;
  void unpin(uint32_t) override {}
  uint64_t bytes_read() const override { return 0; }

 private:
  const uint8_t* bytes_;
  uint64_t size_;
  std::unique_ptr<bool[]> checked_;
};

class PagedTiles final : public TileSource {
 public:
  static constexpr uint32_t kFrameBytes = 16384;
  /// Memory: `arena_bytes` rounded down to frames, not touched before it is used.
  PagedTiles(File& file, uint64_t arena_bytes);
  ~PagedTiles() override;
  PagedTiles(const PagedTiles&) = delete;
  PagedTiles& operator=(const PagedTiles&) = delete;
  bool ready() const { return arena_ != nullptr; }
  PinnedTile pin(uint32_t number, uint64_t offset, uint32_t length) override;
  void unpin(uint32_t number) override;
  uint64_t bytes_read() const override { return bytes_read_; }

 private:
  struct Block {
    uint32_t number, first_frame, frames, pins;
    bool recent, checked;
  };
  bool make_room(uint32_t frames, uint32_t* first);
  void evict(Block* block);

  File& file_;
  uint8_t* arena_ = nullptr;
  uint32_t frame_count_ = 0, hand_ = 0;
  std::vector<Block*> frames_;  ///< owner of each frame, or nullptr
  std::unordered_map<uint32_t, std::unique_ptr<Block>> blocks_;
  uint64_t bytes_read_ = 0;
};

}  // namespace tomare::map
