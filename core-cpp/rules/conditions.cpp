// SPDX-License-Identifier: MIT
#include "core-cpp/rules/conditions.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/calendar.hpp"
#include "core-cpp/rules/finding.hpp"
#include "core-cpp/rules/sun.hpp"

namespace tomare::rules {
namespace {

using namespace map;  // NOLINT: the format's names

constexpr double kSunMargin = 5;  // minutes: the formula, the horizon, and what signs mean by it
constexpr int kDayMinutes = 24 * 60;
/// Dawn, sunrise and the others as most days of the year have them, in minutes: what order a window was meant in.
constexpr double kUsual[] = {0, 360, 1080, 330, 1110};
constexpr int kLongestNight = 20 * 60;  // minutes: a longer window turns its order in some season

/// Facts that may be unknown; each is tried both ways, and only what differs is undetermined.
enum Doubt : uint8_t {
  kPublicToday = 1,
  kPublicYesterday = 2,
  kSchoolToday = 4,
  kSchoolYesterday = 8,
  kSun = 16,
  kReaders = 32,  ///< readers of opening_hours differ
  kDoubts = 64
};

Truth compared(const Term& t, const Law& law) {
  const uint32_t quantity = t.flags >> 3;
  if (t.a == kNoBound) return Truth::no;
  if (quantity >= kQuantityCount || law.vehicle_high[quantity] < 0) return Truth::unknown;
  const double low = law.vehicle_low[quantity], high = law.vehicle_high[quantity], bound = t.a * 0.001;
  const auto both = [](bool all, bool some) { return all ? Truth::yes : (some ? Truth::unknown : Truth::no); };
  switch (t.flags & 7) {
    case kLess:
      return both(high < bound, low < bound);
    case kLessEqual:
      return both(high <= bound, low <= bound);
    case kGreater:
      return both(low > bound, high > bound);
    case kGreaterEqual:
      return both(low >= bound, high >= bound);
    default:
      return both(low == bound && high == bound, low <= bound && bound <= high);
  }
}

/// The rules of opening_hours in one group, with the doubts assumed one way.
class Hours {
 public:
  Hours(const Term* begin, const Term* end, const Law& law, const Instant& instant)
      : begin_(begin), end_(end), law_(law), instant_(instant), now_(local_time(law, instant.time_ms)) {}

  bool open(uint8_t assumed) {
    assumed_ = assumed;
    uint32_t count = 0;
    Rule previous{begin_, begin_, true, false};
    for (const Term* first = begin_; first != end_; first = previous.end) {
      const Rule rule = rule_at(first);
      if (count + 2 > kMostRules) return doubtful(kSun);  // only a map that no compiler of ours made
      count = added(count, rule, previous);
      previous = rule;
    }
    bool result = false;
    for (uint32_t i = 0; i < count; ++i) {
      if (time_holds(rules_[i])) result = rules_[i].opens;
    }
    return result;
  }

  uint8_t doubts() const { return doubts_; }

 private:
  struct Rule {
    const Term* begin;
    const Term* end;
    bool opens;
    bool yesterday;  ///< the part after midnight of a rule of the day before
  };

  Rule rule_at(const Term* first) const {
    Rule rule{first, first, true, false};
    while (rule.end != end_ && rule.end->rule == first->rule) ++rule.end;
    rule.opens = std::none_of(rule.begin, rule.end, [](const Term& t) { return t.kind == kTermOff; });
    return rule;
  }

  /// How many rules hold so far, once this one is among them where its days are.
  uint32_t added(uint32_t count, Rule rule, const Rule& previous) {
    const bool replaces = rule.opens && (rule.begin->flags & kTermAdditive) == 0;
    if (date_holds(rule, false) && !of_days_before(rule, previous) && !(replaces && kept_off(count, rule))) {
      if (replaces) count = kept(count, rule);
      rules_[count++] = rule;
    }
    rule.yesterday = true;
    if (may_run_over(rule) && date_holds(rule, true) && !of_days_before(rule, previous)) rules_[count++] = rule;
    return count;
  }

  static bool dated(const Rule& rule) { return std::any_of(rule.begin, rule.end, is_date); }

  /// "Mo-Fr 07:00-09:00; 15:00-17:00": the second window is for every day by the specification, and for the days before
  /// by whoever wrote it.
  bool of_days_before(const Rule& rule, const Rule& previous) {
    const bool follows = rule.opens && !dated(rule) && dated(previous) && previous.opens && timed(previous) &&
                         (rule.begin->flags & kTermAdditive) == 0;
    return follows && !date_holds(previous, rule.yesterday) && doubtful(kReaders);
  }

  /// "PH off; Mo-Fr A" on a holiday: the later rule replaces the first by the specification, which nobody means.
  bool kept_off(uint32_t count, const Rule& later) {
    constexpr int32_t kHolidays = 1 << 7 | 1 << 8;
    const auto names = [](const Rule& rule) {
      return std::any_of(rule.begin, rule.end,
                         [](const Term& t) { return t.kind == kTermDays && (t.a & kHolidays) != 0; });
    };
    const bool off = std::any_of(rules_, rules_ + count, [&](const Rule& r) { return !r.opens && names(r); });
    return off && !names(later) && doubtful(kReaders);
  }

  /// How many of the rules so far stay beside one that replaces them: none by the specification. A rule whose every
  /// day the later one has would never count; whoever wrote "Mo-Fr A; Mo-Fr B" meant both. Of a rule without days, some
  /// say that it is one more for all of them ("Su; 22:00-06:00").
  uint32_t kept(uint32_t count, const Rule& later) {
    if (!dated(later) && std::any_of(rules_, rules_ + count, dated)) return doubtful(kReaders) ? count : 0;
    uint32_t stay = 0;
    for (uint32_t i = 0; i < count; ++i) {
      const bool void_rule =
          rules_[i].opens && !rules_[i].yesterday && timed(rules_[i]) && timed(later) && covers(later, rules_[i]);
      if (void_rule && doubtful(kReaders)) rules_[stay++] = rules_[i];
    }
    return stay;
  }

  static bool timed(const Rule& rule) { return std::any_of(rule.begin, rule.end, is_time); }

  /// The later rule's days are those of the earlier, or more.
  static bool covers(const Rule& later, const Rule& earlier) {
    uint32_t have = 0, want = 0;
    for (const Term* t = later.begin; t != later.end; ++t)
      have |= t->kind == kTermDays ? static_cast<uint32_t>(t->a) : 0;
    for (const Term* t = earlier.begin; t != earlier.end; ++t) {
      want |= t->kind == kTermDays ? static_cast<uint32_t>(t->a) : 0;
    }
    if (have != 0 && (want == 0 || (want & ~have) != 0)) return false;
    return std::all_of(later.begin, later.end, [&](const Term& a) {
      const bool plain = !is_date(a) || a.kind == kTermDays;
      return plain || std::any_of(earlier.begin, earlier.end,
                                  [&](const Term& b) { return a.kind == b.kind && a.a == b.a && a.b == b.b; });
    });
  }

  static bool is_calendar(const Term& t) {
    return t.kind == kTermMonths || t.kind == kTermDates || t.kind == kTermYearDates;
  }
  static bool is_days(const Term& t) { return t.kind == kTermDays || t.kind == kTermNthDays; }
  static bool is_date(const Term& t) { return is_calendar(t) || is_days(t) || t.kind == kTermWeeks; }
  static bool is_time(const Term& t) { return t.kind == kTermTime || t.kind == kTermSun; }
  static bool may_run_over(const Rule& rule) {
    return std::any_of(rule.begin, rule.end,
                       [](const Term& t) { return t.kind == kTermSun || (t.kind == kTermTime && t.b > kDayMinutes); });
  }

  /// Terms of one kind: one that holds is enough, and so is none at all.
  struct Asked {
    bool asked = false, holds = false;
    void by(bool one_holds) {
      asked = true;
      holds = holds || one_holds;
    }
    bool hold() const { return holds || !asked; }
  };

  bool date_holds(const Rule& rule, bool yesterday) {
    const int32_t day = now_.day - (yesterday ? 1 : 0);
    Asked calendar, week, days;
    for (const Term* t = rule.begin; t != rule.end; ++t) {
      if (is_calendar(*t)) calendar.by(calendar_holds(*t, day));
      if (t->kind == kTermWeeks) week.by(iso_week_of(day) >= t->a && iso_week_of(day) <= t->b);
      if (t->kind == kTermDays) days.by(days_hold(*t, day, yesterday));
      if (t->kind == kTermNthDays) days.by(nth_holds(*t, day));
    }
    return days.hold() && calendar.hold() && week.hold();
  }

  static bool calendar_holds(const Term& t, int32_t day) {
    const Date date = date_of(day);
    if (t.kind == kTermMonths) return (t.a >> (date.month - 1) & 1) != 0;
    const int32_t here = date.month * 32 + date.day;
    if (t.kind == kTermDates) return t.a <= t.b ? here >= t.a && here <= t.b : here >= t.a || here <= t.b;
    const int32_t full = date.year * 512 + here;
    return full >= t.a && full <= t.b;
  }

  static bool nth_holds(const Term& t, int32_t day) {
    if ((t.a >> weekday_of(day) & 1) == 0) return false;
    const Date date = date_of(day);
    int32_t end = day;
    while (date_of(end + 1).month == date.month) ++end;
    const int32_t first = (date.day - 1) / 7, last = (end - day) / 7;
    return (t.b >> first & 1) != 0 || (t.b >> (5 + last) & 1) != 0;
  }

  bool days_hold(const Term& t, int32_t day, bool yesterday) {
    if ((t.a >> weekday_of(day) & 1) != 0) return true;
    if ((t.a >> 7 & 1) != 0 && public_holiday(day, yesterday)) return true;
    return (t.a >> 8 & 1) != 0 && doubtful(yesterday ? kSchoolYesterday : kSchoolToday);
  }

  bool doubtful(Doubt doubt) {
    doubts_ |= doubt;
    return (assumed_ & doubt) != 0;
  }

  bool public_holiday(int32_t day, bool yesterday) {
    if (day < law_.holidays_from || day > law_.holidays_to) {
      return doubtful(yesterday ? kPublicYesterday : kPublicToday);
    }
    return std::binary_search(law_.holidays, law_.holidays + law_.holiday_count, day);
  }

  bool time_holds(const Rule& rule) {
    if (!timed(rule)) return !rule.yesterday;
    if (disputed(rule)) return !rule.yesterday;
    const double minute = now_.ms / 60000.0 + (rule.yesterday ? kDayMinutes : 0);
    for (const Term* t = rule.begin; t != rule.end; ++t) {
      if (t->kind == kTermTime && minute >= t->a && minute < t->b) return true;
      if (t->kind == kTermSun && sun_holds(*t, minute, rule.yesterday)) return true;
    }
    return false;
  }

  /// A day that another reader takes for a rule of its own, all day long.
  bool disputed(const Rule& rule) {
    const int32_t day = now_.day - (rule.yesterday ? 1 : 0);
    for (const Term* t = rule.begin; t != rule.end; ++t) {
      if (t->kind == kTermDisputedDays && days_hold(*t, day, rule.yesterday) && doubtful(kReaders)) return true;
    }
    return false;
  }

  bool sun_holds(const Term& t, double minute, bool yesterday) {
    double from = 0, to = 0;
    const int32_t day = now_.day - (yesterday ? 1 : 0);
    if (!edge(t.a, day, &from) || !edge(t.b, day, &to)) return doubtful(kSun);
    // "16:30-sunset" where the sun sets before: nothing, or a whole day? Readers differ
    if ((to < from) != (usual(t.b) < usual(t.a))) return doubtful(kSun);
    if (to < from) to += kDayMinutes;
    if (to - from > kLongestNight) return doubtful(kSun);
    const bool near = ((t.a & 15) != 0 && std::fabs(minute - from) < kSunMargin) ||
                      ((t.b & 15) != 0 && std::fabs(minute - to) < kSunMargin) || to - from < 2 * kSunMargin;
    return near ? doubtful(kSun) : minute >= from && minute < to;
  }

  static double usual(int32_t packed) {
    const int32_t event = packed & 15;
    if (event == 0) return packed / 16;
    return event <= kDusk ? kUsual[event] + (packed / 16 - 2048) : 0;
  }

  bool edge(int32_t packed, int32_t day, double* minutes) const {
    const int32_t event = packed & 15;
    if (event == 0) {
      *minutes = packed / 16;
      return true;
    }
    if (!sun_minutes(static_cast<SunEvent>(event), day, instant_.lat_e7, instant_.lon_e7, minutes)) return false;
    *minutes += now_.offset_minutes + (packed / 16 - 2048);
    return true;
  }

  const Term* begin_;
  const Term* end_;
  const Law& law_;
  const Instant& instant_;
  LocalTime now_;
  static constexpr uint32_t kMostRules = 34;
  Rule rules_[kMostRules];
  uint8_t assumed_ = 0, doubts_ = 0;  ///< Doubt
};

uint32_t reasons_of(uint8_t doubts) {
  uint32_t reasons = 0;
  if ((doubts & (kPublicToday | kPublicYesterday | kSchoolToday | kSchoolYesterday)) != 0) {
    reasons |= kReason_holiday_unknown;
  }
  if ((doubts & kReaders) != 0) reasons |= kReason_condition_unparsed;
  if ((doubts & kSun) != 0) reasons |= kReason_time_window_edge;
  return reasons;
}

Evaluation hours(const Term* begin, const Term* end, const Law& law, const Instant& instant) {
  Hours group(begin, end, law, instant);
  const bool first = group.open(0);
  for (uint32_t assumed = 1; assumed < kDoubts; ++assumed) {
    if ((assumed & ~uint32_t{group.doubts()}) != 0) continue;
    if (group.open(static_cast<uint8_t>(assumed)) != first) return {Truth::unknown, reasons_of(group.doubts())};
  }
  return {first ? Truth::yes : Truth::no, 0};
}

}  // namespace

LocalTime local_time(const Law& law, int64_t time_ms) {
  int64_t minutes = law.offset_count > 0 ? law.offsets[0].minutes : 0;
  for (uint32_t i = 1; i < law.offset_count && law.offsets[i].from_ms <= time_ms; ++i) minutes = law.offsets[i].minutes;
  constexpr int64_t kDayMs = 86'400'000;
  const int64_t local = time_ms + minutes * 60'000;
  int64_t day = local / kDayMs;
  if (local % kDayMs < 0) --day;
  return {static_cast<int32_t>(day), static_cast<int32_t>(local - day * kDayMs), static_cast<int32_t>(minutes)};
}

Evaluation evaluate(const Term* terms, uint32_t count, const Law& law, const Instant& instant) {
  if (count > kMaxTerms) return {Truth::unknown, kReason_condition_unparsed};
  Evaluation all;
  const Term* end = terms + count;
  for (const Term* first = terms; first != end;) {
    const Term* last = first;
    while (last != end && last->rule >> 4 == first->rule >> 4) ++last;
    Evaluation one;
    if (first->kind == kTermKeyword) {
      one = {Truth::unknown, kReason_condition_unknowable};
    } else if (first->kind == kTermCompare) {
      one.truth = compared(*first, law);
      if (one.truth == Truth::unknown) one.reasons = kReason_vehicle_unknown;
    } else {
      one = hours(first, last, law, instant);
    }
    if (one.truth == Truth::no) return {Truth::no, 0};
    if (one.truth == Truth::unknown) {
      all.truth = Truth::unknown;
      all.reasons |= one.reasons;
    }
    first = last;
  }
  return all;
}

Truth beyond(const Term& size, const Law& law) { return compared(size, law); }

}  // namespace tomare::rules
