// SPDX-License-Identifier: MIT
#include "core-cpp/rules/lawful_ways.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/match/costs.hpp"
#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/facts.hpp"

namespace tomare::rules {
namespace {

using match::error_cost;
using match::Leg;

constexpr double kFollowedM = 120;  ///< behind the junction, the fixes that tell which way was driven
constexpr double kLonger = 1.3;     ///< a lawful way to the same place is so many times as long at most, or as short …
constexpr double kLongerM = 15;     ///< … and so many metres, and two standard errors
constexpr size_t kRoads = 200;      ///< that are looked at
constexpr uint32_t kCandidates = 24;
constexpr double kReachSigmas = 4, kReachM = 30;
constexpr double kNone = 1e9;
constexpr double kFarCost = 50;  ///< of a position that no lawful way is near
constexpr size_t kAsked = 12;    ///< fixes that are looked at

Leg leg_on(const map::ArcRef& arc, int64_t at_ms) {
  Leg leg;
  leg.tile = arc.tile;
  leg.segment = arc.segment;
  leg.forward = arc.backward == 0;
  leg.enter_ms = leg.exit_ms = at_ms;
  return leg;
}

}  // namespace

LawfulWays::LawfulWays(const Context& c, const match::Leg& from, const std::vector<map::ArcRef>& exits)
    : c_(c), from_(from) {
  reach(exits, from.exit_ms);
}

void LawfulWays::add(const map::ArcRef& arc, double from_m, int64_t at_ms) {
  const bool known = std::any_of(ways_.begin(), ways_.end(), [&](const Reached& way) { return way.arc == arc; });
  const map::Tile* tile = c_.graph.tile(arc.tile);
  if (known || tile == nullptr) return;
  const double to_m = from_m + tile->segments[arc.segment].length_cm * 0.01;
  Leg leg = leg_on(arc, at_ms);
  leg.illegal = match::standing(tile->attributes_of(arc.segment), c_.vehicle, arc.backward).illegal;
  const bool lawful = access_state(c_, leg).standing == Standing::open && oneway_state(c_, leg).against == Truth::no;
  if (lawful) ways_.push_back({arc, from_m, to_m});
}

/// Breadth first; a road's first way from the junction is short enough to stand for its shortest.
void LawfulWays::reach(const std::vector<map::ArcRef>& exits, int64_t at_ms) {
  for (const map::ArcRef& exit : exits) add(exit, 0, at_ms);
  for (size_t i = 0; i < ways_.size() && ways_.size() < kRoads; ++i) {
    const Reached way = ways_[i];
    if (way.to_m > kLonger * kFollowedM + kLongerM) continue;
    map::ArcRef next[32];
    const uint32_t n = c_.graph.leaving(way.arc, next, 32);
    for (uint32_t k = 0; k < n; ++k) {
      const bool back = next[k].tile == way.arc.tile && next[k].segment == way.arc.segment;
      if (!back) add(next[k], way.to_m, at_ms);
    }
  }
}

bool LawfulWays::may_lie_on(const match::Candidate& road, double gone_m, double slack_m) const {
  if (road.tile == from_.tile && road.segment == from_.segment) {  // the car may stand before the junction yet
    const double before_m = from_.forward ? road.length_m - road.along_m : road.along_m;
    if (before_m < slack_m) return true;
  }
  return std::any_of(ways_.begin(), ways_.end(), [&](const Reached& way) {
    if (way.arc.tile != road.tile || way.arc.segment != road.segment) return false;
    const double along_m = way.from_m + (way.arc.backward != 0 ? road.length_m - road.along_m : road.along_m);
    return along_m < kLonger * gone_m + slack_m && along_m > gone_m / kLonger - slack_m;
  });
}

bool LawfulWays::on_path(const match::Run& run, uint32_t fix, const match::Candidate& road) const {
  const match::MatchedFix& matched = c_.trace.fixes[fix];
  const uint32_t end = run.first_leg + run.leg_count;
  const auto near = [&](uint32_t l) { return std::fabs(c_.trace.legs[l].path_m - matched.path_m) < kFollowedM; };
  uint32_t first = matched.leg;
  while (first > run.first_leg && near(first - 1)) --first;
  for (uint32_t l = first; l < end && (l <= matched.leg || near(l)); ++l) {
    if (c_.trace.legs[l].tile == road.tile && c_.trace.legs[l].segment == road.segment) return true;
  }
  return false;
}

double LawfulWays::cost_over_path(const match::Run& run, uint32_t fix, double gone_m) const {
  const double sigma = std::max(logged_sigma_m(c_, fix), shown_sigma_m(c_));
  const auto reach = static_cast<float>(std::max(kReachM, kReachSigmas * sigma));
  std::optional<match::CandidateFinder> own;
  match::CandidateFinder* const finder = c_.finder == nullptr ? &own.emplace(c_.graph) : c_.finder;
  std::vector<match::Candidate> near;
  finder->find(c_.log.lat_e7[fix], c_.log.lon_e7[fix], {reach, 0, reach}, {kCandidates}, &near);
  double lawful_m = kNone, path_m = offset_of(c_, fix, metre_scale(c_.log.lat_e7[fix])).aside_m;
  for (const match::Candidate& road : near) {
    if (may_lie_on(road, gone_m, kLongerM + 2 * sigma)) lawful_m = std::min<double>(lawful_m, road.distance_m);
    if (on_path(run, fix, road)) path_m = std::min<double>(path_m, road.distance_m);
  }
  return std::min(error_cost(lawful_m / sigma), kFarCost) - std::min(error_cost(path_m / sigma), kFarCost);
}

double LawfulWays::path_driven(const match::Run& run, double via_m) const {
  const Range after = within(c_, run.fixes, via_m, via_m + kFollowedM);
  if (ways_.empty() || after.size() == 0) return 1;
  double against = 0, count = 0;
  const size_t step = after.size() / kAsked + 1;
  for (size_t k = after.begin; k < after.end; k += step) {
    against += cost_over_path(run, run.fixes[k], c_.trace.fixes[run.fixes[k]].path_m - via_m);
    count += 1;
  }
  const double seconds =
      static_cast<double>(c_.fixes.time_ms[run.fixes[after.end - 1]] - c_.fixes.time_ms[run.fixes[after.begin]]) *
      0.001;
  const double odds = odds_against(independent(c_.settings, seconds, count) * against / count);
  return 1 / (1 + kFewDoIt * odds);
}

}  // namespace tomare::rules
