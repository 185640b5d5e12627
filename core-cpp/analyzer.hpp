// SPDX-License-Identifier: MIT
// The only entry to the core: it opens a map and judges one drive after another on it.
//
// Lifetimes: any number of analyzers may share a MapHead, which need not outlive them. A call keeps nothing that it is
// given, and its results hold no pointer into the map or the analyzer.
// Threads: an Analyzer serves one thread at a time; analyzers share no mutable state, even over one MapHead.
// Errors: an ErrorDetail, never an exception; after an error the analyzer serves the next drive as usual.
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

/// Everything that the core finds out about a drive. It owns all its data.
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
  /// Call before anything else. `arena_bytes`: memory for tiles if the file is not mapped. Errors: OUT_OF_MEMORY.
  ErrorDetail open(std::shared_ptr<const map::MapHead> head, uint64_t arena_bytes);
  /// For a map with a single analyzer. Errors: those of MapHead::open, or OUT_OF_MEMORY.
  ErrorDetail open(std::unique_ptr<map::File> file, uint64_t arena_bytes);
  /// Matches and judges a drive. Errors: LOG_EMPTY, LOG_VALUE (offset: the fix), LOG_OUTSIDE_MAP; for a damaged map
  /// MAP_READ, MAP_DIRECTORY, MAP_TILE, ARENA_SIZE. `out` is complete only without an error.
  ErrorDetail analyze(const match::Fixes& fixes, const Settings& settings, map::Vehicle vehicle,
                      const rules::Laws& laws, Analysis* out);
  /// Matches a drive without judging it. Errors as analyze.
  ErrorDetail trace(const match::Fixes& fixes, const Settings& settings, map::Vehicle vehicle, const rules::Laws& laws,
                    DriveTrace* out);
  /// The roads in a box. Errors, for a damaged map: MAP_READ, MAP_DIRECTORY, MAP_TILE, ARENA_SIZE.
  ErrorDetail roads(const map::RoadsRequest& request, map::Roads* out);
  /// For each position the number of the place of its nearest road (map::PlaceFinder): a host needs law and clock
  /// before it can analyze a drive. Errors, for a damaged map: as `analyze`.
  ErrorDetail places(const rules::AreaPosition* positions, uint32_t count, uint16_t* out);
  /// Checks tile `number`: CRC, structure, and its twins in the neighbouring tiles.
  ErrorDetail verify_tile(uint32_t number);
  const map::MapFile& map() const { return map_; }

 private:
  map::MapFile map_;
};

}  // namespace tomare
