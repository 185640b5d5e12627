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

}  // namespace tomare::match
