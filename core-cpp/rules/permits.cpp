// SPDX-License-Identifier: MIT
#include "core-cpp/rules/permits.hpp"

#include "core-cpp/base/geo.hpp"

namespace tomare::rules {
namespace {

/// By the number of edges east of the position: odd inside.
bool in_polygon(const AreaPosition* corners, uint32_t count, int32_t lat_e7, int32_t lon_e7) {
  bool inside = false;
  for (uint32_t i = 0; i < count; ++i) {
    const AreaPosition &a = corners[i], &b = corners[(i + 1) % count];
    if ((a.lat_e7 > lat_e7) == (b.lat_e7 > lat_e7)) continue;
    const double share = (static_cast<double>(lat_e7) - a.lat_e7) / (static_cast<double>(b.lat_e7) - a.lat_e7);
    if (lon_e7 < a.lon_e7 + share * (static_cast<double>(b.lon_e7) - a.lon_e7)) inside = !inside;
  }
  return inside;
}

bool holds(const Laws& laws, const PermitArea& area, int32_t lat_e7, int32_t lon_e7) {
  const AreaPosition* first = laws.area_positions + area.first_position;
  if (area.position_count > 1) return in_polygon(first, area.position_count, lat_e7, lon_e7);
  return distance_m(first->lat_e7, first->lon_e7, lat_e7, lon_e7) * 100 <= area.radius_cm;
}

bool holds(const Context& c, const PermitArea& area, const Stretch& stretch) {
  for (uint32_t l = stretch.first_leg; l <= stretch.last_leg; ++l) {
    const match::Leg& leg = c.trace.legs[l];
    const map::Tile* tile = c.graph.tile(leg.tile);
    if (tile == nullptr) return false;
    const double from = leg.from_m, to = leg.to_m;
    for (const double along : {from, (from + to) * 0.5, to}) {
      int32_t lat = 0, lon = 0;
      map::position_on(*tile, leg.segment, along, &lat, &lon);
      if (!holds(c.laws, area, lat, lon)) return false;
    }
  }
  return true;
}

}  // namespace

bool permitted(const Context& c, const Stretch& stretch, const Finding& f) {
  for (uint32_t i = 0; i < c.laws.permit_count; ++i) {
    const Permit& p = c.laws.permits[i];
    if (p.way == f.way && f.start_ms >= p.from_ms && f.start_ms < p.until_ms) return true;
  }
  for (uint32_t i = 0; i < c.laws.area_count; ++i) {
    const PermitArea& area = c.laws.areas[i];
    if (f.start_ms >= area.from_ms && f.start_ms < area.until_ms && holds(c, area, stretch)) return true;
  }
  return false;
}

}  // namespace tomare::rules
