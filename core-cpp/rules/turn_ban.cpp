// SPDX-License-Identifier: MIT
// Banned turns and U-turns (Road Traffic Act of Japan, articles 8 and 25-2; OSM type=restriction).
#include <algorithm>

#include "core-cpp/rules/facts.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// Metres before a junction within which turning round is turning round at it.
constexpr double kTurnRoundReach = 25;
/// Metres into another arm and back that are the error of a position, no way out of the junction.
constexpr double kNose = 10;
/// Metres that a way round by other streets is longer at least, and the speed (m/s) at which it is driven at least.
constexpr double kDetour = 60, kTownSpeed = 30 / 3.6;
/// Metres round an island or a block at most, and the fixes on the way that tell which way round it was driven.
constexpr double kLoop = 150;
constexpr size_t kLoopFixes = 6;

class TurnJudge {
 public:
  TurnJudge(const Context& c, const match::Run& run, Judgement* out) : c_(c), run_(run), out_(out), on_(run.on) {}

  void run() {
    for (uint32_t l = run_.first_leg; l + 1 < run_.first_leg + run_.leg_count; ++l) at_end_of(l);
  }

 private:
  /// The path only noses into the arm of leg `index` and comes back to the junction by the next leg.
  bool noses(uint32_t index) const {
    if (index <= run_.first_leg || index + 2 >= run_.first_leg + run_.leg_count) return false;
    const Leg& before = c_.trace.legs[index - 1];
    const Leg& in = c_.trace.legs[index];
    const Leg& back = c_.trace.legs[index + 1];
    const bool reversed = back.tile == in.tile && back.segment == in.segment && back.forward != in.forward;
    const bool other_arm = before.tile != in.tile || before.segment != in.segment;
    return reversed && other_arm && in.length_m() < kNose;
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
    const double end = leg.forward ? s.length_cm * 0.01 : 0;
    const double short_of = leg.forward ? end - leg.to_m : leg.to_m - end;
    const bool turns_round = next.segment == leg.segment && next.forward != leg.forward;
    const bool reaches = short_of < (turns_round ? kTurnRoundReach : 0.05);
    if (!reaches || (tile->nodes[node].flags & map::kNodeBanned) == 0) return;
    for (uint32_t i = 0; i < tile->count(map::kRestrictions); ++i) {
      const map::Restriction r = tile->restrictions[i];
      if (r.via_node != node || r.from_segment != leg.segment || (r.vehicles >> c_.vehicle & 1) == 0) continue;
      met(r, index, exit);
      tile = c_.graph.tile(leg.tile);
      if (tile == nullptr) return;
    }
  }

  /// Legs from `exit` on follow the way ids: 1 all the way, 0 left another way, -1 left the chain.
  int follows(const map::Restriction& r, uint32_t index, uint32_t exit, uint32_t* exit_leg) const {
    const map::Tile* tile = c_.graph.tile(c_.trace.legs[index].tile);
    std::vector<int64_t> ids(tile->restriction_ways + r.first_way, tile->restriction_ways + r.first_way + r.way_count);
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
      if (l == exit) return -1;
      if (at + 1 < ids.size() && id == ids[at + 1]) {
        ++at;
        if (at + 1 == ids.size()) return 1;
        continue;
      }
      return at + 2 == ids.size() ? 0 : -1;
    }
    return -1;
  }

  void met(const map::Restriction& r, uint32_t index, uint32_t exit) {
    uint32_t exit_leg = exit;
    bool to = c_.trace.legs[exit].segment == r.to_segment;
    if ((r.flags & map::kViaWay) != 0) {
      const int followed = follows(r, index, exit, &exit_leg);
      if (followed < 0) return;
      to = followed == 1;
    }
    const bool only = (r.flags & map::kOnly) != 0;
    finding(r, index, exit_leg, to != only);
  }

  /// Whether the restriction was in force when the junction was reached.
  void weigh_condition(const map::Restriction& r, uint32_t index, bool banned, Finding* f) const {
    const Leg& from = c_.trace.legs[index];
    const map::Tile* tile = c_.graph.tile(from.tile);
    if (tile == nullptr) return;
    const Clauses clauses = {map::kConditionRestriction, r.first_condition, r.condition_count, map::kForward,
                             from.segment};
    const Values values = values_at(c_, *tile, clauses, from.exit_ms);
    bool some = false, all = !values.base;
    for (uint32_t i = 0; i < values.count; ++i) {
      some = some || values.value[i] != 0;
      all = all && values.value[i] != 0;
    }
    f->condition_text = values.text;
    if (!banned || all) return;
    f->verdict = some ? Verdict::undetermined : Verdict::complied;
    f->reasons = some ? f->reasons | values.reasons : 0;
  }

  /// Between two fixes around the junction there was time for another way than the path's.
  bool detour_possible(Range before, Range after) const {
    if (before.size() == 0 || after.size() == 0) return false;
    for (size_t k = before.end - 1; k < after.begin; ++k) {
      const match::MatchedFix& a = c_.trace.fixes[on_[k]];
      const match::MatchedFix& b = c_.trace.fixes[on_[k + 1]];
      const double time_s = static_cast<double>(c_.fixes.time_ms[on_[k + 1]] - c_.fixes.time_ms[on_[k]]) * 0.001;
      const double speed = std::max({static_cast<double>(a.speed_mps), static_cast<double>(b.speed_mps), kTownSpeed});
      if (speed * time_s - (b.path_m - a.path_m) > kDetour) return true;
    }
    return false;
  }

  /// Metres that the path goes on from the start of a leg before it turns round, up to `enough_m`.
  double onward_m(uint32_t leg, double enough_m) const {
    double gone = c_.trace.legs[leg].length_m();
    for (uint32_t l = leg + 1; gone < enough_m && l < run_.first_leg + run_.leg_count; ++l) {
      const Leg& before = c_.trace.legs[l - 1];
      const Leg& next = c_.trace.legs[l];
      if (next.tile == before.tile && next.segment == before.segment && next.forward != before.forward) break;
      gone += next.length_m();
    }
    return gone;
  }

  /// The turn is part of a loop, back to where the path was before in the same direction, with too few fixes: another
  /// way round it breaks another rule.
  bool loop_unclear(uint32_t index, uint32_t exit_leg) const {
    const std::vector<Leg>& legs = c_.trace.legs;
    for (uint32_t b = exit_leg; b < run_.first_leg + run_.leg_count; ++b) {
      const double back_m = legs[b].path_m;
      if (back_m - legs[exit_leg].path_m > kLoop) break;
      for (uint32_t a = index + 1; a-- > run_.first_leg;) {
        const double left_m = legs[a].path_m + legs[a].length_m();
        if (back_m - left_m > kLoop) break;
        const bool again =
            legs[a].tile == legs[b].tile && legs[a].segment == legs[b].segment && legs[a].forward == legs[b].forward;
        if (again) return within(c_, on_, left_m, back_m).size() < kLoopFixes;
      }
    }
    return false;
  }

  void finding(const map::Restriction& r, uint32_t index, uint32_t exit_leg, bool banned) {
    const Settings& s = c_.settings;
    const Leg& from = c_.trace.legs[index];
    const Leg& to = c_.trace.legs[exit_leg];
    const double via_m = to.path_m;
    Range range = within(c_, on_, from.path_m + from.length_m() - 40, via_m + 40);
    if (range.size() == 0) return;
    const Range before = within(c_, on_, -1e9, from.path_m + from.length_m());
    const Range after = within(c_, on_, via_m, 1e9);
    Finding f;
    f.rule = Rule::turn_ban;
    f.source = (r.flags & map::kRestrictionOverlay) != 0 ? SourceTag::overlay_turn : SourceTag::restriction;
    f.source_detail = static_cast<uint16_t>(r.turn << 8 | ((r.flags & map::kOnly) != 0 ? 1 : 0));
    f.relation = r.relation;
    locate(c_, from, from.to_m, &f);
    bracket(c_, on_, range, &f);
    f.match = match_of(c_, on_, range).lowest;
    f.measure(kMeasure_fixes_before, static_cast<double>(before.size()));
    f.measure(kMeasure_fixes_after, static_cast<double>(after.size()));
    f.verdict = banned ? Verdict::violated : Verdict::complied;
    const double driven_after = c_.trace.fixes[on_.back()].path_m - via_m;
    const double driven_before = from.path_m + from.length_m() - c_.trace.fixes[on_.front()].path_m;
    const bool brief = driven_after < s.turn_ban_min_length_m || driven_before < s.turn_ban_min_length_m ||
                       onward_m(exit_leg, s.turn_ban_min_length_m) < 0.5 * s.turn_ban_min_length_m;
    const double each = s.turn_ban_min_fixes_each_side;
    if (banned && brief) f.reasons |= kReason_short_stretch;
    if (banned && (static_cast<double>(before.size()) < each || static_cast<double>(after.size()) < each)) {
      f.reasons |= kReason_gps_gap;
    }
    if (banned && (detour_possible(before, after) || loop_unclear(index, exit_leg))) f.reasons |= kReason_gps_gap;
    if (f.reasons != 0) f.verdict = Verdict::undetermined;
    if ((r.flags & map::kRestrictionConditional) != 0) weigh_condition(r, index, banned, &f);
    f.observation = banned ? 0.95F : 1.0F;
    if (f.verdict == Verdict::violated) {
      if (accused_ == index) return;  // the same turn, banned by another relation too
      accused_ = index;
    }
    ++out_->exposure[static_cast<int>(Rule::turn_ban)].passed;
    settle(c_, f, out_);
  }

  const Context& c_;
  const match::Run& run_;
  Judgement* out_;
  const std::vector<uint32_t>& on_;
  uint32_t accused_ = UINT32_MAX;  ///< the leg at whose end the last violation was
};

}  // namespace

void judge_turn_bans(const Context& c, Judgement* out) {
  for (const match::Run& run : c.trace.runs) TurnJudge(c, run, out).run();
}

}  // namespace tomare::rules
