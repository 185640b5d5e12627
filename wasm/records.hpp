// SPDX-License-Identifier: MIT
// Blocks that are written: a header, then arrays of records, then text.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "core-cpp/map/format.hpp"
#include "wasm/abi.h"

namespace tomare::boundary {

/// Appends records to a block that begins with its header; the block keeps every record aligned to 8 bytes as long as
/// the sizes of header and records are multiples of 8.
class BlockWriter {
 public:
  explicit BlockWriter(size_t header_bytes, std::vector<uint8_t>* out) : out_(*out) { out_.assign(header_bytes, 0); }

  /// Appends one record for each value; how many they are and the offset of the first go into the header.
  template <typename Values, typename Record>
  void add(const Values& values, Record&& record_of, uint32_t* count, uint32_t* offset) {
    size_t at = out_.size();
    *count = static_cast<uint32_t>(values.size());
    *offset = static_cast<uint32_t>(at);
    using T = decltype(record_of(values[0]));
    out_.resize(at + values.size() * sizeof(T));
    for (const auto& value : values) {
      const T record = record_of(value);
      std::memcpy(out_.data() + at, &record, sizeof(T));
      at += sizeof(T);
    }
  }

  void add_text(const std::string& text, uint32_t* bytes, uint32_t* offset) {
    *bytes = static_cast<uint32_t>(text.size());
    *offset = static_cast<uint32_t>(out_.size());
    out_.insert(out_.end(), text.begin(), text.end());
  }

  template <typename Header>
  void finish(const Header& header) {
    std::memcpy(out_.data(), &header, sizeof(header));
  }

 private:
  std::vector<uint8_t>& out_;
};

inline tm_position position_of(const map::Position& p) { return {p.lat_e7, p.lon_e7}; }

}  // namespace tomare::boundary
