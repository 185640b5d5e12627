// SPDX-License-Identifier: MIT
// OSM blocks from hostile bytes: an error, or a map that the reader accepts whole.
#include <cstdint>

#include "core-cpp/analyzer.hpp"
#include "test/native/drawn_map.hpp"

namespace {

using tomare::Error;
using tomare::compiler::Compiler;

void must_verify(Compiler* compiler) {
  const std::vector<uint8_t> bytes = tomare::testing::written(compiler);
  tomare::Analyzer analyzer;
  auto file = std::make_unique<tomare::map::MemoryFile>(bytes.data(), bytes.size(), true);
  if (analyzer.open(std::move(file), 0).error != Error::OK) __builtin_trap();
  const uint32_t tiles = analyzer.map().header().tile_count;
  for (uint32_t i = 0; i < tiles && i < 200; ++i) {
    if (analyzer.verify_tile(i).error != Error::OK) __builtin_trap();
  }
}

}  // namespace

/// The first byte says where the rest is cut in two blocks, and whether the first is a header.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool header = (data[0] & 1) != 0;
  const size_t cut = all.size() * (data[0] >> 1) / 128;
  Compiler compiler;
  tomare::compiler::MapSource source;
  source.tile_target = 4096;
  if (compiler.begin(source) != Error::OK) __builtin_trap();
  for (uint32_t pass = 1; pass <= Compiler::kPasses; ++pass) {
    if (compiler.pass(pass) != Error::OK) __builtin_trap();
    const std::string_view first = all.substr(0, cut), second = all.substr(cut);
    if ((header ? compiler.header_block(first) : compiler.data_block(first)) != Error::OK && !header) return 0;
    if (compiler.data_block(second) != Error::OK) return 0;
  }
  if (compiler.finish() == Error::OK) must_verify(&compiler);
  return 0;
}
