// SPDX-License-Identifier: MIT
// Tags of a road way become facts: the one place where way tags are read (mapdata/taginfo.json).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/osm/osm.hpp"
#include "mapdata/compiler/tags/conditions.hpp"
#include "mapdata/compiler/tags/hours.hpp"
#include "mapdata/compiler/tags/keys.hpp"
#include "mapdata/compiler/tags/quotes.hpp"

namespace tomare::compiler {

/// The road class of a `highway` value; false where cars have no business (footway, path, steps …).
bool road_class(std::string_view highway, map::RoadClass* out, bool* link);

/// Whether anything of a road way is read from this key; `name`, `ref`, `area` and `railway` too.
bool is_way_key(std::string_view key);

/// `abandoned:railway` and the like, and the word of such a prefix, which may be a value of `railway` too.
bool is_dead_rail_key(std::string_view key);
bool is_dead_rail_word(std::string_view word);

struct WayFacts {
  map::Attributes attributes{};
  std::vector<ParsedCondition> conditions;
  std::vector<QuotedTag> quotes;
};

WayFacts way_facts(const Tags& tags);

/// The parts of way_facts (access.cpp, oneway.cpp, limits.cpp): each needs the class and the flags.
void read_access(const Tags& tags, WayFacts* facts);
void read_oneway(const Tags& tags, WayFacts* facts);
void read_limits(const Tags& tags, WayFacts* facts);

/// Clauses of a way's "…:conditional" tags, from the general key to the specific, then those of its size limits, by
/// quantity (way_conditions.cpp, sizes.cpp).
std::vector<ParsedCondition> way_conditions(const Tags& tags);
std::vector<ParsedCondition> size_limits(const Tags& tags);
/// Limits that a vehicle's own tag gives, as clauses that always hold.
std::vector<ParsedCondition> own_limits(const Tags& tags);

/// Access value by its tag text (`no`, `private`, `destination;delivery` …).
map::Access access_value(std::string_view text);

/// 0 no, 1 along the way, 2 against it, 3 changes (reversible), -1 not a one-way value.
int oneway_value(std::string_view text);

/// A maxspeed value in tenths of km/h, or one of kLimit…; kLimitUnset where it names a zone.
struct LimitValue {
  uint16_t low = 0, high = 0;
  map::ZoneContext zone = map::kZoneNone;
};
LimitValue limit_value(std::string_view text);

}  // namespace tomare::compiler
