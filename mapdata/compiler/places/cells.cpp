// SPDX-License-Identifier: MIT
#include "mapdata/compiler/places/cells.hpp"

#include <bit>
#include <cstring>

namespace tomare::compiler {
namespace {

constexpr int32_t kPad = 4, kRowsBefore = 3;
constexpr int32_t kStride = static_cast<int32_t>(kBlockSide) + 2 * kPad;
constexpr uint8_t kNone = 255;
constexpr int32_t kAround[] = {-2,          -3,          -2 - kStride,     -1 - kStride, -kStride,        1 - kStride,
                               2 - kStride, 3 - kStride, -1 - 2 * kStride, -2 * kStride, 1 - 2 * kStride, -3 * kStride};
constexpr int32_t kOthers[] = {-kStride, 1 - kStride, 2 - kStride, 3 - kStride};
constexpr uint32_t kContexts = 1U << 12;

class RangeDecoder {
 public:
  RangeDecoder(const uint8_t* bytes, uint32_t size, const uint16_t* table)
      : at_(bytes), end_(bytes + size), table_(table) {
    for (int i = 0; i < 4; ++i) code_ = code_ << 8 | next();
  }
  bool decide(uint32_t place) { return narrow((range_ >> 16) * table_[place]); }
  uint32_t raw(uint32_t bits) {
    uint32_t value = 0;
    for (uint32_t i = 0; i < bits; ++i) value = value << 1 | (narrow(range_ >> 1) ? 1U : 0U);
    return value;
  }

 private:
  uint32_t next() { return at_ != end_ ? *at_++ : 0; }
  bool narrow(uint32_t bound) {
    const bool yes = code_ >= bound;
    code_ -= yes ? bound : 0;
    range_ = yes ? range_ - bound : bound;
    while (range_ < (1U << 24)) {
      range_ <<= 8;
      code_ = code_ << 8 | next();
    }
    return yes;
  }

  const uint8_t* at_;
  const uint8_t* end_;
  const uint16_t* table_;
  uint32_t range_ = UINT32_MAX, code_ = 0;
};

/// The label of the cell at `at`, whose neighbours to the west and the south are known.
uint8_t read_cell(RangeDecoder* decoder, const uint8_t* at, uint32_t bits, uint32_t labels) {
  const uint8_t west = at[-1];
  if (west != kNone) {
    uint32_t context = 0;
    for (const int32_t offset : kAround) context = context << 1 | (at[offset] == west ? 1U : 0U);
    if (!decoder->decide(context)) return west;
  }
  uint8_t tried[5] = {west};
  uint32_t count = 1;
  for (uint32_t i = 0; i < 4; ++i) {
    const uint8_t other = at[kOthers[i]];
    bool fresh = other != kNone;
    for (uint32_t t = 0; t < count; ++t) fresh = fresh && tried[t] != other;
    if (!fresh) continue;
    tried[count++] = other;
    if (!decoder->decide(kContexts + i)) return other;
  }
  const uint32_t label = decoder->raw(bits);
  return static_cast<uint8_t>(label < labels ? label : 0);
}

}  // namespace

std::vector<uint8_t> read_cells(const uint8_t* bytes, uint32_t size, const uint16_t* probabilities, uint32_t labels) {
  RangeDecoder decoder(bytes, size, probabilities);
  const uint32_t bits = labels < 2 ? 1 : static_cast<uint32_t>(std::bit_width(labels - 1));
  std::vector<uint8_t> grid(static_cast<size_t>(kStride) * (kBlockSide + kRowsBefore), kNone);
  std::vector<uint8_t> cells(static_cast<size_t>(kBlockSide) * kBlockSide);
  for (uint32_t y = 0; y < kBlockSide; ++y) {
    uint8_t* row = grid.data() + static_cast<size_t>(kStride) * (y + kRowsBefore) + kPad;
    std::memset(row - kPad, row[-kStride], kPad);
    for (uint32_t x = 0; x < kBlockSide; ++x) row[x] = read_cell(&decoder, row + x, bits, labels);
    std::memset(row + kBlockSide, row[kBlockSide - 1], kPad);
    std::memcpy(cells.data() + static_cast<size_t>(y) * kBlockSide, row, kBlockSide);
  }
  return cells;
}

}  // namespace tomare::compiler
