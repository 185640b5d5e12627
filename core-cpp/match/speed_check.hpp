// SPDX-License-Identifier: MIT
// A log's speeds against its positions: over the whole drive and over windows.
#pragma once

#include "core-cpp/match/channels.hpp"

namespace tomare::match {

/// Fills what `out` says of the speeds; `usable` and the note on accuracies are there.
void check_speeds(const Fixes& log, const Settings& settings, Channels* out);

}  // namespace tomare::match
