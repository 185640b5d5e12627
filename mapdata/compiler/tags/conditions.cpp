// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/conditions.hpp"

#include <algorithm>

#include "mapdata/compiler/tags/hours.hpp"
#include "mapdata/compiler/tags/keys.hpp"
#include "mapdata/compiler/tags/numbers.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names

/// The figure of a comparison in thousandths of a tonne, a metre, or a piece.
bool figure(uint16_t quantity, std::string_view text, int32_t* thousandths) {
  const bool weight =
      quantity == kWeight || quantity == kWeightRating || quantity == kAxleLoad || quantity == kLoadCapacity;
  if (quantity != kWheels && quantity != kOccupants) {
    return parse_size(text, weight ? SizeKind::weight : SizeKind::length, thousandths);
  }
  double pieces = 0;
  std::string_view rest;
  if (!parse_number(text, &pieces, &rest) || !rest.empty() || pieces > 1000) return false;
  *thousandths = static_cast<int32_t>(pieces * 1000 + 0.5);
  return true;
}

bool parse_compare(std::string_view text, uint8_t group, std::vector<Term>* out) {
  const size_t at = text.find_first_of("<>=");
  if (at == std::string_view::npos) return false;
  std::string_view name = trimmed(text.substr(0, at));
  if (name.substr(0, 3) == "max") name.remove_prefix(3);
  const int quantity = index_of(kQuantityTexts, name);
  const bool equal = at + 1 < text.size() && text[at + 1] == '=';
  const uint16_t op = text[at] == '='   ? kEqual
                      : text[at] == '<' ? (equal ? kLessEqual : kLess)
                                        : (equal ? kGreaterEqual : kGreater);
  int32_t thousandths = 0;
  const std::string_view number = trimmed(text.substr(at + (equal ? 2 : 1)));
  if (quantity < 0 || !figure(static_cast<uint16_t>(quantity), number, &thousandths)) return false;
  out->push_back(
      {kTermCompare, static_cast<uint8_t>(group << 4), static_cast<uint16_t>(quantity * 8 + op), thousandths, 0});
  return true;
}

bool parse_keyword(std::string_view text, uint8_t group, std::vector<Term>* out) {
  const int keyword = index_of(kKeywordTexts, text);
  if (keyword < 0) return false;
  out->push_back({kTermKeyword, static_cast<uint8_t>(group << 4), static_cast<uint16_t>(keyword), 0, 0});
  return true;
}

bool names(std::string_view word, Named* named) {
  if (named == nullptr || vehicles_of(word) == 0) return false;
  named->vehicles &= vehicles_of(word);
  named->key = std::max(named->key, access_key_of(word));
  return true;
}

/// A comma outside parentheses parts clauses where another "value @" follows: "30 @ (A), 50 @ (B)".
bool comma_parts(std::string_view text, size_t comma) {
  const size_t next = text.find_first_of("@,;(", comma + 1);
  return next != std::string_view::npos && text[next] == '@';
}

/// Without the parentheses around all of it: a few, since each costs a look at the whole text.
std::string_view unwrapped(std::string_view text) {
  constexpr int kMostPairs = 8;
  text = trimmed(text);
  for (int pairs = 0; pairs < kMostPairs && text.size() >= 2 && text.front() == '('; ++pairs) {
    size_t end = 0;
    for (int depth = 0; end < text.size(); ++end) {
      depth += text[end] == '(' ? 1 : (text[end] == ')' ? -1 : 0);
      if (depth == 0) break;
    }
    if (end + 1 != text.size()) break;
    text = trimmed(text.substr(1, text.size() - 2));
  }
  return text;
}

Clause clause_of(std::string_view part, size_t at) {
  Clause clause = {trimmed(part.substr(0, at)), unwrapped(part.substr(at + 1)), true};
  const std::string_view c = clause.condition;
  clause.clear = c.find('@') == std::string_view::npos;
  return clause;
}

/// Groups of hours that no moment satisfies by the letter, so that whoever wrote them meant something else: two windows
/// of a day ("07:00-09:00 AND 15:00-17:00"), or one that only closes ("AND PH off").
bool never_holds(const std::vector<Term>& terms) {
  int windows = 0;
  for (size_t first = 0, last = 0; first < terms.size(); first = last) {
    bool timed = false, opens = false, rule_opens = true;
    for (last = first; last < terms.size() && terms[last].rule >> 4 == terms[first].rule >> 4; ++last) {
      const Term& t = terms[last];
      timed = timed || t.kind == kTermTime || t.kind == kTermSun;
      rule_opens = rule_opens && t.kind != kTermOff;
      const bool end = last + 1 == terms.size() || terms[last + 1].rule != t.rule;
      opens = opens || (end && rule_opens);
      rule_opens = rule_opens || end;
    }
    if (!opens) return true;
    windows += timed ? 1 : 0;
  }
  return windows > 1;
}

}  // namespace

std::vector<Clause> split_clauses(std::string_view text) {
  std::vector<std::string_view> parts;  ///< each with its "@", but for a first one that has none
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ';';
    if (c == '(') ++depth;
    if (c == ')') --depth;
    const bool outside = depth <= 0 || i == text.size();
    if (!outside || (c != ';' && !(c == ',' && comma_parts(text, i)))) continue;
    const std::string_view part = trimmed(text.substr(start, i - start));
    start = i + 1;
    if (part.empty()) continue;
    const bool joined =
        part.find('@') == std::string_view::npos && !parts.empty() && parts.back().find('@') != std::string_view::npos;
    // "Mo-Fr 07:00-19:00; Sa 07:00-12:00" without parentheses: the rest belongs to the clause before
    if (joined) {
      parts.back() = {parts.back().data(), static_cast<size_t>(part.data() + part.size() - parts.back().data())};
    } else {
      parts.push_back(part);
    }
    if (parts.size() > kMaxClauses) return {{{}, {}, false}};
  }
  std::vector<Clause> clauses;
  for (const std::string_view part : parts) {
    const size_t at = part.find('@');
    clauses.push_back(at == std::string_view::npos ? Clause{part, {}, true} : clause_of(part, at));
  }
  return clauses;
}

bool parse_condition(std::string_view condition, std::vector<map::Term>* terms, Named* named) {
  terms->clear();
  for (uint8_t group = 0; group < 16; ++group) {
    const size_t end = condition.find(" AND ");
    const std::string_view part = unwrapped(condition.substr(0, end));
    const bool good = !part.empty() && (names(part, named) || parse_compare(part, group, terms) ||
                                        parse_keyword(part, group, terms) || parse_hours(part, group, terms));
    if (!good) {
      terms->clear();
      return false;
    }
    if (end == std::string_view::npos && terms->size() <= kMaxTerms && !never_holds(*terms)) return true;
    if (end == std::string_view::npos) break;
    condition.remove_prefix(end + 5);
  }
  terms->clear();
  return false;
}

}  // namespace tomare::compiler
