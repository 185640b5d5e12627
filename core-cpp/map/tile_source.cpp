// SPDX-License-Identifier: MIT
#include "core-cpp/map/tile_source.hpp"

#include <cstdlib>

namespace tomare::map {

PinnedTile MappedTiles::pin(uint32_t number, uint64_t offset, uint32_t length) {
  if (offset > size_ || length > size_ - offset) return {nullptr, nullptr, Error::MAP_TRUNCATED};
  return {bytes_ + offset, &checked_[number], Error::OK};
}

PagedTiles::PagedTiles(File& file, uint64_t arena_bytes)
    : file_(file), frame_count_(static_cast<uint32_t>(arena_bytes / kFrameBytes)) {
  arena_ = static_cast<uint8_t*>(std::malloc(static_cast<size_t>(frame_count_) * kFrameBytes));
  frames_.assign(frame_count_, nullptr);
}

PagedTiles::~PagedTiles() { std::free(arena_); }

void PagedTiles::evict(Block* block) {
  for (uint32_t i = 0; i < block->frames; ++i) frames_[block->first_frame + i] = nullptr;
  blocks_.erase(block->number);
}

bool PagedTiles::make_room(uint32_t frames, uint32_t* first) {
  uint32_t run = 0;
  for (uint64_t step = 0; step < 3ULL * frame_count_ + frames; ++step) {
    if (hand_ == frame_count_) {
      hand_ = 0;
      run = 0;
    }
    Block* owner = frames_[hand_];
    if (owner != nullptr && (owner->pins > 0 || owner->recent)) {
      if (owner->pins == 0) owner->recent = false;
      hand_ = owner->first_frame + owner->frames;
      run = 0;
      continue;
    }
    if (owner != nullptr) {
      hand_ = owner->first_frame;
      evict(owner);
    }
    ++hand_;
    if (++run == frames) {
      *first = hand_ - frames;
      return true;
    }
  }
  return false;
}

PinnedTile PagedTiles::pin(uint32_t number, uint64_t offset, uint32_t length) {
  const auto found = blocks_.find(number);
  if (found != blocks_.end()) {
    Block& block = *found->second;
    ++block.pins;
    block.recent = true;
    return {arena_ + static_cast<size_t>(block.first_frame) * kFrameBytes, &block.checked, Error::OK};
  }
  const uint32_t frames = (length + kFrameBytes - 1) / kFrameBytes;
  uint32_t first = 0;
  if (frames == 0 || frames > frame_count_ || !make_room(frames, &first)) {
    return {nullptr, nullptr, Error::ARENA_SIZE};
  }
  uint8_t* bytes = arena_ + static_cast<size_t>(first) * kFrameBytes;
  const Error error = file_.read(offset, length, bytes);
  if (error != Error::OK) return {nullptr, nullptr, error};
  bytes_read_ += length;
  auto block = std::make_unique<Block>(Block{number, first, frames, 1, true, false});
  for (uint32_t i = 0; i < frames; ++i) frames_[first + i] = block.get();
  bool* checked = &block->checked;
  blocks_.emplace(number, std::move(block));
  return {bytes, checked, Error::OK};
}

void PagedTiles::unpin(uint32_t number) {
  const auto found = blocks_.find(number);
  if (found != blocks_.end() && found->second->pins > 0) --found->second->pins;
}

}  // namespace tomare::map
