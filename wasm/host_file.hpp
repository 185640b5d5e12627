// SPDX-License-Identifier: MIT
// A map file on the host: WASI preview 1 reads in WASM, a mapping in the native library.
#pragma once

#include <memory>

#include "core-cpp/map/file.hpp"

namespace tomare::host {

/// nullptr when the file cannot be opened.
std::unique_ptr<map::File> open_file(const char* path);

}  // namespace tomare::host
