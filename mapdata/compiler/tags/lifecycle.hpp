// SPDX-License-Identifier: MIT
// What is gone, or not yet there (OSM wiki: Lifecycle prefix; Comparison of life cycle concepts).
#pragma once

#include <string_view>

#include "mapdata/compiler/osm/osm.hpp"

namespace tomare::compiler {

/// `disused`, `razed` and the like, which stand as a key, as a prefix of one, or as a value.
bool is_gone_word(std::string_view word);
/// One of these is a key of its own with another value than "no".
bool says_gone(const Tags& tags);

/// Of a railway without trains: a gone word, or one that is not there yet or no longer of use.
bool is_dead_rail_word(std::string_view word);
/// `abandoned:railway` and the like.
bool is_dead_rail_key(std::string_view key);

}  // namespace tomare::compiler
