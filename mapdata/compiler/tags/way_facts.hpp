// SPDX-License-Identifier: MIT
// All that the tags of a road way say.
#pragma once

#include <vector>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/osm/osm.hpp"
#include "mapdata/compiler/tags/conditions.hpp"

namespace tomare::compiler {

struct WayFacts {
  map::Attributes attributes{};
  std::vector<ParsedCondition> conditions;
};

WayFacts way_facts(const Tags& tags);

}  // namespace tomare::compiler
