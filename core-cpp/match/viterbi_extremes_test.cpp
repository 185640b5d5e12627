// SPDX-License-Identifier: MIT
// The trellis where numbers get extreme: long drives, forbidden moves, states of no likelihood at all.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "core-cpp/match/viterbi.hpp"
#include "core-cpp/match/viterbi_test.hpp"

namespace tomare::match {
namespace {

void expect_probabilities(Trellis& trellis) {
  std::vector<float> gamma;
  trellis.posterior(&gamma);
  for (uint32_t k = 0; k < trellis.steps(); ++k) {
    const auto begin = gamma.begin() + trellis.offset(k);
    float sum = 0;
    for (uint32_t j = 0; j < trellis.states(k); ++j) {
      EXPECT_TRUE(begin[j] >= 0 && begin[j] <= 1.0001F) << k << ' ' << begin[j];
      sum += begin[j];
    }
    EXPECT_NEAR(sum, 1, 1e-3) << k;
  }
}

TEST(TrellisExtremes, TenThousandStepsOfHighCostKeepTheirProbabilities) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> cost(100, 160);
  Trellis trellis;
  std::vector<float> emission(8), matrix(64);
  for (int k = 0; k < 10000; ++k) {
    for (float& e : emission) e = cost(random);
    for (float& t : matrix) t = cost(random);
    testing::add_step(&trellis, emission, k > 0 ? matrix : std::vector<float>{});
  }
  expect_probabilities(trellis);
}

TEST(TrellisExtremes, AForbiddenMoveIsNeverMadeWhereAnotherIsPossible) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> cost(0, 30);
    Trellis trellis;
    std::vector<std::vector<float>> moves;
    constexpr uint32_t kStates = 4, kSteps = 12;
    for (uint32_t k = 0; k < kSteps; ++k) {
      std::vector<float> emission(kStates), matrix(k > 0 ? kStates * kStates : 0);
      for (float& e : emission) e = cost(random);
      if (k == 0) {
        testing::add_step(&trellis, emission, matrix);
        continue;
      }
      for (float& t : matrix) t = random() % 2 == 0 ? kForbidden : cost(random);
      for (uint32_t i = 0; i < kStates; ++i)
        matrix[i * kStates + (i + k) % kStates] = cost(random);  // one way out each
      testing::add_step(&trellis, emission, matrix);
      moves.push_back(matrix);
    }
    std::vector<uint32_t> best;
    trellis.decode(&best);
    for (uint32_t k = 1; k < kSteps; ++k) EXPECT_LT(moves[k - 1][best[k - 1] * kStates + best[k]], kForbidden) << seed;
    expect_probabilities(trellis);
  }
}

TEST(TrellisExtremes, AStateThatNothingReachesHasNoProbability) {
  Trellis trellis;
  testing::add_step(&trellis, {1, 1}, {});
  testing::add_step(&trellis, {1, 0}, {2, kForbidden, 3, kForbidden});
  std::vector<uint32_t> best;
  trellis.decode(&best);
  EXPECT_EQ(best, (std::vector<uint32_t>{0, 0}));
  std::vector<float> gamma;
  trellis.posterior(&gamma);
  EXPECT_EQ(gamma[trellis.offset(1) + 1], 0);
  EXPECT_NEAR(gamma[trellis.offset(0)], 1 / (1 + std::exp(-1.0)), 1e-4);
}

TEST(TrellisExtremes, WhatIsTooSmallToBeInvertedIsStillShared) {  // found by fuzz_drive: 1 / 6e-40 is infinite
  Trellis trellis;
  testing::add_step(&trellis, {0, 0, 0}, {});
  testing::add_step(&trellis, {12, 12, 0}, {79, 79, kForbidden, 79, 79, kForbidden, 79, 79, kForbidden});
  std::vector<float> gamma;
  trellis.posterior(&gamma);
  const auto last = gamma.begin() + trellis.offset(1);
  EXPECT_NEAR(last[0], 0.5, 1e-4);
  EXPECT_NEAR(last[1], 0.5, 1e-4);
  EXPECT_EQ(last[2], 0);
}

TEST(TrellisExtremes, TheLikeliestOfManyStatesMayStandAnywhereInTheRow) {
  constexpr uint32_t kStates = 13;
  for (uint32_t likely = 0; likely < kStates; ++likely) {
    Trellis trellis;
    std::vector<float> emission(kStates, 300);  // as a likelihood less than any number
    emission[likely] = 100;
    testing::add_step(&trellis, emission, {});
    testing::add_step(&trellis, emission, std::vector<float>(size_t{kStates} * kStates, 1));
    std::vector<float> gamma;
    trellis.posterior(&gamma);
    for (const uint32_t step : {0U, 1U}) EXPECT_NEAR(gamma[trellis.offset(step) + likely], 1, 1e-4) << likely;
  }
}

}  // namespace
}  // namespace tomare::match
