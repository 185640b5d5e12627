// SPDX-License-Identifier: MIT
#include "core-cpp/rules/drive.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"

namespace tomare::rules {

using match::Leg;

void locate(const Context& c, const Leg& leg, double along_m, Finding* f) {
  f->tile = leg.tile;
  f->segment = leg.segment;
  f->forward = leg.forward;
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return;
  f->way = tile->way_of(leg.segment).id;
  map::position_on(*tile, leg.segment, along_m, &f->lat_e7, &f->lon_e7);
}

namespace {

/// Share of claims of the rule that are false although nothing in the drive shows it, at the error that it was learned
/// at.
double doubt_of(const Settings& s, Rule rule) {
  switch (rule) {
    case Rule::stop_sign:
      return s.doubt_stop_sign;
    case Rule::level_crossing:
      return s.doubt_level_crossing;
    case Rule::wrong_way:
      return s.doubt_wrong_way;
    case Rule::no_entry:
      return s.doubt_no_entry;
    case Rule::turn_ban:
      return s.doubt_turn_ban;
    case Rule::speeding:
    case Rule::minimum_speed:
      return s.doubt_speeding;
  }
  return 0;
}

/// A claim that the car was on this road and on no other: where positions err by more than the matcher expects of a
/// car's receiver, the posterior has too narrow a choice of other ways. From twice that on, these are e^3 times as
/// likely.
constexpr double kOtherWays = 3;

float among_other_ways(const Context& c, const Finding& f) {
  if (!claims(f) || f.rule != Rule::speeding || !c.trace.fixes[f.first_fix].speed_derived) return f.match;
  const double coarse = std::clamp(c.trace.error.sigma_m / c.settings.match_sigma_m - 1, 0.0, 1.0);
  if (coarse == 0) return f.match;
  const double likelihood = static_cast<double>(f.match) * exp_neg(static_cast<float>(kOtherWays * coarse));
  return static_cast<float>(likelihood / (likelihood + 1 - f.match));
}

/// What the posterior is worth with positions as bad as this drive's: it knows neither roads that the map lacks nor
/// errors that are not as the model has them, and both tell with the square of the error.
float calibrated(const Context& c, const Finding& f) {
  const double share = c.trace.error.sigma_m / c.settings.doubt_sigma_m;
  return static_cast<float>(among_other_ways(c, f) * std::max(0.0, 1 - doubt_of(c.settings, f.rule) * share * share));
}

/// Odds of a claim that holds over those that its match says. The match counts against it what the claim survived: the
/// matcher's costs of what is against the law, the odds of lawful roads beside, and of a stretch every single fix,
/// where some of them suffice. Both families of receivers teach as much, with speeds and without (docs/MATCHING.md).
double surer_by(Rule rule) {
  switch (rule) {
    case Rule::wrong_way:
      return 10;
    case Rule::turn_ban:
      return 8;
    case Rule::no_entry:
    case Rule::speeding:
      return 3;
    case Rule::stop_sign:
    case Rule::level_crossing:
    case Rule::minimum_speed:
      return 1;
  }
  return 1;
}

float surer(const Finding& f) {
  const double holds = surer_by(f.rule) * f.match;
  return static_cast<float>(holds / (holds + 1 - f.match));
}

double confidence_of(const Finding& f) { return static_cast<double>(f.match) * f.map * f.observation; }

/// Less sure than this of the match, a claim that falls says that the match is why.
constexpr float kMatchTells = 0.8F;

/// What is likelier to be false than true is no claim, whatever other claims teach.
constexpr double kEven = 0.5;

/// A claim below the least confidence falls; one that stands is as sure as such claims are.
void weigh_confidence(const Context& c, Finding* f) {
  if (!claims(*f)) return;
  const double least = c.settings.confidence_violated_min;
  const bool likely = confidence_of(*f) >= std::min(kEven, least);
  const float said = f->match;
  f->match = surer(*f);
  if (likely && confidence_of(*f) >= least) return;
  f->match = said;
  f->verdict = Verdict::undetermined;
  if (said < kMatchTells) f->reasons |= kReason_match_uncertain;
}

/// More roads or routes were near one of its fixes than a fix may ask for (match/budget.hpp).
bool matched_in_part(const Context& c, const Finding& f) {
  const auto first = c.trace.fixes.begin() + f.first_fix, last = c.trace.fixes.begin() + f.last_fix;
  return std::any_of(first, last + 1, [](const match::MatchedFix& fix) { return fix.cut; });
}

/// Share of a claim's fixes that a jump of the receiver may have moved, above which nobody is accused: at a line or a
/// junction none may be; of a stretch a third, for two thirds still lie on it; more where the speed that the claim
/// rests on is logged, since a jump moves the place alone.
constexpr double kMostJumped = 1.0 / 3, kMostJumpedLogged = 0.6;

double most_jumped(const Context& c, const Finding& f) {
  const bool place = f.rule == Rule::stop_sign || f.rule == Rule::level_crossing || f.rule == Rule::turn_ban;
  const bool logged = f.rule == Rule::speeding && !c.trace.fixes[f.first_fix].speed_derived;
  return place ? 0 : (logged ? kMostJumpedLogged : kMostJumped);
}

void weigh_jumps(const Context& c, Finding* f) {
  if (c.jumped.empty() || !claims(*f)) return;
  uint32_t jumped = 0;
  for (uint32_t i = f->first_fix; i <= f->last_fix; ++i) jumped += c.jumped[i];
  const uint32_t all = f->last_fix - f->first_fix + 1;
  if (jumped <= most_jumped(c, *f) * all) return;
  f->verdict = Verdict::undetermined;
  f->reasons |= kReason_match_uncertain;
}

/// Metres, on average over a drive, by which no receiver in a car errs: the positions are moved all along, as those of
/// another datum are, and lie on other roads than the car's.
constexpr double kMovedM = 40;

}  // namespace

void settle(const Context& c, Finding f, Judgement* out) {
  if (matched_in_part(c, f) || c.mean_error_m > kMovedM) {
    f.verdict = Verdict::undetermined;
    f.reasons |= kReason_match_uncertain;
  }
  f.match = calibrated(c, f);
  weigh_jumps(c, &f);
  weigh_confidence(c, &f);
  Exposure& e = out->exposure[static_cast<int>(f.rule)];
  if (f.verdict == Verdict::complied) ++e.complied;
  if (f.verdict == Verdict::violated) ++e.violated;
  if (f.verdict == Verdict::undetermined || f.verdict == Verdict::possible) ++e.undetermined;
  out->findings.push_back(f);
}

bool laid_out_privately(const map::Attributes& a) {
  const auto for_buses = [&](int d) { return map::access_in(a, d, map::kBus) == map::kAccessDesignated; };
  if (for_buses(map::kForward) || for_buses(map::kBackward)) return false;  // a corridor, whatever its service says
  return a.service == map::kServiceParkingAisle || a.service == map::kServiceDriveway ||
         a.service == map::kServiceDriveThrough || a.road_class == map::kRaceway;
}

bool private_ground(const Context& c, const Leg& leg) {
  if (c.settings.rules_private_ground != 0) return false;
  const map::Attributes* a = attributes_of(c, leg);
  if (a == nullptr) return false;
  if (laid_out_privately(*a)) return true;
  const int d = direction_of(leg);
  const map::Access access = map::access_in(*a, d, c.vehicle);
  return access == map::kAccessPrivate || access == map::kAccessCustomers;
}

void weigh_private_ground(const Context& c, const Leg& leg, Finding* f) {
  if (!claims(*f) || !private_ground(c, leg)) return;
  f->verdict = Verdict::undetermined;
  f->reasons |= kReason_private_ground;
}

void weigh_unsure(bool unsure, Finding* f) {
  if (!unsure || f->verdict == Verdict::complied) return;
  f->verdict = Verdict::undetermined;
  f->reasons |= kReason_map_contradiction;
}

const Law& law_of(const Context& c, const Leg& leg) {
  const map::Tile* tile = c.graph.tile(leg.tile);
  return c.laws.at(tile == nullptr ? map::kNone16 : tile->segments[leg.segment].place);
}

const map::Attributes* attributes_of(const Context& c, const Leg& leg) {
  const map::Tile* tile = c.graph.tile(leg.tile);
  return tile == nullptr ? nullptr : &tile->attributes_of(leg.segment);
}

void put_in_order(std::vector<Finding>* findings) {
  // Each library orders equals in its own way: two turns may be banned between the same two fixes.
  std::stable_sort(findings->begin(), findings->end(), [](const Finding& a, const Finding& b) {
    if (a.start_ms != b.start_ms) return a.start_ms < b.start_ms;
    if (a.rule != b.rule) return a.rule < b.rule;
    if (a.node != b.node) return a.node < b.node;
    return a.way != b.way ? a.way < b.way : a.first_fix < b.first_fix;
  });
}

void judge(const Context& c, Judgement* out) {
  constexpr size_t kFewFindings = 64;
  out->findings.reserve(kFewFindings);
  if (c.settings.rules_stop_sign != 0) judge_stop_signs(c, out);
  if (c.settings.rules_level_crossing != 0) judge_level_crossings(c, out);
  if (c.settings.rules_wrong_way != 0) judge_wrong_way(c, out);
  if (c.settings.rules_no_entry != 0) judge_no_entry(c, out);
  if (c.settings.rules_turn_ban != 0) judge_turn_bans(c, out);
  if (c.settings.rules_speeding != 0) judge_speeding(c, out);
  if (c.settings.rules_minimum_speed != 0) judge_minimum_speed(c, out);
  put_in_order(&out->findings);
}

}  // namespace tomare::rules
