// SPDX-License-Identifier: MIT
// The arena against a slow twin: a list of what is pinned. A pinned tile keeps its place and its bytes.
#include "core-cpp/map/tile_source.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <random>

namespace tomare::map {
namespace {

constexpr uint32_t kFrame = PagedTiles::kFrameBytes;

std::vector<uint8_t> noise(uint32_t size) {
  std::mt19937 random(size);
  std::vector<uint8_t> bytes(size);
  for (uint8_t& b : bytes) b = static_cast<uint8_t>(random());
  return bytes;
}

TEST(PagedTiles, GivesTheBytesOfTheMapping) {
  const std::vector<uint8_t> bytes = noise(40 * kFrame);
  MemoryFile file(bytes.data(), bytes.size(), false);
  PagedTiles paged(file, 8 * kFrame);
  MappedTiles mapped(bytes.data(), bytes.size(), 40);
  for (uint32_t i = 0; i < 40; ++i) {
    const uint32_t length = 100 + i * 311;
    const PinnedTile a = paged.pin(i, uint64_t{i} * kFrame, length), b = mapped.pin(i, uint64_t{i} * kFrame, length);
    ASSERT_NE(a.bytes, nullptr);
    EXPECT_EQ(std::memcmp(a.bytes, b.bytes, length), 0) << i;
    paged.unpin(i);
  }
  EXPECT_EQ(mapped.bytes_read(), 0U);
}

TEST(PagedTiles, RefusesWhenAllIsPinnedAndGoesOnAfterwards) {
  const std::vector<uint8_t> bytes = noise(8 * kFrame);
  MemoryFile file(bytes.data(), bytes.size(), false);
  PagedTiles tiles(file, 3 * kFrame);
  for (uint32_t i = 0; i < 3; ++i) ASSERT_NE(tiles.pin(i, uint64_t{i} * kFrame, kFrame).bytes, nullptr);
  EXPECT_EQ(tiles.pin(3, 3 * kFrame, kFrame).error, Error::ARENA_SIZE);
  tiles.unpin(1);
  EXPECT_EQ(tiles.pin(3, 3 * kFrame, kFrame).error, Error::OK);
  EXPECT_EQ(tiles.pin(1, 1 * kFrame, kFrame).error, Error::ARENA_SIZE);
  EXPECT_EQ(tiles.pin(4, 0, 4 * kFrame).error, Error::ARENA_SIZE) << "a tile larger than the arena";
}

TEST(PagedTiles, ForgetsThatBytesWereCheckedWhenTheyGo) {
  const std::vector<uint8_t> bytes = noise(2 * kFrame);
  MemoryFile file(bytes.data(), bytes.size(), false);
  PagedTiles tiles(file, kFrame);
  *tiles.pin(0, 0, kFrame).checked = true;
  tiles.unpin(0);
  EXPECT_TRUE(*tiles.pin(0, 0, kFrame).checked) << "still there";
  tiles.unpin(0);
  tiles.pin(1, kFrame, kFrame);
  tiles.unpin(1);
  EXPECT_FALSE(*tiles.pin(0, 0, kFrame).checked);
  EXPECT_EQ(tiles.bytes_read(), 3U * kFrame);
}

TEST(PagedTiles, AFailedReadHoldsNothing) {
  const std::vector<uint8_t> bytes = noise(kFrame);
  MemoryFile file(bytes.data(), bytes.size(), false);
  PagedTiles tiles(file, kFrame);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(tiles.pin(7, kFrame - 10, 20).error, Error::MAP_TRUNCATED);
  EXPECT_NE(tiles.pin(0, 0, kFrame).bytes, nullptr);
}

/// The twin: pinned tiles by their first frame. A tile of n frames fits when n frames in a row are not pinned.
class Twin {
 public:
  explicit Twin(uint32_t frames) : pins_(frames, 0) {}
  void hold(uint32_t first, uint32_t count, int change) {
    for (uint32_t i = first; i < first + count; ++i) pins_[i] += change;
  }
  bool fits(uint32_t count) const {
    uint32_t run = 0;
    for (const int pins : pins_) {
      run = pins > 0 ? 0 : run + 1;
      if (run == count) return true;
    }
    return false;
  }
  bool free(uint32_t first, uint32_t count) const {
    for (uint32_t i = first; i < first + count; ++i) {
      if (pins_[i] > 0) return false;
    }
    return true;
  }

 private:
  std::vector<int> pins_;
};

struct Held {
  const uint8_t* bytes;
  uint32_t first, frames, pins;
};

TEST(PagedTiles, AgreesWithTheTwinOnRandomWork) {
  constexpr uint32_t kFrames = 12, kTiles = 30;
  const std::vector<uint8_t> bytes = noise(kTiles * 4 * kFrame);
  MemoryFile file(bytes.data(), bytes.size(), false);
  for (uint32_t seed = 0; seed < 20; ++seed) {
    PagedTiles tiles(file, kFrames * kFrame);
    const uint8_t* arena = tiles.pin(0, 0, kFrame).bytes;  // the first tile takes the first frame
    tiles.unpin(0);
    Twin twin(kFrames);
    std::map<uint32_t, Held> held;
    std::mt19937 random(seed);
    for (int step = 0; step < 3000; ++step) {
      const uint32_t number = random() % kTiles, frames = 1 + number % 4;
      const uint32_t length = frames * kFrame - number, offset = number * 4 * kFrame;
      const auto at = held.find(number);
      if (random() % 2 == 0 && at != held.end()) {
        tiles.unpin(number);
        twin.hold(at->second.first, frames, -1);
        if (--at->second.pins == 0) held.erase(at);
        continue;
      }
      const PinnedTile tile = tiles.pin(number, offset, length);
      if (at != held.end()) {
        ASSERT_EQ(tile.bytes, at->second.bytes) << "a pinned tile never moves";
        ++at->second.pins;
        twin.hold(at->second.first, frames, 1);
      } else if (tile.bytes != nullptr) {
        const auto first = static_cast<uint32_t>((tile.bytes - arena) / kFrame);
        ASSERT_TRUE(twin.free(first, frames)) << "over a pinned tile, seed " << seed;
        held[number] = {tile.bytes, first, frames, 1};
        twin.hold(first, frames, 1);
      } else {
        ASSERT_EQ(tile.error, Error::ARENA_SIZE);
        ASSERT_FALSE(twin.fits(frames)) << "refused although there is room, seed " << seed << " step " << step;
      }
      for (const auto& [n, h] : held) {
        ASSERT_EQ(std::memcmp(h.bytes, bytes.data() + n * 4 * kFrame, h.frames * kFrame - n), 0);
      }
    }
  }
}

}  // namespace
}  // namespace tomare::map
