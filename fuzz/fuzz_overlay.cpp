// SPDX-License-Identifier: MIT
// Rows of an overlay from hostile bytes, merged into a small town: refused, or a map that the reader accepts whole.
#include <cstdint>

#include "core-cpp/analyzer.hpp"
#include "test/native/drawn_map.hpp"

namespace {

using namespace tomare;           // NOLINT: a fuzzer of the compiler's door
using namespace tomare::testing;  // NOLINT

/// Two streets and a one-way one between them, a stop, a ban and a piece that misses a node.
const std::string& town() {
  static const std::string block = [] {
    OsmData data;
    data.nodes = {{1, -300, 0, {}}, {2, 0, 0, {}},     {3, 300, 0, {}},
                  {4, 0, 200, {}},  {5, 300, 200, {}}, {6, -20, 0, {{"highway", "stop"}}},
                  {7, 150, 30, {}}, {8, 300, 500, {}}};
    data.ways = {{11, {1, 6, 2}, {{"highway", "residential"}, {"name", "a"}}},
                 {12, {2, 7, 3}, {{"highway", "residential"}, {"maxspeed", "40"}}},
                 {13, {2, 4, 5}, {{"highway", "tertiary"}, {"oneway", "yes"}}},
                 {14, {3, 5, 99, 8}, {{"highway", "motorway"}}}};
    data.relations = {{21,
                       {{'w', 11, "from"}, {'n', 2, "via"}, {'w', 13, "to"}},
                       {{"type", "restriction"}, {"restriction", "no_left_turn"}}}};
    return BlockWriter().write(data);
  }();
  return block;
}

void must(bool good) {
  if (!good) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  compiler::Compiler compiler;
  compiler::MapSource source;
  source.tile_target = 2048;
  must(compiler.begin(source) == Error::OK);
  for (uint32_t pass = 1; pass <= compiler::Compiler::kPasses; ++pass) {
    must(compiler.pass(pass) == Error::OK && compiler.data_block(town()) == Error::OK);
  }
  if (compiler.overlay({reinterpret_cast<const char*>(data), size}) != Error::OK) return 0;
  must(compiler.finish() == Error::OK);
  const std::vector<uint8_t> bytes = written(&compiler);
  Analyzer analyzer;
  must(analyzer.open(std::make_unique<map::MemoryFile>(bytes.data(), bytes.size(), true), 0).error == Error::OK);
  for (uint32_t i = 0; i < analyzer.map().header().tile_count; ++i) must(analyzer.verify_tile(i).error == Error::OK);
  return 0;
}
