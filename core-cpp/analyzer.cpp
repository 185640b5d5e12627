// SPDX-License-Identifier: MIT
#include "core-cpp/analyzer.hpp"

#include "core-cpp/base/geo.hpp"
#include "core-cpp/map/place_finder.hpp"
#include "core-cpp/match/check_channels.hpp"
#include "core-cpp/match/matcher.hpp"
#include "core-cpp/rules/drifts.hpp"
#include "core-cpp/rules/judge.hpp"
#include "core-cpp/rules/jumps.hpp"

namespace tomare {
namespace {

ErrorDetail check_fixes(const match::Fixes& f) {
  if (f.count == 0) return {Error::LOG_EMPTY, 0, -1, -1};
  for (uint32_t i = 0; i < f.count; ++i) {
    const bool good = f.lat_e7[i] >= -850'000'000 && f.lat_e7[i] <= 850'000'000 && f.lon_e7[i] >= -1'800'000'000 &&
                      f.lon_e7[i] <= 1'800'000'000 && f.time_ms[i] >= 0 && f.time_ms[i] < 16'725'225'600'000;
    if (!good) return {Error::LOG_VALUE, 0, -1, i};
  }
  return {};
}

bool touches(const map::FileHeader& h, const match::Fixes& f) {
  constexpr int32_t kMargin = 10'000;  // about 100 m
  for (uint32_t i = 0; i < f.count; ++i) {
    const bool inside = f.lat_e7[i] >= h.min_lat_e7 - kMargin && f.lat_e7[i] <= h.max_lat_e7 + kMargin &&
                        f.lon_e7[i] >= h.min_lon_e7 - kMargin && f.lon_e7[i] <= h.max_lon_e7 + kMargin;
    if (inside) return true;
  }
  return false;
}

Summary summarise(const match::Fixes& f, const match::Trace& trace) {
  Summary s;
  s.fixes = f.count;
  s.gaps = trace.gaps;
  s.start_ms = f.time_ms[0];
  s.end_ms = f.time_ms[0];
  double error = 0;
  for (uint32_t i = 0; i < f.count; ++i) {
    s.start_ms = f.time_ms[i] < s.start_ms ? f.time_ms[i] : s.start_ms;
    s.end_ms = f.time_ms[i] > s.end_ms ? f.time_ms[i] : s.end_ms;
    const match::MatchedFix& fix = trace.fixes[i];
    s.matched += fix.state == match::FixState::matched ? 1 : 0;
    s.off_road += fix.state == match::FixState::off_road ? 1 : 0;
    error += fix.state == match::FixState::matched ? fix.error_m : 0.0;
  }
  s.unmatched = s.fixes - s.matched - s.off_road;
  s.mean_error_m = s.matched > 0 ? error / s.matched : 0;
  for (const match::Leg& leg : trace.legs) s.distance_m += leg.length_m();
  return s;
}

/// The drive on the map's roads; what judging and tracing begin with. `believed` is the log with what is believed of
/// its channels, and lives as long as `channels`.
ErrorDetail match_drive(map::Graph* graph, const map::FileHeader& header, const match::Fixes& fixes,
                        const Settings& settings, map::Vehicle vehicle, match::CandidateFinder& finder,
                        match::Channels* channels, match::Fixes* believed, match::Trace* out) {
  const ErrorDetail detail = check_fixes(fixes);
  if (detail.error != Error::OK) return detail;
  if (!touches(header, fixes)) return {Error::LOG_OUTSIDE_MAP, 0, -1, -1};
  match::Matcher matcher(*graph, settings, vehicle, finder);
  match::check_channels(fixes, settings, channels);
  *believed = channels->believed(fixes);
  matcher.match(*believed, channels->usable, out);
  return graph->error();
}

}  // namespace

ErrorDetail Analyzer::open(std::shared_ptr<const map::MapHead> head, uint64_t arena_bytes) {
  return map_.open(std::move(head), arena_bytes);
}

ErrorDetail Analyzer::open(std::unique_ptr<map::File> file, uint64_t arena_bytes) {
  return map_.open(std::move(file), arena_bytes);
}

ErrorDetail Analyzer::analyze(const match::Fixes& fixes, const Settings& settings, map::Vehicle vehicle,
                              const rules::Laws& laws, Analysis* out) {
  *out = {};
  map::Graph graph(map_);
  match::CandidateFinder finder(graph);
  match::Fixes believed;
  const ErrorDetail detail =
      match_drive(&graph, map_.header(), fixes, settings, vehicle, finder, &out->channels, &believed, &out->trace);
  if (detail.error != Error::OK) return detail;
  out->summary = summarise(fixes, out->trace);
  std::vector<uint8_t> moved = rules::find_jumps(fixes, out->trace.error, settings);
  rules::mark_drifts(fixes, believed, out->channels, &moved);
  rules::judge({graph, believed, fixes, out->channels, out->trace, settings, vehicle, laws, std::move(moved),
                out->summary.mean_error_m, &finder},
               &out->judgement);
  collect_route(graph, out->trace, &out->route);
  out->citations = cite(&graph, out->judgement.findings);
  return graph.error();
}

ErrorDetail Analyzer::trace(const match::Fixes& fixes, const Settings& settings, map::Vehicle vehicle,
                            const rules::Laws& laws, DriveTrace* out) {
  *out = {};
  map::Graph graph(map_);
  match::CandidateFinder finder(graph);
  match::Trace matched;
  match::Channels channels;
  match::Fixes believed;
  const ErrorDetail detail =
      match_drive(&graph, map_.header(), fixes, settings, vehicle, finder, &channels, &believed, &matched);
  if (detail.error != Error::OK) return detail;
  write_trace({graph, believed, fixes, channels, matched, settings, vehicle, laws}, out);
  return graph.error();
}

ErrorDetail Analyzer::roads(const map::RoadsRequest& request, map::Roads* out) {
  map::Graph graph(map_);
  map::collect_roads(&graph, request, out);
  return graph.error();
}

ErrorDetail Analyzer::places(const rules::AreaPosition* positions, uint32_t count, uint16_t* out) {
  map::Graph graph(map_);
  map::PlaceFinder finder(graph);
  for (uint32_t i = 0; i < count; ++i) out[i] = finder.at(positions[i].lat_e7, positions[i].lon_e7);
  return graph.error();
}

ErrorDetail Analyzer::verify_tile(uint32_t number) {
  map::Graph graph(map_);
  const map::Tile* tile = graph.tile(number);
  if (tile == nullptr) return graph.error();
  const uint32_t first_cut = tile->count(map::kNodes) - tile->count(map::kTwins);
  for (uint32_t i = 0; i < tile->count(map::kTwins); ++i) {
    const map::Twin twin = tile->twins[i];
    const map::Tile* other = graph.tile(twin.tile);
    if (other == nullptr) continue;
    const uint32_t other_cut = other->count(map::kNodes) - other->count(map::kTwins);
    const bool mutual = twin.node >= other_cut && twin.node < other->count(map::kNodes) &&
                        other->twins[twin.node - other_cut].tile == number &&
                        other->twins[twin.node - other_cut].node == first_cut + i;
    if (!mutual) return {Error::MAP_TILE, 401 + map::kTwins, number, i};
    tile = graph.tile(number);
  }
  return {};
}

}  // namespace tomare
