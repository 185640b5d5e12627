// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/id_set.hpp"

#include <algorithm>

namespace tomare::compiler {

uint32_t IdSet::slot_of(int64_t key) {
  if (4 * (size_t{used_} + 1) > 3 * slots_.size()) grow();
  const size_t mask = slots_.size() - 1;
  // words that follow one another lie side by side: the nodes of a way are mostly in one or two lines of the cache
  size_t at = ((static_cast<uint64_t>(key >> 2) * 0x9E3779B97F4A7C15ULL >> 32 << 2) | (key & 3)) & mask;
  while (slots_[at].bits != 0 && slots_[at].key != key) at = (at + 1) & mask;
  if (slots_[at].bits == 0) {
    slots_[at].key = key;
    ++used_;
  }
  return static_cast<uint32_t>(at);
}

void IdSet::grow() {
  std::vector<Word> old(std::max<size_t>(1024, 2 * slots_.size()));
  old.swap(slots_);
  used_ = 0;
  for (const Word& word : old) {
    if (word.bits != 0) slots_[slot_of(word.key)].bits = word.bits;
  }
}

void IdSet::seal() {
  slots_.erase(std::remove_if(slots_.begin(), slots_.end(), [](const Word& w) { return w.bits == 0; }), slots_.end());
  std::sort(slots_.begin(), slots_.end(), [](const Word& a, const Word& b) { return a.key < b.key; });
  if (slots_.empty()) slots_.push_back({0, 0});
  slots_.shrink_to_fit();
  last_ = 0;
  firsts_.reserve(slots_.size());
  for (const Word& word : slots_) {
    firsts_.push_back(size_);
    size_ += static_cast<uint32_t>(__builtin_popcountll(word.bits));
  }
  first_key_ = slots_.front().key;
  const auto span = static_cast<uint64_t>(slots_.back().key - first_key_);
  while ((span >> shift_) > slots_.size() / 4) ++shift_;
  starts_.resize((span >> shift_) + 2, static_cast<uint32_t>(slots_.size()));
  for (auto i = static_cast<uint32_t>(slots_.size()); i-- > 0;) {
    starts_[static_cast<uint64_t>(slots_[i].key - first_key_) >> shift_] = i;
  }
  for (size_t k = starts_.size() - 1; k-- > 0;) starts_[k] = std::min(starts_[k], starts_[k + 1]);
}

/// The word of the key; any other where there is none. Asked in order, it is one of the next.
uint32_t IdSet::sealed_slot_of(int64_t key) const {
  constexpr uint32_t kNear = 4;
  if (slots_[last_].key < key) {
    for (uint32_t at = last_ + 1, end = last_ + 1 + kNear; at < end; ++at) {
      if (at == slots_.size() || slots_[at].key > key) return at - 1;
      if (slots_[at].key == key) return at;
    }
  }
  if (key < first_key_ || key > slots_.back().key) return 0;
  const uint64_t stretch = static_cast<uint64_t>(key - first_key_) >> shift_;
  const auto begin = slots_.begin() + starts_[stretch], end = slots_.begin() + starts_[stretch + 1];
  const auto at = std::lower_bound(begin, end, key, [](const Word& w, int64_t wanted) { return w.key < wanted; });
  return at == slots_.end() ? 0 : static_cast<uint32_t>(at - slots_.begin());
}

}  // namespace tomare::compiler
