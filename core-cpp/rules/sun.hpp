// SPDX-License-Identifier: MIT
// Sunrise and sunset by the low-precision formulas of the Astronomical Almanac (about a minute),
// made of + - * / sqrt alone.
#pragma once

#include <cstdint>

#include "core-cpp/map/format.hpp"

namespace tomare::rules {

/// Minutes of the event after UTC midnight of the day whose noon is nearest to the transit (may lie
/// outside 0..1440); false where the sun neither rises nor sets. `day`: days since 1970-01-01.
bool sun_minutes(map::SunEvent event, int32_t day, int32_t lat_e7, int32_t lon_e7, double* minutes);

}  // namespace tomare::rules
