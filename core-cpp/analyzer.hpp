// SPDX-License-Identifier: MIT
// The only door of the core: an open map, and one drive after another judged on it.
#pragma once

#include <memory>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/map/graph.hpp"
#include "core-cpp/map/map_file.hpp"
#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/trace.hpp"
#include "core-cpp/rules/finding.hpp"
#include "core-cpp/rules/law.hpp"

namespace tomare {

struct Summary {
  uint32_t fixes = 0, matched = 0, off_road = 0, unmatched = 0, gaps = 0;
  double mean_error_m = 0, distance_m = 0;
  int64_t start_ms = 0, end_ms = 0;
};

/// A stretch of one way driven in one direction; metres from the way's first node, from < to.
struct RouteItem {
  int64_t way = 0, enter_ms = 0, exit_ms = 0;
  double from_m = 0, to_m = 0;
  uint32_t tile = 0;
  uint16_t segment = 0;
  bool forward = true;
};

struct Analysis {
  Summary summary;
  rules::Judgement judgement;
  std::vector<RouteItem> route;
  match::Channels channels;
  match::Trace trace;
};

class Analyzer {
 public:
  /// `arena_bytes`: memory for tiles where the file is not mapped.
  ErrorDetail open(std::unique_ptr<map::File> file, uint64_t arena_bytes);
  /// One drive. LOG_EMPTY, LOG_VALUE (offset: the fix), LOG_OUTSIDE_MAP, MAP_TILE, OUT_OF_MEMORY.
  ErrorDetail analyze(const match::Fixes& fixes, const Settings& settings, map::Vehicle vehicle, const rules::Law& law,
                      Analysis* out);
  /// Checks tile `number` whole: CRC, structure, and its twins' counterparts.
  ErrorDetail verify_tile(uint32_t number);
  map::MapFile& map() { return map_; }

 private:
  map::MapFile map_;
};

}  // namespace tomare
