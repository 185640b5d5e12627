// SPDX-License-Identifier: MIT
#include "core-cpp/match/costs.hpp"

#include <algorithm>

namespace tomare::match {

using namespace map;  // NOLINT: the format's names, all of them used here

RoadStanding standing(const Attributes& a, Vehicle vehicle, int direction) {
  RoadStanding result;
  if ((a.oneway_against[direction] >> vehicle & 1) != 0 && a.oneway_source != kOnewayUnknown) {
    result.illegal |= kAgainstOneway;
  }
  const Access access = access_in(a, direction, vehicle);
  const bool stated_open = access == kAccessYes || access == kAccessPermissive || access == kAccessDesignated;
  if (access == kAccessNo) {
    result.illegal |= kClosed;
  } else if (access != kAccessUnset && !stated_open) {
    result.illegal |= kRestricted;
  }
  const bool closed_class = a.road_class == kPedestrian || a.road_class == kBusway || a.road_class == kConstruction ||
                            a.road_class == kRaceway;
  if (closed_class && access == kAccessUnset) result.illegal |= kClosed;
  result.minor = a.road_class == kService || a.road_class == kTrack;
  result.side = result.minor || a.road_class == kResidential || a.road_class == kLivingStreet;
  return result;
}

bool turn_banned(const Tile& tile, uint32_t via_node, uint32_t from_segment, uint32_t to_segment, Vehicle vehicle) {
  const Restriction* begin = tile.restrictions;
  const Restriction* end = begin + tile.count(kRestrictions);
  const Restriction* r =
      std::lower_bound(begin, end, via_node, [](const Restriction& x, uint32_t node) { return x.via_node < node; });
  for (; r != end && r->via_node == via_node; ++r) {
    const bool binds = r->from_segment == from_segment && (r->vehicles >> vehicle & 1) != 0 &&
                       (r->flags & (kViaWay | kRestrictionConditional)) == 0;
    if (!binds) continue;
    const bool same = r->to_segment == to_segment;
    if (same != ((r->flags & kOnly) != 0)) return true;
  }
  return false;
}

Costs::Costs(const Settings& settings, Vehicle vehicle) : s_(settings), vehicle_(vehicle) {
  for (uint32_t fresh = 0; fresh < 2 * kMinor; ++fresh) {
    double cost = 0;
    if ((fresh & kAgainstOneway) != 0) cost += s_.match_oneway_cost;
    if ((fresh & kClosed) != 0) cost += s_.match_closed_cost;
    if ((fresh & kRestricted) != 0) cost += s_.match_private_cost;
    if ((fresh & kMinor) != 0) cost += s_.match_minor_road_cost;
    change_[fresh] = static_cast<float>(cost);
  }
}

}  // namespace tomare::match
