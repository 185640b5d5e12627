// SPDX-License-Identifier: MIT
// Fixed-point positions and local metres. Deterministic: no libm beyond sqrt, floor and fabs.
#pragma once

#include <cmath>
#include <cstdint>

namespace tomare {

inline constexpr double kDegreesPerE7 = 1e-7;
inline constexpr double kRadiansPerE7 = 1.7453292519943295e-9;

/// Cosine for |radians| <= pi/2 by its Taylor series to x^20 (error below 1e-16 relative to 1).
inline double cosine(double radians) {
  const double s = radians * radians;
  double sum = 1.0;
  double term = 1.0;
  for (int n = 1; n <= 10; ++n) {
    term = -term * s / static_cast<double>((2 * n - 1) * (2 * n));
    sum = sum + term;
  }
  return sum;
}

/// Longitude from a to b in e7, the short way round: over the 180th meridian where that is shorter.
inline constexpr double east_e7(int32_t lon_a, int32_t lon_b) {
  constexpr int64_t kHalfTurn = 1'800'000'000;
  int64_t east = static_cast<int64_t>(lon_b) - lon_a;
  if (east > kHalfTurn) east -= 2 * kHalfTurn;
  if (east < -kHalfTurn) east += 2 * kHalfTurn;
  return static_cast<double>(east);
}

/// Metres per e7 unit of latitude (y) and longitude (x) at a latitude: WGS84 series in cos(k*phi).
struct MetreScale {
  double x, y;
};

inline MetreScale metre_scale(int32_t lat_e7) {
  const double c1 = cosine(static_cast<double>(lat_e7) * kRadiansPerE7);
  const double c2 = 2.0 * c1 * c1 - 1.0;
  const double c3 = 2.0 * c1 * c2 - c1;
  const double c4 = 2.0 * c2 * c2 - 1.0;
  const double c5 = 2.0 * c1 * c4 - c3;
  const double lat = 111132.954 - 559.822 * c2 + 1.175 * c4;
  const double lon = 111412.84 * c1 - 93.5 * c3 + 0.118 * c5;
  return {lon * kDegreesPerE7, lat * kDegreesPerE7};
}

/// metre_scale for many near positions: that of the nearest hundredth of a degree of latitude (it is
/// off by at most 2e-4 of its value below 60 degrees), worked out again when that changes.
class LocalScale {
 public:
  const MetreScale& at(int32_t lat_e7) {
    const auto above = static_cast<uint32_t>(lat_e7) - static_cast<uint32_t>(low_e7_);
    if (above >= kStep) set(lat_e7);
    return scale_;
  }
  double distance_m(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b) {
    const MetreScale& scale = at(lat_a);
    const double dx = east_e7(lon_a, lon_b) * scale.x;
    const double dy = static_cast<double>(static_cast<int64_t>(lat_b) - lat_a) * scale.y;
    return std::sqrt(dx * dx + dy * dy);
  }

 private:
  static constexpr int32_t kStep = 100'000, kHalf = kStep / 2;
  [[gnu::noinline]] void set(int32_t lat_e7) {
    low_e7_ = (lat_e7 + 900'000'000 + kHalf) / kStep * kStep - 900'000'000 - kHalf;
    scale_ = metre_scale(low_e7_ + kHalf);
  }

  int32_t low_e7_ = 2'000'000'000;  ///< of the step; at first that of no latitude
  MetreScale scale_{};
};

/// Distance in metres between two near positions (local flat projection at the mean latitude).
inline double distance_m(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b) {
  const int32_t mid = static_cast<int32_t>((static_cast<int64_t>(lat_a) + lat_b) / 2);
  const MetreScale scale = metre_scale(mid);
  const double dx = east_e7(lon_a, lon_b) * scale.x;
  const double dy = static_cast<double>(static_cast<int64_t>(lat_b) - lat_a) * scale.y;
  return std::sqrt(dx * dx + dy * dy);
}

inline constexpr uint32_t grid_x(int32_t lon_e7) {
  return static_cast<uint32_t>(static_cast<int64_t>(lon_e7) + 1'800'000'000);
}
inline constexpr uint32_t grid_y(int32_t lat_e7) {
  return static_cast<uint32_t>(static_cast<int64_t>(lat_e7) + 900'000'000);
}
inline constexpr int32_t lon_of(uint32_t x) { return static_cast<int32_t>(static_cast<int64_t>(x) - 1'800'000'000); }
inline constexpr int32_t lat_of(uint32_t y) { return static_cast<int32_t>(static_cast<int64_t>(y) - 900'000'000); }

/// Z-order key: bit 2i is bit i of x, bit 2i+1 is bit i of y.
inline constexpr uint64_t spread_bits(uint32_t v) {
  uint64_t r = v;
  r = (r | (r << 16)) & 0x0000FFFF0000FFFFULL;
  r = (r | (r << 8)) & 0x00FF00FF00FF00FFULL;
  r = (r | (r << 4)) & 0x0F0F0F0F0F0F0F0FULL;
  r = (r | (r << 2)) & 0x3333333333333333ULL;
  r = (r | (r << 1)) & 0x5555555555555555ULL;
  return r;
}
inline constexpr uint64_t z_order(uint32_t x, uint32_t y) { return spread_bits(x) | (spread_bits(y) << 1); }

}  // namespace tomare
