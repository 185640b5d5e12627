// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/hours.hpp"

#include <array>

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names

/// A reader over one text.
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
  bool word(std::string_view wanted) {
    const size_t before = at_;
    if (!take(wanted)) return false;
    const bool letter_follows = at_ < text_.size() && text_[at_] >= 'a' && text_[at_] <= 'z';
    if (letter_follows) at_ = before;
    return !letter_follows;
  }
  template <size_t N>
  bool word_of(const std::array<std::string_view, N>& words, int* index) {
    for (size_t i = 0; i < N; ++i) {
      if (!word(words[i])) continue;
      *index = static_cast<int>(i);
      return true;
    }
    return false;
  }
  /// A ":" that ends a date, not one inside a time.
  bool colon() {
    const size_t before = at_;
    if (!take(":")) return false;
    const bool time = at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9';
    if (time) at_ = before;
    return !time;
  }
  bool time_follows() {
    space();
    return at_ + 1 < text_.size() && text_[at_] == ':' && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9';
  }
  bool space_follows() const { return at_ < text_.size() && text_[at_] == ' '; }
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
constexpr std::array<int, 12> kMonthDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr int kDay = 24 * 60;
constexpr int kWeek = (1 << 7) - 1;

class HoursParser {
 public:
  HoursParser(std::string_view text, uint8_t group, std::vector<Term>* out) : c_(text), group_(group), out_(out) {}

  /// All rules of the text: parted by ";", or by "," where no time follows.
  bool rules() {
    bool additive = false;
    while (true) {
      if (count_ > 15 || !rule(additive)) return false;
      ++count_;
      if (c_.done()) return true;
      additive = c_.take(",");
      if (additive && dates_only_) return false;  // "Apr 9, Mar Th": a list of dates, or two rules
      if (!additive && !c_.take(";")) return false;
      if (!additive && c_.done()) return true;
    }
  }

 private:
  void put(TermKind kind, int a, int b) {
    out_->push_back({static_cast<uint8_t>(kind), static_cast<uint8_t>(group_ << 4 | count_),
                     static_cast<uint16_t>(additive_ ? kTermAdditive : 0), a, b});
  }

  template <typename Parse>
  bool optional(Parse&& parse) {
    const size_t mark = c_.mark(), terms = out_->size();
    if (parse()) return true;
    c_.back_to(mark);
    out_->resize(terms);
    return false;
  }

  template <typename Parse>
  bool list_of(Parse&& parse) {
    if (!optional(parse)) return false;
    while (true) {
      const size_t mark = c_.mark();
      if (c_.take(",") && optional(parse)) continue;
      c_.back_to(mark);
      return true;
    }
  }

  bool rule(bool additive) {
    additive_ = additive;
    const size_t before = out_->size();
    bool dated = false, timed = false;
    if (c_.take("24/7")) {
      put(kTermAlways, 0, 0);
    } else {
      const bool years = list_of([&] { return year_range(); });
      const bool dates = !years && list_of([&] { return optional([&] { return date_range(); }) || month_to_day(); });
      const bool months = !years && !dates && list_of([&] { return month_range(); });
      const bool weeks = c_.word("week") && list_of([&] { return week_range(); });
      dated = years || dates || months || weeks;
      if (dated) c_.colon();
      disputed_ = 0;
      const bool days = optional([&] { return day_list(); });
      if (days) c_.colon();
      dated = dated || days;
      const bool clocked = list_of([&] { return time_range(); });
      if (clocked && days && disputed_ != 0) put(kTermDisputedDays, disputed_, 0);
      timed = clocked || days;
      if (additive && clocked && !dated && days_only_) return false;  // "Mo-Fr, 07:00-09:00": all day too, or a slip
      days_only_ = days && !clocked;
    }
    const bool off = c_.word("off") || c_.word("Off") || c_.word("closed");
    if (off) put(kTermOff, 0, 0);
    // "A; B" with no date in A: B replaces A by the specification, which is not what mappers mean
    const bool ambiguous = count_ > 0 && !dated && !off && !additive && previous_dateless_;
    previous_dateless_ = !dated && !off;
    dates_only_ = dated && !timed && !off;
    return out_->size() > before && !ambiguous;
  }

  bool month_day(int* month, int* day) { return c_.word_of(kMonths, month) && day_of(*month, day); }

  bool day_of(int month, int* day) {
    return c_.number(day, 2) && *day >= 1 && *day <= kMonthDays[static_cast<size_t>(month)] && !c_.time_follows();
  }

  static int last_day(int month) { return kMonthDays[static_cast<size_t>(month)]; }

  /// "Nov", "Nov 10" as the beginning or the end of a range; false where neither stands there.
  bool month_or_day(int* month, int* day, bool end) {
    if (!c_.word_of(kMonths, month)) return false;
    const size_t mark = c_.mark();
    by_day_ = day_of(*month, day);
    if (by_day_) return true;
    c_.back_to(mark);
    *day = end ? last_day(*month) : 1;
    return true;
  }

  bool year(int* out) {
    const size_t mark = c_.mark();
    int number = 0;
    if (c_.number(&number, 4) && number >= 1970 && !c_.time_follows()) {
      *out = number;
      return true;
    }
    c_.back_to(mark);
    return false;
  }

  /// "2026", "2026-2027", "2026 Nov", "2026 Nov 10-20", "2026 Nov 10-Dec 5", "2026 Dec 20-2027 Jan 10".
  bool year_range() {
    int from_year = 0, from = 0, from_day = 1;
    if (!year(&from_year)) return false;
    int to_year = from_year, to = 11, to_day = 31;
    if (!month_or_day(&from, &from_day, false)) {
      const bool good = !c_.take("-") || year(&to_year);
      int month = 0;
      if (!good || c_.take("+") || c_.word_of(kMonths, &month)) return false;  // years, and a part of each of them
    } else if (!end_of_range(from_year, from, from_day, &to_year, &to, &to_day)) {
      return false;
    }
    const int a = from_year * 512 + (from + 1) * 32 + from_day, b = to_year * 512 + (to + 1) * 32 + to_day;
    put(kTermYearDates, a, b);
    return b >= a;
  }

  /// What follows the first month or day of a year: by itself the whole of it.
  bool end_of_range(int from_year, int from, int from_day, int* to_year, int* to, int* to_day) {
    const bool by_day = by_day_;
    *to = from;
    *to_day = by_day ? from_day : last_day(from);
    if (!c_.take("-")) return true;
    const bool told = year(to_year);
    if (month_or_day(to, to_day, true)) {
      const bool before = *to * 32 + *to_day < from * 32 + from_day;
      if (!told && before) *to_year = from_year + 1;
      return true;
    }
    return !told && by_day && day_of(from, to_day) && *to_day >= from_day;
  }

  bool date_range() {
    int from = 0, day = 0;
    if (!month_day(&from, &day)) return false;
    int to = from, end_day = day;
    const size_t mark = c_.mark();
    if (c_.take("-") && !optional([&] { return month_or_day(&to, &end_day, true); })) {
      to = from;
      if (!day_of(from, &end_day) || end_day < day) {
        c_.back_to(mark);
        return false;
      }
    }
    put(kTermDates, (from + 1) * 32 + day, (to + 1) * 32 + end_day);
    return to != from || end_day >= day;  // else all of the year but some days
  }

  /// "Aug-Jan 10": from the first of a month.
  bool month_to_day() {
    int from = 0, to = 0, day = 0;
    if (!c_.word_of(kMonths, &from) || !c_.take("-") || !month_day(&to, &day)) return false;
    put(kTermDates, (from + 1) * 32 + 1, (to + 1) * 32 + day);
    return to != from;
  }

  bool month_range() {
    int from = 0, to = 0, mask = 0, day = 0;
    if (!c_.word_of(kMonths, &from)) return false;
    const size_t mark = c_.mark();
    if (day_of(from, &day)) return false;
    c_.back_to(mark);
    to = from;
    if (c_.take("-") && !c_.word_of(kMonths, &to)) return false;
    for (int m = from;; m = (m + 1) % 12) {
      mask |= 1 << m;
      if (m == to) break;
    }
    put(kTermMonths, mask, 0);
    return true;
  }

  bool week_range() {
    int from = 0, to = 0;
    if (!c_.number(&from, 2)) return false;
    to = from;
    if (c_.take("-") && !c_.number(&to, 2)) return false;
    put(kTermWeeks, from, to);
    return from >= 1 && to >= from && to <= 53 && !c_.take("/");
  }

  /// "[1]", "[1,3]", "[-1]", "[1-2]" behind a weekday: which of the month, as in kTermNthDays; 0: there are no
  /// brackets.
  bool nth(int* bits) {
    *bits = 0;
    if (!c_.take("[")) return true;
    do {
      const bool last = c_.take("-");
      int from = 0, to = 0;
      if (!c_.number(&from, 1) || from < 1 || from > 5) return false;
      to = from;
      if (!last && c_.take("-") && (!c_.number(&to, 1) || to < from || to > 5)) return false;
      for (int n = from; n <= to; ++n) *bits |= 1 << (n - 1 + (last ? 5 : 0));
    } while (c_.take(","));
    return c_.take("]");
  }

  static int days_of(int from, int to) {
    if (from > 6) return 1 << from;
    int mask = 1 << to;
    for (int d = from; d != to; d = (d + 1) % 7) mask |= 1 << d;
    return mask;
  }

  bool day_list() {
    int mask = 0, before = 0;
    bool ranges = false;
    do {
      int from = 0, to = 0, which = 0;
      if (spaced_) disputed_ |= mask;
      if (!c_.word_of(kDays, &from)) return false;
      to = from;
      if (from <= 6 && !nth(&which)) return false;
      if (which != 0) {
        put(kTermNthDays, 1 << from, which);
        continue;
      }
      if (c_.take("-") && (!c_.word_of(kDays, &to) || from > 6 || to > 6)) return false;
      if (from <= 6) before = mask;
      if (from != to) ranges = true;
      mask |= days_of(from, to);
    } while (another_day());
    if (mask != 0) put(kTermDays, mask, 0);
    // "Su,Mo-Sa": who meant a list of the whole week would write "Mo-Su"
    if (ranges && (mask & kWeek) == kWeek && (before & kWeek) != 0) disputed_ |= before;
    // "Su PH": one reader takes it for both, another for either
    int more = 0;
    const size_t mark = c_.mark();
    const bool unclear = c_.take("[") || c_.take("+") || c_.word_of(kDays, &more);
    c_.back_to(mark);
    return !unclear;
  }

  /// A comma before another day of the list; before a time or the end it parts rules.
  bool another_day() {
    const size_t mark = c_.mark();
    int day = 0;
    if (c_.take(",")) {
      const size_t at = c_.mark();
      spaced_ = c_.space_follows();
      if (c_.word_of(kDays, &day)) {
        c_.back_to(at);
        return true;
      }
    }
    spaced_ = false;
    c_.back_to(mark);
    return false;
  }

  struct Moment {
    int value = 0;  ///< minutes since midnight, or as in kTermSun
    bool sun = false;
  };

  bool moment(Moment* out) {
    constexpr std::array<std::string_view, 4> kEvents = {"sunrise", "sunset", "dawn", "dusk"};
    const bool parenthesis = c_.take("(");
    int event = 0, hours = 0, minutes = 0;
    if (c_.word_of(kEvents, &event)) {
      const bool plus = parenthesis && c_.take("+");
      const bool minus = parenthesis && !plus && c_.take("-");
      if ((plus || minus) && !clock(&hours, &minutes)) return false;
      const int offset = (minus ? -1 : 1) * (hours * 60 + minutes);
      out->sun = true;
      out->value = event + 1 + 16 * (offset + 2048);
      return (!parenthesis || c_.take(")")) && hours <= 24;
    }
    if (parenthesis || !clock(&hours, &minutes)) return false;
    out->value = hours * 60 + minutes;
    return minutes < 60 && out->value <= 2 * kDay;
  }

  bool clock(int* hours, int* minutes) { return c_.number(hours, 2) && c_.take(":") && c_.number(minutes, 2); }

  bool time_range() {
    Moment from, to;
    if (!moment(&from) || !c_.take("-") || !moment(&to) || c_.take("+") || c_.take("/")) return false;
    if (from.sun || to.sun) {
      put(kTermSun, from.sun ? from.value : 16 * from.value, to.sun ? to.value : 16 * to.value);
      return (from.sun || from.value < kDay) && (to.sun || to.value <= kDay);
    }
    if (to.value <= from.value) to.value += kDay;
    put(kTermTime, from.value, to.value);
    return from.value < kDay && to.value <= 2 * kDay;
  }

  Cursor c_;
  uint8_t group_, count_ = 0;
  bool additive_ = false, previous_dateless_ = false, dates_only_ = false;
  bool days_only_ = false;  ///< of the rule before
  bool by_day_ = false;     ///< the last month_or_day had a day
  bool spaced_ = false;     ///< "Su, Mo": the comma before the day is followed by a space
  int32_t disputed_ = 0;    ///< days before such a comma, or before the last part of a list of the whole week
  std::vector<Term>* out_;
};

}  // namespace

std::string lowered(std::string_view text) {
  std::string out(trimmed(text));
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool lists(std::string_view text, std::string_view word) {
  return any_value(text, ";", [word](std::string_view value) { return lowered(value) == word; });
}

bool parse_hours(std::string_view text, uint8_t group, std::vector<Term>* terms) {
  const size_t before = terms->size();
  if (HoursParser(text, group, terms).rules()) return true;
  terms->resize(before);
  return false;
}

}  // namespace tomare::compiler
