// SPDX-License-Identifier: MIT
// A drive's trace: the ways' own corners over the edges of tiles, cut at both ends, with the limits in force.
#include "core-cpp/drive_trace.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core-cpp/analyzer.hpp"
#include "core-cpp/base/geo.hpp"
#include "test/native/drawn_map.hpp"

namespace tomare {
namespace {

using testing::OsmData;

/// The law of no place: only what the map says.
const rules::Laws& no_law() {
  static const rules::Law law;
  static const rules::Laws laws = {&law, nullptr, 1, 0, nullptr, nullptr, nullptr, 0, 0};
  return laws;
}

constexpr double kPrecise = 0.13;  ///< half the diagonal of the unit of level 12, 16 e7
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// A fix each second.
struct Log {
  std::vector<int64_t> time_ms;
  std::vector<int32_t> lat, lon;
  std::vector<float> speed, heading, accuracy;

  void add(double x_m, double y_m, float mps = kNone) {
    time_ms.push_back(1'790'000'000'000 + 1000 * static_cast<int64_t>(time_ms.size()));
    lat.push_back(testing::lat_e7(y_m));
    lon.push_back(testing::lon_e7(x_m));
    speed.push_back(mps);
    heading.push_back(kNone);
    accuracy.push_back(3);
  }
  /// To a place in a straight line at 10 m/s, the start left out.
  void go(double from_x, double from_y, double to_x, double to_y) {
    const double length = std::sqrt((to_x - from_x) * (to_x - from_x) + (to_y - from_y) * (to_y - from_y));
    for (int i = 1; i * 10 <= length; ++i) {
      const double share = i * 10 / length;
      add(from_x + (to_x - from_x) * share, from_y + (to_y - from_y) * share);
    }
  }
  match::Fixes fixes() const {
    return {static_cast<uint32_t>(lat.size()),
            time_ms.data(),
            lat.data(),
            lon.data(),
            speed.data(),
            heading.data(),
            accuracy.data()};
  }
};

DriveTrace trace_of(const OsmData& data, const Log& log, uint32_t tile_target = 65536) {
  const std::vector<uint8_t> bytes = testing::compile(data, tile_target);
  Analyzer analyzer;
  EXPECT_EQ(analyzer.open(std::make_unique<map::MemoryFile>(bytes.data(), bytes.size(), true), 1 << 20).error,
            Error::OK);
  DriveTrace trace;
  EXPECT_EQ(analyzer.trace(log.fixes(), Settings{}, map::kCar, no_law(), &trace).error, Error::OK);
  return trace;
}

double apart_m(const map::Position& p, double x_m, double y_m) {
  return distance_m(p.lat_e7, p.lon_e7, testing::lat_e7(y_m), testing::lon_e7(x_m));
}

/// Two ways in a row with a bend each; the second is drawn against the drive.
OsmData two_ways() {
  OsmData data;
  data.nodes = {{1, 0, 0, {}},     {2, 300, 0, {}},   {3, 300, 400, {}},
                {4, 700, 400, {}}, {5, 700, 900, {}}, {6, 1200, 900, {}}};
  data.ways = {{10, {1, 2, 3}, {{"highway", "secondary"}, {"maxspeed", "50"}, {"name", "First"}}},
               {11, {6, 5, 4, 3}, {{"highway", "residential"}, {"maxspeed", "none"}, {"name", "Second"}}}};
  return data;
}

Log drive_over_both() {
  Log log;
  log.add(100, 0);
  log.go(100, 0, 300, 0);
  log.go(300, 0, 300, 400);
  log.go(300, 400, 700, 400);
  log.go(700, 400, 700, 900);
  log.go(700, 900, 1000, 900);
  return log;
}

TEST(DriveTrace, StretchesHaveTheWaysCornersInTheDirectionOfTravel) {
  for (const uint32_t target : {65536U, 1000U}) {
    OsmData data = two_ways();
    for (int i = 0; i < 40; ++i) {  // streets aside, so that there is something to split
      data.nodes.push_back({100 + 2 * i, i * 30.0, 1100, {}});
      data.nodes.push_back({101 + 2 * i, i * 30.0, -300, {}});
      data.ways.push_back({500 + i, {100 + 2 * i, 101 + 2 * i}, {{"highway", "service"}, {"layer", "-1"}}});
    }
    const DriveTrace t = trace_of(data, drive_over_both(), target);
    ASSERT_EQ(t.stretches.size(), 2U);
    const TraceStretch &a = t.stretches[0], &b = t.stretches[1];
    EXPECT_EQ(a.item.way, 10);
    EXPECT_TRUE(a.item.forward);
    EXPECT_NEAR(a.item.from_m, 100, 3);
    EXPECT_NEAR(a.item.to_m, 700, 0.5);
    ASSERT_EQ(a.position_count, 3U);
    EXPECT_LT(apart_m(t.positions[a.first_position], a.item.from_m, 0), kPrecise);
    EXPECT_LT(apart_m(t.positions[a.first_position + 1], 300, 0), kPrecise);
    EXPECT_LT(apart_m(t.positions[a.first_position + 2], 300, 400), kPrecise);
    EXPECT_EQ(b.item.way, 11);
    EXPECT_FALSE(b.item.forward);
    ASSERT_EQ(b.position_count, 4U);
    EXPECT_LT(apart_m(t.positions[b.first_position], 300, 400), kPrecise);
    EXPECT_LT(apart_m(t.positions[b.first_position + 2], 700, 900), kPrecise);
    EXPECT_LT(apart_m(t.positions[b.first_position + 3], 1200 - b.item.from_m, 900), kPrecise);
    EXPECT_EQ(t.text.substr(a.name.offset, a.name.length), "First");
    EXPECT_EQ(t.text.substr(b.name.offset, b.name.length), "Second");
    EXPECT_EQ(a.road_class, map::kSecondary);
    EXPECT_EQ(a.item.exit_ms, b.item.enter_ms);
  }
}

TEST(DriveTrace, LimitsCoverEachStretch) {
  const DriveTrace t = trace_of(two_ways(), drive_over_both());
  ASSERT_EQ(t.limits.size(), 2U);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(t.stretches[i].first_limit, i);
    EXPECT_EQ(t.stretches[i].limit_count, 1U);
    EXPECT_DOUBLE_EQ(t.limits[i].from_m, t.stretches[i].item.from_m);
    EXPECT_DOUBLE_EQ(t.limits[i].to_m, t.stretches[i].item.to_m);
    EXPECT_EQ(t.limits[i].origin, LimitOrigin::sign);
  }
  EXPECT_EQ(t.limits[0].low, 500);
  EXPECT_EQ(t.limits[0].high, 500);
  EXPECT_EQ(t.limits[1].low, map::kLimitUnlimited);
}

TEST(DriveTrace, LimitsByTheHourSayWhatHoldsThenAndAscendAlsoAgainstTheWay) {
  OsmData data = two_ways();
  data.ways[1].tags = {{"highway", "residential"}, {"maxspeed", "40"}, {"maxspeed:conditional", "20 @ (00:00-24:00)"}};
  data.ways[0].tags = {{"highway", "road"}};
  const DriveTrace t = trace_of(data, drive_over_both());
  ASSERT_EQ(t.limits.size(), 2U);
  EXPECT_EQ(t.limits[0].origin, LimitOrigin::none);
  EXPECT_EQ(t.limits[0].low, map::kLimitUnset);
  EXPECT_EQ(t.limits[1].origin, LimitOrigin::condition);
  EXPECT_EQ(t.limits[1].high, 200);
  for (const TraceStretch& s : t.stretches) {
    double at = s.item.from_m;
    for (uint32_t i = s.first_limit; i < s.first_limit + s.limit_count; ++i) {
      EXPECT_DOUBLE_EQ(t.limits[i].from_m, at);
      at = t.limits[i].to_m;
    }
    EXPECT_DOUBLE_EQ(at, s.item.to_m);
  }
}

TEST(DriveTrace, FixesHaveTheirPlaceSpeedAndStretch) {
  Log log = drive_over_both();
  log.speed[0] = 5;
  log.add(100'000, 0);
  const DriveTrace t = trace_of(two_ways(), log);
  ASSERT_EQ(t.fixes.size(), log.lat.size());
  EXPECT_FLOAT_EQ(t.fixes[0].speed_kmh, 18);
  EXPECT_EQ(t.fixes[0].stretch, 0);
  EXPECT_LT(distance_m(t.fixes[0].place.lat_e7, t.fixes[0].place.lon_e7, log.lat[0], log.lon[0]), 3);
  EXPECT_NEAR(t.fixes[10].speed_kmh, 36, 3);
  EXPECT_EQ(t.fixes[t.fixes.size() - 2].stretch, 1);
  EXPECT_EQ(t.fixes.back().stretch, -1);
  EXPECT_EQ(t.fixes.back().place.lat_e7, TraceFix::kNowhere);
}

TEST(DriveTrace, ItsStretchesAreTheRouteOfTheAnalysis) {
  const OsmData data = two_ways();
  const Log log = drive_over_both();
  const std::vector<uint8_t> bytes = testing::compile(data);
  Analyzer analyzer;
  ASSERT_EQ(analyzer.open(std::make_unique<map::MemoryFile>(bytes.data(), bytes.size(), true), 1 << 20).error,
            Error::OK);
  Analysis analysis;
  DriveTrace trace;
  ASSERT_EQ(analyzer.analyze(log.fixes(), Settings{}, map::kCar, no_law(), &analysis).error, Error::OK);
  ASSERT_EQ(analyzer.trace(log.fixes(), Settings{}, map::kCar, no_law(), &trace).error, Error::OK);
  ASSERT_EQ(trace.stretches.size(), analysis.route.size());
  for (size_t i = 0; i < trace.stretches.size(); ++i) {
    EXPECT_EQ(trace.stretches[i].item.way, analysis.route[i].way);
    EXPECT_EQ(trace.stretches[i].item.from_m, analysis.route[i].from_m);
    EXPECT_EQ(trace.stretches[i].item.to_m, analysis.route[i].to_m);
  }
}

}  // namespace
}  // namespace tomare
