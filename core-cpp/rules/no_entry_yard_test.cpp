// SPDX-License-Identifier: MIT
// Trips that end in a yard behind a restricted street: what a yard is, and who may go there.
#include <gtest/gtest.h>

#include "core-cpp/rules/made_closure_test.hpp"

namespace tomare::rules {
namespace {

using testing::closed;
using testing::MadeClosure;

/// 200 m of open road, 100 m of a restricted one, and 200 m of a yard behind it (nodes 0 to 3).
struct Yard : MadeClosure {
  explicit Yard(map::Access access = map::kAccessDestination) : MadeClosure(closed(access)) {
    map.nodes[0].flags |= map::kNodeDataEnd;  // the drive comes from the world
  }
  /// One more road of the yard from one node to another.
  void more(uint16_t from, uint16_t to) { map.road(from, to, 50); }
  Verdict verdict(double stand_s = 0) {
    along(10, 400, 36);
    if (stand_s > 0) stand(410, stand_s);
    along(415, 490, 36);
    const std::vector<Finding> found = judged(judge_no_entry).findings;
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Verdict::undetermined : found[0].verdict;
  }
};

TEST(NoEntryYard, WhoComesIntoAYardHasADestination) {
  EXPECT_EQ(Yard().verdict(), Verdict::complied);
  Yard both;
  both.more(3, both.map.node(500, 100));
  EXPECT_EQ(both.verdict(), Verdict::complied) << "with roads of its own";
}

TEST(NoEntryYard, WhereAnotherRoadLeadsOutItIsNone) {
  Yard round;
  round.more(3, 0);
  EXPECT_EQ(round.verdict(), Verdict::violated) << "back to where the drive came from";
  Yard far;
  const uint16_t away = far.map.node(500, 300);
  far.more(3, away);
  far.more(away, 1);
  EXPECT_EQ(far.verdict(), Verdict::violated) << "by two roads";
  Yard end;
  end.map.nodes[3].flags |= map::kNodeDataEnd;
  EXPECT_EQ(end.verdict(), Verdict::violated) << "the map ends there";
}

TEST(NoEntryYard, ARestrictedRoadOutIsNone) {
  Yard yard;
  yard.map.road(3, 0, 500, closed(map::kAccessPrivate));
  EXPECT_EQ(yard.verdict(), Verdict::complied);
}

/// A yard with so many more roads in it, one after another.
Verdict of_size(uint32_t roads) {
  Yard yard;
  for (uint16_t last = 3, k = 0; k < roads; ++k) {
    const uint16_t next = yard.map.node(510 + 5 * k, 40);
    yard.more(last, next);
    last = next;
  }
  return yard.verdict();
}

TEST(NoEntryYard, SixtyRoadsAreTheMost) {
  EXPECT_EQ(of_size(58), Verdict::complied) << "with the restricted one and that of the drive";
  EXPECT_EQ(of_size(59), Verdict::violated);
}

TEST(NoEntryYard, TheEndOfALogSaysSoOnlyOfStreetsForDestinations) {
  EXPECT_EQ(Yard(map::kAccessPrivate).verdict(), Verdict::possible);
  EXPECT_EQ(Yard(map::kAccessPrivate).verdict(150), Verdict::undetermined) << "there it stood";
  EXPECT_EQ(Yard(map::kAccessDelivery).verdict(), Verdict::complied);
}

TEST(NoEntryYard, ItMayBeOfTwoRoadsOneBehindTheOther) {
  for (const bool leaves : {false, true}) {
    testing::MadeDrive drive;
    const map::Attributes street = closed(map::kAccessDestination);
    if (!leaves) drive.road(200);
    if (!leaves) drive.road(100, street);
    for (const double metres : {100.0, 100.0}) drive.road(metres);
    if (leaves) drive.road(100, street);
    if (leaves) drive.road(200);
    drive.map.nodes[leaves ? 4 : 0].flags |= map::kNodeDataEnd;
    drive.along(10, 490, 36);
    const std::vector<Finding> found = drive.judged(judge_no_entry).findings;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].verdict, Verdict::complied) << leaves;
  }
}

TEST(NoEntryYard, ACarThatIsGoneForLongBetweenTheFirstTwoFixesOrTheLastTwoStoodThere) {
  for (const bool leaves : {false, true}) {
    for (const double gone_s : {115.0, 125.0}) {
      MadeClosure drive(closed(map::kAccessPrivate));
      drive.map.nodes[leaves ? 3 : 0].flags |= map::kNodeDataEnd;
      if (leaves) drive.fix(-gone_s, 20, 0);
      for (double at_m = leaves ? 40 : 10; at_m <= (leaves ? 490 : 460); at_m += 10) drive.fix(at_m / 10, at_m, 36);
      if (!leaves) drive.fix(46 + gone_s, 480, 0);
      const std::vector<Finding> found = drive.judged(judge_no_entry).findings;
      ASSERT_EQ(found.size(), 1U);
      EXPECT_EQ(found[0].verdict, gone_s > 120 ? Verdict::undetermined : Verdict::possible) << leaves << gone_s;
    }
  }
}

TEST(NoEntryYard, ATripMayBeginInOne) {
  const auto leaving = [](bool joined) {
    MadeClosure drive(closed(map::kAccessDestination));
    drive.map.nodes[3].flags |= map::kNodeDataEnd;  // the drive goes on into the world
    if (joined) drive.map.road(0, 3, 500);
    drive.along(10, 490, 36);
    return drive.judged(judge_no_entry).findings.at(0).verdict;
  };
  EXPECT_EQ(leaving(false), Verdict::complied);
  EXPECT_EQ(leaving(true), Verdict::violated);
}

}  // namespace
}  // namespace tomare::rules
