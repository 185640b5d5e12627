// SPDX-License-Identifier: MIT
// Names of roads, each once: their bytes in one text, for a country has a million of them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tomare::compiler {

class NameTable {
 public:
  /// Index of the name; equal ones have the same.
  uint32_t add(std::string_view name);
  /// After the last `add`: gives back what only that needs.
  void seal();
  uint32_t size() const { return static_cast<uint32_t>(ends_.size()); }
  std::string_view operator[](uint32_t index) const {
    const size_t begin = index == 0 ? 0 : ends_[index - 1];
    return {text_.data() + begin, ends_[index] - begin};
  }

 private:
  void grow();

  std::vector<char> text_;
  std::vector<size_t> ends_;     ///< of each name in the text
  std::vector<uint32_t> slots_;  ///< open addressed
};

}  // namespace tomare::compiler
