// SPDX-License-Identifier: MIT
// What a way's tags say under a condition.
#pragma once

#include <vector>

#include "mapdata/compiler/osm/osm.hpp"
#include "mapdata/compiler/tags/conditions.hpp"

namespace tomare::compiler {

/// Clauses of a way's "…:conditional" tags, from the general key to the specific, then those of its size limits, by
/// quantity.
std::vector<ParsedCondition> way_conditions(const Tags& tags, const map::Attributes& plain);
/// Of these, the ones that nobody can evaluate and that may lift a plain fact, or one of the conditions so far
/// (way_doubts.cpp).
std::vector<ParsedCondition> way_doubts(const Tags& tags, const map::Attributes& plain,
                                        const std::vector<ParsedCondition>& conditions);
/// Of these, the limits of weight and size (sizes.cpp).
std::vector<ParsedCondition> size_limits(const Tags& tags);
/// Limits that a vehicle's own tag gives, and zones of one direction, as clauses that always hold (limits.cpp).
std::vector<ParsedCondition> own_limits(const Tags& tags);
/// Of clauses for all, those beside a vehicle's own limit: nobody knows which of the two signs goes before the other,
/// unless the clause only lowers `maxspeed` to a limit above the own one (limits.cpp).
std::vector<ParsedCondition> limits_beside(const Tags& tags, const std::vector<ParsedCondition>& own,
                                           const std::vector<ParsedCondition>& clauses);
/// Limits above `maxspeed` whose key has a part that nobody understands (`maxspeed:summer`): they may hold
/// (limits.cpp).
std::vector<ParsedCondition> doubtful_limits(const Tags& tags);
/// One-way rules of a vehicle's own tag, as clauses that always hold (oneway.cpp).
std::vector<ParsedCondition> own_oneways(const Tags& tags);

}  // namespace tomare::compiler
