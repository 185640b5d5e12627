// SPDX-License-Identifier: MIT
// The request of tomare_roads over a fixed map (TOMARE_FUZZ_MAP): raw bytes, or a box near the map's.
#include <cstdint>
#include <cstring>

#include "core-cpp/base/error.hpp"
#include "fuzz/fixed_map.hpp"
#include "wasm/abi.h"

namespace {

tomare_analyzer* analyzer = nullptr;
tm_map_info info;

void check_line(const tm_roads& head, const tm_road_line& l) {
  if (l.position_count < 2 || uint64_t{l.first_position} + l.position_count > head.position_count) __builtin_trap();
  if (uint64_t{l.name_offset} + l.name_length > head.text_bytes) __builtin_trap();
  if (l.oneway < -1 || l.oneway > 1) __builtin_trap();
}

void check_roads(uint32_t most) {
  uint32_t size = 0;
  const auto* block = static_cast<const uint8_t*>(tomare_result(analyzer, &size));
  tm_roads head;
  if (size < sizeof(head)) __builtin_trap();
  std::memcpy(&head, block, sizeof(head));
  const uint64_t points = head.lines + uint64_t{head.line_count} * sizeof(tm_road_line);
  const uint64_t restrictions = head.points + uint64_t{head.point_count} * sizeof(tm_road_point);
  const uint64_t positions = head.restrictions + uint64_t{head.restriction_count} * sizeof(tm_road_restriction);
  const uint64_t text = head.positions + uint64_t{head.position_count} * sizeof(tm_position);
  if (points != head.points || restrictions != head.restrictions || positions != head.positions || text != head.text ||
      text + head.text_bytes != size) {
    __builtin_trap();
  }
  if (uint64_t{head.position_count} + head.point_count + head.restriction_count > most) __builtin_trap();
  for (uint32_t i = 0; i < head.line_count; ++i) {
    tm_road_line l;
    std::memcpy(&l, block + head.lines + i * sizeof(l), sizeof(l));
    check_line(head, l);
  }
}

void ask(const void* request, uint32_t size) {
  const int32_t code = tomare_roads(analyzer, request, size, nullptr);
  if (code == static_cast<int32_t>(tomare::Error::OK)) {
    check_roads(static_cast<const tm_roads_request*>(request)->most);
  } else if (code != static_cast<int32_t>(tomare::Error::BAD_BLOCK)) {
    __builtin_trap();  // the map is whole
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  analyzer = tomare::fuzzing::fixed_map().analyzer;
  tomare_map_info(tomare::fuzzing::fixed_map().map, &info);
  return 0;
}

/// The first byte: odd, the rest is a request as it is; even, its box is moved to that of the map.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1 || size > 64) return 0;
  alignas(8) uint8_t request[64] = {};
  std::memcpy(request, data + 1, size - 1);
  if (data[0] % 2 == 1 || size - 1 < sizeof(tm_roads_request)) {
    ask(request, static_cast<uint32_t>(size - 1));
    return 0;
  }
  tm_roads_request r;
  std::memcpy(&r, request, sizeof(r));
  const auto within = [](int32_t value, int32_t low, int32_t high) {
    return static_cast<int32_t>(low + static_cast<int64_t>(static_cast<uint32_t>(value)) % (int64_t{high} - low + 1));
  };
  r.min_lat_e7 = within(r.min_lat_e7, info.min_lat_e7, info.max_lat_e7);
  r.max_lat_e7 = within(r.max_lat_e7, r.min_lat_e7, info.max_lat_e7);
  r.min_lon_e7 = within(r.min_lon_e7, info.min_lon_e7, info.max_lon_e7);
  r.max_lon_e7 = within(r.max_lon_e7, r.min_lon_e7, info.max_lon_e7);
  r.vehicle %= 7;
  ask(&r, sizeof(r));
  return 0;
}
