// SPDX-License-Identifier: MIT
// What is gone, or not yet there (OSM wiki: Lifecycle prefix; Comparison of life cycle concepts).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapdata/compiler/osm/osm.hpp"

namespace tomare::compiler {

/// `disused`, `razed` and the like, which stand as a key, as a prefix of one, or as a value.
bool is_gone_word(std::string_view word);
/// One of these is a key of its own with another value than "no".
bool says_gone(const Tags& tags);

/// A source that is no sign: "guess", "estimate", "assumed", "advisory".
bool is_guess(std::string_view source);

/// Whether a sentence has the word: "access", but not "accessibility". Both in small letters.
bool has_word(std::string_view text, std::string_view word);
/// Whether the mapper asks others to look at one of these (`fixme=direction?`, `fixme:direction=…`).
bool asks_about(const Tags& tags, std::span<const std::string_view> words);

/// Days on which a thing does not stand, by its `start_date` or its `end_date`.
struct DatesOut {
  int32_t first, last;  ///< as map::kTermYearDates has them
  bool clear;           ///< false: the date is not understood
  std::string text;     ///< the tag
  std::string of;       ///< the key whose fact alone has the date (`oneway` of `oneway:end_date`); empty: the thing
};
/// A `start_date` of another form ("1990s", "C19") is long ago.
std::vector<DatesOut> dates_out(const Tags& tags);
/// `start_date`, `end_date`, or one of these behind the key of a fact.
bool is_date_key(std::string_view key);

/// A day as map::kTermYearDates has it, of Unix seconds.
int32_t day_at(int64_t unix_s);
/// Long ago for every drive: where nobody knows from when the map is, dates up to this day are past.
inline constexpr int32_t kLongAgo = 2020 * 512 + 1 * 32 + 1;

enum class Stands : uint8_t { yes, no, unknown };
/// Whether a thing stands from a day on, by its own dates. A date that is still to come leaves it open.
Stands stands_from(const Tags& tags, int32_t day);

/// Of a railway without trains: a gone word, or one that is not there yet or no longer of use.
bool is_dead_rail_word(std::string_view word);
/// `abandoned:railway` and the like.
bool is_dead_rail_key(std::string_view key);

}  // namespace tomare::compiler
