// SPDX-License-Identifier: MIT
// Conditional restrictions ("value @ (condition)") parsed into terms (FORMAT.md §4.13).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core-cpp/map/format.hpp"

namespace tomare::compiler {

/// Kinds of map::Term.
enum TermKind : uint8_t {
  kTermDays = 1,   ///< a: bit 0 Monday … bit 6 Sunday, bit 7 PH, bit 8 SH
  kTermTime,       ///< a, b: minutes since midnight; b <= a runs over midnight
  kTermSun,        ///< a, b: 1 sunrise or 2 sunset, plus 16 * (offset in minutes + 2048)
  kTermMonths,     ///< a: bit 0 January … bit 11 December
  kTermDates,      ///< a, b: month * 32 + day; b < a runs over the year's end
  kTermWeeks,      ///< a, b: ISO week numbers
  kTermAlways,     ///< 24/7
  kTermOff,        ///< the rule closes what the rules before opened
  kTermCompare,    ///< flags: Quantity * 8 + Comparison; a: the number in thousandths
  kTermKeyword     ///< flags: Keyword: nobody can know
};
enum Quantity : uint16_t { kWeight = 1, kWeightRating, kAxleLoad, kLength, kWidth, kHeight, kWheels,
                           kOccupants, kLoadCapacity };
enum Comparison : uint16_t { kLess = 1, kLessEqual, kGreater, kGreaterEqual, kEqual };
enum Keyword : uint16_t { kWet = 1, kSnow, kWinter, kSummer, kDestination, kDelivery, kResidents,
                          kEmergency, kDisabled, kHazmat, kOtherKeyword };

struct ParsedCondition {
  map::ConditionTarget target{};
  uint8_t directions = 3, vehicles = 0x7F;
  bool understood = true;
  uint16_t value = 0;
  std::vector<map::Term> terms;
  std::string text;  ///< key=value of the tag
};

/// One "value @ condition" clause of a tag's value.
struct Clause {
  std::string_view value, condition;
};
std::vector<Clause> split_clauses(std::string_view text);

/// Terms of a condition; false where the grammar does not cover it.
bool parse_condition(std::string_view condition, std::vector<map::Term>* terms);

}  // namespace tomare::compiler
