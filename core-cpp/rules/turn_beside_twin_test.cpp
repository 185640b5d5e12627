// SPDX-License-Identifier: MIT
// Whether a banned corner beside the path is claimed, and how sure, by what both ways cost the fixes (way_fit.hpp):
// over drives by chance whose positions, courses and speeds are off.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core-cpp/rules/made_slip_test.hpp"
#include "core-cpp/rules/way_fit.hpp"
#include "core-cpp/rules/ways_beside.hpp"

namespace tomare::rules {
namespace {

testing::MadeSlip by_chance(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  testing::MadeSlip slip;
  slip.drive(seed % 5 != 0);
  constexpr float kSigmas[] = {5, 9, 16, 25};
  slip.trace.error.sigma_m = kSigmas[seed % 4];
  const double ahead_m = 44 * share(random) - 22, aside_m = seed % 3 == 0 ? 20 * share(random) - 10 : 0;
  const double swings_deg = 110 * share(random), scatter_m = 5 * share(random);
  for (size_t k = 0; k < slip.time_ms.size(); ++k) {
    const double x_m = scatter_m * (share(random) - 0.5), y_m = scatter_m * (share(random) - 0.5);
    const bool east = slip.heading_deg[k] > 80;
    slip.more(k, (east ? ahead_m : aside_m) + x_m, (east ? aside_m : ahead_m) + y_m);
    const double course = slip.heading_deg[k] + swings_deg * (share(random) - 0.5);
    slip.heading_deg[k] =
        random() % 6 == 0 ? testing::MadeLog::kNone : static_cast<float>(std::fmod(course + 360, 360));
  }
  slip.map.restrictions = {slip.ban};
  return slip;
}

/// What docs/RULES.md asks for, turn-ban, "Beside the path"; the probability, or 0.
double claimed_slowly(const Context& c, const match::Run& run) {
  BansNear bans;
  const std::vector<WayBeside> ways = ways_beside(c, run, 0, &bans);
  EXPECT_EQ(ways.size(), 1U);
  const WayBeside& way = ways[0];
  const std::vector<match::Leg>& legs = c.trace.legs;
  const WayFit fixes(c, run, 200 - 40, legs[2].path_m + 40);
  const Fit banned = fixes.of(0, way.legs, 2), path = fixes.of(0, {legs[1]}, 2);
  const double against = path.cost - banned.cost;
  const bool explains = banned.course_each <= 1 && std::fabs(banned.shift_m) <= 16;
  const bool likelier = against >= 2.5 && path.course_each - banned.course_each >= 0.13;
  const bool near = banned.position <= 4 || banned.position <= against;
  if (!fixes.tells() || !explains || !likelier || !near) return 0;
  return 1 / (1 + 3 * std::max(1e-6, std::exp(-against)));
}

TEST(TurnBesideTwin, IsClaimedAsSurelyAsTheSlowTwinSays) {
  uint32_t claimed = 0, unsure = 0;
  for (uint32_t seed = 0; seed < 240; ++seed) {
    SCOPED_TRACE(seed);
    testing::MadeSlip slip = by_chance(seed);
    const double wanted = slip.ask([](const Context& c, const match::Run& run) { return claimed_slowly(c, run); });
    const std::vector<Finding> found = slip.judged(judge_turn_bans).findings;
    ASSERT_EQ(found.size(), wanted > 0 ? 1U : 0U);
    if (wanted == 0) continue;
    EXPECT_EQ(found[0].verdict, Verdict::violated);
    const double stands = 8 * wanted / (8 * wanted + 1 - wanted);  // of claims that are told, as settle() has it
    EXPECT_NEAR(found[0].match, stands, 1e-3);
    ++claimed;
    unsure += stands < 0.995 ? 1 : 0;
  }
  EXPECT_GT(claimed, 40U);
  EXPECT_LT(claimed, 200U);
  EXPECT_GT(unsure, 2U);
}

}  // namespace
}  // namespace tomare::rules
