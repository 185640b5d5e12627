// SPDX-License-Identifier: MIT
// Way tags from hostile bytes, as lines "key=value".
#include <cstdint>
#include <string_view>

#include "mapdata/compiler/tags/way_facts.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tomare;  // NOLINT: a fuzzer of one room
  std::string_view text(reinterpret_cast<const char*>(data), size);
  compiler::Tags tags;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const size_t equals = std::min(line.find('='), line.size());
    tags.add(line.substr(0, equals), line.substr(std::min(equals + 1, line.size())));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const compiler::WayFacts facts = compiler::way_facts(tags);
  const map::Attributes& a = facts.attributes;
  for (int d = 0; d < 2; ++d) {
    if ((a.oneway_against[d] & 0x80) != 0) __builtin_trap();
    for (int v = 0; v < map::kVehicleCount; ++v) {
      if (a.limit_low[d][v] > a.limit_high[d][v]) __builtin_trap();
    }
  }
  if (a.road_class >= map::kRoadClassCount || a.layer < -10 || a.layer > 10) __builtin_trap();
  for (const compiler::ParsedCondition& c : facts.conditions) {
    if (c.directions == 0 || c.directions > 3 || c.vehicles == 0) __builtin_trap();
  }
  return 0;
}
