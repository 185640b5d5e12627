// SPDX-License-Identifier: MIT
// What a way's tags say under a condition.
#pragma once

#include <vector>

#include "mapdata/compiler/osm/osm.hpp"
#include "mapdata/compiler/tags/conditions.hpp"

namespace tomare::compiler {

/// Clauses of a way's "…:conditional" tags and of its size limits, from the general key to the specific.
std::vector<ParsedCondition> way_conditions(const Tags& tags);

}  // namespace tomare::compiler
