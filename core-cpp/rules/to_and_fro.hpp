// SPDX-License-Identifier: MIT
// Paths that turn round and soon turn round again: positions that wander about a standing car look the same, so that
// nobody is accused by such a path alone.
#pragma once

#include "core-cpp/rules/stretch.hpp"

namespace tomare::rules {

/// The path turns round between two legs that follow one another.
bool turns_round(const match::Leg& leg, const match::Leg& next);

/// The path turns round within so many metres after the start of a leg.
bool turns_round_within(const Context& context, const match::Run& run, uint32_t leg, double metres);

/// The path turns round within some 60 m before the end of leg `from`, or after the start of leg `to`.
bool turns_round_near(const Context& context, const match::Run& run, uint32_t from_leg, uint32_t to_leg);

/// The path enters the stretch, turns round in it and leaves it, or is on it between turning round twice, by some 60 m.
bool to_and_fro(const Context& context, const match::Run& run, const Stretch& stretch);

}  // namespace tomare::rules
