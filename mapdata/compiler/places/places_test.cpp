// SPDX-License-Identifier: MIT
#include "mapdata/compiler/places/places.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {
namespace {

std::string shipped() {
  std::ifstream in(TOMARE_PLACES, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Places : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(index_.open(shipped())); }
  std::string at(double lat, double lon) {
    const uint16_t place =
        index_.find(grid_x(static_cast<int32_t>(lon * 1e7)), grid_y(static_cast<int32_t>(lat * 1e7)));
    return place == kNoPlace ? "" : index_.names()[place].country + " " + index_.names()[place].zone;
  }
  PlaceIndex index_;
};

TEST_F(Places, AreThoseOfTheMap) {
  EXPECT_EQ(at(-25.43, -49.27), "BR America/Sao_Paulo");
  EXPECT_EQ(at(51.5, -0.12), "GB Europe/London");
  EXPECT_EQ(at(35.89, 14.44), "MT Europe/Malta");
  EXPECT_EQ(at(35.66, 139.7), "JP Asia/Tokyo");
  EXPECT_EQ(at(48.85, 2.35), "FR Europe/Paris");
  EXPECT_EQ(at(40, -150), "");
}

TEST_F(Places, BorderTowns) {
  EXPECT_EQ(at(47.6603, 9.1758), "DE Europe/Berlin");  // Konstanz
  EXPECT_EQ(at(47.6500, 9.1750), "CH Europe/Zurich");  // Kreuzlingen
  EXPECT_EQ(at(47.5620, 7.7930), "DE Europe/Berlin");  // Rheinfelden, on both banks
  EXPECT_EQ(at(47.5550, 7.7940), "CH Europe/Zurich");
  EXPECT_EQ(at(47.6969, 8.6890), "DE Europe/Busingen");
  EXPECT_EQ(at(45.9690, 8.9710), "IT Europe/Rome");  // Campione
  EXPECT_EQ(at(32.5427, -117.03), "US America/Los_Angeles");
  EXPECT_EQ(at(32.5300, -117.03), "MX America/Tijuana");
  EXPECT_EQ(at(49.19, -2.11), "JE Europe/Jersey");
}

TEST_F(Places, AnswerOfAWholeCellIsThatOfItsPositions) {
  uint32_t border = 0;
  for (uint32_t i = 0; i < 400; ++i) {
    const uint32_t x = grid_x(60'000'000 + static_cast<int32_t>(i % 20) * 5'000'000) & ~((1U << 18) - 1);
    const uint32_t y = grid_y(460'000'000 + static_cast<int32_t>(i / 20) * 3'000'000) & ~((1U << 18) - 1);
    uint16_t place = kNoPlace;
    if (!index_.uniform(x, y, 14, &place)) {
      ++border;
      continue;
    }
    for (uint32_t p = 0; p < 16; ++p) EXPECT_EQ(index_.find(x + (p % 4) * 80'000, y + (p / 4) * 80'000), place);
  }
  EXPECT_GT(border, 10U);
  EXPECT_LT(border, 300U);
}

TEST(PlaceIndex, DamagedBytesAreNoIndex) {
  const std::string good = shipped();
  PlaceIndex index;
  EXPECT_FALSE(index.open(""));
  for (const size_t size : {size_t{10}, size_t{30}, size_t{9000}, good.size() / 2, good.size() - 1}) {
    EXPECT_FALSE(index.open(good.substr(0, size)));
    EXPECT_EQ(index.find(0, 0), kNoPlace);
  }
  EXPECT_FALSE(index.open(good + "x"));
  std::string other = good;
  other[8] = 9;
  EXPECT_FALSE(index.open(other));
}

TEST(PlaceIndex, DamagedCellsGiveLabelsOfTheBlock) {
  std::string bytes = shipped();
  for (size_t i = bytes.size() - 400'000; i < bytes.size(); i += 7) bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
  PlaceIndex index;
  ASSERT_TRUE(index.open(bytes));
  for (int32_t lon = -1'200'000'000; lon < 1'400'000'000; lon += 100'000'000) {
    const uint16_t place = index.find(grid_x(lon), grid_y(490'000'000));
    EXPECT_TRUE(place == kNoPlace || place < index.names().size());
  }
}

}  // namespace
}  // namespace tomare::compiler
