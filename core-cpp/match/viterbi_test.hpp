// SPDX-License-Identifier: MIT
// A trellis step by step from plain costs.
#pragma once

#include <algorithm>
#include <vector>

#include "core-cpp/match/viterbi.hpp"

namespace tomare::testing {

/// `matrix`: row-major [previous][now], without padding; none for the first step.
inline void add_step(match::Trellis* trellis, const std::vector<float>& emission, const std::vector<float>& matrix) {
  const size_t columns = emission.size();
  std::copy(emission.begin(), emission.end(), trellis->open_step(static_cast<uint32_t>(columns)));
  if (trellis->steps() > 1) {
    float* row = trellis->open_transitions();
    for (size_t i = 0; i < matrix.size(); i += columns, row += trellis->row_length()) {
      std::copy(matrix.begin() + i, matrix.begin() + i + columns, row);
    }
  }
  trellis->follow();
}

}  // namespace tomare::testing
