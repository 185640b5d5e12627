// SPDX-License-Identifier: MIT
#include "wasm/compiler_abi.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "mapdata/compiler/compiler.hpp"
#include "mapdata/compiler/osm/blocks.hpp"

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
    if (kind == TOMAP_BLOCK_PLACES) return compiler().places(view);
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
  piece->data = reinterpret_cast<uintptr_t>(out.data);
  piece->bytes = out.size;
  piece->reserved = 0;
  return code;
}

const char* tomap_error_text(void) { return compiler().error_text().c_str(); }
}
