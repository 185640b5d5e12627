// SPDX-License-Identifier: MIT
// The slow twin relaxes every turn of the network until nothing changes (Bellman-Ford), in double precision.
#include "core-cpp/match/routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "test/native/drawn_map.hpp"

namespace tomare::match {
namespace {

constexpr double kNever = 1e30;
constexpr int kSide = 6;
constexpr const char* kClasses[] = {"service", "residential", "residential", "tertiary"};

/// Crooked streets, some one-way, some private, with banned turns.
testing::OsmData town(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> off(-35, 35);
  testing::OsmData data;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x)
      data.nodes.push_back({1 + y * kSide + x, x * 90 + off(random), y * 90 + off(random), {}});
  }
  const auto street = [&](int64_t a, int64_t b) {
    testing::TagList tags = {{"highway", kClasses[random() % 4]}};
    if (random() % 3 == 0) tags.push_back({"oneway", random() % 2 == 0 ? "yes" : "-1"});
    if (random() % 8 == 0) tags.push_back({"access", random() % 2 == 0 ? "no" : "private"});
    data.ways.push_back({1000 + static_cast<int64_t>(data.ways.size()), {a, b}, tags});
  };
  for (int64_t y = 0; y < kSide; ++y) {
    for (int64_t x = 0; x < kSide; ++x) {
      const int64_t here = 1 + y * kSide + x;
      if (x + 1 < kSide && random() % 6 != 0) street(here, here + 1);
      if (y + 1 < kSide && random() % 6 != 0) street(here, here + kSide);
    }
  }
  for (int64_t id = 9001; id < 9016; ++id) {
    const auto& from = data.ways[random() % data.ways.size()];
    const int64_t via = from.refs[random() % 2];
    for (const auto& to : data.ways) {
      if (to.id == from.id || std::find(to.refs.begin(), to.refs.end(), via) == to.refs.end()) continue;
      data.relations.push_back({id,
                                {{'w', from.id, "from"}, {'n', via, "via"}, {'w', to.id, "to"}},
                                {{"type", "restriction"}, {"restriction", "no_left_turn"}}});
      break;
    }
  }
  return data;
}

struct Network {
  testing::OpenMap map;
  Settings settings;
  map::Graph graph{map.file};
  Costs costs{settings, map::kCar};
  RouteSearch search{graph, costs};
  std::vector<uint32_t> arcs;

  Network(uint32_t seed, uint32_t tile_target) : map(testing::compile(town(seed), tile_target)) {
    EXPECT_EQ(map.error, Error::OK);
    for (uint32_t t = 0; t < map.file.header().tile_count; ++t) {
      const uint32_t count = graph.tile(t)->count(map::kSegments);
      for (uint32_t s = 0; s < count; ++s) {
        for (uint16_t d = 0; d < 2; ++d) arcs.push_back(search.arcs().forward(t, s) + d);
      }
    }
  }
};

/// Cost at the start of each arc, when the one of `from` is left at its end or turned round on.
std::vector<double> costs_at_starts(Network& n, const Position& from, const RouteBound& bound) {
  ArcTable& table = n.search.arcs();
  std::vector<double> cost(n.arcs.size(), kNever);
  const auto leave = [&](uint32_t arc, double at_end) {
    bool better = false;
    const Turn* turns = table.turns(arc);
    for (uint32_t i = 0; i < table.info(arc).turn_count; ++i) {
      const double total = at_end + turns[i].events;
      if (total < cost[turns[i].to] - 1e-9) {
        cost[turns[i].to] = total;
        better = true;
      }
    }
    return better;
  };
  const auto per_metre = [&](uint32_t arc) { return bound.metre_cost + bound.rate(table.info(arc)); };
  const ArcInfo here = table.info(from.number), there = table.info(from.number ^ 1);
  const double turn = n.costs.uturn() + n.costs.change(here.standing, there.standing);
  leave(from.number, (here.length_m - from.travelled_m) * per_metre(from.number));
  leave(from.number ^ 1, turn + from.travelled_m * per_metre(from.number ^ 1));
  for (bool changed = true; changed;) {
    changed = false;
    for (const uint32_t arc : n.arcs) {
      if (cost[arc] < kNever) changed |= leave(arc, cost[arc] + table.info(arc).length_m * per_metre(arc));
    }
  }
  return cost;
}

/// Cost of reaching the target, and that at the start of the last arc, which the bound is for.
struct Slow {
  double total = kNever, at_start = kNever;
};

Slow slow(Network& n, const Position& from, const Position& to, const std::vector<double>& starts,
          const RouteBound& bound) {
  const ArcInfo here = n.search.arcs().info(from.number), last = n.search.arcs().info(to.number);
  const double per_metre = bound.metre_cost + bound.rate(last);
  Slow best{starts[to.number] + to.travelled_m * per_metre, starts[to.number]};
  const double turn = n.costs.uturn() + n.costs.change(here.standing, last.standing);
  const double turned = here.length_m - from.travelled_m;
  if (to.number == from.number && to.travelled_m >= from.travelled_m) {
    best = {(to.travelled_m - from.travelled_m) * per_metre, 0};
  } else if (to.number == (from.number ^ 1) && to.travelled_m >= turned && turn < best.at_start) {
    best = {turn + (to.travelled_m - turned) * per_metre, turn};
  }
  return best;
}

void compare(uint32_t seed, uint32_t tile_target) {
  Network n(seed, tile_target);
  std::mt19937 random(seed);
  const auto anywhere = [&]() {
    const uint32_t arc = n.arcs[random() % n.arcs.size()];
    return Position{arc, n.search.arcs().info(arc).length_m * static_cast<float>(random() % 1000) * 0.001F};
  };
  uint32_t found = 0, missing = 0;
  for (int round = 0; round < 60; ++round) {
    const Position from = anywhere();
    std::vector<Position> targets;
    for (const uint32_t arc : n.arcs) {
      for (uint32_t i = random() % 3 == 0 ? 1 + random() % 3 : 0; i > 0; --i)
        targets.push_back({arc, n.search.arcs().info(arc).length_m * static_cast<float>(random() % 1000) * 0.001F});
    }
    const RouteBound bound{1e6F, static_cast<float>(5 + random() % 60), 0.15F, 0, 0.03F};
    RouteCosts routes;
    n.search.run(from, targets.data(), static_cast<uint32_t>(targets.size()), bound, &routes);
    const std::vector<double> starts = costs_at_starts(n, from, bound);
    for (size_t t = 0; t < targets.size(); ++t) {
      const Slow wanted = slow(n, from, targets[t], starts, bound);
      if (std::fabs(wanted.at_start - bound.cost) < 0.01) continue;
      ASSERT_EQ(routes.found(t), wanted.at_start < bound.cost) << "seed " << seed << " round " << round;
      (routes.found(t) ? found : missing) += 1;
      if (!routes.found(t)) continue;
      ASSERT_NEAR(routes.length_m[t] * bound.metre_cost + routes.events[t], wanted.total, 0.01) << "seed " << seed;
      std::vector<map::ArcRef> arcs;
      n.search.path(static_cast<uint32_t>(t), &arcs);
      ASSERT_EQ(arcs.back(), n.search.arcs().info(targets[t].number).arc);
    }
  }
  EXPECT_GT(found, 100U);
  EXPECT_GT(missing, 100U);
}

TEST(RouteSearch, AgreesWithBellmanFordInOneTile) {
  for (uint32_t seed = 1; seed <= 8; ++seed) compare(seed, 65536);
}

TEST(RouteSearch, AgreesWithBellmanFordOverManyTiles) {
  for (uint32_t seed = 11; seed <= 18; ++seed) compare(seed, 1200);
}

/// A search that is aimed at its targets finds what the one that is not finds, and tries fewer turns. Where the length
/// binds it may find a better way: a cheap one that is too long hides no other then.
void compare_aimed(uint32_t seed, uint32_t tile_target, uint64_t* plain, uint64_t* aimed) {
  Network n(seed, tile_target);
  std::mt19937 random(seed);
  const auto anywhere = [&]() {
    const uint32_t arc = n.arcs[random() % n.arcs.size()];
    return Position{arc, n.search.arcs().info(arc).length_m * static_cast<float>(random() % 1000) * 0.001F};
  };
  for (int round = 0; round < 200; ++round) {
    const Position from = anywhere(), to = anywhere();
    const bool binds = random() % 2 == 0;
    const float metres = binds ? static_cast<float>(210 + random() % 600) : 1e6F;
    RouteBound bound{metres, static_cast<float>(20 + random() % 60), 0.1F, 0, 0.01F};
    RouteCosts wanted, got;
    std::vector<map::ArcRef> way, other;
    n.search.grant(1U << 20);
    n.search.run(from, &to, 1, bound, &wanted);
    *plain += n.search.spent();
    if (wanted.found(0)) n.search.path(0, &way);
    n.search.aim_at(&to, 1, &bound);
    ASSERT_TRUE(bound.aimed);
    n.search.grant(1U << 20);
    n.search.run(from, &to, 1, bound, &got);
    *aimed += n.search.spent();
    const auto cost = [&](const RouteCosts& c) { return c.length_m[0] * bound.metre_cost + c.events[0]; };
    if (binds) {
      ASSERT_TRUE(got.found(0) || !wanted.found(0)) << "seed " << seed << " round " << round;
      if (wanted.found(0)) {
        ASSERT_LE(cost(got), cost(wanted) + 1e-4F);
      }
      continue;
    }
    ASSERT_EQ(got.found(0), wanted.found(0)) << "seed " << seed << " round " << round;
    if (!wanted.found(0)) continue;
    EXPECT_EQ(got.length_m[0], wanted.length_m[0]);
    EXPECT_EQ(got.events[0], wanted.events[0]);
    n.search.path(0, &other);
    EXPECT_EQ(other, way);
  }
}

TEST(RouteSearch, AnAimedOneFindsTheSame) {
  uint64_t plain = 0, aimed = 0;
  for (uint32_t seed = 21; seed <= 28; ++seed) compare_aimed(seed, seed % 2 == 0 ? 65536 : 1200, &plain, &aimed);
  EXPECT_LT(aimed * 3, plain * 2);
}

TEST(RouteSearch, ATargetJustBehindCountsAsReached) {
  Network n(3, 65536);
  const uint32_t arc = n.arcs[0];
  const Position from{arc, 20}, behind{arc, 12};
  RouteCosts route;
  n.search.run(from, &behind, 1, {1e6F, 0.5F, 0.1F, 10, 0}, &route);
  EXPECT_TRUE(route.found(0));
  EXPECT_EQ(route.length_m[0], 0);
  EXPECT_NEAR(route.events[0], 0.8F, 1e-5F);
  n.search.run(from, &behind, 1, {1e6F, 0.5F, 0.1F, 8, 0}, &route);
  EXPECT_TRUE(route.found(0)) << "just so far";
  n.search.run(from, &behind, 1, {1e6F, 0.5F, 0.1F, 5, 0}, &route);
  EXPECT_FALSE(route.found(0));
}

}  // namespace
}  // namespace tomare::match
