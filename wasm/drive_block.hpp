// SPDX-License-Identifier: MIT
// The drive block of abi.h as the core takes it.
#pragma once

#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/trace.hpp"
#include "core-cpp/rules/law.hpp"

namespace tomare::boundary {

struct Drive {
  match::Fixes fixes;
  Settings settings;
  map::Vehicle vehicle = map::kCar;
  rules::Laws laws;
  std::vector<rules::Law> law;  ///< which `laws` points to
  bool with_route = false;
};

/// Points into the block, which must stay while `out` is used. False: its size, a count, a number of a list or a
/// setting is not as abi.h says; what the fixes say is the analyzer's to check.
bool read_drive(const void* block, uint32_t size, Drive* out);

}  // namespace tomare::boundary
