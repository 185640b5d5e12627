// SPDX-License-Identifier: MIT
// The check of a log's speed, course and accuracy against its positions, before anything rests on them
// (docs/CHANNELS.md).
#pragma once

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// Linear in the fixes, but for medians of a thousand windows. A cheap first look settles most logs (screen.hpp).
void check_channels(const Fixes& log, const Settings& settings, Channels* out);

/// The closer look alone: what check_channels finds, but for the ratio where the first look settles it. `out` has the
/// usable fixes and the counts; `told`: the fixes tell their accuracy.
void check_closely(const Fixes& log, const Settings& settings, bool told, Channels* out);

}  // namespace tomare::match
