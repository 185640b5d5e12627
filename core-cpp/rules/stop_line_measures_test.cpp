// SPDX-License-Identifier: MIT
// What a finding at a line is measured by and worth, and which points of the map a path passes.
#include <gtest/gtest.h>

#include <cmath>

#include "core-cpp/rules/made_line_test.hpp"
#include "core-cpp/rules/stop_line.hpp"

namespace tomare::rules {
namespace {

using testing::MadeDrive;

/// Of a line at 300 m.
Finding judged_at_line(MadeDrive* drive) {
  static Finding found;
  drive->judged([](const Context& c, Judgement*) {
    StopLine line = {300, 40, 30, 15, 10};
    line.place.junction_m = 10;
    found = {};
    locate(c, c.trace.legs[0], 300, &found);
    judge_stop(c, c.trace.runs[0].fixes, line, &found);
  });
  return found;
}

struct Street : MadeDrive {
  Street() { road(600); }
};

TEST(StopLineMeasures, WhoIsSeenRunningItIsOnItsRoadWithLowOdds) {
  for (const float match : {0.5F, 0.9F, 0.99F}) {
    Street street;
    street.along(100, 500, 36);
    for (match::MatchedFix& fix : street.trace.fixes) fix.posterior = match;
    const Finding found = judged_at_line(&street);
    ASSERT_EQ(found.verdict, Verdict::violated);
    EXPECT_NEAR(found.match, 0.02 * match / (0.02 * match + 1 - match), 1e-5);
  }
}

TEST(StopLineMeasures, SpeedsAreThoseOfTheWindowInKilometresPerHour) {
  Street street;
  street.along(100, 500, 36);
  const StopEvidence e = testing::evidence_at_line(&street);
  const Finding found = judged_at_line(&street);
  EXPECT_NEAR(found.measured[kMeasure_lowest_observed_kmh], 36, 1e-3);
  EXPECT_NEAR(found.measured[kMeasure_lowest_possible_kmh], 3.6 * e.lowest_possible, 1e-3);
  EXPECT_GT(e.lowest_possible, 5);
}

TEST(StopLineMeasures, OfACarThatStoodFarBeforeTheLineThoseAtTheLine) {
  Street street;
  double s = 0;
  for (int k = 0; k < 5; ++k) street.fix(s++, 262, 0);
  for (const double mps : {2.0, 4.0, 6.0, 8.0, 10.0}) street.fix(s++, 262 + mps * mps / 4, 3.6 * mps);
  for (double at_m = 297; at_m < 500; at_m += 10) street.fix(s++, at_m, 36);
  const StopEvidence e = testing::evidence_at_line(&street);
  const Finding found = judged_at_line(&street);
  ASSERT_EQ(found.verdict, Verdict::violated);
  EXPECT_EQ(e.lowest_observed, 0);
  EXPECT_NEAR(found.measured[kMeasure_lowest_observed_kmh], 36, 1e-3);
  EXPECT_NEAR(found.measured[kMeasure_lowest_possible_kmh], 3.6 * e.possible_at_line, 1e-3);
}

map::RulePoint point(uint32_t offset_cm, int64_t node) {
  map::RulePoint p{};
  p.node = node;
  p.offset_cm = offset_cm;
  p.kind = map::kStop;
  p.directions = 3;
  return p;
}

/// Nodes of the points that a path passes from one metre of a road of 600 m to another.
std::vector<int64_t> passed(const std::vector<map::RulePoint>& points, double from_m, double to_m) {
  MadeDrive drive;
  match::Leg& leg = drive.road(600);
  leg.from_m = static_cast<float>(from_m);
  leg.to_m = static_cast<float>(to_m);
  leg.forward = from_m < to_m;
  for (const map::RulePoint& p : points) drive.map.points.push_back(p);
  drive.along(0, 100, 36);
  static std::vector<int64_t> nodes;
  nodes.clear();
  drive.judged([](const Context& c, Judgement*) {
    for (const Passed& p : passed_points(c, c.trace.runs[0])) nodes.push_back(p.point.node);
  });
  return nodes;
}
using Nodes = std::vector<int64_t>;

TEST(PassedPoints, ReachToBothEndsOfALegAndTwoCentimetresBeyond) {
  const std::vector<map::RulePoint> points = {point(9'997, 1), point(9'999, 2), point(30'001, 3), point(30'003, 4)};
  EXPECT_EQ(passed(points, 100, 300), (Nodes{2, 3}));
  EXPECT_EQ(passed(points, 300, 100), (Nodes{3, 2})) << "in the order of the path";
}

TEST(PassedPoints, AtOnePlaceTheLowerNodeComesFirst) {
  EXPECT_EQ(passed({point(20'000, 9), point(20'000, 7), point(20'000, 8)}, 100, 300), (Nodes{7, 8, 9}));
}

/// Metres to a junction 100 m along the second of two runs, from a place of the first or of the second.
double ahead_in_run(uint32_t run) {
  static uint32_t asked;
  static double metres;
  asked = run;
  MadeDrive drive;
  const map::Attributes street = drive.map.attributes[0];
  drive.road(100, street);
  drive.along(0, 90, 36);
  drive.next_run();
  drive.road(100, street);
  drive.map.road(2, drive.map.node(200, 100), 100, street);
  drive.map.road(2, drive.map.node(300, 0), 100, street);
  drive.along(0, 90, 36);
  drive.judged([](const Context& c, Judgement*) {
    Passed sign{};
    sign.path_m = asked == 0 ? 60 : 50;
    sign.leg = asked;
    metres = junction_ahead(c, c.trace.runs[asked], sign);
  });
  return metres;
}

TEST(JunctionAhead, IsOfItsOwnRun) {
  EXPECT_TRUE(std::isinf(ahead_in_run(0)));
  EXPECT_NEAR(ahead_in_run(1), 50, 0.01);
}

}  // namespace
}  // namespace tomare::rules
