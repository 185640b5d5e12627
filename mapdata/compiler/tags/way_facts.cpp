// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/way_facts.hpp"

#include "mapdata/compiler/tags/attributes.hpp"
#include "mapdata/compiler/tags/way_conditions.hpp"

namespace tomare::compiler {

WayFacts way_facts(const Tags& tags) { return {way_attributes(tags), way_conditions(tags)}; }

}  // namespace tomare::compiler
