// SPDX-License-Identifier: MIT
// CRC-32C (Castagnoli, RFC 3720 appendix B.4), eight bytes a step by tables made at compile time; four stretches
// of a longer text side by side, for one alone waits for its tables.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tomare {

namespace crc_detail {
constexpr std::array<std::array<uint32_t, 256>, 8> make_tables() {
  std::array<std::array<uint32_t, 256>, 8> tables{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78U : 0U);
    tables[0][i] = crc;
  }
  for (uint32_t i = 0; i < 256; ++i) {
    for (size_t t = 1; t < 8; ++t) {
      const uint32_t before = tables[t - 1][i];
      tables[t][i] = (before >> 8) ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}
inline constexpr auto kTables = make_tables();

inline constexpr size_t kLane = 1024;  ///< bytes

/// What kLane bytes of zero make of a CRC, byte by byte of it.
constexpr std::array<std::array<uint32_t, 256>, 4> make_shift() {
  std::array<uint32_t, 32> bits{};  // of each single bit: one byte, then 2, 4 … of them
  for (uint32_t i = 0; i < 32; ++i) {
    const uint32_t crc = 1U << i;
    bits[i] = (crc >> 8) ^ kTables[0][crc & 0xFF];
  }
  const auto apply = [](const std::array<uint32_t, 32>& map, uint32_t crc) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < 32; ++i) sum ^= (crc >> i & 1) != 0 ? map[i] : 0;
    return sum;
  };
  for (size_t bytes = 1; bytes < kLane; bytes *= 2) {
    const std::array<uint32_t, 32> once = bits;
    for (uint32_t i = 0; i < 32; ++i) bits[i] = apply(once, once[i]);
  }
  std::array<std::array<uint32_t, 256>, 4> shift{};
  for (uint32_t byte = 0; byte < 4; ++byte) {
    for (uint32_t i = 0; i < 256; ++i) shift[byte][i] = apply(bits, i << (8 * byte));
  }
  return shift;
}
inline constexpr auto kShift = make_shift();

inline uint32_t shifted(uint32_t crc) {
  return kShift[0][crc & 0xFF] ^ kShift[1][(crc >> 8) & 0xFF] ^ kShift[2][(crc >> 16) & 0xFF] ^ kShift[3][crc >> 24];
}

inline uint32_t step(uint32_t crc, const unsigned char* p) {
  const auto& t = kTables;
  uint32_t low, high;
  std::memcpy(&low, p, 4);
  std::memcpy(&high, p + 4, 4);
  low ^= crc;
  return t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24] ^ t[3][high & 0xFF] ^
         t[2][(high >> 8) & 0xFF] ^ t[1][(high >> 16) & 0xFF] ^ t[0][high >> 24];
}
}  // namespace crc_detail

/// CRC of `size` bytes; `seed` is the CRC of what came before (0 at the start).
inline uint32_t crc32c(const void* data, size_t size, uint32_t seed = 0) {
  using crc_detail::kLane;
  const auto* p = static_cast<const unsigned char*>(data);
  uint32_t crc = ~seed;
  for (; size >= 4 * kLane; size -= 4 * kLane, p += 4 * kLane) {
    uint32_t b = 0, c = 0, d = 0;
    for (size_t i = 0; i < kLane; i += 8) {
      crc = crc_detail::step(crc, p + i);
      b = crc_detail::step(b, p + kLane + i);
      c = crc_detail::step(c, p + 2 * kLane + i);
      d = crc_detail::step(d, p + 3 * kLane + i);
    }
    crc = crc_detail::shifted(crc_detail::shifted(crc_detail::shifted(crc) ^ b) ^ c) ^ d;
  }
  for (; size >= 8; size -= 8, p += 8) crc = crc_detail::step(crc, p);
  for (; size > 0; --size, ++p) crc = (crc >> 8) ^ crc_detail::kTables[0][(crc ^ *p) & 0xFF];
  return ~crc;
}

}  // namespace tomare
