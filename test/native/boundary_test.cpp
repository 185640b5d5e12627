// SPDX-License-Identifier: MIT
// The C boundary by handles: two maps are open at once, threads analyze side by side, and every thread gets the
// bytes that one thread alone gets.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "test/native/drawn_map.hpp"
#include "wasm/abi.h"

namespace tomare {
namespace {

using Bytes = std::vector<uint8_t>;

/// A street of `tags` for 1,200 m, in a file of its own; the file goes with the object.
class MapOnDisk {
 public:
  explicit MapOnDisk(const testing::TagList& tags) {
    testing::OsmData data;
    for (int64_t i = 0; i <= 12; ++i) data.nodes.push_back({i + 1, 100.0 * static_cast<double>(i), 0, {}});
    for (int64_t i = 0; i < 12; ++i) data.ways.push_back({100 + i, {i + 1, i + 2}, tags});
    const Bytes bytes = testing::compile(data, 2048);
    char name[] = "/tmp/tomare-boundary-XXXXXX";
    const int fd = mkstemp(name);
    EXPECT_GE(fd, 0);
    path = name;
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  ~MapOnDisk() { std::remove(path.c_str()); }
  MapOnDisk(const MapOnDisk&) = delete;
  MapOnDisk& operator=(const MapOnDisk&) = delete;
  std::string path;
};

template <typename T>
void append(const T* values, size_t count, Bytes* block) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(values);
  block->insert(block->end(), bytes, bytes + count * sizeof(T));
}

/// A drive along the street at a steady speed, a fix a second.
Bytes drive(double speed_mps) {
  tm_drive head{};
  head.count = static_cast<uint32_t>(1190 / speed_mps);
  head.settings = sizeof(Settings) / sizeof(double);
  head.flags = TM_WITH_ROUTE;
  std::vector<int64_t> time;
  std::vector<int32_t> lat, lon;
  for (uint32_t i = 0; i < head.count; ++i) {
    time.push_back(1'790'000'000'000 + i * 1000);
    lat.push_back(testing::lat_e7(1));
    lon.push_back(testing::lon_e7(5 + speed_mps * i));
  }
  const std::vector<float> speed(head.count, static_cast<float>(speed_mps)), heading(head.count, 90),
      accuracy(head.count, 5);
  Bytes block;
  append(&head, 1, &block);
  append(time.data(), time.size(), &block);
  append(lat.data(), lat.size(), &block);
  append(lon.data(), lon.size(), &block);
  for (const auto* column : {&speed, &heading, &accuracy}) append(column->data(), column->size(), &block);
  block.resize((block.size() + 7) / 8 * 8);
  const Settings settings;
  append(&settings, 1, &block);
  return block;
}

Bytes result_of(tomare_analyzer* analyzer, const Bytes& block) {
  tm_error error;
  EXPECT_EQ(tomare_analyze(analyzer, block.data(), static_cast<uint32_t>(block.size()), &error), 0);
  uint32_t size = 0;
  const auto* bytes = static_cast<const uint8_t*>(tomare_result(analyzer, &size));
  return {bytes, bytes + size};
}

/// What an analyzer of the map, alone, says of each drive.
std::vector<Bytes> results_of(const tomare_map* map, const std::vector<Bytes>& drives) {
  tomare_analyzer* analyzer = tomare_analyzer_open(map, 4 << 20, nullptr);
  std::vector<Bytes> results;
  results.reserve(drives.size());
  for (const Bytes& block : drives) results.push_back(result_of(analyzer, block));
  tomare_analyzer_close(analyzer);
  return results;
}

uint32_t findings_in(const Bytes& result) {
  tm_result head;
  std::memcpy(&head, result.data(), sizeof(head));
  return head.finding_count;
}

TEST(Boundary, TwoMapsAreOpenAndThreadsAnalyseSideBySide) {
  const MapOnDisk slow({{"highway", "residential"}, {"maxspeed", "30"}, {"name", "Slow"}});
  const MapOnDisk fast({{"highway", "primary"}, {"maxspeed", "60"}, {"name", "Fast"}});
  tomare_map* maps[] = {tomare_map_open(slow.path.c_str(), nullptr), tomare_map_open(fast.path.c_str(), nullptr)};
  ASSERT_NE(maps[0], nullptr);
  ASSERT_NE(maps[1], nullptr);
  std::vector<Bytes> drives;
  for (int kmh = 20; kmh <= 100; kmh += 10) drives.push_back(drive(kmh / 3.6));
  const std::vector<Bytes> alone[] = {results_of(maps[0], drives), results_of(maps[1], drives)};
  EXPECT_NE(alone[0], alone[1]);
  EXPECT_EQ(findings_in(alone[0][4]), 1U);  // 60 km/h on the street of 30
  EXPECT_EQ(findings_in(alone[1][0]), 0U);
  EXPECT_GT(findings_in(alone[1].back()), 0U);
  // two threads on each map, so that maps and their heads are shared as well
  std::vector<std::vector<Bytes>> beside[4];
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 10; ++round) beside[i].push_back(results_of(maps[i % 2], drives));
    });
  }
  for (std::thread& t : threads) t.join();
  for (int i = 0; i < 4; ++i) {
    for (const std::vector<Bytes>& results : beside[i]) EXPECT_EQ(results, alone[i % 2]);
  }
  for (tomare_map* map : maps) tomare_map_close(map);
}

TEST(Boundary, AMapMayBeClosedBeforeItsAnalyzer) {
  const MapOnDisk street({{"highway", "residential"}, {"maxspeed", "30"}});
  tomare_map* map = tomare_map_open(street.path.c_str(), nullptr);
  ASSERT_NE(map, nullptr);
  tomare_analyzer* analyzer = tomare_analyzer_open(map, 4 << 20, nullptr);
  const Bytes before = result_of(analyzer, drive(15));
  tomare_map_close(map);
  EXPECT_EQ(result_of(analyzer, drive(15)), before);
  tomare_analyzer_close(analyzer);
  tomare_analyzer_close(nullptr);
  tomare_map_close(nullptr);
}

TEST(Boundary, SaysWhatTheMapSaysOfItself) {
  const MapOnDisk street(testing::TagList{{"highway", "residential"}});
  tomare_map* map = tomare_map_open(street.path.c_str(), nullptr);
  ASSERT_NE(map, nullptr);
  tm_map_info info;
  tomare_map_info(map, &info);
  EXPECT_STREQ(info.name, "drawn");
  EXPECT_EQ(info.format, map::kFormatVersion);
  EXPECT_EQ(info.statistics[map::kStat_road_ways], 12U);
  EXPECT_LT(info.min_lon_e7, info.max_lon_e7);
  tomare_analyzer* analyzer = tomare_analyzer_open(map, 4 << 20, nullptr);
  for (uint32_t tile = 0; tile < info.tiles; ++tile) EXPECT_EQ(tomare_verify_tile(analyzer, tile, nullptr), 0);
  tm_error error;
  EXPECT_NE(tomare_verify_tile(analyzer, info.tiles, &error), 0);
  EXPECT_EQ(error.code, static_cast<int32_t>(Error::MAP_DIRECTORY));
  tomare_analyzer_close(analyzer);
  tomare_map_close(map);
}

TEST(Boundary, ErrorsAreToldToTheCallerAlone) {
  tm_error error;
  EXPECT_EQ(tomare_map_open("/no/such.tmap", &error), nullptr);
  EXPECT_EQ(error.code, static_cast<int32_t>(Error::MAP_OPEN));
  EXPECT_EQ(tomare_map_open("/no/such.tmap", nullptr), nullptr);
  const MapOnDisk street(testing::TagList{{"highway", "residential"}});
  tomare_map* map = tomare_map_open(street.path.c_str(), &error);
  EXPECT_EQ(error.code, 0);
  tomare_analyzer* analyzer = tomare_analyzer_open(map, 4 << 20, &error);
  const Bytes good = result_of(analyzer, drive(10));
  EXPECT_EQ(tomare_analyze(analyzer, "short", 5, &error), static_cast<int32_t>(Error::BAD_BLOCK));
  EXPECT_EQ(error.code, static_cast<int32_t>(Error::BAD_BLOCK));
  uint32_t size = 1;
  tomare_result(analyzer, &size);
  EXPECT_EQ(size, 0U);
  EXPECT_EQ(result_of(analyzer, drive(10)), good);
  tomare_analyzer_close(analyzer);
  tomare_map_close(map);
}

}  // namespace
}  // namespace tomare
