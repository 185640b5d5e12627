// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/crc32c.hpp"
#include "core-cpp/base/float4.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare {
namespace {

TEST(Crc32c, StretchesSideBySideGiveWhatByteByByteGives) {
  std::mt19937 random(1);
  std::vector<uint8_t> bytes(20'000);
  for (uint8_t& b : bytes) b = static_cast<uint8_t>(random());
  for (int i = 0; i < 300; ++i) {
    const size_t first = random() % 100, size = random() % 19'000;
    const uint32_t seed = random();
    uint32_t slow = seed;
    for (size_t k = 0; k < size; ++k) slow = crc32c(&bytes[first + k], 1, slow);
    ASSERT_EQ(crc32c(&bytes[first], size, seed), slow) << first << " " << size;
  }
}

TEST(Crc32c, KnownVectors) {  // RFC 3720, B.4
  EXPECT_EQ(crc32c("123456789", 9), 0xE3069283U);
  const unsigned char zeros[32] = {};
  EXPECT_EQ(crc32c(zeros, 32), 0x8A9136AAU);
  EXPECT_EQ(crc32c("56789", 5, crc32c("1234", 4)), 0xE3069283U);
}

TEST(Geo, CosineEqualsLibm) {
  for (double x = -1.57; x <= 1.57; x += 0.01) EXPECT_NEAR(cosine(x), std::cos(x), 1e-15);
}

TEST(Geo, ZOrderInterleaves) {
  EXPECT_EQ(z_order(1, 0), 1U);
  EXPECT_EQ(z_order(0, 1), 2U);
  EXPECT_EQ(z_order(0xFFFFFFFF, 0xFFFFFFFF), UINT64_MAX);
}

TEST(Geo, DegreeOfLatitudeInTokyo) {
  EXPECT_NEAR(distance_m(350000000, 1390000000, 360000000, 1390000000), 110946.0, 10.0);
}

TEST(Angle, Atan2EqualsLibm) {
  for (int i = 0; i < 720; ++i) {
    const double a = i * 0.5 * M_PI / 180;
    EXPECT_NEAR(atan2_deg(std::sin(a), std::cos(a)), std::atan2(std::sin(a), std::cos(a)) * 180 / M_PI, 2e-3) << i;
  }
}

TEST(Angle, ExpEqualsLibm) {
  for (float x = 0; x < 60; x += 0.37F) EXPECT_NEAR(exp_neg(x) / std::exp(-x), 1.0, 1e-5) << x;
  EXPECT_EQ(exp_neg(1e30F), 0.0F);
  EXPECT_EQ(exp_neg(NAN), 0.0F);
}

TEST(Float4, ExpEqualsTheOneOfASingleFloat) {
  const ExpNeg4 exp_neg4;
  for (float x = 0; x < 90; x += 0.0137F) {
    const Float4 four = exp_neg4(Float4{x, 1e30F, x / 3, NAN});
    EXPECT_EQ(four[0], exp_neg(x)) << x;
    EXPECT_EQ(four[1], 0.0F);
    EXPECT_EQ(four[2], exp_neg(x / 3)) << x;
    EXPECT_EQ(four[3], 0.0F);
  }
}

TEST(Float4, LanesAreTakenTogether) {
  const Float4 v = {3, -7, 2, 11};
  EXPECT_EQ(sum_of(v), 9);
  EXPECT_EQ(least_of(v), -7);
  EXPECT_EQ(bits_of(v > all4(2)), 0b1001U);
  const Float4 roots = sqrt4(abs4(v * v));
  for (int lane = 0; lane < 4; ++lane) EXPECT_EQ(roots[lane], std::fabs(v[lane]));
}

}  // namespace
}  // namespace tomare
