// SPDX-License-Identifier: MIT
#include "core-cpp/analyzer.hpp"

#include "core-cpp/base/geo.hpp"
#include "core-cpp/map/place_finder.hpp"
#include "core-cpp/match/matcher.hpp"
#include "core-cpp/rules/judge.hpp"

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

/// Legs that continue one another on one way become one item.
void collect_route(map::Graph& graph, const match::Trace& trace, std::vector<RouteItem>* out) {
  uint32_t run = UINT32_MAX;
  for (const match::Leg& leg : trace.legs) {
    const map::Tile* tile = graph.tile(leg.tile);
    if (tile == nullptr || leg.length_m() <= 0) continue;
    const RouteItem item = item_of(*tile, leg);
    RouteItem* last = out->empty() || run != leg.run ? nullptr : &out->back();
    const double seam = last == nullptr ? 1e9 : (item.forward ? item.from_m - last->to_m : last->from_m - item.to_m);
    const bool continues =
        last != nullptr && last->way == item.way && last->forward == item.forward && seam > -0.5 && seam < 0.5;
    if (continues) {
      (item.forward ? last->to_m : last->from_m) = item.forward ? item.to_m : item.from_m;
      last->exit_ms = item.exit_ms;
    } else {
      out->push_back(item);
    }
    run = leg.run;
  }
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
  ErrorDetail detail = check_fixes(fixes);
  if (detail.error != Error::OK) return detail;
  if (!touches(map_.header(), fixes)) return {Error::LOG_OUTSIDE_MAP, 0, -1, -1};
  map::Graph graph(map_);
  match::Matcher matcher(graph, settings, vehicle);
  match::check_channels(fixes, settings, &out->channels);
  const match::Fixes believed = out->channels.believed(fixes);
  matcher.match(believed, out->channels.usable, &out->trace);
  if (graph.error().error != Error::OK) return graph.error();
  out->summary = summarise(fixes, out->trace);
  rules::judge({graph, believed, fixes, out->channels, out->trace, settings, vehicle, laws}, &out->judgement);
  collect_route(graph, out->trace, &out->route);
  out->citations = cite(&graph, out->judgement.findings);
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
