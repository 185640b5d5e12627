// SPDX-License-Identifier: MIT
// Permits of the settings (通行許可): for ways by their number, and for areas.
#pragma once

#include "core-cpp/rules/stretch.hpp"

namespace tomare::rules {

/// A permit that was valid when the stretch was entered names its first way, or an area that holds all of it.
bool permitted(const Context& context, const Stretch& stretch, const Finding& finding);

}  // namespace tomare::rules
