// SPDX-License-Identifier: MIT
// Roads that turn near a fix, and how many pieces may be measured; the slow twin is in test/native.
#include "core-cpp/match/candidates.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "core-cpp/map/made_map_test.hpp"

namespace tomare::match {
namespace {

/// A road of two pieces of 200 m, the second turned by so many degrees, and a fix near the corner between.
struct Corner {
  static constexpr double kFirstDeg = 25;  ///< from east to north, the first piece
  testing::MadeMap map;
  std::optional<CandidateFinder> finder;
  int32_t lat = 0, lon = 0;

  explicit Corner(double turn_deg) {
    const auto from_corner = [](double metres, double degrees, double* x, double* y) {
      *x = 800 + metres * std::cos(degrees * M_PI / 180);
      *y = 800 + metres * std::sin(degrees * M_PI / 180);
    };
    double ax = 0, ay = 0, bx = 0, by = 0;
    from_corner(-200, kFirstDeg, &ax, &ay);
    from_corner(200, kFirstDeg + turn_deg, &bx, &by);
    const uint16_t road = map.road(map.node(ax, ay), map.node(bx, by), 400);
    map.bend(road, 800, 800);
    map::position_on(*map.graph().tile(0), road, 180, &lat, &lon);
    finder.emplace(map.graph());
  }
  std::vector<Candidate> find(uint32_t pieces = kMostPieces) {
    SearchCount wanted{9};
    wanted.turned = true;
    wanted.pieces = pieces;
    std::vector<Candidate> found;
    finder->find(lat, lon, {60, 60, 60}, wanted, &found);
    return found;
  }
};

TEST(Candidates, ARoadThatTurnsBySixtyDegreesIsNearTwice) {
  for (const double degrees : {58.0, -58.0, 30.0, 0.0}) EXPECT_EQ(Corner(degrees).find().size(), 1U) << degrees;
  for (const double degrees : {62.0, -62.0, 89.0, 91.0, -120.0, 170.0}) {
    const std::vector<Candidate> found = Corner(degrees).find();
    ASSERT_EQ(found.size(), 2U) << degrees;
    EXPECT_NEAR(found[0].along_m, 180, 0.5);
    EXPECT_GE(found[1].along_m, 199.5) << "on the other piece";
    const double bearing = 90 - Corner::kFirstDeg - degrees;
    EXPECT_NEAR(std::remainder(found[1].bearing_deg - bearing, 360), 0, 0.5);
  }
}

TEST(Candidates, OtherPlacesOfRoadsThatTurnStayBelowTheMostInAll) {
  for (const uint32_t most : {2U, 3U}) {
    Corner corner(90);
    SearchCount wanted{1};
    wanted.most = most;
    wanted.turned = true;
    std::vector<Candidate> found;
    corner.finder->find(corner.lat, corner.lon, {60, 60, 60}, wanted, &found);
    EXPECT_EQ(found.size(), most == 2 ? 1U : 2U) << "as many as the most would say that there are more";
  }
}

TEST(Candidates, OnlyARoadThatTurnsIsMeasuredAgain) {
  Corner straight(0), bent(90);
  straight.find();
  bent.find();
  const uint32_t once = straight.finder->measured(), again = bent.finder->measured();
  EXPECT_EQ(straight.find(once).size(), 1U);
  EXPECT_FALSE(straight.finder->cut()) << "all that may be measured was";
  EXPECT_EQ(bent.find(again).size(), 2U);
  EXPECT_FALSE(bent.finder->cut());
  EXPECT_EQ(bent.find(again - 1).size(), 1U);
  EXPECT_TRUE(bent.finder->cut()) << "the other piece was not asked";
}

}  // namespace
}  // namespace tomare::match
