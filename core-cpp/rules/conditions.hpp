// SPDX-License-Identifier: MIT
// Does a condition of the map hold at this moment, in this place, for this vehicle? Yes, no, or
// nobody can know, and why. docs/RULES.md has the grammar and what is left out.
#pragma once

#include <cstdint>

#include "core-cpp/map/format.hpp"
#include "core-cpp/rules/law.hpp"

/// Whether a condition holds; unknown: nobody can know. Append only.
#define TOMARE_TRUTHS(X) X(0, no) X(1, yes) X(2, unknown)

namespace tomare::rules {

enum class Truth : uint8_t {
#define TOMARE_TRUTH_ENUM(number, name) name = number,
  TOMARE_TRUTHS(TOMARE_TRUTH_ENUM)
#undef TOMARE_TRUTH_ENUM
};

struct Instant {
  int64_t time_ms = 0;
  int32_t lat_e7 = 0, lon_e7 = 0;
};

struct Evaluation {
  Truth truth = Truth::yes;
  uint32_t reasons = 0;  ///< rules::Reason bits of what is unknown
};

/// The terms of one condition; none hold always.
Evaluation evaluate(const map::Term* terms, uint32_t count, const Law& law, const Instant& instant);

/// Local days since 1970-01-01 and milliseconds of the day.
struct LocalTime {
  int32_t day = 0;
  int32_t ms = 0;
  int32_t offset_minutes = 0;
};
LocalTime local_time(const Law& law, int64_t time_ms);

}  // namespace tomare::rules
