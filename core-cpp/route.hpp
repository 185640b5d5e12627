// SPDX-License-Identifier: MIT
// The matched path as ways: what a result calls the route.
#pragma once

#include <vector>

#include "core-cpp/map/graph.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare {

/// A stretch of one way driven in one direction.
struct RouteItem {
  int64_t way = 0;                    ///< OSM id
  int64_t enter_ms = 0, exit_ms = 0;  ///< Unix
  double from_m = 0, to_m = 0;        ///< from the way's first node, from < to
  uint32_t tile = 0;                  ///< where it begins in the map
  uint16_t segment = 0;
  bool forward = true;  ///< along the way's nodes
};

inline constexpr uint32_t kNoItem = UINT32_MAX;

/// The items in the order of travel: legs that continue one another on one way become one. `item_of_leg`, where it is
/// wanted: for each leg the number of its item, kNoItem for a leg without length.
void collect_route(map::Graph& graph, const match::Trace& trace, std::vector<RouteItem>* out,
                   std::vector<uint32_t>* item_of_leg = nullptr);

}  // namespace tomare
