// SPDX-License-Identifier: MIT
// Which ways join a lawful road to the path: an avenue 15 m north of the accused stretch, and links to it.
#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/made_drive_test.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

/// Four legs of 20 m, the accused stretch of 400 m, four legs of 20 m: nodes 0 to 9.
///
///             ┌──────────┐           avenue, from `west` to `east`, joined to one node before and one behind
///     0─1─2─3─4━━━━━━━━━━5─6─7─8─9   accused between 4 and 5
struct Street : testing::MadeDrive {
  static constexpr uint32_t kOn = 4;  ///< first leg of the stretch
  static constexpr double kFromM = 80, kToM = 480;
  uint16_t west = 0, east = 0, avenue = 0;
  uint32_t last = kOn;  ///< leg of the stretch

  /// `first_m`: the stretch is of two roads, of which the first is so long.
  explicit Street(double first_m = 0, bool drawn_eastward = true) {
    for (int k = 0; k < 4; ++k) road(20);
    if (first_m > 0) road(first_m);
    if (first_m > 0) ++last;
    road(kToM - kFromM - first_m);
    for (int k = 0; k < 4; ++k) road(20);
    west = map.node(kFromM, kApartM);
    east = map.node(kToM, kApartM);
    avenue = drawn_eastward ? map.road(west, east, kToM - kFromM) : map.road(east, west, kToM - kFromM);
    for (int k = 0; k < 40; ++k) {
      shift(time_ms.size(), 0, kApartM / 2);
      fix(k, kFromM + 5 + 9.9 * k, 36);
    }
  }
  uint16_t before(uint16_t legs) const { return static_cast<uint16_t>(kOn - legs); }
  uint16_t behind(uint16_t legs) const { return static_cast<uint16_t>(last + 1 + legs); }
  /// Joins the avenue to two nodes of the street by links of so many metres.
  Street& joined(uint16_t from, uint16_t to, double on_m = 15, double off_m = 15, const map::Attributes& facts = {}) {
    map::Attributes link = facts;
    link.road_class = map::kTertiary;
    map.road(from, west, on_m, link);
    map.road(east, to, off_m, link);
    return *this;
  }
  /// Odds of the avenue over the stretch: positions lie between them.
  double odds() {
    const double accused = ask([this](const Context& c, const match::Run& run) {
      const Stretch stretch = {kOn, last, kFromM, kToM};
      return Beside(c, run, stretch, {0, run.fixes.size()}).accused(1, [this](const Leg& leg) {
        return leg.segment == avenue && leg.forward == (map.segments[avenue].from_node == west);
      });
    });
    return 1 / accused - 1;
  }
  bool is_joined() { return odds() > 0.5; }

 private:
  static constexpr double kApartM = 15;
};

TEST(BesideJoins, AsNearToBothTheOddsAreEvenAndATwentiethWhereNoLinkJoinsThem) {
  Street linked, apart;
  EXPECT_NEAR(linked.joined(linked.before(0), linked.behind(0)).odds(), 1, 0.05);
  EXPECT_NEAR(apart.odds(), 0.05, 0.005);
}

TEST(BesideJoins, TheLastThreeLegsBeforeTheStretchCount) {
  for (const uint16_t legs : {0, 1, 2, 3}) {
    Street street;
    // 62 m: back along the first of them would be more than the 80 m that links may be long
    EXPECT_EQ(street.joined(street.before(legs), street.behind(0), 62, 15).is_joined(), legs < 3) << legs;
  }
}

TEST(BesideJoins, AndTheFirstThreeBehindIt) {
  for (const uint16_t legs : {0, 1, 2, 3}) {
    Street street;
    EXPECT_EQ(street.joined(street.before(0), street.behind(legs), 15, 62).is_joined(), legs < 3) << legs;
  }
}

TEST(BesideJoins, LinksAreEightyMetresLongAtTheMost) {
  Street just, longer;
  EXPECT_TRUE(just.joined(just.before(0), just.behind(0), 40, 40).is_joined());
  EXPECT_FALSE(longer.joined(longer.before(0), longer.behind(0), 40, 41).is_joined());
}

TEST(BesideJoins, AndAQuarterOfAStretchOfSeveralLegsMore) {
  Street just(200), longer(200);  // 200 m from the beginning of its first leg to that of its last
  EXPECT_TRUE(just.joined(just.before(0), just.behind(0), 65, 65).is_joined());
  EXPECT_FALSE(longer.joined(longer.before(0), longer.behind(0), 65, 66).is_joined());
}

TEST(BesideJoins, AnAvenueThatTheMapHasTheOtherWayRoundIsJoinedAsWell) {
  Street street(0, false);
  EXPECT_TRUE(street.joined(street.before(0), street.behind(0)).is_joined());
}

TEST(BesideJoins, ALinkThatMayNotBeDrivenJoinsNothing) {
  map::Attributes against{}, along{};
  against.oneway_against[map::kForward] = along.oneway_against[map::kBackward] = 255;
  Street wrong, right;
  EXPECT_FALSE(wrong.joined(wrong.before(0), wrong.behind(0), 15, 15, against).is_joined());
  EXPECT_TRUE(right.joined(right.before(0), right.behind(0), 15, 15, along).is_joined());
}

TEST(BesideJoins, TheWayOntoItDoesNotUseTheStretchItself) {
  Street street(60);  // whose first 60 m lead to the only link
  EXPECT_FALSE(street.joined(Street::kOn + 1, street.behind(0)).is_joined());
}

}  // namespace
}  // namespace tomare::rules
