// SPDX-License-Identifier: MIT
#include "core-cpp/match/sigma.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tomare::match {
namespace {

Smoothed expecting(float error_m, bool pulled = false) {
  Smoothed s;
  s.error_m = error_m;
  s.pulled = pulled;
  return s;
}

TEST(ShownSigma, WithoutDistancesItIsWhatWasExpected) {
  std::vector<float> none;
  EXPECT_EQ(shown_sigma({}, expecting(6), 10, &none), 6);
}

TEST(ShownSigma, TheExpectedErrorCountsForThreeAnchors) {
  std::vector<float> distances(9, 4.0F);
  const float shown = 4.0F * 1.48F;
  EXPECT_NEAR(shown_sigma({}, expecting(8), 20, &distances), std::sqrt((64 * 3 + shown * shown * 9) / 12), 1e-4);
}

TEST(ShownSigma, ItIsTheMedianThatCounts) {
  std::vector<float> few = {1000, 5, 6, 4, 0, 5.5F, 1000}, plain = {5.5F, 5.5F, 5.5F, 5.5F, 5.5F, 5.5F, 5.5F};
  EXPECT_EQ(shown_sigma({}, expecting(6), 30, &few), shown_sigma({}, expecting(6), 30, &plain));
}

TEST(ShownSigma, StaysWithinItsBounds) {
  const Settings s;
  std::vector<float> on_it(100, 0.0F), far(100, 90.0F);
  EXPECT_EQ(shown_sigma(s, expecting(6), 10, &on_it), static_cast<float>(s.match_sigma_low_m));
  EXPECT_EQ(shown_sigma(s, expecting(6), 10, &far), 10);
  EXPECT_FLOAT_EQ(shown_sigma(s, expecting(3, true), 10, &on_it), static_cast<float>(s.match_sigma_low_m * 0.5))
      << "what smoothing took away may be gone";
}

TEST(SigmaByPath, CountsMatchedAnchorsAlone) {
  Prepared prepared;
  prepared.smoothed.error_m = 6;
  prepared.anchors.resize(3);
  Trace trace;
  trace.fixes.resize(3);
  for (uint32_t k = 0; k < 3; ++k) prepared.anchors[k].fix = k;
  trace.fixes[0].error_m = 500;
  trace.fixes[0].state = FixState::off_road;
  EXPECT_EQ(sigma_by_path({}, prepared, trace), 6);
  trace.fixes[1].error_m = 12;
  trace.fixes[1].state = FixState::matched;
  EXPECT_NEAR(sigma_by_path({}, prepared, trace), std::sqrt((36.0F * 3 + 12 * 12 * 1.48F * 1.48F) / 4), 1e-4);
}

}  // namespace
}  // namespace tomare::match
