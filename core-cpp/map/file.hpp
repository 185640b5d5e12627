// SPDX-License-Identifier: MIT
// The seam to the outside: bytes at an offset. The hosts implement it over WASI and POSIX; tests
// and small maps use the twin in memory.
#pragma once

#include <cstdint>
#include <cstring>

#include "core-cpp/base/error.hpp"

namespace tomare::map {

class File {
 public:
  virtual ~File() = default;
  /// Fills all `size` bytes or fails (MAP_READ, or MAP_TRUNCATED when the end comes first).
  virtual Error read(uint64_t offset, uint32_t size, void* destination) = 0;
  virtual uint64_t size() const = 0;
  /// The whole file in memory where it is mapped, else nullptr.
  virtual const uint8_t* mapped() const { return nullptr; }
};

class MemoryFile final : public File {
 public:
  /// The bytes stay the caller's. `as_mapped` decides which tile source serves them.
  MemoryFile(const uint8_t* bytes, uint64_t size, bool as_mapped) : bytes_(bytes), size_(size), as_mapped_(as_mapped) {}
  Error read(uint64_t offset, uint32_t size, void* destination) override {
    if (offset > size_ || size > size_ - offset) return Error::MAP_TRUNCATED;
    std::memcpy(destination, bytes_ + offset, size);
    return Error::OK;
  }
  uint64_t size() const override { return size_; }
  const uint8_t* mapped() const override { return as_mapped_ ? bytes_ : nullptr; }

 private:
  const uint8_t* bytes_;
  uint64_t size_;
  bool as_mapped_;
};

}  // namespace tomare::map
