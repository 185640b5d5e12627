// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_doubts.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core-cpp/match/error_cost.hpp"
#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/straight_on.hpp"
#include "core-cpp/rules/to_and_fro.hpp"
#include "core-cpp/rules/turn_crossing.hpp"
#include "core-cpp/rules/turn_finding.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// Metres that a way round by other streets is longer at least.
constexpr double kDetour = 60;
/// Metres round an island at most, and the fixes on the way that tell which way round it was driven.
constexpr double kLoop = 150;
constexpr size_t kLoopFixes = 6;
/// Metres round a block at most, which positions may wander, and nats that a stand costs them at most.
constexpr double kBlock = 400, kStands = 5;
/// Share of it that the logged speeds reach at least: cars cut corners, but not half of the way.
constexpr double kDrove = 0.5;
/// Seconds between the two fixes around a turn that is claimed, at most: a car drives round several blocks in more.
/// Of simulated claims none of 49 was false at 30 s, 5 of 15 were at 60 s.
constexpr double kClaimedS = 45;
/// Share of the least length that the path goes on after the turn before it turns round.
constexpr double kOnwardShare = 0.5;
/// A turn by more shows in the courses of the seconds around it.
constexpr double kTurns = 45;
/// Share of the courses right behind the turn that agree with the path there …
constexpr double kCourseAgrees = 0.5;
/// … where fixes are so many seconds apart at the most: they are asked there alone.
constexpr double kDenseS = 3;

class TurnDoubts {
 public:
  explicit TurnDoubts(const PathTurn& turn)
      : turn_(turn),
        c_(turn.context),
        run_(turn.run),
        run_fixes_(turn.run.fixes),
        crossing_(c_, run_fixes_, turn.before, turn.after) {}

  /// Why a banned turn may not have been made.
  uint32_t of_banned() const {
    const Settings& s = c_.settings;
    const double driven_after = c_.trace.fixes[run_fixes_.back()].path_m - turn_.via_m();
    const double driven_before = turn_.junction_m() - c_.trace.fixes[run_fixes_.front()].path_m;
    const double least_m = s.turn_ban_min_length_m;
    const bool brief = driven_after < least_m || driven_before < least_m ||
                       turns_round_within(c_, run_, turn_.to_leg, kOnwardShare * least_m);
    uint32_t reasons = brief ? uint32_t{kReason_short_stretch} : 0;
    const bool gap = crossing_.few() || crossing_.longest_s() > kClaimedS || crossing_.detour_possible(kDetour);
    if (gap || loop_unclear()) reasons |= kReason_gps_gap;
    if (turns_round_near(c_, run_, turn_.from_leg, turn_.to_leg) || circles()) reasons |= kReason_match_uncertain;
    if (other_course() || unturned()) reasons |= kReason_course_contradicted;
    if (waits()) reasons |= kReason_speed_contradicted;
    return reasons;
  }

  /// No fix shows that the path takes a lawful exit; or it turns round.
  uint32_t of_exit() const {
    const Range& around = turn_.around;
    const Range first = {around.begin, around.begin + 1}, last = {around.end - 1, around.end};
    const bool unseen = crossing_.way_round_unseen(kDetour) || crossing_.detour_possible(kDetour) ||
                        Crossing(c_, run_fixes_, first, last).detour_possible(kBlock) || crossing_.few();
    const bool back = turns_round(c_.trace.legs[turn_.from_leg], c_.trace.legs[turn_.to_leg]) &&
                      crossing_.longest_s() > kDenseS;  // or it turned off and came back
    const bool round = back || (turns_round_near(c_, run_, turn_.from_leg, turn_.to_leg) && !ends_turning());
    return (unseen ? uint32_t{kReason_gps_gap} : 0) | (round ? uint32_t{kReason_match_uncertain} : 0);
  }

 private:
  /// The path turns round at its very end, as the last positions of a car do that stands.
  bool ends_turning() const {
    const uint32_t last = run_.first_leg + run_.leg_count - 1;
    const std::vector<Leg>& legs = c_.trace.legs;
    return last > run_.first_leg && legs[last].length_m() < kNose && turns_round(legs[last - 1], legs[last]);
  }

  /// Most of the logged courses right behind the turn say that the path there was not driven. Where positions
  /// contradict them, the path may be wrong as well.
  bool other_course() const {
    const Range after = within(c_, run_fixes_, turn_.via_m(), turn_.via_m() + kChannel);
    for (size_t k = after.begin; k < after.end; ++k) {
      const int64_t since_ms = k > 0 ? c_.fixes.time_ms[run_fixes_[k]] - c_.fixes.time_ms[run_fixes_[k - 1]] : 0;
      if (static_cast<double>(since_ms) * 0.001 > kDenseS) return false;
    }
    return Passage{c_, run_fixes_, after}.heading_agreement() < kCourseAgrees;
  }

  /// By its courses the car went straight on, where the path turns at one junction.
  bool unturned() const {
    if (turn_.to_leg != turn_.from_leg + 1) return false;
    const size_t k = within(c_, run_fixes_, 0, turn_.via_m()).end;
    if (k >= run_fixes_.size() || !goes_straight(c_, run_fixes_, k)) return false;
    const RoadEnd from = end_of(c_, c_.trace.legs[turn_.from_leg]), to = end_of(c_, c_.trace.legs[turn_.to_leg]);
    return from.tile != nullptr && to.tile != nullptr && std::fabs(turn_deg(from, to, kTurnReach)) > kTurns;
  }

  /// Fixes of the loop of which the turn is part: back to where the path was before in the same direction.
  std::optional<Range> loop(double most_m) const {
    const std::vector<Leg>& legs = c_.trace.legs;
    for (uint32_t b = turn_.to_leg; b < run_.first_leg + run_.leg_count; ++b) {
      const double back_m = legs[b].path_m;
      if (back_m - legs[turn_.to_leg].path_m > most_m) break;
      for (uint32_t a = turn_.from_leg + 1; a-- > run_.first_leg;) {
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
  bool loop_unclear() const {
    const std::optional<Range> fixes = loop(kLoop);
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
  bool circles() const {
    const std::optional<Range> fixes = loop(kBlock);
    if (!fixes || fixes->size() < 2) return false;
    if (c_.trace.fixes[run_fixes_[fixes->begin]].speed_derived) return stands_cost(*fixes) < kStands;
    const TwoWays ways = two_ways(c_, run_fixes_, fixes->begin, fixes->end - 1);
    return ways.told_m < kDrove * ways.way_m && ways.way_m - ways.told_m > ways.error_m;
  }

  /// By the logged speeds the car waits at the junction, and the positions wander round the corner.
  bool waits() const {
    const size_t behind = within(c_, run_fixes_, -1e9, turn_.via_m()).end;
    if (behind == 0 || behind >= run_fixes_.size()) return false;
    return waits_by_speeds({c_, run_fixes_, {behind - 1, std::max(turn_.around.end, behind + 1)}});
  }

  const PathTurn& turn_;
  const Context& c_;
  const match::Run& run_;
  const std::vector<uint32_t>& run_fixes_;
  Crossing crossing_;
};

}  // namespace

double PathTurn::junction_m() const {
  const Leg& from = context.trace.legs[from_leg];
  return from.path_m + from.length_m();
}

double PathTurn::via_m() const { return context.trace.legs[to_leg].path_m; }

uint32_t doubts_of_turn(const PathTurn& turn) { return TurnDoubts(turn).of_banned(); }

uint32_t doubts_of_exit(const PathTurn& turn) { return TurnDoubts(turn).of_exit(); }

}  // namespace tomare::rules
