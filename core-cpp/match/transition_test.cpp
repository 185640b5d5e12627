// SPDX-License-Identifier: MIT
#include "core-cpp/match/transition.hpp"

#include <gtest/gtest.h>

#include "core-cpp/map/made_map_test.hpp"
#include "core-cpp/match/viterbi.hpp"

namespace tomare::match {
namespace {

/// A road of 400 m eastward, then another of 200 m, and one that leads nowhere; a fix every ten seconds.
struct Street {
  testing::MadeMap map;
  Settings settings;
  Costs costs{settings, map::kCar};
  RouteSearch search{drawn(), costs};
  Budget budget;
  Transition transition{settings, search, budget};
  Smoothed smoothed;
  Anchor anchor;

  Street() {
    smoothed.error_m = 6;
    anchor.dt_s = 10;
    anchor.straight_m = 100;
    budget.begin_drive(100);
    transition.begin_match(smoothed, 6);
  }
  map::Graph& drawn() {
    const uint16_t a = map.node(500, 1000), b = map.node(900, 1000), c = map.node(1100, 1000);
    map.road(a, b, 400);
    map.road(b, c, 200);
    map.road(map.node(500, 1100), map.node(700, 1100), 200);
    return map.graph();
  }
  State state(uint32_t segment, float travelled_m, float z = 0) {
    State s;
    s.position = {search.arcs().forward(0, segment), travelled_m};
    s.z = z;
    s.aside_y = 1;
    return s;
  }
  /// The row of one state before, that is the best, to one ahead: on the road, off it, off it for good.
  std::vector<float> row(const State& before, const State& ahead) {
    std::vector<float> rows(12, kForbidden);
    const float score = 3;
    transition.look_ahead(&ahead, 1);
    transition.write(anchor, &before, 1, &score, score, rows.data(), 4);
    return rows;
  }
};

TEST(Transition, AWayAsLongAsTheStraightLineCostsNothing) {
  Street street;
  const std::vector<float> rows = street.row(street.state(0, 350), street.state(1, 50));
  EXPECT_NEAR(rows[0], 0, 1e-3);
  EXPECT_EQ(rows[1], static_cast<float>(street.settings.match_off_road_switch_cost));
  EXPECT_EQ(rows[2], static_cast<float>(street.settings.match_off_road_end_cost));
}

TEST(Transition, ADetourCostsItsLengthOverBeta) {
  Street street;
  const float beta = static_cast<float>(street.settings.match_beta_m + street.settings.match_beta_second_m * 10 + 2);
  EXPECT_NEAR(street.row(street.state(0, 350), street.state(1, 72))[0], 22 / beta, 1e-3);
  street.anchor.travelled_m = 122;
  EXPECT_NEAR(street.row(street.state(0, 350), street.state(1, 72))[0], 0, 1e-3) << "the speeds say so";
}

TEST(Transition, SpeedsMayTellAStand) {
  Street street;
  street.anchor.travelled_m = 0;
  EXPECT_NEAR(street.row(street.state(0, 350), street.state(0, 350))[0], 0, 1e-3) << "though the fixes lie 100 m apart";
}

TEST(Transition, OnMeasuredWaysTheStraightLineExcusesNoShortCut) {
  Street street;
  street.anchor.travelled_m = 122;
  EXPECT_NEAR(street.row(street.state(0, 350), street.state(1, 50))[0], 0, 1e-3);
  street.smoothed.pulled = true;
  street.transition.begin_match(street.smoothed, 6);
  EXPECT_GT(street.row(street.state(0, 350), street.state(1, 50))[0], 1);
  street.anchor.bridges = true;
  EXPECT_NEAR(street.row(street.state(0, 350), street.state(1, 50))[0], 0, 1e-3) << "fixes were left out";
}

TEST(Transition, AnErrorThatMovesOnIsCheaperThanOneThatJumps) {
  Street street;
  const float stays = street.row(street.state(0, 350, 2), street.state(1, 50, 1))[0];
  State other_side = street.state(1, 50, 1);
  other_side.aside_y = -1;
  EXPECT_GT(street.row(street.state(0, 350, 2), other_side)[0], stays + 1);
}

TEST(Transition, HowAnErrorMovesOnIsTheSameInEveryDirection) {
  Street street;
  const auto cost = [&](float before_x, float before_y, float after_x, float after_y) {
    State before = street.state(0, 350, 2), after = street.state(1, 50, 1);
    before.aside_x = before_x;
    before.aside_y = before_y;
    after.aside_x = after_x;
    after.aside_y = after_y;
    return street.row(before, after)[0];
  };
  const float same = cost(0, 1, 0, 1), across = cost(0, 1, 1, 0), other = cost(0, 1, 0, -1);
  EXPECT_GT(across, same + 0.3F);
  EXPECT_GT(other, across + 0.3F);
  EXPECT_NEAR(cost(1, 0, 1, 0), same, 1e-4);
  EXPECT_NEAR(cost(0.6F, 0.8F, 0.6F, 0.8F), same, 1e-4);
  EXPECT_NEAR(cost(0.6F, 0.8F, 0.8F, -0.6F), across, 1e-4);
  EXPECT_NEAR(cost(0.6F, -0.8F, -0.6F, 0.8F), other, 1e-4);
}

TEST(Transition, ARoadWithoutARouteIsReachedByAHoleOnly) {
  Street street;
  street.settings.match_jump_m = 70;
  const State behind = street.state(0, 350), ahead = street.state(2, 150);
  const float beta = static_cast<float>(street.settings.match_beta_m + street.settings.match_beta_second_m * 10 + 2);
  EXPECT_NEAR(street.row(behind, ahead)[0], (70 + 150) / beta, 1e-3);
  street.anchor.bridges = true;
  EXPECT_EQ(street.row(behind, ahead)[0], kForbidden);
}

TEST(Transition, StatesFarBehindAreNotFollowed) {
  Street street;
  const State before[] = {street.state(0, 350), street.state(0, 350)}, ahead = street.state(1, 50);
  const float scores[] = {14, 14.1F};
  std::vector<float> rows(16, kForbidden);
  street.transition.look_ahead(&ahead, 1);
  street.transition.write(street.anchor, before, 2, scores, 0, rows.data(), 4);
  EXPECT_LT(rows[0], 1) << "at the beam's edge";
  EXPECT_EQ(rows[4], kForbidden) << "beyond it";
  EXPECT_EQ(rows[5], static_cast<float>(street.settings.match_off_road_switch_cost)) << "but it may leave the road";
  EXPECT_EQ(rows[8], 0) << "from off the road onto it";
  EXPECT_EQ(rows[9], 0) << "and to stay off it";
  EXPECT_EQ(rows[10], kForbidden) << "but nobody leaves it for good there";
  EXPECT_EQ(rows[14], 0) << "for good";
  EXPECT_EQ(rows[12], kForbidden) << "nothing leaves that state";
}

TEST(Transition, EntriesCostTheErrorAndTheRoad) {
  Street street;
  State ahead = street.state(1, 50, 2);
  ahead.entry = 0.5F;
  street.transition.look_ahead(&ahead, 1);
  std::vector<float> row(4, 1.0F);
  street.transition.add_entries(row.data());
  EXPECT_FLOAT_EQ(row[0], 3.5F);
  EXPECT_EQ(row[1], 1) << "no more than the roads there are";
}

TEST(Transition, EachOfManyRoadsHasItsOwnEntry) {
  Street street;
  std::vector<State> ahead;
  for (int k = 0; k < 7; ++k) {
    ahead.push_back(street.state(1, 50, 0.5F * static_cast<float>(k)));
    ahead.back().entry = static_cast<float>(k);
  }
  street.transition.look_ahead(ahead.data(), 7);
  std::vector<float> row(12, 1.0F);
  street.transition.add_entries(row.data());
  for (size_t k = 0; k < 7; ++k) {
    const float z = ahead[k].z, error = z < 2 ? z * z / 2 : 2 * z - 2;
    EXPECT_FLOAT_EQ(row[k], 1 + static_cast<float>(k) + error) << k;
  }
  EXPECT_EQ(row[7], 1);
}

TEST(Transition, ARouteGoesAsFarAsTimeAndLineAllow) {
  Street street;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 100 * 1.6F + 80 + 150);
  street.anchor.dt_s = 1;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 160) << "a straight line faster than a car";
  street.anchor.straight_m = 10;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 16 + 80 + 15);
  street.anchor.dt_s = 0.1F;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 70);
  street.anchor.straight_m = 5;
  street.anchor.dt_s = 0.2F;
  EXPECT_NEAR(street.transition.bound(street.anchor).metres, 60 + 44 / 3.6, 1e-3);
  street.anchor.bridges = true;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 206.5F);
  EXPECT_EQ(street.transition.bound(street.anchor).slip_m, 12);
}

TEST(Transition, ARouteGoesNoFartherThanTheLoggedSpeedsAllow) {
  Street street;
  street.anchor.straight_m = 20;
  street.anchor.most_m = 50;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 50 + 60);
  street.anchor.straight_m = 70;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 70 + 60) << "the positions went so far";
  street.transition.begin_match(street.smoothed, 20);
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 70 + 100) << "and err so much";
  street.anchor.bridges = true;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).metres, 70 * 1.3F + 200) << "fixes were left out";
}

TEST(Transition, AWayRoundThatTheSpeedsDoNotAllowIsNone) {
  Street street;
  street.settings.match_jump_m = 2000;  // dearer than any way
  street.anchor.straight_m = 20;
  const float round = street.row(street.state(0, 250), street.state(1, 5))[0];
  street.anchor.most_m = 30;
  EXPECT_GT(street.row(street.state(0, 250), street.state(1, 5))[0], round + 50) << "only a hole leads there";
}

TEST(Transition, ItsCostsAreWorkOfTheDrive) {
  Street street;
  street.budget.begin_drive(0);
  street.budget.spend(kOfAnyDrive - 1000);
  constexpr uint32_t kStates = 200, kRow = 8;  // none of them on a road, so that no route is searched
  const std::vector<State> before(kStates, street.state(0, 350));
  const std::vector<float> scores(kStates, 0.0F);
  std::vector<float> rows((kStates + 2) * kRow, kForbidden);
  street.transition.look_ahead(nullptr, 0);
  EXPECT_TRUE(street.transition.write(street.anchor, before.data(), kStates, scores.data(), 0, rows.data(), kRow));
  EXPECT_EQ(street.budget.turns(), 1000 - kStates * kRow / kCostsATurn);
}

TEST(Transition, OnOneRoadTheRouteIsThatRoad) {
  Street street;
  std::vector<map::ArcRef> arcs;
  const Position from = street.state(0, 150).position;
  ASSERT_TRUE(street.transition.route(street.anchor, from, street.state(0, 250).position, &arcs));
  ASSERT_EQ(arcs.size(), 1U);
  EXPECT_EQ(arcs[0], (map::ArcRef{0, 0, 0}));
  ASSERT_TRUE(street.transition.route(street.anchor, from, street.state(0, 140).position, &arcs)) << "it slips back";
  EXPECT_EQ(arcs.size(), 1U);
  ASSERT_TRUE(street.transition.route(street.anchor, from, street.state(1, 5).position, &arcs));
  EXPECT_EQ(arcs.size(), 2U);
  street.anchor.straight_m = 300;
  ASSERT_TRUE(street.transition.route(street.anchor, from, street.state(1, 180).position, &arcs));
  EXPECT_EQ(arcs, (std::vector<map::ArcRef>{{0, 0, 0}, {0, 1, 0}})) << "at a later metre of the next road";
}

TEST(Transition, ARouteCostsNoMoreThanTheBeamOrAJump) {
  Street street;
  const auto beta = static_cast<float>(street.settings.match_beta_m + street.settings.match_beta_second_m * 10 + 2);
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).cost, 100 / beta + 14 * 1.5F) << "half as much more in 10 s";
  street.settings.match_jump_m = 70;
  EXPECT_FLOAT_EQ(street.transition.bound(street.anchor).cost, 100 / beta + (70 + 150) / beta);
}

TEST(Transition, ALongStepIsSearchedNoFartherForItsTime) {
  Street street;
  street.anchor.dt_s = 60;
  const RouteBound minute = street.transition.bound(street.anchor);
  street.anchor.dt_s = 600;
  const RouteBound longer = street.transition.bound(street.anchor);
  EXPECT_EQ(minute.metres, longer.metres);
  EXPECT_EQ(minute.cost, longer.cost);
  EXPECT_FLOAT_EQ(minute.side_cost, static_cast<float>(street.settings.match_side_street_metre_cost));
}

}  // namespace
}  // namespace tomare::match
