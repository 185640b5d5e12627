// SPDX-License-Identifier: MIT
// The proleptic Gregorian calendar by whole days since 1970-01-01 (H. Hinnant, chrono-compatible
// low-level date algorithms).
#pragma once

#include <cstdint>

namespace tomare {

struct Date {
  int32_t year;
  int32_t month;  ///< 1..12
  int32_t day;    ///< 1..31
};

inline Date date_of(int32_t days) {
  const int32_t z = days + 719468;
  const int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  const int32_t doe = z - era * 146097;
  const int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int32_t mp = (5 * doy + 2) / 153;
  const int32_t month = mp < 10 ? mp + 3 : mp - 9;
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

inline int32_t days_of(int32_t year, int32_t month, int32_t day) {
  const int32_t y = month <= 2 ? year - 1 : year;
  const int32_t era = (y >= 0 ? y : y - 399) / 400;
  const int32_t yoe = y - era * 400;
  const int32_t doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

/// 0 Monday … 6 Sunday.
inline int32_t weekday_of(int32_t days) {
  const int32_t w = (days + 3) % 7;
  return w < 0 ? w + 7 : w;
}

/// ISO 8601 week number, 1..53: that of the week's Thursday.
inline int32_t iso_week_of(int32_t days) {
  const int32_t thursday = days - weekday_of(days) + 3;
  return (thursday - days_of(date_of(thursday).year, 1, 1)) / 7 + 1;
}

}  // namespace tomare
