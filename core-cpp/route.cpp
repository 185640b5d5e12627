// SPDX-License-Identifier: MIT
#include "core-cpp/route.hpp"

namespace tomare {
namespace {

RouteItem item_of(const map::Tile& tile, const match::Leg& leg) {
  RouteItem item;
  const map::Segment& s = tile.segments[leg.segment];
  const double offset = s.way_offset_cm * 0.01;
  item.way = tile.way_of(leg.segment).id;
  item.enter_ms = leg.enter_ms;
  item.exit_ms = leg.exit_ms;
  item.from_m = offset + (leg.forward ? leg.from_m : leg.to_m);
  item.to_m = offset + (leg.forward ? leg.to_m : leg.from_m);
  item.tile = leg.tile;
  item.segment = leg.segment;
  item.forward = leg.forward;
  return item;
}

/// The item is of the same way and direction, and begins where the last one ends.
bool continues(const RouteItem& last, const RouteItem& item) {
  constexpr double kSeam = 0.5;  // metres
  const double seam = item.forward ? item.from_m - last.to_m : last.from_m - item.to_m;
  return last.way == item.way && last.forward == item.forward && seam > -kSeam && seam < kSeam;
}

}  // namespace

void collect_route(map::Graph& graph, const match::Trace& trace, std::vector<RouteItem>* out,
                   std::vector<uint32_t>* item_of_leg) {
  if (item_of_leg != nullptr) item_of_leg->assign(trace.legs.size(), kNoItem);
  out->reserve(trace.legs.size());
  uint32_t run = UINT32_MAX;
  for (const match::Leg& leg : trace.legs) {
    const map::Tile* tile = graph.tile(leg.tile);
    if (tile == nullptr || leg.length_m() <= 0) continue;
    const RouteItem item = item_of(*tile, leg);
    RouteItem* last = out->empty() || run != leg.run ? nullptr : &out->back();
    if (last != nullptr && continues(*last, item)) {
      (item.forward ? last->to_m : last->from_m) = item.forward ? item.to_m : item.from_m;
      last->exit_ms = item.exit_ms;
    } else {
      out->push_back(item);
    }
    if (item_of_leg != nullptr)
      (*item_of_leg)[static_cast<size_t>(&leg - trace.legs.data())] = static_cast<uint32_t>(out->size() - 1);
    run = leg.run;
  }
}

}  // namespace tomare
