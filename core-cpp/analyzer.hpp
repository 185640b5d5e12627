// SPDX-License-Identifier: MIT
// The only door of the core: an open map, and one drive after another judged on it.
//
// Lifetimes: a MapHead may be shared by any number of analyzers and outlives none of them by need; what a call takes
// stays the caller's and is not kept; what it gives holds no pointer into the map or the analyzer.
// Threads: an Analyzer serves one thread at a time; analyzers share nothing that changes, also over one MapHead.
// Errors: an ErrorDetail, never an exception; after an error the next drive is analyzed as if it were the first.
#pragma once

#include <memory>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/citation.hpp"
#include "core-cpp/drive_trace.hpp"
#include "core-cpp/map/graph.hpp"
#include "core-cpp/map/map_file.hpp"
#include "core-cpp/map/roads.hpp"
#include "core-cpp/match/channels.hpp"
#include "core-cpp/match/trace.hpp"
#include "core-cpp/route.hpp"
#include "core-cpp/rules/finding.hpp"
#include "core-cpp/rules/law.hpp"

namespace tomare {

/// Counts of fixes by how they were matched, and the drive as a whole.
struct Summary {
  uint32_t fixes = 0;  ///< matched + off_road + unmatched
  uint32_t matched = 0, off_road = 0, unmatched = 0;
  uint32_t gaps = 0;                 ///< interruptions of the matched route
  double mean_error_m = 0;           ///< of matched fixes from the road; 0 when there are none
  double distance_m = 0;             ///< along the matched route
  int64_t start_ms = 0, end_ms = 0;  ///< Unix, of the first and the last fix by time
};

/// All that is known of a drive; it refers to nothing outside itself.
struct Analysis {
  Summary summary;
  rules::Judgement judgement;
  Citations citations;  ///< of the judgement's findings
  std::vector<RouteItem> route;
  match::Channels channels;
  match::Trace trace;
};

class Analyzer {
 public:
  /// Before anything else. `arena_bytes`: memory for tiles where the file is not mapped. OUT_OF_MEMORY.
  ErrorDetail open(std::shared_ptr<const map::MapHead> head, uint64_t arena_bytes);
  /// A map with one analyzer. What MapHead::open says, or OUT_OF_MEMORY.
  ErrorDetail open(std::unique_ptr<map::File> file, uint64_t arena_bytes);
  /// One drive. LOG_EMPTY, LOG_VALUE (offset: the fix), LOG_OUTSIDE_MAP; for a damaged map MAP_READ, MAP_DIRECTORY,
  /// MAP_TILE, ARENA_SIZE. `out` is complete only without an error.
  ErrorDetail analyze(const match::Fixes& fixes, const Settings& settings, map::Vehicle vehicle,
                      const rules::Laws& laws, Analysis* out);
  /// Where the drive was, without a judgement of it. Errors as analyze.
  ErrorDetail trace(const match::Fixes& fixes, const Settings& settings, map::Vehicle vehicle, const rules::Laws& laws,
                    DriveTrace* out);
  /// The roads in a box. For a damaged map MAP_READ, MAP_DIRECTORY, MAP_TILE, ARENA_SIZE.
  ErrorDetail roads(const map::RoadsRequest& request, map::Roads* out);
  /// The number of the place of each position's nearest road (map::PlaceFinder), for a host that must know law and
  /// clock before a drive is judged. For a damaged map as `analyze`.
  ErrorDetail places(const rules::AreaPosition* positions, uint32_t count, uint16_t* out);
  /// Checks tile `number` whole: CRC, structure, and its twins' counterparts.
  ErrorDetail verify_tile(uint32_t number);
  const map::MapFile& map() const { return map_; }

 private:
  map::MapFile map_;
};

}  // namespace tomare
