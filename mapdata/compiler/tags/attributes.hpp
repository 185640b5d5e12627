// SPDX-License-Identifier: MIT
// Tags of a road way become attributes; way_facts.hpp adds the conditions. What is read: mapdata/taginfo.json.
#pragma once

#include <string_view>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/osm/osm.hpp"
#include "mapdata/compiler/tags/hours.hpp"
#include "mapdata/compiler/tags/keys.hpp"
#include "mapdata/compiler/tags/quotes.hpp"

namespace tomare::compiler {

/// The road class of a `highway` value; false where cars have no business (footway, path, steps …).
bool road_class(std::string_view highway, map::RoadClass* out, bool* link);

/// Whether anything of a road way is read from this key; `name`, `ref`, `area` and `railway` too.
bool is_way_key(std::string_view key);

/// Of a road way, its conditions apart.
struct WayAttributes {
  map::Attributes attributes{};
  std::vector<QuotedTag> quotes;
};
WayAttributes way_attributes(const Tags& tags);

/// The parts of way_attributes (access.cpp, oneway.cpp, limits.cpp): each needs the class and the flags.
void read_access(const Tags& tags, WayAttributes* out);
void read_oneway(const Tags& tags, WayAttributes* out);
void read_limits(const Tags& tags, WayAttributes* out);

/// Access value by its tag text (`no`, `private`, `destination;delivery` …).
map::Access access_value(std::string_view text);
/// Without a question.
bool lets_in(map::Access access);
/// Vehicles of which the key opens a closed road to some drivers (`residents`, `delivery` …); 0 for other keys.
uint8_t drivers_of(std::string_view key);
/// What `except=psv;bicycle;…` takes out.
struct Excepted {
  uint8_t vehicles = 0;
  uint8_t perhaps = 0;  ///< by a purpose, a permit, a turn, or a kind of vehicle that ours may be
};
Excepted excepted(std::string_view text);
/// Vehicles that the value names (`access=psv;hgv`): they may drive.
uint8_t named_in(std::string_view text);

/// 0 no, 1 along the way, 2 against it, 3 changes (reversible), -1 not a one-way value.
int oneway_value(std::string_view text);

/// A maxspeed value in tenths of km/h, or one of kLimit…; kLimitUnset where it names a zone.
struct LimitValue {
  uint16_t low = 0, high = 0;
  map::ZoneContext zone = map::kZoneNone;
};
LimitValue limit_value(std::string_view text);
/// Of lanes ("60|80"): from the lowest to the highest; not understood where a lane says nothing.
LimitValue lane_limits(std::string_view text);

}  // namespace tomare::compiler
