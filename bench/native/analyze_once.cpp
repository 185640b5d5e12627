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
  if (tomare_open(argv[1], 64U << 20) != 0) return 1;
  if (tomare_analyze(drive.data(), static_cast<uint32_t>(drive.size())) != 0) return 1;
  uint32_t size = 0;
  tomare_result(&size);
  std::printf("%u\n", size);
  return 0;
}
