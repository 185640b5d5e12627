// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/way_facts.hpp"

#include "mapdata/compiler/tags/attributes.hpp"
#include "mapdata/compiler/tags/way_conditions.hpp"

namespace tomare::compiler {

WayFacts way_facts(const Tags& tags) {
  WayAttributes found = way_attributes(tags);
  return {found.attributes, way_conditions(tags, found.attributes), std::move(found.quotes)};
}

}  // namespace tomare::compiler
