// SPDX-License-Identifier: MIT
// What the core found, as the result block of abi.h.
#pragma once

#include <vector>

#include "core-cpp/analyzer.hpp"

namespace tomare::boundary {

/// `out` holds the block and nothing else. `with_route`: it has the route items.
void write_result(const Analysis& analysis, bool with_route, std::vector<uint8_t>* out);

}  // namespace tomare::boundary
