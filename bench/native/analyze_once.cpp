// SPDX-License-Identifier: MIT
// analyze_once MAP DRIVE: one analysis of a drive block through abi.h, for callgrind to count.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

#include "wasm/abi.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream in(argv[2], std::ios::binary);
  const std::vector<char> drive{std::istreambuf_iterator<char>(in), {}};
  tomare_map* map = tomare_map_open(argv[1], nullptr);
  if (map == nullptr) return 1;
  tomare_analyzer* analyzer = tomare_analyzer_open(map, 64U << 20, nullptr);
  if (tomare_analyze(analyzer, drive.data(), static_cast<uint32_t>(drive.size()), nullptr) != 0) return 1;
  uint32_t size = 0;
  tomare_result(analyzer, &size);
  std::printf("%u\n", size);
  tomare_analyzer_close(analyzer);
  tomare_map_close(map);
  return 0;
}
