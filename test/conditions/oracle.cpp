// SPDX-License-Identifier: MIT
// The parser of conditions and their evaluator behind one function, for tests: a module and a native library of their
// own, so that what is shipped has no entry for tests.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "core-cpp/rules/conditions.hpp"
#include "mapdata/compiler/tags/conditions.hpp"

namespace {

/// A question about one condition: this header, then int64 times_ms[time_count], int32 holidays[holiday_count] (days
/// since 1970-01-01, ascending), and text_bytes of UTF-8.
struct Query {
  int32_t lat_e7, lon_e7;
  int32_t offset_minutes;              ///< local time is UTC plus this
  int32_t holidays_from, holidays_to;  ///< days that the list covers, both inclusive
  uint32_t holiday_count, time_count, text_bytes;
};
constexpr uint8_t kNotUnderstood = 255;

}  // namespace

extern "C" {

void* oracle_alloc(uint32_t size) { return std::malloc(size); }

/// Per time one byte: 0 does not hold, 1 holds, 2 nobody can know; all 255 where the grammar does not cover the text.
/// False: the block is not as long as its header says.
int32_t oracle_answer(const uint8_t* block, uint32_t size, uint8_t* answers) {
  Query q;
  if (size < sizeof(q)) return 0;
  std::memcpy(&q, block, sizeof(q));
  const uint64_t holidays_at = sizeof(q) + uint64_t{q.time_count} * 8;
  const uint64_t text_at = holidays_at + uint64_t{q.holiday_count} * 4;
  if (text_at + q.text_bytes != size) return 0;
  std::vector<tomare::map::Term> terms;
  const std::string_view text(reinterpret_cast<const char*>(block + text_at), q.text_bytes);
  if (!tomare::compiler::parse_condition(text, &terms)) {
    std::memset(answers, kNotUnderstood, q.time_count);
    return 1;
  }
  const tomare::rules::UtcOffset offset = {0, q.offset_minutes};
  tomare::rules::Law law;
  law.offsets = &offset;
  law.offset_count = 1;
  law.holidays = reinterpret_cast<const int32_t*>(block + holidays_at);
  law.holiday_count = q.holiday_count;
  law.holidays_from = q.holidays_from;
  law.holidays_to = q.holidays_to;
  for (uint32_t i = 0; i < q.time_count; ++i) {
    int64_t time_ms = 0;
    std::memcpy(&time_ms, block + sizeof(q) + i * sizeof(time_ms), sizeof(time_ms));
    const auto count = static_cast<uint32_t>(terms.size());
    answers[i] =
        static_cast<uint8_t>(tomare::rules::evaluate(terms.data(), count, law, {time_ms, q.lat_e7, q.lon_e7}).truth);
  }
  return 1;
}
}
