// SPDX-License-Identifier: MIT
// A set of OSM ids, each with its place in their order: 64 neighbours share a word, for the nodes of a road
// were mostly drawn one after another. Takes 3 to 6 bytes an id of an extract, where a sorted list takes 8.
#pragma once

#include <cstdint>
#include <vector>

namespace tomare::compiler {

class IdSet {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  void add(int64_t id) {
    const int64_t key = id >> 6;
    if (slots_.empty() || slots_[last_].key != key) last_ = slot_of(key);
    slots_[last_].bits |= uint64_t{1} << (id & 63);
  }
  /// After the last `add`: puts the ids in order.
  void seal();
  uint32_t size() const { return size_; }
  /// How many ids of the sealed set are lower; kNone when this one is not in it. Cheapest when asked in order.
  uint32_t find(int64_t id) const {
    const int64_t key = id >> 6;
    if (slots_[last_].key != key) last_ = sealed_slot_of(key);
    const Word& word = slots_[last_];
    const uint64_t bit = uint64_t{1} << (id & 63);
    if (word.key != key || (word.bits & bit) == 0) return kNone;
    return firsts_[last_] + static_cast<uint32_t>(__builtin_popcountll(word.bits & (bit - 1)));
  }

 private:
  struct Word {
    int64_t key;    ///< id / 64
    uint64_t bits;  ///< none: a free slot
  };
  uint32_t slot_of(int64_t key);
  void grow();
  uint32_t sealed_slot_of(int64_t key) const;

  std::vector<Word> slots_;       ///< open addressed until sealed, then sorted
  std::vector<uint32_t> firsts_;  ///< ids before each word
  std::vector<uint32_t> starts_;  ///< first word of each stretch of keys, of equal width
  int64_t first_key_ = 0;
  uint32_t shift_ = 0, used_ = 0, size_ = 0;
  mutable uint32_t last_ = 0;
};

}  // namespace tomare::compiler
