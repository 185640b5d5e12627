// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/conditions.hpp"

#include "mapdata/compiler/tags/hours.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names

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
  std::string_view number = trimmed(text.substr(at + (equal ? 2 : 1)));
  int64_t thousandths = 0;
  int64_t scale = 1000;
  bool point = false;
  size_t i = 0;
  for (; i < number.size() && ((number[i] >= '0' && number[i] <= '9') || (number[i] == '.' && !point)); ++i) {
    if (number[i] == '.') {
      point = true;
    } else if (!point) {
      thousandths = thousandths * 10 + (number[i] - '0') * 1000;
    } else {
      scale /= 10;
      thousandths += (number[i] - '0') * scale;
    }
    if (thousandths > 1'000'000'000) return false;
  }
  const std::string_view unit = trimmed(number.substr(i));
  const bool metric = unit.empty() || unit == "t" || unit == "m";
  if (quantity < 0 || i == 0 || !metric) return false;
  out->push_back({kTermCompare, static_cast<uint8_t>(group << 4), static_cast<uint16_t>(quantity * 8 + op),
                  static_cast<int32_t>(thousandths), 0});
  return true;
}

bool parse_keyword(std::string_view text, uint8_t group, std::vector<Term>* out) {
  const int keyword = index_of(kKeywordTexts, text);
  if (keyword < 0) return false;
  out->push_back({kTermKeyword, static_cast<uint8_t>(group << 4), static_cast<uint16_t>(keyword), 0, 0});
  return true;
}

}  // namespace

std::vector<Clause> split_clauses(std::string_view text) {
  std::vector<Clause> clauses;
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ';';
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c != ';' || (depth > 0 && i < text.size())) continue;
    const std::string_view part = trimmed(text.substr(start, i - start));
    start = i + 1;
    if (part.empty()) continue;
    const size_t at = part.find('@');
    if (at == std::string_view::npos) {
      // "Mo-Fr 07:00-19:00; Sa 07:00-12:00" without parentheses: the rest belongs to the clause before
      if (!clauses.empty() && clauses.back().condition.data() != nullptr) {
        Clause& last = clauses.back();
        last.condition = {last.condition.data(),
                          static_cast<size_t>(part.data() + part.size() - last.condition.data())};
      } else {
        clauses.push_back({part, {}});
      }
      continue;
    }
    clauses.push_back({trimmed(part.substr(0, at)), trimmed(part.substr(at + 1))});
  }
  for (Clause& clause : clauses) {
    std::string_view& c = clause.condition;
    const bool wrapped =
        c.size() >= 2 && c.front() == '(' && c.back() == ')' && c.substr(1).find_first_of("()") == c.size() - 2;
    if (wrapped) c = trimmed(c.substr(1, c.size() - 2));
  }
  return clauses;
}

bool parse_condition(std::string_view condition, std::vector<map::Term>* terms) {
  terms->clear();
  for (uint8_t group = 0; group < 16; ++group) {
    const size_t end = condition.find(" AND ");
    const std::string_view part = trimmed(condition.substr(0, end));
    const bool good = !part.empty() && (parse_compare(part, group, terms) || parse_keyword(part, group, terms) ||
                                        parse_hours(part, group, terms));
    if (!good) {
      terms->clear();
      return false;
    }
    if (end == std::string_view::npos && terms->size() <= kMaxTerms) return true;
    if (end == std::string_view::npos) break;
    condition.remove_prefix(end + 5);
  }
  terms->clear();
  return false;
}

}  // namespace tomare::compiler
