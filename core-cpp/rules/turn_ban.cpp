// SPDX-License-Identifier: MIT
// Banned turns and U-turns (Road Traffic Act of Japan, articles 8 and 25-2; OSM type=restriction).
#include <algorithm>
#include <cmath>
#include <optional>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/lawful_ways.hpp"
#include "core-cpp/rules/straight_on.hpp"
#include "core-cpp/rules/to_and_fro.hpp"
#include "core-cpp/rules/turn_beside.hpp"
#include "core-cpp/rules/turn_crossing.hpp"
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
/// Metres into another arm and back that are the error of a position, no way out of the junction.
constexpr double kNose = 10;
/// Metres that a way round by other streets is longer at least.
constexpr double kDetour = 60;
/// Metres round an island at most, and the fixes on the way that tell which way round it was driven.
constexpr double kLoop = 150;
/// Metres round a block at most, which positions may wander, and nats that a stand costs them at most.
constexpr double kBlock = 400, kStands = 5;
/// Seconds between the two fixes around a turn that is claimed, at most: a car drives round several blocks in more.
/// Of simulated claims none of 49 was false at 30 s, 5 of 15 were at 60 s.
constexpr double kClaimedS = 45;
/// Share of it that the logged speeds reach at least: cars cut corners, but not half of the way.
constexpr double kDrove = 0.5;
constexpr size_t kLoopFixes = 6;

/// Metres before and after a junction within which another road may have been driven.
constexpr double kChannel = 60;
/// Degrees by which the road that is banned parts from the one driven, at most, where they may be taken for each other.
constexpr double kAlike = 45;
/// Less sure than this of the exit, nobody is acquitted.
constexpr double kAcquits = 0.9;

/// Share of the least length that the path goes on after the turn before it turns round.
constexpr double kOnwardShare = 0.5;
/// Metres before and after the junction whose fixes a finding is of.
constexpr double kAround = 40;
/// A turn by more shows in the courses of the seconds around it.
constexpr double kTurns = 45;
/// Share of the courses right behind the turn that agree with the path there …
constexpr double kCourseAgrees = 0.5;
/// … where fixes are so many seconds apart at the most: they are asked there alone.
constexpr double kDenseS = 3;

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
  uint32_t acquittal_doubts(const map::Restriction& r, const Turn& turn, Range around, const Finding& f) const {
    const Range before = within(c_, run_fixes_, -1e9, junction_m(turn));
    const Range after = within(c_, run_fixes_, via_m(turn), 1e9);
    const Range first = {around.begin, around.begin + 1}, last = {around.end - 1, around.end};
    const Crossing crossing = {c_, run_fixes_, before, after}, near = {c_, run_fixes_, first, last};
    const bool unseen = crossing.way_round_unseen(kDetour) || crossing.detour_possible(kDetour) ||
                        near.detour_possible(kBlock) || crossing.few();
    const auto passed = [&](const TurnUnclear& t) {
      return t.relation == r.relation && t.leaves <= turn.from_leg && turn.from_leg <= t.meets;
    };
    const bool back = turns_round(c_.trace.legs[turn.from_leg], c_.trace.legs[turn.to_leg]) &&
                      crossing.longest_s() > kDenseS;  // or it turned off and came back
    const bool round = back || (turns_round_near(c_, run_, turn.from_leg, turn.to_leg) && !ends_turning());
    const bool unsure =
        f.match < kAcquits || round || std::any_of(beside_.unclear.begin(), beside_.unclear.end(), passed);
    return (unseen ? uint32_t{kReason_gps_gap} : 0) | (unsure ? uint32_t{kReason_match_uncertain} : 0);
  }

  /// The path turns round at its very end, as the last positions of a car do that stands.
  bool ends_turning() const {
    const uint32_t last = run_.first_leg + run_.leg_count - 1;
    const std::vector<Leg>& legs = c_.trace.legs;
    return last > run_.first_leg && legs[last].length_m() < kNose && turns_round(legs[last - 1], legs[last]);
  }

  static void earn_acquittal(uint32_t doubts, Finding* f) {
    if (doubts == 0) return;
    f->verdict = Verdict::undetermined;
    f->reasons |= doubts;
  }

  double junction_m(const Turn& turn) const {
    const Leg& from = c_.trace.legs[turn.from_leg];
    return from.path_m + from.length_m();
  }
  double via_m(const Turn& turn) const { return c_.trace.legs[turn.to_leg].path_m; }

  /// Most of the logged courses right behind the turn say that the path there was not driven. Where positions
  /// contradict them, the path may be wrong as well.
  bool other_course(const Turn& turn) const {
    const Range after = within(c_, run_fixes_, via_m(turn), via_m(turn) + kChannel);
    for (size_t k = after.begin; k < after.end; ++k) {
      const int64_t since_ms = k > 0 ? c_.fixes.time_ms[run_fixes_[k]] - c_.fixes.time_ms[run_fixes_[k - 1]] : 0;
      if (static_cast<double>(since_ms) * 0.001 > kDenseS) return false;
    }
    return Passage{c_, run_fixes_, after}.heading_agreement() < kCourseAgrees;
  }

  /// By its courses the car went straight on, where the path turns at one junction.
  bool unturned(const Turn& turn) const {
    if (turn.to_leg != turn.from_leg + 1) return false;
    const size_t k = within(c_, run_fixes_, 0, via_m(turn)).end;
    if (k >= run_fixes_.size() || !goes_straight(c_, run_fixes_, k)) return false;
    const RoadEnd from = end_of(c_, c_.trace.legs[turn.from_leg]), to = end_of(c_, c_.trace.legs[turn.to_leg]);
    return from.tile != nullptr && to.tile != nullptr && std::fabs(turn_deg(from, to, kTurnReach)) > kTurns;
  }

  /// Fixes of the loop of which the turn is part: back to where the path was before in the same direction.
  std::optional<Range> loop(const Turn& turn, double most_m) const {
    const std::vector<Leg>& legs = c_.trace.legs;
    for (uint32_t b = turn.to_leg; b < run_.first_leg + run_.leg_count; ++b) {
      const double back_m = legs[b].path_m;
      if (back_m - legs[turn.to_leg].path_m > most_m) break;
      for (uint32_t a = turn.from_leg + 1; a-- > run_.first_leg;) {
        const double left_m = legs[a].path_m + legs[a].length_m();
        if (back_m - left_m > most_m) break;
        const bool again =
            legs[a].tile == legs[b].tile && legs[a].segment == legs[b].segment && legs[a].forward == legs[b].forward;
        if (again) return within(c_, run_fixes_, left_m, back_m);
      }
    }
    return {};
  }

  /// Too few fixes tell which way round the loop was driven: the other way breaks another rule.
  bool loop_unclear(const Turn& turn) const {
    const std::optional<Range> fixes = loop(turn, kLoop);
    return fixes && fixes->size() < kLoopFixes;
  }

  /// What the positions as logged cost, nats, had the car stood in their midst.
  double stands_cost(Range fixes) const {
    const uint32_t first = run_fixes_[fixes.begin], last = run_fixes_[fixes.end - 1];
    const MetreScale scale = metre_scale(c_.log.lat_e7[first]);
    const auto offset = [&](size_t k) {
      const uint32_t i = run_fixes_[k];
      return away(c_.log.lat_e7[first], c_.log.lon_e7[first], c_.log.lat_e7[i], c_.log.lon_e7[i], scale);
    };
    const auto count = static_cast<double>(fixes.size());
    double east = 0, north = 0, cost = 0;
    for (size_t k = fixes.begin; k < fixes.end; ++k) {
      east += offset(k).east_m / count;
      north += offset(k).north_m / count;
    }
    for (size_t k = fixes.begin; k < fixes.end; ++k) {
      const double dx = offset(k).east_m - east, dy = offset(k).north_m - north;
      const double sigma = std::max(logged_sigma_m(c_, run_fixes_[k]), shown_sigma_m(c_));
      cost += match::error_cost(std::sqrt(dx * dx + dy * dy) / sigma) / count;
    }
    const double seconds = static_cast<double>(c_.fixes.time_ms[last] - c_.fixes.time_ms[first]) * 0.001;
    return independent(c_.settings, seconds, count) * cost;
  }

  /// The path goes round a block, as positions do that wander about a car which waits: by the logged speeds it did not
  /// drive half so far; or there are none, and a stand explains the positions.
  bool circles(const Turn& turn) const {
    const std::optional<Range> fixes = loop(turn, kBlock);
    if (!fixes || fixes->size() < 2) return false;
    if (c_.trace.fixes[run_fixes_[fixes->begin]].speed_derived) return stands_cost(*fixes) < kStands;
    const TwoWays ways = two_ways(c_, run_fixes_, fixes->begin, fixes->end - 1);
    return ways.told_m < kDrove * ways.way_m && ways.way_m - ways.told_m > ways.error_m;
  }

  /// By the logged speeds the car waits at the junction, and the positions wander round the corner.
  bool waits(const Turn& turn) const {
    const size_t behind = within(c_, run_fixes_, -1e9, via_m(turn)).end;
    if (behind == 0 || behind >= run_fixes_.size()) return false;
    const size_t end = within(c_, run_fixes_, -1e9, via_m(turn) + kAround).end;
    return waits_by_speeds({c_, run_fixes_, {behind - 1, std::max(end, behind + 1)}});
  }

  /// Why a banned turn may not have been made.
  uint32_t doubts(const Turn& turn, Range before, Range after) const {
    const Settings& s = c_.settings;
    const Leg& from = c_.trace.legs[turn.from_leg];
    const double driven_after = c_.trace.fixes[run_fixes_.back()].path_m - via_m(turn);
    const double driven_before = from.path_m + from.length_m() - c_.trace.fixes[run_fixes_.front()].path_m;
    const double least_m = s.turn_ban_min_length_m;
    const bool brief = driven_after < least_m || driven_before < least_m ||
                       turns_round_within(c_, run_, turn.to_leg, kOnwardShare * least_m);
    uint32_t reasons = brief ? uint32_t{kReason_short_stretch} : 0;
    const Crossing crossing = {c_, run_fixes_, before, after};
    const bool gap = crossing.few() || crossing.longest_s() > kClaimedS || crossing.detour_possible(kDetour);
    if (gap || loop_unclear(turn)) reasons |= kReason_gps_gap;
    if (turns_round_near(c_, run_, turn.from_leg, turn.to_leg) || circles(turn)) reasons |= kReason_match_uncertain;
    if (other_course(turn) || unturned(turn)) reasons |= kReason_course_contradicted;
    if (waits(turn)) reasons |= kReason_speed_contradicted;
    return reasons;
  }

  void weigh_ban(const Turn& turn, const Force& force, uint32_t doubts, Finding* f) const {
    f->verdict = doubts == 0 ? Verdict::violated : Verdict::undetermined;
    f->reasons |= doubts;
    weigh_force(force, f);
    if (f->verdict != Verdict::complied) weigh_allowed(turn, f);
  }

  void finding(const map::Restriction& r, const Turn& turn) {
    const Leg& from = c_.trace.legs[turn.from_leg];
    const double junction_m = from.path_m + from.length_m();
    const Range around = within(c_, run_fixes_, junction_m - kAround, via_m(turn) + kAround);
    if (around.size() == 0) return;
    const Range before = within(c_, run_fixes_, -1e9, junction_m), after = within(c_, run_fixes_, via_m(turn), 1e9);
    Finding f = described(c_, run_, r, from, around);
    count_fixes(before, after, &f);
    f.observation = turn.banned ? kSeen : 1;
    f.verdict = Verdict::complied;
    const Force force = force_of(c_, r, from);
    f.tag_text = force.text;
    if (turn.banned) weigh_ban(turn, force, doubts(turn, before, after), &f);
    weigh_place(c_, r, from, c_.trace.legs[turn.to_leg], turn.followed, &f);
    if (claims(f) && kSeen * Passage{c_, run_fixes_, around}.match().lowest < c_.settings.confidence_violated_min) {
      f.verdict = Verdict::undetermined;
      f.reasons |= kReason_match_uncertain;
    }
    if (claims(f)) weigh_channels(r, turn, &f);
    if (f.verdict == Verdict::complied && !turn.banned) weigh_acquittal(r, turn, &f);
    if (f.verdict == Verdict::complied && !turn.banned) earn_acquittal(acquittal_doubts(r, turn, around, f), &f);
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
