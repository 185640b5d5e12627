// SPDX-License-Identifier: MIT
// Each term of a condition at its edges, and how the rules of opening_hours replace and add to one another.
#include <gtest/gtest.h>

#include <vector>

#include "core-cpp/base/calendar.hpp"
#include "core-cpp/rules/conditions.hpp"
#include "core-cpp/rules/finding.hpp"

namespace tomare::rules {
namespace {

using namespace map;  // NOLINT: the format's names

constexpr UtcOffset kTokyo = {0, 540};
constexpr int32_t kAllDays = 0x7F, kWorkdays = 0x1F, kPublic = 1 << 7, kSchool = 1 << 8;

Law japan() {
  Law law;
  law.offsets = &kTokyo;
  law.offset_count = 1;
  return law;
}

/// A day's minute in Tokyo, which may lie outside 0..1440.
Instant tokyo(int32_t day, int minute) {
  return {(int64_t{day} * 1440 + minute - 540) * 60'000, 356'800'000, 1'397'600'000};
}

Evaluation asked(const std::vector<Term>& terms, int32_t day, int minute, const Law& law = japan()) {
  return evaluate(terms.data(), static_cast<uint32_t>(terms.size()), law, tokyo(day, minute));
}
Truth held(const std::vector<Term>& terms, int32_t day, int minute = 720, const Law& law = japan()) {
  return asked(terms, day, minute, law).truth;
}

Term days(int32_t mask, uint8_t rule = 0) { return {kTermDays, rule, 0, mask, 0}; }
Term time_of(int32_t from, int32_t to, uint8_t rule = 0) { return {kTermTime, rule, 0, from, to}; }
Term off(uint8_t rule) { return {kTermOff, rule, 0, 0, 0}; }
int32_t date(int month, int day) { return month * 32 + day; }

const int32_t kMonday = days_of(2026, 10, 5);

TEST(Comparison, OfARangeIsYesOrNoWhereAllOfItAgrees) {
  struct Case {
    Comparison comparison;
    double low, high;
    Truth expected;
  };
  const Case cases[] = {
      {kLess, 7.4, 7.4, Truth::yes},        {kLess, 7.5, 7.5, Truth::no},
      {kLess, 7.4, 7.5, Truth::unknown},    {kLessEqual, 7.5, 7.5, Truth::yes},
      {kLessEqual, 7.6, 7.6, Truth::no},    {kLessEqual, 7.5, 7.6, Truth::unknown},
      {kGreater, 7.6, 7.6, Truth::yes},     {kGreater, 7.5, 7.5, Truth::no},
      {kGreater, 7.5, 7.6, Truth::unknown}, {kGreaterEqual, 7.5, 7.5, Truth::yes},
      {kGreaterEqual, 7.4, 7.4, Truth::no}, {kGreaterEqual, 7.4, 7.5, Truth::unknown},
      {kEqual, 7.5, 7.5, Truth::yes},       {kEqual, 7.6, 7.7, Truth::no},
      {kEqual, 7.3, 7.4, Truth::no},        {kEqual, 7.4, 7.5, Truth::unknown},
      {kEqual, 7.5, 7.6, Truth::unknown},
  };
  for (const Case& c : cases) {
    Law law = japan();
    law.vehicle_low[kLength] = c.low;
    law.vehicle_high[kLength] = c.high;
    const Term size = {kTermCompare, 0, static_cast<uint16_t>(kLength * 8 + c.comparison), 7500, 0};
    EXPECT_EQ(beyond(size, law), c.expected) << int{c.comparison} << ' ' << c.low << ' ' << c.high;
  }
}

TEST(Comparison, WithoutABoundNothingIsBeyondIt) {
  const Law law = japan();
  EXPECT_EQ(beyond({kTermCompare, 0, kLength * 8 + kGreater, kNoBound, 0}, law), Truth::no);
  EXPECT_EQ(beyond({kTermCompare, 0, kLength * 8 + kGreater, 7500, 0}, law), Truth::unknown) << "no figure is known";
  EXPECT_EQ(beyond({kTermCompare, 0, kQuantityCount * 8 + kGreater, 7500, 0}, law), Truth::unknown);
}

TEST(OpeningHours, TimesBeginAndEnd) {
  const std::vector<Term> hours = {time_of(450, 510)};
  EXPECT_EQ(held(hours, kMonday, 449), Truth::no);
  EXPECT_EQ(held(hours, kMonday, 450), Truth::yes);
  EXPECT_EQ(held(hours, kMonday, 509), Truth::yes);
  EXPECT_EQ(held(hours, kMonday, 510), Truth::no);
}

TEST(OpeningHours, AfterMidnightADayBelongsToTheOneBefore) {
  const std::vector<Term> hours = {days(1), time_of(1320, 1441)};  // Mo 22:00-00:01
  EXPECT_EQ(held(hours, kMonday + 1, 0), Truth::yes);
  EXPECT_EQ(held(hours, kMonday + 1, 1), Truth::no);
  EXPECT_EQ(held(hours, kMonday, 0), Truth::no);
  const std::vector<Term> until = {days(1), time_of(1320, 1440)};
  EXPECT_EQ(held(until, kMonday, 1439), Truth::yes);
  EXPECT_EQ(held(until, kMonday + 1, 0), Truth::no);
}

TEST(OpeningHours, Months) {
  const std::vector<Term> months = {{kTermMonths, 0, 0, 1 << 0 | 1 << 11, 0}};
  EXPECT_EQ(held(months, days_of(2026, 1, 31)), Truth::yes);
  EXPECT_EQ(held(months, days_of(2026, 2, 1)), Truth::no);
  EXPECT_EQ(held(months, days_of(2026, 12, 1)), Truth::yes);
}

TEST(OpeningHours, DatesMayRunOverTheYearsEnd) {
  const std::vector<Term> summer = {{kTermDates, 0, 0, date(7, 1), date(8, 31)}};
  EXPECT_EQ(held(summer, days_of(2026, 6, 30)), Truth::no);
  EXPECT_EQ(held(summer, days_of(2026, 7, 1)), Truth::yes);
  EXPECT_EQ(held(summer, days_of(2026, 8, 31)), Truth::yes);
  EXPECT_EQ(held(summer, days_of(2026, 9, 1)), Truth::no);
  const std::vector<Term> winter = {{kTermDates, 0, 0, date(12, 20), date(1, 10)}};
  EXPECT_EQ(held(winter, days_of(2026, 12, 19)), Truth::no);
  EXPECT_EQ(held(winter, days_of(2026, 12, 20)), Truth::yes);
  EXPECT_EQ(held(winter, days_of(2027, 1, 10)), Truth::yes);
  EXPECT_EQ(held(winter, days_of(2027, 1, 11)), Truth::no);
  const std::vector<Term> one_day = {{kTermDates, 0, 0, date(5, 3), date(5, 3)}};
  EXPECT_EQ(held(one_day, days_of(2026, 5, 3)), Truth::yes);
  EXPECT_EQ(held(one_day, days_of(2026, 5, 4)), Truth::no);
}

TEST(OpeningHours, DatesOfOneYear) {
  const auto of = [](int year, int month, int day) { return year * 512 + date(month, day); };
  const std::vector<Term> works = {{kTermYearDates, 0, 0, of(2026, 11, 30), of(2027, 1, 2)}};
  EXPECT_EQ(held(works, days_of(2026, 11, 29)), Truth::no);
  EXPECT_EQ(held(works, days_of(2026, 11, 30)), Truth::yes);
  EXPECT_EQ(held(works, days_of(2027, 1, 2)), Truth::yes);
  EXPECT_EQ(held(works, days_of(2027, 1, 3)), Truth::no);
  EXPECT_EQ(held(works, days_of(2025, 12, 15)), Truth::no);
}

TEST(OpeningHours, Weeks) {
  const std::vector<Term> weeks = {{kTermWeeks, 0, 0, 10, 11}};
  const int32_t tenth = days_of(2026, 3, 2);  // its Monday
  EXPECT_EQ(held(weeks, tenth - 1), Truth::no);
  EXPECT_EQ(held(weeks, tenth), Truth::yes);
  EXPECT_EQ(held(weeks, tenth + 13), Truth::yes);
  EXPECT_EQ(held(weeks, tenth + 14), Truth::no);
}

TEST(OpeningHours, NthDaysCountFromEitherEnd) {
  const std::vector<Term> second = {{kTermNthDays, 0, 0, 1, 1 << 1}};  // Mo[2]
  EXPECT_EQ(held(second, days_of(2026, 10, 5)), Truth::no);
  EXPECT_EQ(held(second, days_of(2026, 10, 12)), Truth::yes);
  EXPECT_EQ(held(second, days_of(2026, 10, 13)), Truth::no) << "a Tuesday";
  EXPECT_EQ(held(second, days_of(2026, 10, 19)), Truth::no);
  const std::vector<Term> last = {{kTermNthDays, 0, 0, 1 << 4, 1 << 5}};  // Fr[-1]
  EXPECT_EQ(held(last, days_of(2026, 10, 23)), Truth::no);
  EXPECT_EQ(held(last, days_of(2026, 10, 30)), Truth::yes);
  EXPECT_EQ(held(last, days_of(2026, 2, 27)), Truth::yes) << "a month of four weeks";
}

TEST(OpeningHours, EachDayMonthAndWeekOfTheMonthHasABitOfItsOwn) {
  for (int32_t bit = 0; bit < 7; ++bit) {
    const std::vector<Term> any_of_month = {{kTermNthDays, 0, 0, 1 << bit, 0x1F}};
    for (int32_t day = 0; day < 7; ++day) {
      EXPECT_EQ(held({days(1 << bit)}, kMonday + day), day == bit ? Truth::yes : Truth::no) << bit << day;
      EXPECT_EQ(held(any_of_month, kMonday + day), day == bit ? Truth::yes : Truth::no) << bit << day;
    }
  }
  for (int32_t bit = 0; bit < 12; ++bit) {
    for (int month = 1; month <= 12; ++month) {
      EXPECT_EQ(held({{kTermMonths, 0, 0, 1 << bit, 0}}, days_of(2026, month, 15)),
                month == bit + 1 ? Truth::yes : Truth::no);
    }
  }
  for (int32_t bit = 0; bit < 10; ++bit) {
    for (int day = 1; day <= 31; ++day) {  // of a month of 31
      const int week = bit < 5 ? (day - 1) / 7 : 5 + (31 - day) / 7;
      EXPECT_EQ(held({{kTermNthDays, 0, 0, kAllDays, 1 << bit}}, days_of(2026, 10, day)),
                week == bit ? Truth::yes : Truth::no)
          << bit << ' ' << day;
    }
  }
}

TEST(OpeningHours, OfHolidaysOnlyThoseThatAreNamedCount) {
  Law law = japan();
  law.holidays_from = kMonday - 30;
  law.holidays_to = kMonday + 30;  // and none in between
  for (int32_t day = 0; day < 7; ++day) {
    EXPECT_EQ(held({days(kPublic)}, kMonday + day, 720, law), Truth::no) << day;
    EXPECT_EQ(held({days(kSchool)}, kMonday + day, 720, law), Truth::unknown) << day;
    EXPECT_EQ(asked({days(kSchool)}, kMonday + day, 720, law).reasons, uint32_t{kReason_holiday_unknown});
  }
  const int32_t holiday = kMonday;
  law.holidays = &holiday;
  law.holiday_count = 1;
  EXPECT_EQ(held({days(kSchool)}, holiday, 720, law), Truth::unknown) << "a public one need not be one of schools";
}

TEST(OpeningHours, KindsMustAllHoldAndOfOneKindAny) {
  const std::vector<Term> terms = {
      {kTermMonths, 0, 0, 1 << 9, 0}, days(1), {kTermNthDays, 0, 0, 1 << 2, 1}, time_of(0, 60), time_of(600, 660)};
  EXPECT_EQ(held(terms, kMonday, 30), Truth::yes);
  EXPECT_EQ(held(terms, kMonday, 630), Truth::yes);
  EXPECT_EQ(held(terms, kMonday, 300), Truth::no);
  EXPECT_EQ(held(terms, days_of(2026, 10, 7), 30), Truth::yes) << "the first Wednesday";
  EXPECT_EQ(held(terms, days_of(2026, 10, 14), 30), Truth::no);
  EXPECT_EQ(held(terms, days_of(2026, 11, 2), 30), Truth::no) << "a Monday of another month";
}

TEST(OpeningHours, PublicHolidaysWithinTheListAndBeyondIt) {
  const int32_t holiday = days_of(2026, 10, 12);
  Law law = japan();
  law.holidays = &holiday;
  law.holiday_count = 1;
  law.holidays_from = holiday - 1;
  law.holidays_to = holiday + 1;
  const std::vector<Term> terms = {days(kPublic)};
  EXPECT_EQ(held(terms, holiday - 1, 720, law), Truth::no);
  EXPECT_EQ(held(terms, holiday, 720, law), Truth::yes);
  EXPECT_EQ(held(terms, holiday + 1, 720, law), Truth::no);
  for (const int32_t beyond_it : {holiday - 2, holiday + 2}) {
    const Evaluation e = asked(terms, beyond_it, 720, law);
    EXPECT_EQ(e.truth, Truth::unknown);
    EXPECT_EQ(e.reasons, uint32_t{kReason_holiday_unknown});
  }
}

TEST(OpeningHours, AHolidayOfTheDayBeforeIsADoubtOfItsOwn) {
  const std::vector<Term> night = {days(kPublic), time_of(1320, 1800), days(kAllDays, 1), off(1)};
  Law law = japan();
  law.holidays_from = kMonday;
  law.holidays_to = kMonday;
  EXPECT_EQ(held(night, kMonday, 60, law), Truth::no) << "a rule of the same day closes what ran over";
  const std::vector<Term> open = {days(kPublic), time_of(1320, 1800)};
  EXPECT_EQ(asked(open, kMonday, 60, law).truth, Truth::unknown) << "yesterday may have been one";
  EXPECT_EQ(asked(open, kMonday, 1380, law).truth, Truth::no) << "today is none";
  EXPECT_EQ(asked(open, kMonday + 1, 60, law).truth, Truth::no);
}

TEST(OpeningHours, SchoolHolidaysAreKnownToNobody) {
  const std::vector<Term> terms = {days(kSchool), time_of(480, 1500)};
  EXPECT_EQ(held(terms, kMonday, 600), Truth::unknown);
  EXPECT_EQ(asked(terms, kMonday, 600).reasons, uint32_t{kReason_holiday_unknown});
  EXPECT_EQ(held(terms, kMonday, 30), Truth::unknown) << "yesterday's, until one o'clock";
  EXPECT_EQ(held(terms, kMonday, 300), Truth::no);
  const std::vector<Term> weekday = {days(kSchool | 1), time_of(480, 600)};
  EXPECT_EQ(held(weekday, kMonday, 500), Truth::yes) << "a Monday in any case";
}

TEST(OpeningHours, ALaterRuleOfDaysReplaces) {
  const std::vector<Term> terms = {days(kAllDays), time_of(480, 600), days(1 << 0, 1), time_of(700, 800, 1)};
  EXPECT_EQ(held(terms, kMonday, 500), Truth::no) << "Monday has hours of its own";
  EXPECT_EQ(held(terms, kMonday, 750), Truth::yes);
  EXPECT_EQ(held(terms, kMonday + 1, 500), Truth::yes);
  EXPECT_EQ(held(terms, kMonday + 1, 750), Truth::no);
}

TEST(OpeningHours, AnAdditionalRuleAdds) {
  std::vector<Term> terms = {days(kAllDays), time_of(480, 600), days(1 << 0, 1), time_of(700, 800, 1)};
  terms[2].flags = kTermAdditive;
  EXPECT_EQ(held(terms, kMonday, 500), Truth::yes);
  EXPECT_EQ(held(terms, kMonday, 750), Truth::yes);
  EXPECT_EQ(held(terms, kMonday, 650), Truth::no);
}

TEST(OpeningHours, OffClosesWhatRulesBeforeOpened) {
  const std::vector<Term> terms = {days(kAllDays), time_of(480, 600), days(1 << 0, 1), off(1)};
  EXPECT_EQ(held(terms, kMonday, 500), Truth::no);
  EXPECT_EQ(held(terms, kMonday + 1, 500), Truth::yes);
  const std::vector<Term> hours = {time_of(480, 600), time_of(500, 520, 1), off(1)};
  EXPECT_EQ(held(hours, kMonday, 499), Truth::yes);
  EXPECT_EQ(held(hours, kMonday, 510), Truth::no);
  EXPECT_EQ(held(hours, kMonday, 520), Truth::yes);
}

TEST(OpeningHours, ARuleOfTimesAloneReplacesOneWithoutDays) {
  const std::vector<Term> plain = {time_of(480, 600), time_of(700, 800, 1)};
  EXPECT_EQ(held(plain, kMonday, 750), Truth::yes);
  EXPECT_EQ(asked(plain, kMonday, 500).truth, Truth::unknown) << "the first would never count: both are meant";
  const std::vector<Term> dated = {days(kWorkdays), time_of(480, 600), time_of(700, 800, 1)};
  EXPECT_EQ(held(dated, kMonday, 500), Truth::unknown) << "behind a rule of days it adds, or replaces";
}

TEST(OpeningHours, ARuleThatWouldNeverCountMayBeMeantAll) {
  const auto same_days = [](int32_t later, int32_t earlier) {
    return asked({days(earlier), time_of(480, 600), days(later, 1), time_of(700, 800, 1)}, kMonday, 500);
  };
  EXPECT_EQ(same_days(kWorkdays, kWorkdays).truth, Truth::unknown);
  EXPECT_EQ(same_days(kWorkdays, kWorkdays).reasons, uint32_t{kReason_condition_unparsed});
  EXPECT_EQ(same_days(kWorkdays, 1).truth, Truth::unknown) << "more days cover fewer";
  EXPECT_EQ(same_days(1, kWorkdays).truth, Truth::no) << "on other days the earlier counts";
  const auto terms = [](Term earlier, Term later) {
    later.rule = 1;
    return held({earlier, time_of(480, 600), later, time_of(700, 800, 1)}, kMonday, 500);
  };
  const Term october = {kTermMonths, 0, 0, 1 << 9, 0}, autumn = {kTermMonths, 0, 0, 7 << 8, 0};
  EXPECT_EQ(terms(october, october), Truth::unknown);
  EXPECT_EQ(terms(autumn, october), Truth::no);
  EXPECT_EQ(terms(october, days(kAllDays)), Truth::no) << "the later names days, the earlier none";
  EXPECT_EQ(terms({kTermWeeks, 0, 0, 40, 42}, {kTermWeeks, 0, 0, 40, 43}), Truth::no);
  EXPECT_EQ(terms({kTermWeeks, 0, 0, 40, 42}, {kTermWeeks, 0, 0, 40, 42}), Truth::unknown);
  EXPECT_EQ(held({days(kWorkdays), days(kWorkdays, 1), time_of(700, 800, 1)}, kMonday, 500), Truth::no)
      << "one without times is replaced";
}

TEST(OpeningHours, TimesBehindARuleOfDaysMayBeForTheseDays) {
  // Mo-Fr 07:00-09:00; 15:00-17:00
  const std::vector<Term> terms = {days(kWorkdays), time_of(420, 540), time_of(900, 1020, 1)};
  EXPECT_EQ(held(terms, kMonday, 480), Truth::unknown);      // replaced, or not
  EXPECT_EQ(held(terms, kMonday, 960), Truth::yes);          // by both readings
  EXPECT_EQ(held(terms, kMonday - 1, 960), Truth::unknown);  // of every day, or of these
  EXPECT_EQ(held(terms, kMonday - 1, 480), Truth::no);
  EXPECT_EQ(held(terms, kMonday, 720), Truth::no);
  // Su; 22:00-06:00
  const std::vector<Term> nights = {days(1 << 6), time_of(1320, 1800, 1)};
  EXPECT_EQ(held(nights, kMonday - 1, 720), Truth::unknown);
  EXPECT_EQ(held(nights, kMonday, 1380), Truth::yes);
  EXPECT_EQ(held(nights, kMonday, 720), Truth::no);
}

TEST(OpeningHours, AHolidayThatIsOffBeforeALaterRule) {
  const int32_t holiday = kMonday;
  Law law = japan();
  law.holidays = &holiday;
  law.holiday_count = 1;
  law.holidays_from = kMonday - 30;
  law.holidays_to = kMonday + 30;
  // PH off; Mo-Fr 07:00-09:00
  const std::vector<Term> terms = {days(kPublic), off(0), days(kWorkdays, 1), time_of(420, 540, 1)};
  EXPECT_EQ(held(terms, kMonday, 480, law), Truth::unknown);
  EXPECT_EQ(held(terms, kMonday + 1, 480, law), Truth::yes);
  EXPECT_EQ(held(terms, kMonday, 720, law), Truth::no);
}

TEST(OpeningHours, ADayThatReadersTakeForARuleOfItsOwn) {
  const std::vector<Term> terms = {{kTermDisputedDays, 0, 0, 1, 0}, time_of(480, 600)};
  EXPECT_EQ(held(terms, kMonday, 500), Truth::yes) << "by both readings";
  EXPECT_EQ(asked(terms, kMonday, 700).truth, Truth::unknown);
  EXPECT_EQ(asked(terms, kMonday, 700).reasons, uint32_t{kReason_condition_unparsed});
  EXPECT_EQ(held(terms, kMonday + 1, 700), Truth::no);
}

TEST(OpeningHours, SuchADayIsThatOnWhichANightBegan) {
  const std::vector<Term> terms = {{kTermDisputedDays, 0, 0, 1, 0}, time_of(1320, 1560)};
  EXPECT_EQ(asked(terms, kMonday + 1, 60).truth, Truth::unknown) << "of Monday, until two o'clock";
  EXPECT_EQ(held(terms, kMonday + 2, 60), Truth::yes);
  EXPECT_EQ(held(terms, kMonday + 2, 180), Truth::no);
}

TEST(OpeningHours, MoreRulesThanACompilerWritesAreUndecided) {
  std::vector<Term> rules;
  for (uint8_t n = 0; n < 33; ++n) {
    rules.push_back(time_of(0, 1440, n % 2));
    rules.back().flags = kTermAdditive;
  }
  EXPECT_EQ(held(rules, kMonday), Truth::yes);
  rules.push_back({kTermTime, 1, kTermAdditive, 0, 1440});
  EXPECT_EQ(asked(rules, kMonday, 720).truth, Truth::unknown);
  EXPECT_EQ(asked(rules, kMonday, 720).reasons, uint32_t{kReason_time_window_edge});
  const std::vector<Term> many(kMaxTerms + 1, time_of(0, 1440));
  EXPECT_EQ(asked(many, kMonday, 720).truth, Truth::unknown);
  EXPECT_EQ(asked(many, kMonday, 720).reasons, uint32_t{kReason_condition_unparsed});
  const std::vector<Term> most(kMaxTerms, time_of(0, 1440));
  EXPECT_EQ(held(most, kMonday), Truth::yes);
}

TEST(Conditions, GroupsAreJoinedByAnd) {
  const Term wet = {kTermKeyword, 16, kWet, 0, 0};
  const Term heavy = {kTermCompare, 16, kWeight * 8 + kGreater, 7500, 0};
  EXPECT_EQ(held({time_of(480, 600), wet}, kMonday, 500), Truth::unknown);
  EXPECT_EQ(asked({time_of(480, 600), wet}, kMonday, 500).reasons, uint32_t{kReason_condition_unknowable});
  EXPECT_EQ(held({time_of(480, 600), wet}, kMonday, 700), Truth::no);
  EXPECT_EQ(asked({wet, time_of(480, 600, 32)}, kMonday, 700).reasons, 0U) << "one that fails is enough";
  EXPECT_EQ(asked({wet, {kTermCompare, 32, kWeight * 8 + kGreater, 7500, 0}}, kMonday, 0).reasons,
            uint32_t{kReason_condition_unknowable | kReason_vehicle_unknown});
  Law law = japan();
  law.vehicle_low[kWeight] = law.vehicle_high[kWeight] = 10;
  EXPECT_EQ(held({time_of(480, 600), heavy}, kMonday, 500, law), Truth::yes);
  EXPECT_EQ(evaluate(nullptr, 0, law, {}).truth, Truth::yes) << "none hold always";
}

TEST(LocalTime, TheOffsetOfTheMoment) {
  const UtcOffset offsets[] = {{0, 60}, {1'000'000'000'000, 120}, {1'100'000'000'000, 60}};
  Law law;
  law.offsets = offsets;
  law.offset_count = 3;
  EXPECT_EQ(local_time(law, -1).offset_minutes, 60) << "the first also holds before";
  EXPECT_EQ(local_time(law, 999'999'999'999).offset_minutes, 60);
  EXPECT_EQ(local_time(law, 1'000'000'000'000).offset_minutes, 120);
  EXPECT_EQ(local_time(law, 1'100'000'000'000).offset_minutes, 60);
  EXPECT_EQ(local_time(Law{}, 86'400'000 + 5).day, 1);
  EXPECT_EQ(local_time(Law{}, 86'400'000 + 5).ms, 5);
  EXPECT_EQ(local_time(Law{}, -1).day, -1);
  EXPECT_EQ(local_time(Law{}, -1).ms, 86'399'999);
  EXPECT_EQ(local_time(Law{}, -86'400'000).day, -1);
  EXPECT_EQ(local_time(Law{}, -86'400'000).ms, 0);
}

}  // namespace
}  // namespace tomare::rules
