// SPDX-License-Identifier: MIT
// The decoder of .osm.pbf blocks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mapdata/compiler/osm/osm.hpp"

namespace tomare::compiler {

struct HeaderInfo {
  int64_t timestamp_s = 0;
  std::string unsupported;  ///< a required feature that is not known here, or empty
};

/// Decodes an inflated OSMHeader or OSMData blob. False: `error` says what was expected and where.
bool decode_header(std::string_view data, HeaderInfo* out, std::string* error);
enum BlockKind : uint32_t { kHasNodes = 1, kHasOthers = 2 };  ///< others: ways or relations
/// BlockKind bits of what a block has, as far as it is sound.
uint32_t block_kinds(std::string_view data);
bool decode_block(std::string_view data, EntityHandler* handler, std::string* error);

}  // namespace tomare::compiler
