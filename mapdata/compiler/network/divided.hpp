// SPDX-License-Identifier: MIT
// Halves of divided roads that no tag names: a one-way road beside another of its name and the other direction.
#pragma once

#include "mapdata/compiler/network/network.hpp"

namespace tomare::compiler {

/// Sets kDividedInferred in the facts of ways of which half or more has its counterpart within 30 m.
void infer_divided(Network* network);

}  // namespace tomare::compiler
