// SPDX-License-Identifier: MIT
// Blocks that are written: a header, then arrays of records, then text.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace tomare::boundary {

/// Appends records to a block that begins with its header; the block keeps every record aligned to 8 bytes as long as
/// the sizes of header and records are multiples of 8.
class BlockWriter {
 public:
  explicit BlockWriter(size_t header_bytes, std::vector<uint8_t>* out) : out_(*out) { out_.assign(header_bytes, 0); }

  /// Appends one record for each value; the offset of the first.
  template <typename Values, typename Record>
  uint32_t add(const Values& values, Record&& record_of) {
    const size_t begin = out_.size();
    size_t at = begin;
    using T = decltype(record_of(values[0]));
    out_.resize(begin + values.size() * sizeof(T));
    for (const auto& value : values) {
      const T record = record_of(value);
      std::memcpy(out_.data() + at, &record, sizeof(T));
      at += sizeof(T);
    }
    return static_cast<uint32_t>(begin);
  }

  uint32_t add_text(const std::string& text) {
    const auto begin = static_cast<uint32_t>(out_.size());
    out_.insert(out_.end(), text.begin(), text.end());
    return begin;
  }

  template <typename Header>
  void finish(const Header& header) {
    std::memcpy(out_.data(), &header, sizeof(header));
  }

 private:
  std::vector<uint8_t>& out_;
};

}  // namespace tomare::boundary
