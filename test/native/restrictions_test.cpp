// SPDX-License-Identifier: MIT
// Turn restrictions in each form that OSM has, and why some are dropped.
#include <gtest/gtest.h>

#include "test/native/drawn_map.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names, all of them used here
using testing::OsmData;
using testing::OsmMember;
using testing::TagList;

constexpr uint8_t kEvery = 0x7F;
constexpr int64_t kWest = 1001, kEast = 1002, kNorth = 1003, kSouth = 1004, kFar = 1005, kThrough = 1006;

/// Four streets meet in node 5; way 1005 leads on from the eastern one's end; 1006 crosses node 6 unsplit.
OsmData crossing(const std::vector<OsmMember>& members, const TagList& tags) {
  const TagList street = {{"highway", "residential"}};
  TagList all = {{"type", "restriction"}};
  all.insert(all.end(), tags.begin(), tags.end());
  if (!tags.empty() && tags[0].first == "type") all = tags;
  return {{{1, -100, 0, {}},
           {2, 100, 0, {}},
           {3, 0, 100, {}},
           {4, 0, -100, {}},
           {5, 0, 0, {}},
           {6, 100, 100, {}},
           {7, 150, 100, {}}},
          {{kWest, {1, 5}, street},
           {kEast, {5, 2}, street},
           {kNorth, {3, 5}, street},
           {kSouth, {5, 4}, street},
           {kFar, {2, 6}, street},
           {kThrough, {3, 6, 7}, street}},
          {{9001, members, all}}};
}

const std::vector<OsmMember> kRight = {{'w', kWest, "from"}, {'n', 5, "via"}, {'w', kSouth, "to"}};

struct Compiled {
  testing::OpenMap map;
  Graph graph;
  const Tile* tile;
  explicit Compiled(const OsmData& data) : map(testing::compile(data)), graph(map.file), tile(graph.tile(0)) {}
  uint64_t statistic(Statistic which) const { return map.file.header().statistics[which]; }
  int64_t way(uint16_t segment) const { return tile->way_of(segment).id; }
};

TEST(Restrictions, Kinds) {
  const struct {
    const char* kind;
    TurnKind turn;
    uint8_t flags;
  } kTable[] = {{"no_left_turn", kTurnLeft, 0},
                {"no_right_turn", kTurnRight, 0},
                {"no_straight_on", kTurnStraight, 0},
                {"no_u_turn", kTurnU, 0},
                {"no_entry", kTurnEntry, 0},
                {"no_exit", kTurnExit, 0},
                {"only_straight_on", kTurnStraight, kOnly},
                {"only_left_turn", kTurnLeft, kOnly},
                {"only_right_turn", kTurnRight, kOnly},
                {"only_u_turn", kTurnU, kOnly}};
  for (const auto& row : kTable) {
    const Compiled c(crossing(kRight, {{"restriction", row.kind}}));
    ASSERT_EQ(c.tile->count(kRestrictions), 1U) << row.kind;
    const Restriction& r = c.tile->restrictions[0];
    EXPECT_EQ(r.turn, row.turn) << row.kind;
    EXPECT_EQ(r.flags, row.flags) << row.kind;
    EXPECT_EQ(r.vehicles, kEvery) << row.kind;
    EXPECT_EQ(r.relation, 9001);
    EXPECT_EQ(c.way(r.from_segment), kWest);
    EXPECT_EQ(c.way(r.to_segment), kSouth);
  }
}

TEST(Restrictions, Vehicles) {
  constexpr uint8_t kLarge = 1U << kLargeGoods | 1U << kTrailer;
  const struct {
    TagList tags;
    uint8_t vehicles;
    uint8_t flags;
  } kTable[] = {
      {{{"restriction", "no_right_turn"}, {"except", "psv;bicycle"}}, kEvery & ~(1U << kBus), 0},
      {{{"restriction", "no_right_turn"}, {"except", "motorcar; hgv"}}, kEvery & ~(kLarge | 1U << kCar), 0},
      {{{"restriction", "no_right_turn"}, {"except", "bicycle"}}, kEvery, 0},
      {{{"restriction:hgv", "no_right_turn"}}, kLarge, 0},
      {{{"restriction:motorcar", "no_right_turn"}}, 1U << kCar, 0},
      {{{"type", "restriction:hgv"}, {"restriction", "no_right_turn"}}, kLarge, 0},
      {{{"restriction:conditional", "no_right_turn @ (Mo-Fr 07:00-09:00)"}}, kEvery, kRestrictionConditional},
      {{{"restriction:hgv:conditional", "no_right_turn @ (07:00-09:00)"}}, kLarge, kRestrictionConditional},
      {{{"restriction", "no_right_turn"},
        {"day_on", "Monday"},
        {"day_off", "Friday"},
        {"hour_on", "07:00"},
        {"hour_off", "09:00"}},
       kEvery,
       kRestrictionConditional},
  };
  for (const auto& row : kTable) {
    const Compiled c(crossing(kRight, row.tags));
    ASSERT_EQ(c.tile->count(kRestrictions), 1U) << row.tags[0].second;
    EXPECT_EQ(c.tile->restrictions[0].vehicles, row.vehicles) << row.tags[0].second;
    EXPECT_EQ(c.tile->restrictions[0].flags, row.flags) << row.tags[0].second;
  }
}

TEST(Restrictions, ThatAreGoneOrNotYetThere) {
  for (const char* key :
       {"disused", "abandoned", "razed", "removed", "dismantled", "demolished", "destroyed", "proposed"}) {
    EXPECT_EQ(Compiled(crossing(kRight, {{"restriction", "no_right_turn"}, {key, "yes"}})).tile->count(kRestrictions),
              0U)
        << key;
    EXPECT_EQ(Compiled(crossing(kRight, {{"restriction", "no_right_turn"}, {key, "no"}})).tile->count(kRestrictions),
              1U)
        << key;
  }
}

TEST(Restrictions, FromADateToADate) {
  constexpr int32_t kNever = 10000 * 512;
  const struct {
    const char* key;
    const char* date;
    bool understood;
    int32_t from, to;  ///< of the days on which nothing is banned
  } kTable[] = {{"start_date", "2026", true, 0, 2026 * 512 + 1 * 32 + 1 - 1},
                {"start_date", "2026-11-24", true, 0, 2026 * 512 + 11 * 32 + 24 - 1},
                {"end_date", "2026", true, 2026 * 512 + 12 * 32 + 31 + 1, kNever},
                {"end_date", "2026-11", true, 2026 * 512 + 11 * 32 + 31 + 1, kNever},
                {"end_date", " 2026-11-24", true, 2026 * 512 + 11 * 32 + 24 + 1, kNever},
                {"end_date", "soon", false, 0, kNever},
                {"end_date", "26-11-24", false, 0, kNever},
                {"end_date", "2026-11-24-1", false, 0, kNever}};
  for (const auto& row : kTable) {
    const Compiled c(crossing(kRight, {{"restriction", "no_right_turn"}, {row.key, row.date}}));
    ASSERT_EQ(c.tile->count(kRestrictions), 1U) << row.date;
    const Restriction& r = c.tile->restrictions[0];
    EXPECT_EQ(r.flags, kRestrictionConditional);
    ASSERT_EQ(r.condition_count, 2U) << "that it is banned, and then that it is not";
    const Condition& lifted = c.tile->conditions[r.first_condition + 1];
    EXPECT_EQ(lifted.value, 0);
    EXPECT_EQ((lifted.flags & kNotUnderstood) == 0, row.understood) << row.date;
    if (!row.understood) continue;
    const Term& term = c.tile->terms[lifted.first_term];
    EXPECT_EQ(term.kind, kTermYearDates);
    EXPECT_EQ(term.a, row.from) << row.date;
    EXPECT_EQ(term.b, row.to) << row.date;
  }
  const Compiled old(crossing(kRight, {{"restriction", "no_right_turn"}, {"start_date", "1990s"}}));
  EXPECT_EQ(old.tile->restrictions[0].condition_count, 0U);
}

TEST(Restrictions, SeveralFromsAndTos) {
  const Compiled entry(crossing({{'w', kWest, "from"}, {'w', kNorth, "from"}, {'n', 5, "via"}, {'w', kSouth, "to"}},
                                {{"restriction", "no_entry"}}));
  EXPECT_EQ(entry.tile->count(kRestrictions), 2U);
  const Compiled exit(crossing({{'w', kWest, "from"}, {'n', 5, "via"}, {'w', kSouth, "to"}, {'w', kEast, "to"}},
                               {{"restriction", "no_exit"}}));
  EXPECT_EQ(exit.tile->count(kRestrictions), 2U);
  EXPECT_EQ(exit.statistic(kStat_restrictions_kept), 1U);
}

TEST(Restrictions, ViaAWay) {
  const Compiled c(
      crossing({{'w', kSouth, "from"}, {'w', kEast, "via"}, {'w', kFar, "to"}}, {{"restriction", "no_left_turn"}}));
  ASSERT_EQ(c.tile->count(kRestrictions), 1U);
  const Restriction& r = c.tile->restrictions[0];
  EXPECT_EQ(r.flags, kViaWay);
  EXPECT_EQ(r.to_segment, kNone16);
  EXPECT_EQ(c.way(r.from_segment), kSouth);
  ASSERT_EQ(r.way_count, 2U);
  EXPECT_EQ(c.tile->restriction_ways[r.first_way], kEast);
  EXPECT_EQ(c.tile->restriction_ways[r.first_way + 1], kFar);
  EXPECT_EQ(c.statistic(kStat_restrictions_via_way), 1U);
}

TEST(Restrictions, InCapitalsAndWithBlanks) {
  const std::vector<OsmMember> members = {{'w', kWest, "From"}, {'n', 5, " via"}, {'w', kSouth, "TO "}};
  for (const char* kind : {"No_Right_Turn", " no_right_turn", "NO_LEFT_TURN; No_Right_Turn"}) {
    const Compiled c(crossing(members, {{"type", "Restriction"}, {"restriction", kind}}));
    ASSERT_EQ(c.tile->count(kRestrictions), 1U) << kind;
    EXPECT_EQ(c.tile->restrictions[0].turn, kTurnRight) << kind;
  }
  EXPECT_EQ(Compiled(crossing(kRight, {{"type", "restriction_sign"}, {"restriction", "no_right_turn"}}))
                .tile->count(kRestrictions),
            0U);
}

TEST(Restrictions, WhoseTypeSaysThatTheyAreConditional) {
  const struct {
    TagList tags;
    uint8_t vehicles;
  } kTable[] = {
      {{{"type", "restriction:conditional"}, {"restriction:conditional", "no_right_turn @ (07:00-09:00)"}}, kEvery},
      {{{"type", "restriction:hgv:conditional"}, {"restriction:hgv:conditional", "no_right_turn @ (07:00-09:00)"}},
       1U << kLargeGoods | 1U << kTrailer},
      {{{"restriction:conditional", "no_right_turn @ hgv"}}, 1U << kLargeGoods | 1U << kTrailer},
      {{{"type", "restriction:conditional"}, {"restriction", "no_right_turn"}}, kEvery}};
  for (const auto& row : kTable) {
    const Compiled c(crossing(kRight, row.tags));
    ASSERT_EQ(c.tile->count(kRestrictions), 1U) << row.tags[0].second;
    const Restriction& r = c.tile->restrictions[0];
    EXPECT_EQ(r.vehicles, row.vehicles) << row.tags[0].second;
    EXPECT_EQ(r.flags, kRestrictionConditional);
    const Condition& last = c.tile->conditions[r.first_condition + r.condition_count - 1];
    EXPECT_EQ((last.flags & kNotUnderstood) != 0, row.tags.back().first == "restriction");
  }
}

TEST(Restrictions, OfSeveralRoadsHoldForThoseInTheExtract) {
  const OsmMember away_to = {'w', 4444, "to"}, away_from = {'w', 4444, "from"};
  const auto kept = [](std::vector<OsmMember> members, const OsmMember& more, const char* kind) {
    members.push_back(more);
    return Compiled(crossing(members, {{"restriction", kind}})).tile->count(kRestrictions);
  };
  EXPECT_EQ(kept(kRight, away_to, "no_exit"), 1U);
  EXPECT_EQ(kept(kRight, away_from, "no_entry"), 1U);
  EXPECT_EQ(kept(kRight, away_to, "no_right_turn"), 1U);
  EXPECT_EQ(kept(kRight, away_to, "no_left_turn"), 0U) << "the road of the extract is none to the left";
  EXPECT_EQ(kept(kRight, away_to, "only_right_turn"), 0U) << "the lawful way may be the one outside";
  EXPECT_EQ(kept(kRight, {'w', 4444, "via"}, "no_right_turn"), 0U);
  const Compiled gone(crossing({{'w', kWest, "from"}, {'n', 5, "via"}, away_to}, {{"restriction", "no_exit"}}));
  EXPECT_EQ(gone.statistic(kStat_restrictions_dropped_missing_member), 1U);
}

TEST(Restrictions, OfRoadsThatAreDrawnTwice) {
  OsmData data = crossing(kRight, {{"restriction", "no_right_turn"}});
  const auto twin = [&](int64_t id, const TagList& tags) { data.ways.push_back({id, {1, 5}, tags}); };
  twin(900, {{"highway", "residential"}});
  twin(2001, {{"highway", "residential"}, {"name", "the same, with a name"}});
  twin(2002, {{"highway", "residential"}, {"maxspeed", "30"}});
  const Compiled c(data);
  ASSERT_EQ(c.tile->count(kRestrictions), 1U);
  EXPECT_EQ(c.way(c.tile->restrictions[0].from_segment), 900) << "the one that is kept";
  std::vector<int64_t> ways;
  for (uint32_t w = 0; w < c.tile->count(kWays); ++w) ways.push_back(c.tile->ways[w].id);
  EXPECT_EQ(ways, (std::vector<int64_t>{900, kEast, kNorth, kSouth, kFar, kThrough, 2002}));
}

TEST(Restrictions, DroppedWithTheirReason) {
  const struct {
    std::vector<OsmMember> members;
    TagList tags;
    Statistic reason;
  } kTable[] = {
      {{{'w', kWest, "from"}, {'n', 77, "via"}, {'w', kSouth, "to"}},
       {{"restriction", "no_left_turn"}},
       kStat_restrictions_dropped_missing_member},
      {{{'w', 4444, "from"}, {'n', 5, "via"}, {'w', kSouth, "to"}},
       {{"restriction", "no_left_turn"}},
       kStat_restrictions_dropped_missing_member},
      {{{'w', kWest, "from"}, {'n', 2, "via"}, {'w', kSouth, "to"}},
       {{"restriction", "no_left_turn"}},
       kStat_restrictions_dropped_not_connected},
      {{{'w', kThrough, "from"}, {'n', 6, "via"}, {'w', kFar, "to"}},
       {{"restriction", "no_straight_on"}},
       kStat_restrictions_dropped_ambiguous},
      {{{'w', kWest, "from"}, {'w', kSouth, "to"}},
       {{"restriction", "no_left_turn"}},
       kStat_restrictions_dropped_ambiguous},
      {kRight, {{"restriction", "no_parking"}}, kStat_restrictions_dropped_unknown_kind},
      {kRight, {{"restriction:bicycle", "no_right_turn"}}, kStat_restrictions_dropped_other_vehicle},
      {kRight, {{"restriction", "no_right_turn"}, {"except", "vehicle"}}, kStat_restrictions_dropped_other_vehicle},
  };
  for (const auto& row : kTable) {
    const Compiled c(crossing(row.members, row.tags));
    EXPECT_EQ(c.tile->count(kRestrictions), 0U) << row.reason;
    EXPECT_EQ(c.statistic(row.reason), 1U) << row.reason;
    EXPECT_EQ(c.statistic(kStat_restrictions), 1U);
    EXPECT_EQ(c.statistic(kStat_restrictions_kept), 0U) << row.reason;
  }
}

}  // namespace
}  // namespace tomare::compiler
