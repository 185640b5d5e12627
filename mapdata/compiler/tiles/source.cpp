// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tiles/source.hpp"

#include <algorithm>

namespace tomare::compiler {

Source sorted_source(const Network& network, std::vector<PlacedPoint> points,
                     std::vector<PlacedRestriction> restrictions) {
  Source source{network, std::move(points), std::move(restrictions), {}, nullptr};
  std::stable_sort(source.points.begin(), source.points.end(), [](const PlacedPoint& a, const PlacedPoint& b) {
    return a.anchor.way != b.anchor.way ? a.anchor.way < b.anchor.way : a.offset_m < b.offset_m;
  });
  std::stable_sort(source.restrictions.begin(), source.restrictions.end(),
                   [](const PlacedRestriction& a, const PlacedRestriction& b) { return a.via_node < b.via_node; });
  source.via.resize(source.restrictions.empty() ? 0 : network.x.size());
  for (const PlacedRestriction& r : source.restrictions) source.via[r.via_node] = true;
  return source;
}

}  // namespace tomare::compiler
