// SPDX-License-Identifier: MIT
// A cheap first look at a log's speeds: most logs agree with themselves, and need no closer one.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// Whether the speeds agree so well with the positions that check_closely would leave none aside: each window of 8 and
/// 24 s within three quarters of the errors that it allows (screen_test.cpp compares the two). False where anything is
/// odd, missing or too short to tell. `told`: the fixes tell their accuracy. `ratio`: the way by the speeds per way of
/// the positions.
bool speeds_agree(const Fixes& log, const std::vector<uint8_t>& usable, const Settings& settings, bool told,
                  double* ratio);

}  // namespace tomare::match
