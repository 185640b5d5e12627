// SPDX-License-Identifier: MIT
#include "mapdata/compiler/conditions.hpp"

#include <array>

namespace tomare::compiler {
namespace {

using map::Term;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// A reader over one rule of opening_hours or one comparison.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  bool done() {
    space();
    return at_ >= text_.size();
  }
  bool take(std::string_view word) {
    space();
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  bool number(int* out, int digits_max) {
    space();
    int digits = 0, value = 0;
    while (digits < digits_max && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      value = value * 10 + (text_[at_++] - '0');
      ++digits;
    }
    *out = value;
    return digits > 0;
  }
  template <size_t N>
  bool word_of(const std::array<std::string_view, N>& words, int* index) {
    for (size_t i = 0; i < N; ++i) {
      const size_t before = at_;
      if (!take(words[i])) continue;
      const bool letter_follows = at_ < text_.size() && text_[at_] >= 'a' && text_[at_] <= 'z';
      if (!letter_follows) {
        *index = static_cast<int>(i);
        return true;
      }
      at_ = before;
    }
    return false;
  }
  size_t mark() const { return at_; }
  void back_to(size_t mark) { at_ = mark; }

 private:
  void space() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  std::string_view text_;
  size_t at_ = 0;
};

constexpr std::array<std::string_view, 9> kDays = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "SH"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool month_range(Cursor* c, uint8_t rule, std::vector<Term>* out) {
  int from = 0, to = 0, day = 0, end_day = 0;
  if (!c->word_of(kMonths, &from)) return false;
  const size_t after_month = c->mark();
  const bool dated = c->number(&day, 2) && !c->take(":");
  if (!dated) c->back_to(after_month);
  to = from;
  end_day = day;
  if (c->take("-")) {
    if (!c->word_of(kMonths, &to) && !dated) return false;
    if (dated && !c->number(&end_day, 2)) return false;
  }
  if (dated) {
    out->push_back({kTermDates, rule, 0, (from + 1) * 32 + day, (to + 1) * 32 + end_day});
    return true;
  }
  int mask = 0;
  for (int m = from;; m = (m + 1) % 12) {
    mask |= 1 << m;
    if (m == to) break;
  }
  out->push_back({kTermMonths, rule, 0, mask, 0});
  return true;
}

bool day_list(Cursor* c, uint8_t rule, std::vector<Term>* out) {
  int mask = 0;
  do {
    int from = 0, to = 0;
    if (!c->word_of(kDays, &from)) return false;
    to = from;
    if (c->take("-") && (!c->word_of(kDays, &to) || from > 6 || to > 6)) return false;
    for (int d = from;; d = (d + 1) % 7) {
      mask |= 1 << d;
      if (d == to) break;
    }
  } while (c->take(","));
  out->push_back({kTermDays, rule, 0, mask, 0});
  return true;
}

struct Moment {
  int value = 0;
  bool sun = false;
};

bool moment(Cursor* c, Moment* out) {
  const bool parenthesis = c->take("(");
  const bool rise = c->take("sunrise") || c->take("dawn");
  const bool set = !rise && (c->take("sunset") || c->take("dusk"));
  int minutes = 0, hours = 0;
  if (rise || set) {
    const bool plus = parenthesis && c->take("+");
    const bool minus = parenthesis && !plus && c->take("-");
    if ((plus || minus) && !(c->number(&hours, 2) && c->take(":") && c->number(&minutes, 2))) return false;
    const int offset = (minus ? -1 : 1) * (hours * 60 + minutes);
    out->sun = true;
    out->value = (rise ? 1 : 2) + 16 * (offset + 2048);
    return !parenthesis || c->take(")");
  }
  if (parenthesis || !c->number(&hours, 2) || !c->take(":") || !c->number(&minutes, 2)) return false;
  out->value = hours * 60 + minutes;
  return minutes < 60 && out->value <= 48 * 60;
}

/// A fixed time in the form that a sun term takes: bits 0-3 zero, minutes above.
int sun_form(const Moment& m) { return m.sun ? m.value : 16 * m.value; }

bool time_list(Cursor* c, uint8_t rule, std::vector<Term>* out) {
  do {
    Moment from, to;
    if (!moment(c, &from) || !c->take("-") || !moment(c, &to)) return false;
    if (from.sun || to.sun) {
      out->push_back({kTermSun, rule, 0, sun_form(from), sun_form(to)});
    } else {
      out->push_back({kTermTime, rule, 0, from.value, to.value});
    }
  } while (c->take(","));
  return true;
}

bool parse_rule(std::string_view text, uint8_t rule, std::vector<Term>* out) {
  Cursor c(text);
  const size_t before = out->size();
  if (c.take("24/7")) out->push_back({kTermAlways, rule, 0, 0, 0});
  if (c.take("week")) {
    int from = 0, to = 0;
    if (!c.number(&from, 2)) return false;
    to = from;
    if (c.take("-") && !c.number(&to, 2)) return false;
    out->push_back({kTermWeeks, rule, 0, from, to});
  }
  while (!c.done()) {
    const size_t mark = c.mark();
    const size_t terms = out->size();
    if (month_range(&c, rule, out)) {
      while (c.take(",") && month_range(&c, rule, out)) {
      }
      c.take(":");
      continue;
    }
    c.back_to(mark);
    out->resize(terms);
    if (day_list(&c, rule, out)) {
      c.take(":");
      continue;
    }
    c.back_to(mark);
    out->resize(terms);
    if (c.take("off") || c.take("closed")) {
      out->push_back({kTermOff, rule, 0, 0, 0});
      continue;
    }
    if (!time_list(&c, rule, out)) return false;
  }
  return out->size() > before;
}

bool parse_hours(std::string_view text, std::vector<Term>* out) {
  uint8_t rule = 0;
  while (true) {
    const size_t end = text.find(';');
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty() && !parse_rule(part, rule++, out)) return false;
    if (end == std::string_view::npos) return rule > 0;
    text.remove_prefix(end + 1);
  }
}

constexpr std::array<std::string_view, 9> kQuantities = {
    "weight", "weightrating", "axleload", "length", "width", "height", "wheels", "occupants", "loadcapacity"};

bool parse_compare(std::string_view text, std::vector<Term>* out) {
  const size_t at = text.find_first_of("<>=");
  if (at == std::string_view::npos) return false;
  std::string_view name = trim(text.substr(0, at));
  if (name.substr(0, 3) == "max") name.remove_prefix(3);
  uint16_t quantity = 0;
  for (size_t i = 0; i < kQuantities.size(); ++i) {
    if (kQuantities[i] == name) quantity = static_cast<uint16_t>(i + 1);
  }
  const bool equal = at + 1 < text.size() && text[at + 1] == '=';
  const uint16_t op = text[at] == '=' ? kEqual
                      : text[at] == '<' ? (equal ? kLessEqual : kLess)
                                        : (equal ? kGreaterEqual : kGreater);
  std::string_view number = trim(text.substr(at + (equal ? 2 : 1)));
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
  const std::string_view unit = trim(number.substr(i));
  const bool metric = unit.empty() || unit == "t" || unit == "m";
  if (quantity == 0 || i == 0 || !metric) return false;
  out->push_back({kTermCompare, 0, static_cast<uint16_t>(quantity * 8 + op), static_cast<int32_t>(thousandths), 0});
  return true;
}

constexpr std::array<std::string_view, 10> kKeywords = {"wet",      "snow",      "winter",    "summer",   "destination",
                                                        "delivery", "residents", "emergency", "disabled", "hazmat"};

bool parse_keyword(std::string_view text, std::vector<Term>* out) {
  for (size_t i = 0; i < kKeywords.size(); ++i) {
    if (kKeywords[i] == text) {
      out->push_back({kTermKeyword, 0, static_cast<uint16_t>(i + 1), 0, 0});
      return true;
    }
  }
  return false;
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
    const std::string_view part = trim(text.substr(start, i - start));
    start = i + 1;
    if (part.empty()) continue;
    const size_t at = part.find('@');
    if (at == std::string_view::npos) {
      // "Mo-Fr 07:00-19:00; Sa 07:00-12:00" without parentheses: the rest belongs to the clause before
      if (!clauses.empty() && clauses.back().condition.data() != nullptr) {
        Clause& last = clauses.back();
        last.condition = {last.condition.data(), static_cast<size_t>(part.data() + part.size() - last.condition.data())};
      } else {
        clauses.push_back({part, {}});
      }
      continue;
    }
    clauses.push_back({trim(part.substr(0, at)), trim(part.substr(at + 1))});
  }
  for (Clause& clause : clauses) {
    std::string_view& c = clause.condition;
    const bool wrapped = c.size() >= 2 && c.front() == '(' && c.back() == ')' &&
                         c.substr(1).find_first_of("()") == c.size() - 2;
    if (wrapped) c = trim(c.substr(1, c.size() - 2));
  }
  return clauses;
}

bool parse_condition(std::string_view condition, std::vector<Term>* terms) {
  terms->clear();
  while (true) {
    const size_t end = condition.find(" AND ");
    const std::string_view part = trim(condition.substr(0, end));
    const bool good = !part.empty() && (parse_compare(part, terms) || parse_keyword(part, terms) ||
                                        parse_hours(part, terms));
    if (!good) {
      terms->clear();
      return false;
    }
    if (end == std::string_view::npos) return true;
    condition.remove_prefix(end + 5);
  }
}

}  // namespace tomare::compiler
