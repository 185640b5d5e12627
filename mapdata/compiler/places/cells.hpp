// SPDX-License-Identifier: MIT
// The cells of one block of places.bin (mapdata/places/FORMAT.md §4), told one from another by a range coder.
#pragma once

#include <cstdint>
#include <vector>

namespace tomare::compiler {

inline constexpr uint32_t kBlockLog2 = 9;  ///< a block has 2^9 cells a side
inline constexpr uint32_t kBlockSide = 1U << kBlockLog2;
inline constexpr uint32_t kProbabilities = (1U << 12) + 4;

/// The labels, row by row from the south; each is below `labels`. Bytes that are cut short or damaged give other
/// labels, never a read outside of them.
std::vector<uint8_t> read_cells(const uint8_t* bytes, uint32_t size, const uint16_t* probabilities, uint32_t labels);

}  // namespace tomare::compiler
