// SPDX-License-Identifier: MIT
// Names and tags of the places of findings, so that a reader of findings needs no map.
#pragma once

#include <string>
#include <vector>

#include "core-cpp/map/graph.hpp"
#include "core-cpp/rules/finding.hpp"

namespace tomare {

/// A part of Citations::text; length 0: there is none.
struct TextRange {
  uint32_t offset = 0, length = 0;
};

struct Citation {
  TextRange name;  ///< of the road, or its ref
  TextRange tag;   ///< the tag that makes the rule: key=value, or a key whose value is a measure of the finding
  map::RoadClass road_class = map::kMotorway;
  uint16_t place = map::kNone16;  ///< number of the place of the road
};

struct Citations {
  std::vector<Citation> of;  ///< one for each finding, in their order
  std::string text;          ///< UTF-8
};

/// Looks up every finding. If a tile can no longer be read, its findings have no name, and the graph holds the error.
Citations cite(map::Graph* graph, const std::vector<rules::Finding>& findings);

}  // namespace tomare
