// SPDX-License-Identifier: MIT
// What restrictions of one approach say of the exit that was taken against slow twins, over restrictions by chance:
// some of other vehicles, of clauses, unsure, of one relation; and by ways, over paths and lists of ways by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core-cpp/rules/conditions.hpp"
#include "core-cpp/rules/made_turn_test.hpp"

namespace tomare::rules {
namespace {

using testing::Crossroads;

constexpr uint16_t kExits[] = {Crossroads::kEast, Crossroads::kNorth, Crossroads::kSouth};

/// A restriction of the approach, and what its clause makes of it.
struct Rule {
  int64_t relation;
  uint16_t to;
  bool only, asked, unsure;
  Truth force;
};

std::vector<Rule> by_chance(std::mt19937* random) {
  const auto one_in = [random](uint32_t n) { return (*random)() % n == 0; };
  std::vector<Rule> rules;
  const uint32_t count = 1 + (*random)() % 4;
  for (uint32_t k = 0; k < count; ++k) {
    Rule rule{};
    rule.relation = static_cast<int64_t>((*random)() % 4);  // 0: of an overlay
    rule.to = kExits[(*random)() % 3];
    rule.only = one_in(2);
    rule.asked = !one_in(5);
    rule.unsure = one_in(6);
    constexpr Truth kForces[] = {Truth::yes, Truth::yes, Truth::unknown, Truth::no};
    rule.force = kForces[(*random)() % 4];
    rules.push_back(rule);
  }
  return rules;
}

void lay(const Rule& rule, std::mt19937* random, Crossroads* drive) {
  const auto flags = static_cast<uint8_t>((rule.only ? map::kOnly : 0) | (rule.unsure ? map::kRestrictionUnsure : 0));
  map::Restriction& r = drive->ban(rule.to, map::kTurnNone, flags);
  r.relation = rule.relation;
  const uint32_t other = 1 + (*random)() % 7;
  if (!rule.asked && other < 4) r.from_segment = Crossroads::kNorthOn;
  if (!rule.asked && other >= 4) r.vehicles = static_cast<uint8_t>(~(1U << map::kCar));
  if (rule.force == Truth::unknown) drive->clause(&r, 1, {{map::kTermKeyword, 0, map::kWet, 0, 0}});
  if (rule.force == Truth::no) drive->clause(&r, 0, {});
}

/// Of a car that takes the exit; docs/RULES.md, turn-ban.
class SlowTurn {
 public:
  SlowTurn(const std::vector<Rule>& rules, uint16_t exit) : rules_(rules), exit_(exit) {}

  struct Said {
    int64_t relation;
    Verdict verdict;
    uint32_t reasons;
  };
  std::vector<Said> said() const {
    std::vector<Said> all;
    bool accused = false;
    for (size_t k = 0; k < rules_.size(); ++k) {
      const Rule& rule = rules_[k];
      if (!rule.asked) continue;
      const bool banned = (exit_ == rule.to) != rule.only;
      if (!banned && !rule.only && told_by_another(k)) continue;
      Said one = {rule.relation, Verdict::complied, 0};
      if (banned) weigh(k, &one);
      if (one.verdict == Verdict::violated && accused) continue;  // one turn is accused of once
      accused = accused || one.verdict == Verdict::violated;
      all.push_back(one);
    }
    return all;
  }

 private:
  void weigh(size_t k, Said* one) const {
    const Rule& rule = rules_[k];
    if (rule.force == Truth::no) return;
    uint32_t open = rule.force == Truth::unknown ? uint32_t{kReason_condition_unknowable} : 0;
    uint32_t reasons = 0;
    const Truth allowed = rule.only ? allowed_by_others(k, &reasons) : Truth::no;
    if (allowed == Truth::yes) return;
    if (allowed == Truth::unknown) open |= reasons;
    if (rule.unsure || (open == 0 && stuck())) open |= kReason_map_contradiction;
    one->verdict = open == 0 ? Verdict::violated : Verdict::undetermined;
    one->reasons = open;
  }
  /// By another only_* of the approach.
  Truth allowed_by_others(size_t k, uint32_t* reasons) const {
    Truth allowed = Truth::no;
    for (const Rule& other : rules_) {
      const bool itself = other.relation == rules_[k].relation && other.to == rules_[k].to;
      if (itself || !other.asked || !other.only || other.to != exit_ || other.force == Truth::no) continue;
      const bool sure = other.force == Truth::yes && !other.unsure;
      if (!sure) *reasons |= other.unsure ? kReason_map_contradiction : kReason_condition_unknowable;
      if (sure) return Truth::yes;
      allowed = Truth::unknown;
    }
    return allowed;
  }
  /// Nobody can obey them all.
  bool stuck() const {
    return std::none_of(std::begin(kExits), std::end(kExits), [&](uint16_t exit) {
      bool barred = false, others = false, named = false;
      for (const Rule& rule : rules_) {
        if (!rule.asked || rule.force != Truth::yes) continue;
        barred = barred || (!rule.only && rule.to == exit);
        others = others || rule.only;
        named = named || (rule.only && rule.to == exit);
      }
      return !barred && (named || !others);
    });
  }
  /// Of a relation with several exits each is told of once: by the one that was taken, else by its first.
  bool told_by_another(size_t k) const {
    if (rules_[k].relation == 0) return false;
    bool before = false, taken = false, first = true;
    for (size_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i].relation != rules_[k].relation || !from_here(i)) continue;
      const bool other = rules_[i].to != rules_[k].to;
      before = before || (first && other);
      taken = taken || (other && rules_[i].to == exit_);
      first = false;
    }
    return before || taken;
  }
  bool from_here(size_t i) const { return rules_[i].asked || by_vehicle[i] != 0; }

 public:
  std::vector<uint8_t> by_vehicle;  ///< is not asked for its vehicles, but of the same approach

 private:
  const std::vector<Rule>& rules_;
  uint16_t exit_;
};

TEST(TurnBanTwin, RestrictionsOfOneApproachSayWhatTheSlowTwinSays) {
  std::map<Verdict, uint32_t> counts;
  for (uint32_t seed = 0; seed < 700; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const std::vector<Rule> rules = by_chance(&random);
    const uint16_t exit = kExits[random() % 3];
    Crossroads drive;
    SlowTurn slow(rules, exit);
    for (const Rule& rule : rules) {
      lay(rule, &random, &drive);
      slow.by_vehicle.push_back(drive.map.restrictions.back().from_segment == Crossroads::kIn ? 1 : 0);
    }
    const std::vector<Finding> found = drive.driven({Crossroads::kIn, exit});
    const std::vector<SlowTurn::Said> wanted = slow.said();
    ASSERT_EQ(found.size(), wanted.size());
    for (size_t k = 0; k < found.size(); ++k) {
      EXPECT_EQ(found[k].relation, wanted[k].relation) << k;
      EXPECT_EQ(found[k].verdict, wanted[k].verdict) << k;
      EXPECT_EQ(found[k].reasons, wanted[k].reasons) << k;
      ++counts[found[k].verdict];
    }
  }
  for (const Verdict verdict : {Verdict::violated, Verdict::complied, Verdict::undetermined}) {
    EXPECT_GT(counts[verdict], 100U);
  }
}

/// A street of roads of 60 m, each a part of one of four ways; from the end of the first one a restriction by ways.
struct WaysDriven : testing::MadeDrive {
  std::vector<int64_t> driven;  ///< ways behind the first road
  explicit WaysDriven(std::mt19937* random) {
    road(60);
    const uint32_t count = 1 + (*random)() % 6;
    for (uint32_t k = 0; k < count; ++k) {
      road(60);
      driven.push_back(2000 + static_cast<int64_t>((*random)() % 4));
      map.ways.back().id = driven.back();
    }
    map.nodes[1].flags |= map::kNodeBanned;
    along(0, 60.0 * (1 + count), 36);
  }
};

/// 1: all the way, 0: it left them, -1: neither.
int followed(const std::vector<int64_t>& driven, const std::vector<int64_t>& ways, bool only) {
  std::vector<int64_t> each;  // of several roads of one way one
  for (const int64_t way : driven) {
    if (each.empty() || each.back() != way) each.push_back(way);
  }
  size_t alike = 0;
  while (alike < each.size() && alike < ways.size() && each[alike] == ways[alike]) ++alike;
  if (alike == ways.size()) return 1;
  if (alike == each.size()) return -1;                              // the drive ends on them
  return only || (alike > 0 && alike + 1 == ways.size()) ? 0 : -1;  // a ban is of the last of them
}

TEST(TurnBanTwin, ByWaysItIsFollowedAsTheSlowTwinSays) {
  uint32_t all_the_way = 0, left = 0, neither = 0;
  for (uint32_t seed = 0; seed < 1500; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    WaysDriven drive(&random);
    std::vector<int64_t> ways;
    for (uint32_t k = 0; k < 2 + seed % 3; ++k) {
      int64_t way = 2000 + static_cast<int64_t>(random() % 4);
      const bool likely = k < drive.driven.size() && random() % 4 != 0;
      if (likely) way = drive.driven[k];
      if (ways.empty() || ways.back() != way) ways.push_back(way);
    }
    if (ways.size() < 2) continue;
    map::Restriction r{};
    r.relation = 7;
    r.via_node = 1;
    r.to_segment = map::kNone16;
    r.vehicles = 255;
    const bool only = seed % 2 == 0;
    r.flags = static_cast<uint8_t>(map::kViaWay | (only ? map::kOnly : 0));
    r.first_way = 1;
    r.way_count = static_cast<uint16_t>(ways.size());
    drive.map.restriction_ways = ways;
    drive.map.restriction_ways.insert(drive.map.restriction_ways.begin(), 2000);
    drive.map.restrictions = {r};
    const std::vector<Finding> found = drive.judged(judge_turn_bans).findings;
    const int follows = followed(drive.driven, ways, only);
    ASSERT_EQ(found.size(), follows < 0 ? 0U : 1U);
    (follows < 0 ? neither : follows == 0 ? left : all_the_way) += 1;
    if (follows < 0) continue;
    EXPECT_EQ(found[0].observation, (follows == 1) != only ? 0.99F : 1) << "banned, or not";
  }
  for (const uint32_t some : {all_the_way, left, neither}) EXPECT_GT(some, 100U);
}

}  // namespace
}  // namespace tomare::rules
