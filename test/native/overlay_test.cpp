// SPDX-License-Identifier: MIT
#include "mapdata/compiler/overlay/overlay.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "test/native/drawn_map.hpp"

namespace tomare::compiler {
namespace {

using testing::lat_e7;
using testing::lon_e7;

std::string record(OverlayKind kind, uint16_t value, const std::vector<std::pair<double, double>>& line,
                   const std::string& condition = "") {
  std::string bytes(sizeof(OverlayRecord), '\0');
  const uint32_t row = 7, points = static_cast<uint32_t>(line.size()), text = static_cast<uint32_t>(condition.size());
  const uint16_t bearing = kNoBearing;
  std::memcpy(bytes.data(), &row, 4);
  bytes[4] = static_cast<char>(kind);
  bytes[5] = 0x7F;
  std::memcpy(bytes.data() + 8, &value, 2);
  std::memcpy(bytes.data() + 10, &bearing, 2);
  std::memcpy(bytes.data() + 12, &points, 4);
  std::memcpy(bytes.data() + 16, &text, 4);
  for (const auto& [x, y] : line) {
    const int32_t place[2] = {lat_e7(y), lon_e7(x)};
    bytes.append(reinterpret_cast<const char*>(place), 8);
  }
  bytes += condition;
  bytes.resize((bytes.size() + 3) / 4 * 4, '\0');
  return bytes;
}

std::string unsure(OsmObject object, int64_t id, uint16_t rules) {
  std::string bytes = record(OverlayKind::unsure, rules, {});
  bytes[7] = static_cast<char>(object);
  std::memcpy(bytes.data() + 24, &id, 8);
  return bytes;
}

TEST(OverlayRows, AreReadWhole) {
  const std::string block = record(OverlayKind::limit, 400, {{0, 0}, {50, 0}}, "Mo-Fr") +
                            record(OverlayKind::oneway, 0, {{0, 0}, {9, 9}, {20, 0}});
  std::vector<OverlayRow> rows;
  ASSERT_TRUE(read_rows(block, &rows));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].condition, "Mo-Fr");
  EXPECT_EQ(rows[0].value, 400);
  EXPECT_EQ(rows[1].line.size(), 3U);
  EXPECT_EQ(fault_of(rows[0]), nullptr);
}

TEST(OverlayRows, ThatEndTooEarlyOrAreOfNoKindAreRefused) {
  const std::string good = record(OverlayKind::limit, 400, {{0, 0}, {50, 0}}, "Mo-Fr");
  for (size_t size = 1; size < good.size(); ++size) {
    std::vector<OverlayRow> rows;
    EXPECT_FALSE(read_rows(std::string_view(good).substr(0, size), &rows)) << size;
  }
  for (const char kind : {char{0}, static_cast<char>(kOverlayKinds), char{-1}}) {
    std::string bad = good;
    bad[4] = kind;
    std::vector<OverlayRow> rows;
    EXPECT_FALSE(read_rows(bad, &rows));
  }
  std::string huge = good;
  std::memset(huge.data() + 12, 0xFF, 8);
  std::vector<OverlayRow> rows;
  EXPECT_FALSE(read_rows(huge, &rows));
}

TEST(OverlayRows, ThatAreUnsureNeedAnObjectAndARuleOfItsKind) {
  const auto fault = [](const std::string& block) {
    std::vector<OverlayRow> rows;
    EXPECT_TRUE(read_rows(block, &rows));
    return rows.size() == 1 && fault_of(rows[0]) != nullptr;
  };
  EXPECT_FALSE(fault(unsure(OsmObject::way, 8'000'000'001, kUnsure_wrong_way)));
  EXPECT_FALSE(fault(unsure(OsmObject::node, 1, kUnsure_stop_sign | kUnsure_level_crossing)));
  EXPECT_FALSE(fault(unsure(OsmObject::relation, 1, kUnsure_turn_ban)));
  EXPECT_TRUE(fault(unsure(OsmObject::way, 1, kUnsure_stop_sign)));
  EXPECT_TRUE(fault(unsure(OsmObject::way, 1, 0)));
  EXPECT_TRUE(fault(unsure(OsmObject::way, 0, kUnsure_wrong_way)));
  for (const int object : {0, 4, 255}) EXPECT_TRUE(fault(unsure(static_cast<OsmObject>(object), 1, 0xFFFF)));
}

/// A road of 400 m from west to east, and a limit on 100 to 300 m of it.
std::vector<uint8_t> road_with_limit() {
  testing::OsmData data;
  data.nodes = {{1, 0, 0, {}}, {2, 400, 0, {}}};
  data.ways = {{11, {1, 2}, {{"highway", "residential"}}}};
  const std::string block = testing::BlockWriter().write(data);
  Compiler compiler;
  EXPECT_EQ(compiler.begin({}), Error::OK);
  for (uint32_t pass = 1; pass <= Compiler::kPasses; ++pass) {
    EXPECT_EQ(compiler.pass(pass), Error::OK);
    EXPECT_EQ(compiler.data_block(block), Error::OK);
  }
  EXPECT_EQ(compiler.overlay(record(OverlayKind::limit, 400, {{100, 3}, {300, -2}})), Error::OK);
  EXPECT_EQ(compiler.finish(), Error::OK);
  EXPECT_EQ(compiler.error_text(), "");
  return testing::written(&compiler);
}

TEST(Overlay, CutsAWayWhereALimitBeginsAndEnds) {
  testing::OpenMap map(road_with_limit());
  ASSERT_EQ(map.error, Error::OK);
  map::Graph graph(map.file);
  const map::Tile* tile = graph.tile(0);
  ASSERT_NE(tile, nullptr);
  ASSERT_EQ(tile->count(map::kSegments), 3U);
  const int limits[] = {0, 400, 0};
  const double ends[] = {100, 300, 400};
  for (uint32_t i = 0; i < 3; ++i) {
    const map::Segment& s = tile->segments[i];
    EXPECT_EQ(tile->attributes_of(static_cast<uint16_t>(i)).limit_high[0][map::kCar], limits[i]);
    EXPECT_NEAR((s.way_offset_cm + s.length_cm) * 0.01, ends[i], 0.5);
    EXPECT_EQ(tile->way_of(static_cast<uint16_t>(i)).id, 11);
  }
  EXPECT_EQ(tile->attributes_of(1).limit_source[0], map::kLimitOverlay);
}

/// A one-way street, a plain road, a stop sign at node 2, and rows about each.
struct Built {
  std::vector<uint8_t> bytes;
  std::string left_out;
};
Built crossroads(const std::string& rows) {
  testing::OsmData data;
  data.nodes = {
      {1, 0, 0, {}}, {2, 180, 0, {{"highway", "stop"}, {"direction", "forward"}}}, {3, 200, 0, {}}, {4, 400, 0, {}}};
  data.ways = {{11, {1, 2, 3}, {{"highway", "residential"}, {"oneway", "yes"}}},
               {12, {3, 4}, {{"highway", "residential"}, {"oneway", "yes"}}}};
  const std::string block = testing::BlockWriter().write(data);
  Compiler compiler;
  EXPECT_EQ(compiler.begin({}), Error::OK);
  for (uint32_t pass = 1; pass <= Compiler::kPasses; ++pass) {
    EXPECT_EQ(compiler.pass(pass), Error::OK);
    EXPECT_EQ(compiler.data_block(block), Error::OK);
  }
  EXPECT_EQ(compiler.overlay(rows), Error::OK);
  EXPECT_EQ(compiler.finish(), Error::OK);
  Built built;
  built.left_out = compiler.error_text();
  built.bytes = testing::written(&compiler);
  return built;
}

TEST(Overlay, MarksWhatIsUnsureAndNothingElse) {
  const Built built =
      crossroads(unsure(OsmObject::way, 11, kUnsure_wrong_way) + unsure(OsmObject::node, 2, kUnsure_stop_sign) +
                 unsure(OsmObject::way, 12, kUnsure_no_entry));
  EXPECT_EQ(built.left_out, "7\tthe way is closed to no vehicle\n");
  testing::OpenMap map(built.bytes);
  ASSERT_EQ(map.error, Error::OK);
  map::Graph graph(map.file);
  const map::Tile* tile = graph.tile(0);
  ASSERT_NE(tile, nullptr);
  for (uint32_t i = 0; i < tile->count(map::kSegments); ++i) {
    const auto segment = static_cast<uint16_t>(i);
    const int flags = tile->attributes_of(segment).flags & (map::kFlagOnewayUnsure | map::kFlagAccessUnsure);
    EXPECT_EQ(flags, tile->way_of(segment).id == 11 ? map::kFlagOnewayUnsure : 0);
  }
  ASSERT_EQ(tile->count(map::kRulePoints), 1U);
  EXPECT_NE(tile->rule_points[0].flags & map::kPointUnsure, 0);
}

TEST(Overlay, WithRowsThatMarkNothingLeavesTheBytesOfTheMap) {
  EXPECT_EQ(crossroads(unsure(OsmObject::way, 99, kUnsure_wrong_way)).bytes, crossroads("").bytes);
}

}  // namespace
}  // namespace tomare::compiler
