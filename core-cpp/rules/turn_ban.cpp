// SPDX-License-Identifier: MIT
// Banned turns and U-turns (Road Traffic Act of Japan, articles 8 and 25-2; OSM type=restriction).
#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/lawful_ways.hpp"
#include "core-cpp/rules/to_and_fro.hpp"
#include "core-cpp/rules/turn_beside.hpp"
#include "core-cpp/rules/turn_crossing.hpp"
#include "core-cpp/rules/turn_doubts.hpp"
#include "core-cpp/rules/turn_finding.hpp"
#include "core-cpp/rules/turn_force.hpp"
#include "core-cpp/rules/turn_geometry.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// Metres before a junction within which turning round is turning round at it.
constexpr double kTurnRoundReach = 25;
/// Metres by which a leg that ends with its segment may be short of it.
constexpr double kRounding = 0.05;
/// Degrees by which the road that is banned parts from the one driven, at most, where they may be taken for each other.
constexpr double kAlike = 45;
/// Less sure than this of the exit, nobody is acquitted; nor, where the fixes around it are sparse, less than that: of
/// 360 simulated acquittals at 30 s that were right three were less sure.
constexpr double kAcquits = 0.9, kAcquitsSparse = 0.96;

/// Metres before and after the junction whose fixes a finding is of.
constexpr double kAround = 40;
class TurnJudge {
 public:
  TurnJudge(const Context& c, const match::Run& run, Judgement* out)
      : c_(c), run_(run), out_(out), run_fixes_(run.fixes) {}

  void run(BansNear* bans) {
    beside_ = judge_turns_beside(c_, run_, bans, out_);
    for (uint32_t l = run_.first_leg; l + 1 < run_.first_leg + run_.leg_count; ++l) at_end_of(l);
  }

 private:
  /// The path only noses into the arm of leg `index` and comes back to the junction by the next leg.
  bool noses(uint32_t index) const {
    if (index <= run_.first_leg || index + 2 >= run_.first_leg + run_.leg_count) return false;
    const Leg& before = c_.trace.legs[index - 1];
    const Leg& in = c_.trace.legs[index];
    const Leg& back = c_.trace.legs[index + 1];
    const bool other_arm = before.tile != in.tile || before.segment != in.segment;
    return turns_round(in, back) && other_arm && in.length_m() < kNose;
  }

  /// The leg is driven up to the end of its segment, or so near to it that turning round there is meant.
  static bool reaches_end(const map::Segment& s, const Leg& leg, const Leg& next) {
    const double short_of = leg.forward ? s.length_cm * 0.01 - leg.to_m : leg.to_m;
    return short_of < (turns_round(leg, next) ? kTurnRoundReach : kRounding);
  }

  void at_end_of(uint32_t index) {
    if (noses(index) || (index > 0 && noses(index - 1))) return;
    const uint32_t exit = noses(index + 1) ? index + 3 : index + 1;
    const Leg& leg = c_.trace.legs[index];
    const Leg& next = c_.trace.legs[exit];
    const map::Tile* tile = c_.graph.tile(leg.tile);
    if (tile == nullptr || next.tile != leg.tile) return;
    const map::Segment& s = tile->segments[leg.segment];
    const uint16_t node = leg.forward ? s.to_node : s.from_node;
    if (!reaches_end(s, leg, next) || (tile->nodes[node].flags & map::kNodeBanned) == 0) return;
    const auto [first, last] = restrictions_at(*tile, node);
    for (uint32_t i = first; i < last; ++i) {
      const map::Restriction r = tile->restrictions[i];
      if (r.from_segment != leg.segment || (r.vehicles >> c_.vehicle & 1) == 0) continue;
      judge_restriction(r, index, exit);
      tile = c_.graph.tile(leg.tile);
      if (tile == nullptr) return;
    }
  }

  /// Legs from `exit` on follow the way ids: 1 all the way, 0 left another way, -1 the restriction does not matter: the
  /// drive ends before, or left where a ban does not reach. Whoever may take one way only leaves it anywhere.
  int follows(const map::Restriction& r, uint32_t index, uint32_t exit, uint32_t* exit_leg) const {
    const map::Tile* tile = c_.graph.tile(c_.trace.legs[index].tile);
    std::vector<int64_t> ids(tile->restriction_ways + r.first_way, tile->restriction_ways + r.first_way + r.way_count);
    const bool only = (r.flags & map::kOnly) != 0;
    size_t at = 0;
    for (uint32_t l = exit; l < run_.first_leg + run_.leg_count; ++l) {
      const map::Tile* here = c_.graph.tile(c_.trace.legs[l].tile);
      if (here == nullptr) return -1;
      const int64_t id = here->way_of(c_.trace.legs[l].segment).id;
      *exit_leg = l;
      if (id == ids[at]) {
        if (at + 1 == ids.size()) return 1;
        continue;
      }
      if (l == exit) return only ? 0 : -1;
      if (at + 1 < ids.size() && id == ids[at + 1]) {
        ++at;
        if (at + 1 == ids.size()) return 1;
        continue;
      }
      return only || at + 2 == ids.size() ? 0 : -1;
    }
    return -1;
  }

  void judge_restriction(const map::Restriction& r, uint32_t index, uint32_t exit) {
    uint32_t exit_leg = exit;
    bool to = c_.trace.legs[exit].segment == r.to_segment;
    if ((r.flags & map::kViaWay) != 0) {
      const int followed = follows(r, index, exit, &exit_leg);
      if (followed < 0) return;
      to = followed == 1;
    }
    const bool only = (r.flags & map::kOnly) != 0;
    Turn turn = {index, exit_leg, to != only, to, Truth::no, 0};
    const auto made = [&](const TurnBeside& t) {
      return t.restriction.relation == r.relation && t.leaves <= index && index <= t.meets;
    };
    if (!turn.banned && std::any_of(beside_.made.begin(), beside_.made.end(), made)) return;  // the path is wrong here
    if (only && !to) allow_by_others(r, exit, &turn);
    if (turn.banned || only || !told_by_another(r, index, exit)) finding(r, turn);
  }

  /// A relation with several exits bans each: it is told of once, by the exit that was taken, else by its first.
  bool told_by_another(const map::Restriction& r, uint32_t index, uint32_t exit) const {
    const map::Tile* tile = c_.graph.tile(c_.trace.legs[index].tile);
    if (tile == nullptr || r.relation == 0 || (r.flags & map::kViaWay) != 0) return false;
    const map::Restriction* const end = tile->restrictions + tile->count(map::kRestrictions);
    bool first = true;
    for (const map::Restriction* o = tile->restrictions; o != end; ++o) {
      const bool sibling = o->relation == r.relation && o->via_node == r.via_node && o->from_segment == r.from_segment;
      if (!sibling) continue;
      if (o->to_segment != r.to_segment && (first || o->to_segment == c_.trace.legs[exit].segment)) return true;
      first = false;
    }
    return false;
  }

  /// How the junction was left, as one restriction sees it.
  struct Turn {
    uint32_t from_leg, to_leg;
    bool banned;
    bool followed;  ///< it leads to the road that the restriction names
    Truth allowed;  ///< by another restriction of the same approach
    uint32_t reasons;
  };

  /// Another only_* of the same approach, by another one of the same node.
  static bool only_beside(const map::Restriction& r, const map::Restriction& other) {
    const bool itself = other.relation == r.relation && other.to_segment == r.to_segment &&
                        other.first_way == r.first_way && other.way_count == r.way_count;
    return !itself && other.from_segment == r.from_segment && (other.flags & map::kOnly) != 0;
  }

  /// Several only_* of one approach leave all of their ways open (sign 311).
  void allow_by_others(const map::Restriction& r, uint32_t exit, Turn* turn) const {
    const Leg& from = c_.trace.legs[turn->from_leg];
    const Leg& out = c_.trace.legs[exit];
    const map::Tile* tile = c_.graph.tile(from.tile);
    if (tile == nullptr) return;
    const auto [begin, end] = restrictions_at(*tile, r.via_node);
    for (uint32_t i = begin; i < end; ++i) {
      const map::Restriction& other = tile->restrictions[i];
      const bool speaks = only_beside(r, other) && (other.vehicles >> c_.vehicle & 1) != 0;
      if (!speaks || !map::opens_with(*tile, other, out.segment)) continue;
      uint32_t leg = exit;
      const bool left = (r.flags & other.flags & map::kViaWay) != 0 && follows(other, turn->from_leg, exit, &leg) == 0;
      if (left) continue;
      Force force = force_of(c_, other, from);
      if (force.truth == Truth::no) continue;
      if ((other.flags & map::kRestrictionUnsure) != 0) force = {Truth::unknown, kReason_map_contradiction};
      turn->reasons |= force.reasons;
      if (turn->allowed != Truth::yes) turn->allowed = force.truth;
    }
  }

  void weigh_force(const Force& force, Finding* f) const {
    if (force.truth == Truth::yes) return;
    f->verdict = force.truth == Truth::unknown ? Verdict::undetermined : Verdict::complied;
    f->reasons = force.truth == Truth::unknown ? f->reasons | force.reasons : 0;
  }

  static void weigh_allowed(const Turn& turn, Finding* f) {
    if (turn.allowed == Truth::no) return;
    f->verdict = turn.allowed == Truth::yes ? Verdict::complied : Verdict::undetermined;
    f->reasons = turn.allowed == Truth::yes ? 0 : f->reasons | turn.reasons;
  }

  /// Probability that the legs from `first` to `last` were driven, and no road beside them that is lawful in the sense
  /// of `other`.
  template <typename Other>
  double driven(uint32_t first, uint32_t last, double odds, Other&& other) const {
    const Leg& end = c_.trace.legs[last];
    const Stretch stretch = {first, last, c_.trace.legs[first].path_m, end.path_m + end.length_m()};
    const Range range = within(c_, run_fixes_, stretch.from_m, stretch.to_m);
    return range.size() == 0 ? 1 : Beside(c_, run_, stretch, range).accused(odds, other);
  }

  /// Legs from `leg` on, or before it, that begin within reach of it.
  uint32_t reached(uint32_t leg, int step) const {
    const double start = c_.trace.legs[leg].path_m;
    uint32_t l = leg;
    while (l + static_cast<uint32_t>(step) >= run_.first_leg && l + step < run_.first_leg + run_.leg_count &&
           std::fabs(c_.trace.legs[l + step].path_m - start) < kChannel) {
      l += step;
    }
    return l;
  }

  /// A claim is as sure as that no lawful channel beside was taken, before the junction or after it.
  void weigh_channels(const map::Restriction& r, const Turn& turn, Finding* f) const {
    const bool named_is_banned = (r.flags & map::kOnly) == 0;
    const auto lawful = [&](const Leg& other) {
      const bool named = other.tile == c_.trace.legs[turn.from_leg].tile && other.segment == r.to_segment;
      if (named && named_is_banned) return false;
      return access_state(c_, other).standing == Standing::open && oneway_state(c_, other).against == Truth::no;
    };
    const double after = driven(turn.to_leg, reached(turn.to_leg, 1), kManyDoIt, lawful);
    const double before = driven(reached(turn.from_leg, -1), turn.from_leg, kManyDoIt, lawful);
    const Leg& from = c_.trace.legs[turn.from_leg];
    const LawfulWays ways(c_, from, lawful_exits(c_, from, static_cast<uint16_t>(r.via_node)));
    const double out = ways.path_driven(run_, c_.trace.legs[turn.to_leg].path_m);
    weigh_beside(std::min({after, before, out}), f);
  }

  /// The banned road lies so near to the one that was driven that either may have been.
  void weigh_acquittal(const map::Restriction& r, const Turn& turn, Finding* f) const {
    if ((r.flags & (map::kOnly | map::kViaWay)) != 0) return;
    const RoadEnd from = end_of(c_, c_.trace.legs[turn.from_leg]), to = end_of(c_, c_.trace.legs[turn.to_leg]);
    if (from.tile == nullptr || to.tile == nullptr) return;
    const RoadEnd banned = {from.tile, r.to_segment, from.tile->segments[r.to_segment].from_node == r.via_node};
    if (angle_between_deg(turn_deg(from, to, kTurnReach), turn_deg(from, banned, kTurnReach)) > kAlike) return;
    const double sure = driven(turn.to_leg, reached(turn.to_leg, 1), kManyDoIt, [&](const Leg& other) {
      return other.tile == c_.trace.legs[turn.from_leg].tile && other.segment == r.to_segment;
    });
    f->match = std::min(f->match, static_cast<float>(sure));
    if (f->match >= kAcquits) return;
    f->verdict = Verdict::undetermined;
    f->reasons |= kReason_match_uncertain;
  }

  /// Why nobody is acquitted: no fix shows that the path leaves the junction lawfully, or the path is not sure there.
  uint32_t acquittal_doubts(const map::Restriction& r, const PathTurn& turn, const Finding& f) const {
    const auto passed = [&](const WayBeside& way) {
      const bool here = way.leaves <= turn.from_leg && turn.from_leg <= way.meets;
      return here && way.restriction.relation == r.relation && unclear(c_, run_, way);
    };
    const bool sparse = Crossing(c_, run_fixes_, turn.before, turn.after).longest_s() > kGlimpseS;
    const bool unsure = f.match < (sparse ? kAcquitsSparse : kAcquits) ||
                        std::any_of(beside_.banned.begin(), beside_.banned.end(), passed);
    return doubts_of_exit(turn) | (unsure ? uint32_t{kReason_match_uncertain} : 0);
  }

  static void earn_acquittal(uint32_t doubts, Finding* f) {
    if (doubts == 0) return;
    f->verdict = Verdict::undetermined;
    f->reasons |= doubts;
  }

  void weigh_ban(const Turn& turn, const Force& force, uint32_t doubts, Finding* f) const {
    f->verdict = doubts == 0 ? Verdict::violated : Verdict::undetermined;
    f->reasons |= doubts;
    weigh_force(force, f);
    if (f->verdict != Verdict::complied) weigh_allowed(turn, f);
  }

  void finding(const map::Restriction& r, const Turn& turn) {
    const Leg& from = c_.trace.legs[turn.from_leg];
    PathTurn path = {c_, run_, turn.from_leg, turn.to_leg, {}, {}, {}};
    path.around = within(c_, run_fixes_, path.junction_m() - kAround, path.via_m() + kAround);
    if (path.around.size() == 0) return;
    path.before = within(c_, run_fixes_, -1e9, path.junction_m());
    path.after = within(c_, run_fixes_, path.via_m(), 1e9);
    Finding f = described(c_, run_, r, from, path.around);
    count_fixes(path.before, path.after, &f);
    f.observation = turn.banned ? kSeen : 1;
    f.verdict = Verdict::complied;
    const Force force = force_of(c_, r, from);
    f.tag_text = force.text;
    if (turn.banned) weigh_ban(turn, force, doubts_of_turn(path), &f);
    weigh_place(c_, r, from, c_.trace.legs[turn.to_leg], turn.followed, &f);
    if (claims(f) &&
        kSeen * Passage{c_, run_fixes_, path.around}.match().lowest < c_.settings.confidence_violated_min) {
      f.verdict = Verdict::undetermined;
      f.reasons |= kReason_match_uncertain;
    }
    if (claims(f)) weigh_channels(r, turn, &f);
    if (f.verdict == Verdict::complied && !turn.banned) weigh_acquittal(r, turn, &f);
    if (f.verdict == Verdict::complied && !turn.banned) earn_acquittal(acquittal_doubts(r, path, f), &f);
    if (f.verdict == Verdict::violated) {
      if (accused_ == turn.from_leg) return;  // the same turn, banned by another relation too
      accused_ = turn.from_leg;
    }
    pass(c_, f, out_);
  }

  const Context& c_;
  const match::Run& run_;
  Judgement* out_;
  const std::vector<uint32_t>& run_fixes_;
  TurnsBeside beside_;             ///< banned turns that the path goes past
  uint32_t accused_ = UINT32_MAX;  ///< the leg at whose end the last violation was
};

}  // namespace

void judge_turn_bans(const Context& c, Judgement* out) {
  BansNear bans;
  for (const match::Run& run : c.trace.runs) TurnJudge(c, run, out).run(&bans);
}

}  // namespace tomare::rules
