// SPDX-License-Identifier: MIT
#include "core-cpp/rules/sun.hpp"

#include <cmath>

#include "core-cpp/base/angle.hpp"

namespace tomare::rules {
namespace {

constexpr double kRadian = 0.017453292519943295;
constexpr double kHorizon = -0.833;  // degrees: refraction and the sun's radius
constexpr double kCivil = -6.0;      // degrees: dawn and dusk
constexpr double kObliquity = 23.4397;

double sin_deg(double degrees) {
  double a = degrees - 360.0 * std::floor(degrees / 360.0);
  const double sign = a > 180.0 ? -1.0 : 1.0;
  if (a > 180.0) a -= 180.0;
  if (a > 90.0) a = 180.0 - a;
  const double x = a * kRadian, s = x * x;
  return sign * x *
         (1.0 -
          s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0 * (1.0 - s / 72.0 * (1.0 - s / 110.0 * (1.0 - s / 156.0))))));
}

double cos_deg(double degrees) { return sin_deg(degrees + 90.0); }

}  // namespace

bool sun_minutes(map::SunEvent event, int32_t day, int32_t lat_e7, int32_t lon_e7, double* minutes) {
  const double latitude = lat_e7 * 1e-7, longitude = lon_e7 * 1e-7;
  const double since_2000 = day - 10957.0 - longitude / 360.0;  // days from 2000-01-01 12:00 to the mean transit
  const double anomaly = 357.5291 + 0.98560028 * since_2000;
  const double centre = 1.9148 * sin_deg(anomaly) + 0.02 * sin_deg(2 * anomaly) + 0.0003 * sin_deg(3 * anomaly);
  const double ecliptic = anomaly + centre + 282.9372 + 0.0000471 * since_2000;  // the perihelion moves
  const double transit =
      720.0 - 4.0 * longitude + 1440.0 * (0.0053 * sin_deg(anomaly) - 0.0069 * sin_deg(2 * ecliptic));
  const double sin_declination = sin_deg(ecliptic) * sin_deg(kObliquity);
  const double cos_declination = std::sqrt(1.0 - sin_declination * sin_declination);
  const double altitude = event == map::kSunrise || event == map::kSunset ? kHorizon : kCivil;
  const double across = cos_deg(latitude) * cos_declination;
  const double cosine = (sin_deg(altitude) - sin_deg(latitude) * sin_declination) / (across > 1e-9 ? across : 1e-9);
  if (!(cosine > -1.0 && cosine < 1.0)) return false;
  const double half_day = 4.0 * atan2_deg(std::sqrt(1.0 - cosine * cosine), cosine);
  const bool rising = event == map::kSunrise || event == map::kDawn;
  *minutes = transit + (rising ? -half_day : half_day);
  return true;
}

}  // namespace tomare::rules
