// SPDX-License-Identifier: MIT
// The part of the opening_hours grammar that conditions use, parsed into terms (FORMAT.md §4.13).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/osm/osm.hpp"

namespace tomare::compiler {

/// In small letters, ASCII alone, without the spaces around it.
std::string lowered(std::string_view text);
/// Of several values ("stop;crossing"), in small or capital letters, one is the word.
bool lists(std::string_view text, std::string_view word);

/// Appends the rules as terms of `group`; false (and nothing appended) where the grammar does not
/// cover the text, or where readers of opening_hours differ on what it means.
bool parse_hours(std::string_view text, uint8_t group, std::vector<map::Term>* terms);

}  // namespace tomare::compiler
