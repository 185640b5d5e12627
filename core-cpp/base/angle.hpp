// SPDX-License-Identifier: MIT
// Bearings and small transcendental functions made of + - * / sqrt alone, so that every build of
// the core gives the same bits.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

namespace tomare {

/// Arctangent of y/x in degrees, -180..180 (error below 1e-4 degree): minimax polynomial on 0..1.
inline double atan2_deg(double y, double x) {
  const double ax = std::fabs(x);
  const double ay = std::fabs(y);
  const double big = ax > ay ? ax : ay;
  if (big == 0.0) return 0.0;
  const double r = (ax > ay ? ay : ax) / big;
  const double s = r * r;
  const double p =
      r * (0.99997726 + s * (-0.33262347 + s * (0.19354346 + s * (-0.11643287 + s * (0.05265332 - s * 0.01172120)))));
  double degrees = p * 57.29577951308232;
  if (ay > ax) degrees = 90.0 - degrees;
  if (x < 0) degrees = 180.0 - degrees;
  return y < 0 ? -degrees : degrees;
}

/// Clockwise from north, 0 <= b < 360; dx east, dy north.
inline double bearing_deg(double dx, double dy) {
  const double b = atan2_deg(dx, dy);
  return b < 0 ? b + 360.0 : b;
}

/// Smallest angle between two bearings, 0..180.
inline double angle_between_deg(double a, double b) {
  double d = std::fabs(a - b);
  d = d - 360.0 * std::floor(d / 360.0);
  return d > 180.0 ? 360.0 - d : d;
}

/// Unit vector of a bearing, |degrees| at most some thousands: x east, y north (error below 1e-5).
inline void unit_of_bearing(double degrees, double* x, double* y) {
  const double quarters = std::floor(degrees / 90.0 + 0.5);
  const double r = (degrees - 90.0 * quarters) * 0.017453292519943295;  // within an eighth of a turn
  const double s2 = r * r;
  const double sine = r * (1.0 - s2 * (1.0 / 6.0) * (1.0 - s2 * (1.0 / 20.0) * (1.0 - s2 * (1.0 / 42.0))));
  const double cosine = 1.0 - s2 * 0.5 * (1.0 - s2 * (1.0 / 12.0) * (1.0 - s2 * (1.0 / 30.0)));
  const int quarter = static_cast<int>(quarters) & 3;
  const double east = (quarter & 1) == 0 ? sine : cosine;
  const double north = (quarter & 1) == 0 ? cosine : -sine;
  *x = quarter < 2 ? east : -east;
  *y = quarter < 2 ? north : -north;
}

/// e^-x for x >= 0 (relative error below 1e-5); 0 beyond 80. Without a branch: loops over it become vectors.
inline float exp_neg(float x) {
  const bool small = x < 80.0F;
  const float t = (small ? x : 80.0F) * -1.44269504F;  // e^-x = 2^t
  const float k = std::floor(t);
  const float f = t - k;  // 0 <= f < 1
  const float p =
      1.0F + f * (0.69314718F +
                  f * (0.24022650F + f * (0.05550411F + f * (0.00961813F + f * (0.00133336F + f * 0.00015403F)))));
  const int32_t exponent = (static_cast<int32_t>(k) + 127) << 23;
  float scale;
  std::memcpy(&scale, &exponent, 4);
  return small ? p * scale : 0.0F;
}

}  // namespace tomare
