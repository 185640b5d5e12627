// SPDX-License-Identifier: MIT
// The roads in a box: the request and the roads block of abi.h.
#pragma once

#include <vector>

#include "core-cpp/map/roads.hpp"

namespace tomare::boundary {

/// False: its size, its box or its vehicle is not as abi.h says.
bool read_roads_request(const void* block, uint32_t size, map::RoadsRequest* out);
/// `out` holds the block and nothing else.
void write_roads(const map::Roads& roads, std::vector<uint8_t>* out);

}  // namespace tomare::boundary
