// SPDX-License-Identifier: MIT
// Fixes that no car can have been at, at each edge.
#include "core-cpp/match/usable.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

using Marks = std::vector<uint8_t>;

/// Fixes by hand: seconds, metres north.
struct Log {
  std::vector<int64_t> time_ms;
  std::vector<int32_t> lat_e7, lon_e7;

  Log& fix(double seconds, double y_m) {
    constexpr int32_t kLat = 350'000'000;
    time_ms.push_back(1'700'000'000'000 + std::llround(seconds * 1000));
    lat_e7.push_back(kLat + static_cast<int32_t>(std::lround(y_m / metre_scale(kLat).y)));
    lon_e7.push_back(1'390'000'000);
    return *this;
  }
  Marks usable() const {
    Marks out = {7};
    find_usable({static_cast<uint32_t>(time_ms.size()), time_ms.data(), lat_e7.data(), lon_e7.data()}, {}, &out);
    return out;
  }
};

/// A car that stands, with one position so far off, each step so long.
Marks astray(double off_m, double step_s) {
  Log log;
  for (int k = 0; k < 6; ++k) log.fix(step_s * k, k == 3 ? off_m : 0);
  return log.usable();
}
const Marks kAll = {1, 1, 1, 1, 1, 1}, kButOne = {1, 1, 1, 0, 1, 1};

TEST(Usable, OfNoFixesNoneAndOneAlone) {
  EXPECT_EQ(Log().usable(), Marks{});
  EXPECT_EQ(Log().fix(0, 0).usable(), Marks{1});
}

TEST(Usable, TimeMustGoOn) {
  EXPECT_EQ(Log().fix(0, 0).fix(0, 0).fix(1, 0).fix(0.5, 0).fix(1, 0).fix(1.001, 0).usable(),
            (Marks{1, 0, 1, 0, 0, 1}));
}

TEST(Usable, NoCarGoesThirtyMetresThereAndBackInFourSeconds) {
  EXPECT_EQ(astray(29.8, 1), kAll);
  EXPECT_EQ(astray(30.2, 1), kButOne);
  EXPECT_EQ(astray(30.2, 2), kButOne) << "four seconds there and back";
  EXPECT_EQ(astray(30.2, 2.01), kAll) << "more are enough";
}

TEST(Usable, NorFasterThanTheFastestCar) {
  constexpr double kMost5 = 220 / 3.6 * 5 + 60;
  EXPECT_EQ(astray(kMost5 - 1, 5), kAll);
  EXPECT_EQ(astray(kMost5 + 1, 5), kButOne);
}

/// A car that stands, and from the fourth fix on so far away.
Marks away(double metres) {
  Log log;
  for (int k = 0; k < 6; ++k) log.fix(5 * k, k >= 3 ? metres : 0);
  return log.usable();
}

TEST(Usable, WhereThePositionsStayTheyAreBelieved) {
  constexpr double kMost5 = 220 / 3.6 * 5 + 60, kMost10 = 220 / 3.6 * 10 + 60;
  EXPECT_EQ(away(kMost5 - 1), kAll);
  EXPECT_EQ(away(kMost5 + 1), kButOne) << "in ten seconds it may have come there, but not in five";
  EXPECT_EQ(away(kMost10 - 1), kButOne);
  EXPECT_EQ(away(kMost10 + 1), kAll) << "not even in ten: it is a gap";
}

TEST(Usable, TheLastFixHasNothingAfterItThatDeniesIt) {
  EXPECT_EQ(Log().fix(0, 0).fix(1, 0).fix(2, 900).usable(), (Marks{1, 1, 1}));
  EXPECT_EQ(Log().fix(0, 0).fix(1, 900).fix(1, 0).usable(), (Marks{1, 1, 0})) << "nor one that is followed by none";
}

TEST(Usable, AfterASpikeTheWayIsMeasuredFromTheFixBeforeIt) {
  Log two;
  for (int k = 0; k < 8; ++k) two.fix(k, k == 3 || k == 5 ? 100 : 0);
  EXPECT_EQ(two.usable(), (Marks{1, 1, 1, 0, 1, 0, 1, 1}));
  Log pair;
  for (int k = 0; k < 8; ++k) pair.fix(k, k == 3 || k == 4 ? 100 : 0);
  EXPECT_EQ(pair.usable(), (Marks{1, 1, 1, 1, 1, 1, 1, 1})) << "two alike are no spike";
}

}  // namespace
}  // namespace tomare::match
