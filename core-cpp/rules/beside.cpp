// SPDX-License-Identifier: MIT
#include "core-cpp/rules/beside.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/match/candidates.hpp"
#include "core-cpp/match/costs.hpp"
#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/straight_on.hpp"

namespace tomare::rules {
namespace {

using match::error_cost;
using match::Leg;

constexpr size_t kAsked = 12;         ///< fixes of a stretch that are looked at
constexpr double kReachM = 25;        ///< beside the position, roads are looked for so far …
constexpr double kReachSigmas = 3.5;  ///< … or so many standard errors
constexpr uint32_t kRoads = 16;       ///< of these the nearest
constexpr double kSameWayDeg = 30;    ///< roads that part by more are not driven in the same direction
constexpr double kWhole = 0.75;       ///< share of the fixes with a road beside, from which it goes along all of them
constexpr double kUnjoined = 0.05;    ///< odds times this where the map joins it to no road of the path before
constexpr double kJoinM = 80;         ///< metres of links between the path and the road beside …
constexpr double kJoinShare = 0.25;   ///< … and this share of the stretch, whose roads were not all looked at
constexpr size_t kJoinArcs = 600;
/// Odds times this where the whole drive lies on the stretch: no path before it or behind it speaks for the accused
/// road.
constexpr double kAlone = 4;
/// Odds times this where the accused road lies in a tunnel: positions came, and few come out of a tunnel. As much for
/// the road beside as kUnjoined is against it.
constexpr double kReceived = 20;
constexpr uint32_t kAround = 2;  ///< legs before and after the stretch that are no roads beside it
constexpr double kTold = 0.9;    ///< less sure than this, a finding says why
constexpr double kLeastOdds = 1e-6;
constexpr double kFarCost = 50;  ///< of a position that the path is not near

// A receiver lies to one side for a minute or some now and then, by reflections: all its fixes are one error.
constexpr double kAsideM = 16;                               ///< that it lies aside at most …
constexpr double kAsideS = 320;                              ///< … for so long at most …
constexpr double kAsideSpreadM = 5;                          ///< … changing by no more
constexpr double kAsideOdds = 0.5;                           ///< of it over a driver who breaks the rule
constexpr double kBeginsHere = 0.02;                         ///< that it begins or ends just where the stretch does
constexpr double kLikelier = 3;                              ///< at most, by the fixes before or after
constexpr double kAroundFromS[] = {12, 3}, kAroundToS = 60;  ///< of these, away from the stretch
constexpr double kFewAround = 3, kNotSeen = 0.15;            ///< where there are fewer

constexpr double kOnPath = 1.5;  ///< standard errors within which a position lies on the path
constexpr float kSure = 0.99F;   ///< a posterior that leaves no road beside

/// Three fixes that stand for a stretch.
std::array<uint32_t, 3> quarters(const match::Run& run, Range range) {
  std::array<uint32_t, 3> fixes = {};
  for (size_t k = 0; k < 3; ++k) fixes[k] = run.fixes[range.begin + range.size() * (k + 1) / 4];
  return fixes;
}

}  // namespace

Beside::Beside(const Context& c, const match::Run& run, const Stretch& stretch, Range range)
    : c_(c), run_(run), first_leg_(stretch.first_leg), last_leg_(stretch.last_leg), range_(range) {
  const uint32_t end = run.first_leg + run.leg_count;
  const uint32_t first = std::max(run.first_leg + kAround, first_leg_) - kAround;
  for (uint32_t l = first; l < std::min(end, last_leg_ + 1 + kAround); ++l) {
    const Leg& leg = c.trace.legs[l];
    path_.push_back({leg.tile, leg.segment, 0});
  }
  if (range.size() == 0) return;
  std::optional<match::CandidateFinder> own;
  match::CandidateFinder* const finder = c.finder == nullptr ? &own.emplace(c.graph) : c.finder;
  // most roads have none beside them: three fixes tell that
  size_t alone = 0;
  for (const uint32_t fix : quarters(run, range)) {
    look(fix, finder);
    alone += fixes_.empty() || fixes_.back().roads.empty() ? 1 : 0;
  }
  fixes_.clear();
  if (alone >= 2) return;
  const size_t step = range.size() / kAsked + 1;
  for (size_t k = range.begin; k < range.end; k += step) look(run.fixes[k], finder);
}

Beside::LawfulRoads::LawfulRoads(size_t count) {
  for (Nearest* nearest : {&left, &right}) {
    nearest->metres.assign(count, kNone);
    nearest->errors.assign(count, {});
  }
}

void Beside::LawfulRoads::add(size_t i, const RawFix& fix, const RoadBeside& road) {
  const double east_m = fix.east_m - road.east_m, north_m = fix.north_m - road.north_m;  // of the road from the path
  Nearest& nearest = east_m * fix.right_x + north_m * fix.right_y > 0 ? right : left;
  if (road.distance_m < nearest.metres[i]) {
    nearest.metres[i] = road.distance_m;
    nearest.errors[i] = {road.east_m, road.north_m};
  }
  arcs.push_back({road.tile, road.segment, static_cast<uint16_t>(road.forward ? 0 : 1)});
  fixes.push_back(i);
}

std::vector<map::ArcRef> Beside::LawfulRoads::of_fix(size_t i) const {
  std::vector<map::ArcRef> beside;
  for (size_t k = 0; k < arcs.size(); ++k) {
    if (fixes[k] == i) beside.push_back(arcs[k]);
  }
  return beside;
}

bool Beside::on_path(const map::ArcRef& road) const {
  return std::find(path_.begin(), path_.end(), map::ArcRef{road.tile, road.segment, 0}) != path_.end();
}

void Beside::look(uint32_t fix, match::CandidateFinder* finder) {
  const match::MatchedFix& matched = c_.trace.fixes[fix];
  const Leg& leg = c_.trace.legs[matched.leg];
  const map::Tile* tile = c_.graph.tile(leg.tile);
  if (tile == nullptr) return;
  const double along = leg.along_m(matched.path_m - leg.path_m);
  const double course = map::bearing_on(*tile, leg.segment, along) + (leg.forward ? 0 : 180);
  RawFix raw;
  raw.fix = fix;
  unit_of_bearing(course + 90, &raw.right_x, &raw.right_y);
  raw.sigma_m = std::max(logged_sigma_m(c_, fix), shown_sigma_m(c_));
  raw.time_s = static_cast<double>(c_.fixes.time_ms[fix]) * 0.001;
  raw.path_m = kNone;
  const auto reach = static_cast<float>(std::max(kReachM, kReachSigmas * raw.sigma_m));
  std::vector<match::Candidate> near;
  finder->find(c_.log.lat_e7[fix], c_.log.lon_e7[fix], {reach, 0, reach}, {kRoads}, &near);
  for (const match::Candidate& road : near) {
    if (on_path({road.tile, road.segment, 0})) {
      if (road.distance_m >= raw.path_m) continue;
      raw.path_m = road.distance_m;
      raw.east_m = static_cast<double>(road.aside_x) * road.distance_m;
      raw.north_m = static_cast<double>(road.aside_y) * road.distance_m;
      continue;
    }
    const double off = angle_between_deg(course, road.bearing_deg);
    if (off > kSameWayDeg && off < 180 - kSameWayDeg) continue;
    raw.roads.push_back({road.tile, road.segment, off <= kSameWayDeg, road.distance_m,
                         static_cast<double>(road.aside_x) * road.distance_m,
                         static_cast<double>(road.aside_y) * road.distance_m});
  }
  fixes_.push_back(raw);
}

match::Leg Beside::leg_of(const RawFix& fix, const RoadBeside& road) const {
  Leg leg;
  leg.tile = road.tile;
  leg.segment = road.segment;
  leg.forward = road.forward;
  leg.run = c_.trace.legs[first_leg_].run;
  leg.enter_ms = leg.exit_ms = c_.fixes.time_ms[fix.fix];
  leg.path_m = c_.trace.legs[first_leg_].path_m;
  return leg;
}

double Beside::lawful_odds(const LawfulRoads& roads) const {
  double against = 0, count = 0;
  for (size_t i = 0; i < fixes_.size(); ++i) {
    const double sigma = fixes_[i].sigma_m, lawful_m = roads.metres(i);
    if (lawful_m >= kNone) continue;
    against += error_cost(lawful_m / sigma) - std::min(error_cost(fixes_[i].path_m / sigma), kFarCost);
    count += 1;
  }
  if (count < kWhole * static_cast<double>(fixes_.size())) return 0;
  const double seconds = fixes_.back().time_s - fixes_.front().time_s;
  const double odds = odds_against(independent(c_.settings, seconds, count) * against / count);
  const bool alone = first_leg_ == run_.first_leg && last_leg_ + 1 == run_.first_leg + run_.leg_count;
  const double by_path = joined(roads) ? (alone ? kAlone : 1) : kUnjoined;
  const double aside = seconds > kAsideS ? 0 : std::max(aside_odds(roads.left), aside_odds(roads.right));
  return std::max(odds, aside) * by_path * (in_tunnel() ? kReceived : 1);
}

/// Most of the fixes lie on a road in a tunnel, where nothing is received.
bool Beside::in_tunnel() const {
  const auto inside = [&](const RawFix& fix) {
    const map::Attributes* a = attributes_of(c_, c_.trace.legs[c_.trace.fixes[fix.fix].leg]);
    return a != nullptr && (a->flags & map::kFlagTunnel) != 0;
  };
  const auto count = static_cast<double>(std::count_if(fixes_.begin(), fixes_.end(), inside));
  return count >= kWhole * static_cast<double>(fixes_.size());
}

/// Odds that the receiver lay to one side of the roads by one error all along, and before the stretch and after it,
/// too.
double Beside::aside_odds(const Nearest& roads) const {
  Error sum, squares;
  double count = 0;
  for (size_t i = 0; i < roads.errors.size(); ++i) {
    if (roads.metres[i] >= kNone) continue;
    const Error& e = roads.errors[i];
    sum = {sum.east_m + e.east_m, sum.north_m + e.north_m};
    squares = {squares.east_m + e.east_m * e.east_m, squares.north_m + e.north_m * e.north_m};
    count += 1;
  }
  if (count < kWhole * static_cast<double>(fixes_.size())) return 0;
  const Error mean = {sum.east_m / count, sum.north_m / count};
  const double size2 = mean.east_m * mean.east_m + mean.north_m * mean.north_m;
  const double spread2 = (squares.east_m + squares.north_m) / count - size2;
  if (size2 > kAsideM * kAsideM || spread2 > kAsideSpreadM * kAsideSpreadM) return 0;
  const auto at_edge = [&](bool begin) {
    return std::min(kLikelier, goes_on(mean, begin) * went_straight(roads, begin));
  };
  return kAsideOdds * at_edge(true) * at_edge(false);
}

/// How much likelier the car went along the lawful road where the stretch begins or ends, by courses that show no step
/// aside there.
double Beside::went_straight(const Nearest& roads, bool begin) const {
  const std::optional<StepAside> path = step_aside(c_, run_.fixes, begin ? range_.begin : range_.end - 1);
  if (!path) return 1;
  size_t i = begin ? 0 : fixes_.size() - 1;  // some of the fixes has a lawful road beside
  while (roads.metres[i] >= kNone) i = begin ? i + 1 : i - 1;
  const double east_m = fixes_[i].east_m - roads.errors[i].east_m;
  const double north_m = fixes_[i].north_m - roads.errors[i].north_m;
  const double right_m = east_m * path->right_x + north_m * path->right_y;  // of the lawful road from the accused one
  const double lawful_m = begin ? path->right_m + right_m : path->right_m - right_m;
  const double accused = error_cost(path->right_m / path->sigma_m), lawful = error_cost(lawful_m / path->sigma_m);
  return std::max(1.0, odds_against(lawful - accused));
}

/// How much likelier the fixes before the stretch, or after it, are with the same error than with none. Next to it the
/// path may go by the same wrong side yet: fixes farther away come first.
double Beside::goes_on(const Error& error, bool begin) const {
  for (const double from_s : kAroundFromS) {
    const std::optional<double> likelier = likelier_around(error, begin, from_s);
    if (likelier) return std::clamp(*likelier, kBeginsHere, kLikelier);
  }
  return kNotSeen;
}

std::optional<double> Beside::likelier_around(const Error& error, bool begin, double from_s) const {
  const std::vector<uint32_t>& run_fixes = run_.fixes;
  const size_t edge = begin ? range_.begin : range_.end - 1, step = begin ? SIZE_MAX : 1;
  double without = 0, with = 0, count = 0;
  for (size_t k = edge + step; k < run_fixes.size(); k += step) {
    const double away_s =
        std::fabs(static_cast<double>(c_.fixes.time_ms[run_fixes[k]] - c_.fixes.time_ms[run_fixes[edge]])) * 0.001;
    if (away_s > kAroundToS) break;
    if (away_s < from_s) continue;
    const Offset off = offset_of(c_, run_fixes[k], metre_scale(c_.log.lat_e7[run_fixes[k]]));
    const double sigma = std::max(logged_sigma_m(c_, run_fixes[k]), shown_sigma_m(c_));
    without += error_cost(std::fabs(off.right_m) / sigma);
    with += error_cost(std::fabs(off.right_m - error.east_m * off.right_x - error.north_m * off.right_y) / sigma);
    count += 1;
  }
  if (count < kFewAround) return {};
  return odds_against((with - without) / count);
}

/// Arcs of the path's legs from `first` up to `end`.
std::vector<map::ArcRef> Beside::legs(uint32_t first, uint32_t end) const {
  std::vector<map::ArcRef> arcs;
  for (uint32_t l = first; l < end; ++l) {
    const Leg& leg = c_.trace.legs[l];
    arcs.push_back({leg.tile, leg.segment, static_cast<uint16_t>(leg.forward ? 0 : 1)});
  }
  return arcs;
}

/// Whether the roads beside can be driven in place of the stretch: from the path before it onto the path after it.
/// Where the drive begins or ends with the stretch, it may have done so on them.
bool Beside::joined(const LawfulRoads& roads) const {
  const uint32_t end = run_.first_leg + run_.leg_count, reach = kAround + 1;
  const uint32_t before = std::max(run_.first_leg + reach, first_leg_) - reach;
  std::vector<map::ArcRef> from = legs(before, first_leg_);
  std::vector<map::ArcRef> to = legs(last_leg_ + 1, std::min(end, last_leg_ + 1 + reach));
  const bool whole = from.empty() && to.empty();
  if (from.empty()) from = roads.of_fix(roads.fixes.front());
  if (to.empty()) to = roads.of_fix(roads.fixes.back());
  if (whole && std::find_first_of(from.begin(), from.end(), to.begin(), to.end()) != from.end()) return true;
  return leads(from, to, roads.arcs);
}

/// Whether a lawful way leads from one of the arcs to one of the others by roads that lie beside the stretch, but for
/// some metres.
bool Beside::leads(const std::vector<map::ArcRef>& from, const std::vector<map::ArcRef>& to,
                   const std::vector<map::ArcRef>& beside) const {
  struct Seen {
    map::ArcRef arc;
    double off_m;  ///< of the way so far, not beside the stretch
  };
  std::vector<Seen> seen;
  for (const map::ArcRef& arc : from) seen.push_back({arc, 0});
  const auto in = [](const std::vector<map::ArcRef>& arcs, const map::ArcRef& arc) {
    return std::find(arcs.begin(), arcs.end(), arc) != arcs.end();
  };
  const double most_m = kJoinM + kJoinShare * (c_.trace.legs[last_leg_].path_m - c_.trace.legs[first_leg_].path_m);
  for (size_t i = 0; i < seen.size() && seen.size() < kJoinArcs; ++i) {
    map::ArcRef next[32];
    const uint32_t n = c_.graph.leaving(seen[i].arc, next, 32);
    for (uint32_t k = 0; k < n; ++k) {
      if (in(to, next[k])) return true;
      const map::Tile* tile = c_.graph.tile(next[k].tile);
      if (tile == nullptr || on_stretch(next[k])) continue;
      const map::Attributes& facts = tile->attributes_of(next[k].segment);
      if (match::standing(facts, c_.vehicle, next[k].backward).illegal != 0) continue;
      const double metres = tile->segments[next[k].segment].length_cm * 0.01;
      const double off_m = seen[i].off_m + (in(beside, next[k]) ? 0 : metres);
      const bool known =
          std::any_of(seen.begin(), seen.end(), [&](const Seen& s) { return s.arc == next[k] && s.off_m <= off_m; });
      if (!known && off_m <= most_m) seen.push_back({next[k], off_m});
    }
  }
  return false;
}

bool Beside::on_stretch(const map::ArcRef& road) const {
  for (uint32_t l = first_leg_; l <= last_leg_; ++l) {
    if (c_.trace.legs[l].tile == road.tile && c_.trace.legs[l].segment == road.segment) return true;
  }
  return false;
}

bool surely_here(const Context& c, const match::Run& run, Range range) {
  if (range.size() == 0) return false;
  const MetreScale scale = metre_scale(c.log.lat_e7[run.fixes[range.begin]]);
  const double sigma = shown_sigma_m(c);
  for (const uint32_t fix : quarters(run, range)) {
    const bool here = c.trace.fixes[fix].posterior >= kSure && logged_sigma_m(c, fix) >= sigma &&
                      offset_of(c, fix, scale).aside_m <= kOnPath * sigma;
    if (!here) return false;
  }
  return true;
}

double odds_against(double cost) {
  if (cost > 0) return static_cast<double>(exp_neg(static_cast<float>(cost)));
  return 1 / std::max(kLeastOdds, static_cast<double>(exp_neg(static_cast<float>(-cost))));
}

double independent(const Settings& s, double seconds, double fixes) {
  return std::min(1 + seconds / (2 * s.match_error_time_s), fixes);
}

void weigh_beside(double accused, Finding* f) {
  f->match = std::min(f->match, static_cast<float>(accused));
  if (accused >= kTold) return;
  f->reasons |= kReason_parallel_road;
}

}  // namespace tomare::rules
