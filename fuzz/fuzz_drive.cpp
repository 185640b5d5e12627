// SPDX-License-Identifier: MIT
// The drive block over a fixed map (TOMARE_FUZZ_MAP): raw bytes, or small steps of a car made into a block, some
// with a hostile setting.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "fuzz/fixed_map.hpp"
#include "wasm/abi.h"

namespace {

tomare_analyzer* analyzer = nullptr;

void check_result() {
  uint32_t size = 0;
  const void* block = tomare_result(analyzer, &size);
  tm_result head;
  if (size < sizeof(head)) __builtin_trap();
  std::memcpy(&head, block, sizeof(head));
  const uint64_t findings = head.findings + uint64_t{head.finding_count} * sizeof(tm_finding);
  const uint64_t route = head.route + uint64_t{head.route_count} * sizeof(tm_route_item);
  if (findings > head.route || route > head.text || uint64_t{head.text} + head.text_bytes != size) __builtin_trap();
  if (head.matched + head.off_road + head.unmatched != head.fixes) __builtin_trap();
  for (uint32_t i = 0; i < head.finding_count; ++i) {
    tm_finding f;
    std::memcpy(&f, static_cast<const uint8_t*>(block) + head.findings + i * sizeof(f), sizeof(f));
    if (uint64_t{f.name_offset} + f.name_length > head.text_bytes) __builtin_trap();
    if (uint64_t{f.tag_offset} + f.tag_length > head.text_bytes) __builtin_trap();
    if (f.first_fix > f.last_fix || f.last_fix >= head.fixes || f.rule >= TM_RULES) __builtin_trap();
    for (const float factor : {f.match, f.map, f.observation}) {
      if (!(factor >= -0.001F && factor <= 1.001F)) __builtin_trap();
    }
  }
}

/// Every range of a stretch lies in its array, and a line has two ends.
void check_stretch(const tm_trace& head, const tm_trace_stretch& s) {
  if (s.position_count < 2 || uint64_t{s.first_position} + s.position_count > head.position_count) __builtin_trap();
  if (s.limit_count < 1 || uint64_t{s.first_limit} + s.limit_count > head.limit_count) __builtin_trap();
  if (uint64_t{s.name_offset} + s.name_length > head.text_bytes) __builtin_trap();
  if (!(s.from_m < s.to_m) || s.enter_ms > s.exit_ms) __builtin_trap();
}

void check_trace() {
  uint32_t size = 0;
  const auto* block = static_cast<const uint8_t*>(tomare_result(analyzer, &size));
  tm_trace head;
  if (size < sizeof(head)) __builtin_trap();
  std::memcpy(&head, block, sizeof(head));
  const uint64_t stretches = head.fixes + uint64_t{head.fix_count} * sizeof(tm_trace_fix);
  const uint64_t limits = head.stretches + uint64_t{head.stretch_count} * sizeof(tm_trace_stretch);
  const uint64_t positions = head.limits + uint64_t{head.limit_count} * sizeof(tm_trace_limit);
  const uint64_t text = head.positions + uint64_t{head.position_count} * sizeof(tm_position);
  if (stretches != head.stretches || limits != head.limits || positions != head.positions || text != head.text ||
      text + head.text_bytes != size) {
    __builtin_trap();
  }
  for (uint32_t i = 0; i < head.stretch_count; ++i) {
    tm_trace_stretch s;
    std::memcpy(&s, block + head.stretches + i * sizeof(s), sizeof(s));
    check_stretch(head, s);
  }
  for (uint32_t i = 0; i < head.fix_count; ++i) {
    tm_trace_fix f;
    std::memcpy(&f, block + head.fixes + i * sizeof(f), sizeof(f));
    if (f.stretch < -1 || f.stretch >= static_cast<int64_t>(head.stretch_count)) __builtin_trap();
    if (f.stretch >= 0 && f.lat_e7 == INT32_MIN) __builtin_trap();
  }
}

void analyze(const uint8_t* bytes, size_t size) {
  void* block = tomare_alloc(static_cast<uint32_t>(size) + 1);
  std::memcpy(block, bytes, size);
  if (tomare_analyze(analyzer, block, static_cast<uint32_t>(size), nullptr) == 0) check_result();
  if (tomare_trace(analyzer, block, static_cast<uint32_t>(size), nullptr) == 0) check_trace();
  tomare_free(block);
}

/// Steps of 8 bytes: metres east and north, tenths of a second, speed, heading.
std::vector<uint8_t> block_of(const uint8_t* data, size_t size, const tomare::Settings& settings) {
  constexpr size_t kStep = 8;
  const auto count = static_cast<uint32_t>((size - 1) / kStep);
  std::vector<int64_t> time;
  std::vector<int32_t> lat, lon;
  std::vector<float> values[3];
  int64_t now = 1'790'000'000'000;
  int32_t y = 351'000'000, x = 1'394'200'000;
  for (uint32_t i = 0; i < count; ++i) {
    int16_t east = 0, north = 0;
    uint16_t tenths = 0;
    std::memcpy(&east, data + 1 + i * kStep, 2);
    std::memcpy(&north, data + 3 + i * kStep, 2);
    std::memcpy(&tenths, data + 5 + i * kStep, 2);
    const uint8_t speed = data[7 + i * kStep], heading = data[8 + i * kStep];
    now += (tenths & 0x8000) != 0 ? -100 : tenths * 100;
    time.push_back(now);
    lat.push_back(y += north * 10);
    lon.push_back(x += east * 10);
    values[0].push_back(speed == 255 ? NAN : static_cast<float>(speed) * 0.25F);
    values[1].push_back(heading > 240 ? NAN : static_cast<float>(heading) * 1.5F);
    values[2].push_back(heading % 7 == 0 ? NAN : static_cast<float>(heading % 40));
  }
  tm_drive head{};
  head.count = count;
  head.vehicle = data[0] % 7U;
  head.settings = sizeof(settings) / sizeof(double);
  head.flags = TM_WITH_ROUTE | ((data[0] & 0x40) != 0 ? TM_SPEED_UNIT_OPEN : 0);
  head.law_count = 1;
  tm_law law{};  // no zone, no holidays, no default limits, and a vehicle without weight
  law.flags = TM_LEVEL_CROSSING_STOP;
  std::vector<uint8_t> block;
  const auto append = [&block](const void* from, size_t bytes) {
    const auto* at = static_cast<const uint8_t*>(from);
    block.insert(block.end(), at, at + bytes);
  };
  append(&head, sizeof(head));
  append(time.data(), 8 * count);
  append(lat.data(), 4 * count);
  append(lon.data(), 4 * count);
  for (const auto& column : values) append(column.data(), 4 * count);
  block.resize(block.size() + (count % 2) * 4);
  append(&settings, sizeof(settings));
  append(&law, sizeof(law));
  return block;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  analyzer = tomare::fuzzing::fixed_map().analyzer;
  return 0;
}

/// The first byte: below 64 the rest is a block as it is; below 128 the next nine are the number and value of a
/// setting, then steps; else steps. Its remainder by 7 is the vehicle.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 10 || size > 8000) return 0;
  if (data[0] < 64) {
    analyze(data + 1, size - 1);
    return 0;
  }
  tomare::Settings settings;
  const bool hostile = data[0] < 128;
  if (hostile) {
    const size_t index = data[1] % (sizeof(settings) / sizeof(double));
    std::memcpy(reinterpret_cast<uint8_t*>(&settings) + index * sizeof(double), data + 2, sizeof(double));
  }
  const size_t skipped = hostile ? 9 : 0;
  std::vector<uint8_t> rest(data + skipped, data + size);
  rest[0] = data[0];
  const std::vector<uint8_t> block = block_of(rest.data(), rest.size(), settings);
  analyze(block.data(), block.size());
  return 0;
}
