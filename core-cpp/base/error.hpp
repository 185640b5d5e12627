// SPDX-License-Identifier: MIT
// The error list of the core: numbered, append-only, one sentence each. TypeScript carries the same
// codes (src/layout.ts is generated from this file), docs/ERRORS.md explains them. 0 is success.
#pragma once

#include <cstdint>

#define TOMARE_ERRORS(X)                                                                \
  X(1, ABI_VERSION, "The host and the module speak different versions of the boundary") \
  X(2, BAD_BLOCK, "A block handed over the boundary has the wrong size or form")        \
  X(3, OUT_OF_MEMORY, "There is not enough memory for this work")                       \
  X(10, MAP_OPEN, "The map file cannot be opened")                                      \
  X(11, MAP_READ, "The map file cannot be read")                                        \
  X(12, MAP_MAGIC, "The file is not a .tmap map")                                       \
  X(13, MAP_VERSION, "The map was written in a format version that is not known here")  \
  X(14, MAP_TRUNCATED, "The map file is shorter than its header says")                  \
  X(15, MAP_HEADER, "The header of the map file is damaged")                            \
  X(16, MAP_DIRECTORY, "The directory of the map file is damaged")                      \
  X(17, MAP_TILE, "A tile of the map file is damaged")                                  \
  X(18, MAP_EMPTY, "The map has no road")                                               \
  X(19, ARENA_SIZE, "The arena is too small for the tiles of this map")                 \
  X(20, LOG_EMPTY, "The log has no fix")                                                \
  X(21, LOG_VALUE, "A fix has a value that is not a number or out of range")            \
  X(22, LOG_OUTSIDE_MAP, "No fix of the log lies on the map")                           \
  X(30, PBF_BLOCK, "A block of the OSM file is damaged")                                \
  X(31, PBF_FEATURE, "The OSM file needs a feature that is not supported")              \
  X(32, PBF_NO_ROADS, "The OSM file has no drivable road")                              \
  X(33, COMPILER_STATE, "The map compiler was called out of order")                     \
  X(34, TILE_LIMIT, "A tile would exceed the limits of the format")

namespace tomare {

enum class Error : int32_t {
  OK = 0,
#define TOMARE_ERROR_ENUM(code, name, text) name = code,
  TOMARE_ERRORS(TOMARE_ERROR_ENUM)
#undef TOMARE_ERROR_ENUM
};

/// Where an error was found, for the message that the host composes. Unused numbers are -1.
struct ErrorDetail {
  Error error = Error::OK;
  int32_t section = 0;  ///< FORMAT.md section times 100 plus subsection (413: §4.13), 0 unknown
  int64_t tile = -1;    ///< tile number
  int64_t offset = -1;  ///< byte offset in the file or the block, or index of the fix
};

}  // namespace tomare
