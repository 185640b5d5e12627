// SPDX-License-Identifier: MIT
// The evaluator on terms written by hand; the grammar and the oracle are compared in
// test/conditions.test.ts.
#include "core-cpp/rules/conditions.hpp"

#include <gtest/gtest.h>

#include "core-cpp/base/calendar.hpp"
#include "core-cpp/rules/finding.hpp"
#include "core-cpp/rules/sun.hpp"

namespace tomare::rules {
namespace {

using namespace map;  // NOLINT: the format's names

constexpr UtcOffset kTokyo = {0, 540};

/// Local time in Tokyo as an instant there.
Instant tokyo(int year, int month, int day, int hour, int minute) {
  const int64_t local = (int64_t{days_of(year, month, day)} * 1440 + hour * 60 + minute) * 60'000;
  return {local - 540 * 60'000, 356'800'000, 1'397'600'000};
}

Law japan() {
  Law law;
  law.offsets = &kTokyo;
  law.offset_count = 1;
  return law;
}

TEST(Calendar, KnownDays) {
  EXPECT_EQ(days_of(1970, 1, 1), 0);
  EXPECT_EQ(days_of(2026, 9, 1), 20697);
  EXPECT_EQ(weekday_of(days_of(2026, 10, 5)), 0);  // a Monday
  EXPECT_EQ(weekday_of(days_of(1969, 12, 31)), 2);
  EXPECT_EQ(iso_week_of(days_of(2021, 1, 3)), 53);
  EXPECT_EQ(iso_week_of(days_of(2026, 12, 31)), 53);
  for (int32_t day = -1000; day < 40000; day += 7) {
    const Date d = date_of(day);
    EXPECT_EQ(days_of(d.year, d.month, d.day), day);
  }
}

TEST(Conditions, SchoolZone) {
  const Term terms[] = {{kTermDays, 0, 0, 0x1F, 0}, {kTermTime, 0, 0, 450, 510}};
  const Law law = japan();
  EXPECT_EQ(evaluate(terms, 2, law, tokyo(2026, 10, 5, 7, 30)).truth, Truth::yes);
  EXPECT_EQ(evaluate(terms, 2, law, tokyo(2026, 10, 5, 8, 30)).truth, Truth::no);
  EXPECT_EQ(evaluate(terms, 2, law, tokyo(2026, 10, 4, 8, 0)).truth, Truth::no);
}

TEST(Conditions, OverMidnightBelongsToTheDayBefore) {
  const Term terms[] = {{kTermDays, 0, 0, 1 << 4, 0}, {kTermTime, 0, 0, 1320, 1800}};  // Fr 22:00-06:00
  const Law law = japan();
  EXPECT_EQ(evaluate(terms, 2, law, tokyo(2026, 10, 9, 23, 0)).truth, Truth::yes);
  EXPECT_EQ(evaluate(terms, 2, law, tokyo(2026, 10, 10, 5, 0)).truth, Truth::yes);
  EXPECT_EQ(evaluate(terms, 2, law, tokyo(2026, 10, 9, 5, 0)).truth, Truth::no);
}

TEST(Conditions, HolidayUnknownOnlyWhereItMatters) {
  const Term terms[] = {
      {kTermDays, 0, 0, 0x1F, 0}, {kTermTime, 0, 0, 450, 510}, {kTermDays, 1, 0, 1 << 7, 0}, {kTermOff, 1, 0, 0, 0}};
  Law law = japan();
  const Instant monday = tokyo(2026, 10, 12, 8, 0), sunday = tokyo(2026, 10, 11, 8, 0);
  EXPECT_EQ(evaluate(terms, 4, law, monday).truth, Truth::unknown);
  EXPECT_EQ(evaluate(terms, 4, law, monday).reasons, uint32_t{kReason_holiday_unknown});
  EXPECT_EQ(evaluate(terms, 4, law, sunday).truth, Truth::no);
  const int32_t sports_day = days_of(2026, 10, 12);
  law.holidays = &sports_day;
  law.holiday_count = 1;
  law.holidays_from = sports_day - 100;
  law.holidays_to = sports_day + 100;
  EXPECT_EQ(evaluate(terms, 4, law, monday).truth, Truth::no);
  EXPECT_EQ(evaluate(terms, 4, law, tokyo(2026, 10, 13, 8, 0)).truth, Truth::yes);
}

TEST(Conditions, VehicleBounds) {
  const Term heavy = {kTermCompare, 0, kWeight * 8 + kGreater, 7500, 0};
  Law law = japan();
  EXPECT_EQ(evaluate(&heavy, 1, law, {}).truth, Truth::unknown);
  law.vehicle_low[kWeight] = 0;
  law.vehicle_high[kWeight] = 3.5;
  EXPECT_EQ(evaluate(&heavy, 1, law, {}).truth, Truth::no);
  law.vehicle_low[kWeight] = law.vehicle_high[kWeight] = 8;
  EXPECT_EQ(evaluate(&heavy, 1, law, {}).truth, Truth::yes);
}

TEST(Conditions, WhatNobodyKnows) {
  const Term wet[] = {{kTermTime, 0, 0, 450, 510}, {kTermKeyword, 16, kWet, 0, 0}};
  const Law law = japan();
  EXPECT_EQ(evaluate(wet, 2, law, tokyo(2026, 10, 5, 8, 0)).truth, Truth::unknown);
  EXPECT_EQ(evaluate(wet, 2, law, tokyo(2026, 10, 5, 9, 0)).truth, Truth::no);
}

// Published times of the National Astronomical Observatory of Japan for Tokyo, to the minute.
TEST(Sun, Tokyo) {
  double rise = 0, set = 0;
  ASSERT_TRUE(sun_minutes(kSunrise, days_of(2026, 6, 21), 356'581'000, 1'397'414'000, &rise));
  ASSERT_TRUE(sun_minutes(kSunset, days_of(2026, 6, 21), 356'581'000, 1'397'414'000, &set));
  EXPECT_NEAR(rise + 540, 4 * 60 + 25, 2.0);
  EXPECT_NEAR(set + 540, 19 * 60, 2.0);
  EXPECT_FALSE(sun_minutes(kSunset, days_of(2026, 6, 21), 700'000'000, 250'000'000, &set));
}

TEST(Sun, WithinTheMarginIsUnknown) {
  const int32_t offset = 16 * 2048;
  const Term night = {kTermSun, 0, 0, kSunset + offset, kSunrise + offset};
  const Law law = japan();
  EXPECT_EQ(evaluate(&night, 1, law, tokyo(2026, 6, 21, 19, 2)).truth, Truth::unknown);
  EXPECT_EQ(evaluate(&night, 1, law, tokyo(2026, 6, 21, 22, 0)).truth, Truth::yes);
  EXPECT_EQ(evaluate(&night, 1, law, tokyo(2026, 6, 22, 3, 0)).truth, Truth::yes);
  EXPECT_EQ(evaluate(&night, 1, law, tokyo(2026, 6, 22, 12, 0)).truth, Truth::no);
}

}  // namespace
}  // namespace tomare::rules
