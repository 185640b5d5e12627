// SPDX-License-Identifier: MIT
// The check of a log's speed, course and accuracy against its positions, before anything rests on them
// (docs/CHANNELS.md).
#pragma once

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// Linear in the fixes, but for medians of a thousand windows.
void check_channels(const Fixes& log, const Settings& settings, Channels* out);

/// The first look: whether speeds and courses agree so well with the positions that the closer look would leave none
/// aside. `ratio`: as of speeds_agree.
bool channels_agree(const Fixes& log, const std::vector<uint8_t>& usable, const Settings& settings, bool told,
                    double* ratio);

/// The closer look, without the first one. `out` has the usable fixes and the counts; `told`: the fixes
/// tell their accuracy.
void check_closely(const Fixes& log, const Settings& settings, bool told, Channels* out);

}  // namespace tomare::match
