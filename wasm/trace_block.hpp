// SPDX-License-Identifier: MIT
// Where a drive was, as the trace block of abi.h.
#pragma once

#include <vector>

#include "core-cpp/drive_trace.hpp"

namespace tomare::boundary {

/// `out` holds the block and nothing else.
void write_trace(const DriveTrace& trace, std::vector<uint8_t>* out);

}  // namespace tomare::boundary
