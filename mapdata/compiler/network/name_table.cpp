// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/name_table.hpp"

#include <algorithm>
#include <functional>

namespace tomare::compiler {
namespace {

constexpr uint32_t kFree = UINT32_MAX;

size_t hash_of(std::string_view name) { return std::hash<std::string_view>()(name); }

}  // namespace

uint32_t NameTable::add(std::string_view name) {
  if (4 * (ends_.size() + 1) > 3 * slots_.size()) grow();
  const size_t mask = slots_.size() - 1;
  size_t at = hash_of(name) & mask;
  for (; slots_[at] != kFree; at = (at + 1) & mask) {
    if ((*this)[slots_[at]] == name) return slots_[at];
  }
  slots_[at] = size();
  text_.insert(text_.end(), name.begin(), name.end());
  ends_.push_back(text_.size());
  return slots_[at];
}

void NameTable::grow() {
  slots_.assign(std::max<size_t>(1024, 2 * slots_.size()), kFree);
  const size_t mask = slots_.size() - 1;
  for (uint32_t i = 0; i < size(); ++i) {
    size_t at = hash_of((*this)[i]) & mask;
    while (slots_[at] != kFree) at = (at + 1) & mask;
    slots_[at] = i;
  }
}

void NameTable::seal() {
  slots_ = {};
  text_.shrink_to_fit();
  ends_.shrink_to_fit();
}

}  // namespace tomare::compiler
