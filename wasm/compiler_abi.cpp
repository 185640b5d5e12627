// SPDX-License-Identifier: MIT
#include "wasm/compiler_abi.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "core-cpp/rules/conditions.hpp"
#include "mapdata/compiler/compiler.hpp"
#include "mapdata/compiler/tags/conditions.hpp"

namespace {

using tomare::Error;
using tomare::compiler::Compiler;

Compiler& compiler() {
  static Compiler the_one;
  return the_one;
}

/// Nothing throws across: running out of memory becomes a code.
template <typename F>
int32_t guarded(F&& work) {
  try {
    return static_cast<int32_t>(work());
  } catch (const std::bad_alloc&) {
    return static_cast<int32_t>(Error::OUT_OF_MEMORY);
  }
}

Error answer(const uint8_t* block, uint32_t size, uint8_t* answers) {
  tomap_query q;
  if (size < sizeof(q)) return Error::BAD_BLOCK;
  std::memcpy(&q, block, sizeof(q));
  const uint64_t holidays_at = sizeof(q) + uint64_t{q.time_count} * 8;
  const uint64_t text_at = holidays_at + uint64_t{q.holiday_count} * 4;
  if (text_at + q.text_bytes != size) return Error::BAD_BLOCK;
  std::vector<tomare::map::Term> terms;
  const std::string_view text(reinterpret_cast<const char*>(block + text_at), q.text_bytes);
  if (!tomare::compiler::parse_condition(text, &terms)) {
    std::memset(answers, TOMAP_NOT_UNDERSTOOD, q.time_count);
    return Error::OK;
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
  return Error::OK;
}

}  // namespace

extern "C" {

uint32_t tomap_abi_version(void) { return TOMAP_ABI_VERSION; }
void* tomap_alloc(uint32_t size) { return std::malloc(size); }
void tomap_free(void* pointer) { std::free(pointer); }

int32_t tomap_begin(const tomap_source* source) {
  return guarded([&] {
    tomare::compiler::MapSource s;
    s.name.assign(source->name, strnlen(source->name, sizeof(source->name) - 1));
    std::memcpy(s.sha256, source->sha256, sizeof(s.sha256));
    s.tile_target = source->tile_target;
    return compiler().begin(s);
  });
}

int32_t tomap_pass(uint32_t pass) {
  return guarded([&] { return compiler().pass(pass); });
}

int32_t tomap_block(uint32_t kind, const void* data, uint32_t size) {
  const std::string_view view(static_cast<const char*>(data), size);
  return guarded([&] {
    if (kind == TOMAP_BLOCK_HEADER) return compiler().header_block(view);
    if (kind == TOMAP_BLOCK_DATA) return compiler().data_block(view);
    return compiler().overlay(view);
  });
}

static_assert(tomare::compiler::kHasNodes == TOMAP_HAS_NODES && tomare::compiler::kHasOthers == TOMAP_HAS_OTHERS);
uint32_t tomap_kinds(const void* data, uint32_t size) {
  return tomare::compiler::block_kinds({static_cast<const char*>(data), size});
}

int32_t tomap_finish(void) {
  return guarded([] { return compiler().finish(); });
}

int32_t tomap_next(tomap_piece* piece) {
  tomare::compiler::OutputPiece out;
  const int32_t code = guarded([&] { return compiler().next(&out); });
  piece->offset = out.offset;
  piece->data = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(out.data));
  piece->bytes = out.size;
  return code;
}

int32_t tomap_condition(const void* query, uint32_t size, uint8_t* answers) {
  return guarded([&] { return answer(static_cast<const uint8_t*>(query), size, answers); });
}

const char* tomap_error_text(void) { return compiler().error_text().c_str(); }
}
