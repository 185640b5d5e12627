// SPDX-License-Identifier: MIT
// Conditional restrictions ("value @ (condition)") parsed into terms (FORMAT.md §4.13).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core-cpp/map/format.hpp"

namespace tomare::compiler {

struct ParsedCondition {
  map::ConditionTarget target{};
  uint8_t directions = 3, vehicles = 0x7F;
  bool understood = true;
  map::AccessKey key = map::kKeyNone;
  uint16_t value = 0;
  std::vector<map::Term> terms;
  std::string text;  ///< key=value of the tag
};

/// One "value @ condition" clause of a tag's value.
struct Clause {
  std::string_view value, condition;
  bool clear = true;  ///< false: more than one reading, so that the value may be another
};
/// At most kMaxClauses; of a tag with more, one clause that is not clear.
inline constexpr size_t kMaxClauses = 64;
std::vector<Clause> split_clauses(std::string_view text);

/// Nobody knows whether it holds: joined to the terms of a clause as a group of its own.
inline constexpr map::Term kByPurpose = {map::kTermKeyword, 15 << 4, map::kPurpose, 0, 0};

/// Whom a condition names: "40 @ hgv", "no @ (bus AND Mo-Fr)".
struct Named {
  uint8_t vehicles = 0x7F;
  map::AccessKey key = map::kKeyNone;
};
/// Terms of a condition; false where the grammar does not cover it, as of vehicles where nobody asks for them.
bool parse_condition(std::string_view condition, std::vector<map::Term>* terms, Named* named = nullptr);

}  // namespace tomare::compiler
