// SPDX-License-Identifier: MIT
#include "core-cpp/rules/turn_beside.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/to_and_fro.hpp"
#include "core-cpp/rules/turn_finding.hpp"
#include "core-cpp/rules/turn_force.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

constexpr double kAroundM = 40;      ///< of the path before and behind a way, whose fixes tell, too …
constexpr double kSeenM = 30;        ///< … and of which so much at least is driven
constexpr double kExplains = 4;      ///< nats that the positions cost the banned way at most, or as it is likelier …
constexpr double kExplainsEach = 1;  ///< … and each course …
constexpr double kCourses = 0.13;    ///< … so much less than it costs the path: positions may be off as one …
constexpr double kShiftedM = 16;     ///< … with all positions shifted along the way by no more
constexpr double kFarApartS = 20;    ///< between two fixes: a way that none of them sees may be long
constexpr double kClear = 0.5;       ///< nats that speak for the path against the banned way, or nobody is acquitted
constexpr double kLeast = 2.5;       ///< nats by which it is likelier than every lawful way at least

class Judge {
 public:
  Judge(const Context& c, const match::Run& run, BansNear* bans)
      : c_(c), run_(run), bans_(bans), end_(run.first_leg + run.leg_count) {}

  TurnsBeside turns() const {
    std::vector<TurnBeside> likely;
    TurnsBeside all;
    for (uint32_t l = run_.first_leg; l + 1 < end_; ++l) {
      for (WayBeside& way : ways_from(l)) {
        if (!way.banned) continue;
        weigh(way, &likely);
        all.banned.push_back(std::move(way));
      }
    }
    std::stable_sort(likely.begin(), likely.end(),
                     [](const TurnBeside& a, const TurnBeside& b) { return a.driven > b.driven; });
    for (const TurnBeside& turn : likely) {
      const auto likelier = [&](const TurnBeside& t) { return excludes(t.leaves, t.meets, turn.leaves, turn.meets); };
      if (std::none_of(all.made.begin(), all.made.end(), likelier)) all.made.push_back(turn);
    }
    return all;
  }

 private:
  double leaves_m(uint32_t leg) const { return c_.trace.legs[leg].path_m + c_.trace.legs[leg].length_m(); }
  double meets_m(uint32_t leg) const { return c_.trace.legs[leg].path_m; }

  std::vector<WayBeside> ways_from(uint32_t leg) const {
    if (turns_round(c_.trace.legs[leg], c_.trace.legs[leg + 1])) return {};
    if (!bans_->at_end_of(c_, c_.trace.legs[leg])) return {};  // most legs: sooner asked than their fixes
    return ways_beside(c_, run_, leg, bans_, far_apart(leg) ? kFarWayM : kWayM);
  }

  /// The fixes around the end of the leg are so far apart that a way between them is long.
  bool far_apart(uint32_t leg) const {
    const size_t next = within(c_, run_.fixes, -1e9, leaves_m(leg)).end;
    if (next == 0 || next >= run_.fixes.size()) return false;
    const int64_t ms = c_.fixes.time_ms[run_.fixes[next]] - c_.fixes.time_ms[run_.fixes[next - 1]];
    return static_cast<double>(ms) * 0.001 > kFarApartS;
  }

  /// The first leg, at `leg` or before it, that ends no more than so many metres before that one does.
  uint32_t back(uint32_t leg, double metres) const {
    uint32_t first = leg;
    while (first > run_.first_leg && leaves_m(first - 1) >= leaves_m(leg) - metres) --first;
    return first;
  }

  /// The same fixes tell of two ways.
  bool excludes(uint32_t leaves, uint32_t meets, uint32_t other_leaves, uint32_t other_meets) const {
    return meets_m(meets) >= leaves_m(other_leaves) - kAroundM && leaves_m(leaves) <= meets_m(other_meets) + kAroundM;
  }

  /// The path is driven on both sides of the way, turns round nowhere near, and makes no banned turn there itself.
  bool asked(const WayBeside& way) const {
    const double first_m = c_.trace.fixes[run_.fixes.front()].path_m, last_m = c_.trace.fixes[run_.fixes.back()].path_m;
    if (leaves_m(way.leaves) - first_m < kSeenM || last_m - meets_m(way.meets) < kSeenM) return false;
    if (turns_round_near(c_, run_, way.leaves, way.meets)) return false;
    const std::vector<Leg>& legs = c_.trace.legs;
    for (uint32_t l = back(way.leaves, kAroundM); l < end_ && meets_m(l) <= meets_m(way.meets) + kAroundM; ++l) {
      const bool near = meets_m(l) >= leaves_m(way.leaves) - kAroundM;
      if (near && (legs[l].illegal & match::kBannedTurn) != 0) return false;
    }
    return true;
  }

  /// Of the path in place of the way.
  Fit path_fit(const WayBeside& way, const WayFit& fixes) const {
    const std::vector<Leg>& legs = c_.trace.legs;
    return fixes.of(way.leaves, {legs.begin() + way.leaves + 1, legs.begin() + way.meets}, way.meets);
  }

  /// The least cost of the path, which is told, and of each lawful way that could be driven in place of the banned one.
  double lawful_cost(const WayBeside& way, const WayFit& fixes, double path_cost) const {
    double least = path_cost;
    const double last_m = meets_m(way.meets) + kAroundM;
    for (uint32_t l = back(way.leaves, kAroundM + kWayM); l + 1 < end_ && leaves_m(l) <= last_m; ++l) {
      for (const WayBeside& other : ways_from(l)) {
        if (other.banned || !excludes(other.leaves, other.meets, way.leaves, way.meets)) continue;
        least = std::min(least, fixes.of(other.leaves, other.legs, other.meets).cost);
      }
    }
    return least;
  }

  void weigh(const WayBeside& way, std::vector<TurnBeside>* likely) const {
    const Leg& from = way.turn == 0 ? c_.trace.legs[way.leaves] : way.legs[way.turn - 1];
    const Leg& to = way.turn == way.legs.size() ? c_.trace.legs[way.meets] : way.legs[way.turn];
    if (!asked(way) || force_of(c_, way.restriction, from).truth != Truth::yes) return;
    const WayFit fixes(c_, run_, leaves_m(way.leaves) - kAroundM, meets_m(way.meets) + kAroundM);
    if (!fixes.tells()) return;
    const Fit banned = fixes.of(way.leaves, way.legs, way.meets);
    if (banned.course_each > kExplainsEach || std::fabs(banned.shift_m) > kShiftedM) return;
    const Fit path = path_fit(way, fixes);
    if (path.course_each - banned.course_each < kCourses || path.cost - banned.cost < kLeast) return;
    const double against = lawful_cost(way, fixes, path.cost) - banned.cost;
    if (against < kLeast || banned.position > std::max(kExplains, against)) return;
    const double driven = 1 / (1 + kFewDoIt * odds_against(against));
    likely->push_back({way.restriction, from, to, way.leaves, way.meets, fixes.range(), driven});
  }

  const Context& c_;
  const match::Run& run_;
  BansNear* bans_;
  uint32_t end_;  ///< behind the last leg of the run
};

}  // namespace

namespace {

/// What the map or the ground leaves in doubt beside the path, nobody is told of. False: that.
bool accuse(const Context& c, const match::Run& run, const TurnBeside& turn, Judgement* out) {
  const map::Restriction& r = turn.restriction;
  Finding f = described(c, run, r, turn.from, turn.around);
  f.match = std::min(f.match, static_cast<float>(turn.driven));
  f.observation = kSeen;
  const Leg& leaves = c.trace.legs[turn.leaves];
  count_fixes(within(c, run.fixes, -1e9, leaves.path_m + leaves.length_m()),
              within(c, run.fixes, c.trace.legs[turn.meets].path_m, 1e9), &f);
  f.verdict = Verdict::violated;
  f.tag_text = force_of(c, r, turn.from).text;
  weigh_place(c, r, turn.from, turn.to, (r.flags & map::kOnly) == 0, &f);
  const std::vector<map::ArcRef> open = lawful_exits(c, turn.from, static_cast<uint16_t>(r.via_node));
  const map::ArcRef exit = {turn.to.tile, turn.to.segment, static_cast<uint16_t>(turn.to.forward ? 0 : 1)};
  if (!claims(f) || std::find(open.begin(), open.end(), exit) != open.end()) return false;
  pass(c, f, out);
  return true;
}

}  // namespace

/// Fixes too far apart to show a shape speak little for the path against the banned way, by their distances from both
/// and by how far the logged speeds say that the car drove.
bool unclear(const Context& c, const match::Run& run, const WayBeside& way) {
  const std::vector<Leg>& legs = c.trace.legs;
  const double leaves_m = legs[way.leaves].path_m + legs[way.leaves].length_m();
  const WayFit fixes(c, run, leaves_m - kAroundM, legs[way.meets].path_m + kAroundM, true);
  if (!fixes.logged() || fixes.tells()) return false;
  const double path = fixes.near(way.leaves, {legs.begin() + way.leaves + 1, legs.begin() + way.meets}, way.meets);
  return fixes.near(way.leaves, way.legs, way.meets) - path < kClear;
}

TurnsBeside judge_turns_beside(const Context& c, const match::Run& run, BansNear* bans, Judgement* out) {
  TurnsBeside beside = Judge(c, run, bans).turns();
  std::erase_if(beside.made, [&](const TurnBeside& turn) { return !accuse(c, run, turn, out); });
  return beside;
}

}  // namespace tomare::rules
