// SPDX-License-Identifier: MIT
#include "core-cpp/rules/drive.hpp"

#include <gtest/gtest.h>

namespace tomare::rules {
namespace {

// A day's drive through Malta had two bans of one way between the same fixes: native and WASM gave them in either
// order.
TEST(FindingsInOrder, TwoBansBetweenTheSameFixesStayAsTheyWereJudged) {
  constexpr int64_t kTimes = 100, kAtOnce = 3;
  std::vector<Finding> findings;
  for (int64_t k = 0; k < kTimes * kAtOnce; ++k) {
    Finding f;
    f.rule = Rule::turn_ban;
    f.start_ms = kTimes - k / kAtOnce;
    f.relation = k;
    findings.push_back(f);
  }
  put_in_order(&findings);
  for (int64_t k = 0; k < kTimes * kAtOnce; ++k) {
    const Finding& f = findings[static_cast<size_t>(k)];
    EXPECT_EQ(f.start_ms, 1 + k / kAtOnce);
    EXPECT_EQ(f.relation, (kTimes - 1 - k / kAtOnce) * kAtOnce + k % kAtOnce);
  }
}

}  // namespace
}  // namespace tomare::rules
