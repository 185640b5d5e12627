// SPDX-License-Identifier: MIT
// What a receiver's error costs (natural-log units): alone, and after the one before (docs/MATCHING.md).
#pragma once

#include <cmath>

#include "core-cpp/base/float4.hpp"

namespace tomare::match {

inline constexpr float kLeastNoise = 0.01F;  ///< share of an error's variance that is new at the least

/// Half the square of a normalised error, growing linearly beyond two sigma (Huber 1964): receivers have heavy tails.
inline double error_cost(double z) {
  const double size = std::fabs(z);
  return size < 2 ? 0.5 * size * size : 2 * size - 2;
}

/// The same by four, of squares.
inline Float4 error_cost(Float4 z2) { return select4(z2 < all4(4), all4(0.5F) * z2, all4(2) * sqrt4(z2) - all4(2)); }

/// The error moves on from the one before (Gauss-Markov): `r` is the correlation of the errors across both
/// roads, rho times the cosine of the angle between them.
inline Float4 moving_error_cost(Float4 z_before, Float4 z_now, Float4 r) {
  const Float4 step = z_now - r * z_before;
  return error_cost(step * step / max4(all4(1) - r * r, all4(kLeastNoise)));
}

}  // namespace tomare::match
