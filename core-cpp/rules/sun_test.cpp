// SPDX-License-Identifier: MIT
#include "core-cpp/rules/sun.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/calendar.hpp"
#include "core-cpp/rules/conditions.hpp"
#include "core-cpp/rules/finding.hpp"

namespace tomare::rules {
namespace {

using namespace map;  // NOLINT: the format's names

struct Place {
  double latitude, longitude;
};
constexpr Place kTokyo = {35.6581, 139.7414}, kSydney = {-33.87, 151.21}, kTromso = {69.65, 18.96}, kQuito = {0, -78.5},
                kHelsinki = {60.17, 24.94};

double at(SunEvent event, int32_t day, const Place& place) {
  double minutes = NAN;
  const auto e7 = [](double degrees) { return static_cast<int32_t>(std::lround(degrees * 1e7)); };
  return sun_minutes(event, day, e7(place.latitude), e7(place.longitude), &minutes) ? minutes : NAN;
}

// Times by the USNO's and NAOJ's tables, to the minute.
TEST(Sun, RisesAndSetsAsPublished) {
  EXPECT_NEAR(at(kSunrise, days_of(2026, 12, 22), kTokyo) + 540, 6 * 60 + 47, 2);
  EXPECT_NEAR(at(kSunset, days_of(2026, 12, 22), kTokyo) + 540, 16 * 60 + 32, 2);
  EXPECT_NEAR(at(kSunrise, days_of(2026, 12, 22), kSydney) + 660, 5 * 60 + 41, 2);
  EXPECT_NEAR(at(kSunset, days_of(2026, 12, 22), kSydney) + 660, 20 * 60 + 5, 2);
  EXPECT_NEAR(at(kDawn, days_of(2026, 6, 21), kTokyo) + 540, 3 * 60 + 55, 3);
  EXPECT_NEAR(at(kDusk, days_of(2026, 6, 21), kTokyo) + 540, 19 * 60 + 31, 3);
}

// By Meeus' long series, solved for each event. Rules leave five minutes in doubt.
TEST(Sun, HoldsToTwoMinutesFarInTheNorthToo) {
  struct Day {
    int month, day;
    double rise, set;
  };
  constexpr Day kDays[] = {{2, 10, 459.0, 859.2},  {3, 21, 279.3, 1025.5}, {4, 20, 138.4, 1151.1},
                           {8, 24, 146.8, 1143.1}, {9, 23, 267.8, 1003.2}, {10, 22, 384.7, 871.0}};
  for (const Day& d : kDays) {
    EXPECT_NEAR(at(kSunrise, days_of(2026, d.month, d.day), kTromso), d.rise, 2.1) << d.month;
    EXPECT_NEAR(at(kSunset, days_of(2026, d.month, d.day), kTromso), d.set, 2.1) << d.month;
  }
}

// The sunrise equation, computed apart with a library's sines, to a second.
TEST(Sun, IsTheSunriseEquation) {
  struct Day {
    int month, day;
    double rise, set, dawn, dusk;
  };
  constexpr Day kDays[] = {{2, 10, 372.23, 896.80, 326.97, 942.06},
                           {4, 20, 167.66, 1070.22, 119.24, 1118.64},
                           {6, 1, 67.65, 1169.00, -18.27, 1254.91},
                           {8, 24, 176.13, 1069.52, 128.36, 1117.29},
                           {10, 22, 317.57, 891.48, 274.17, 934.89}};
  for (const Day& d : kDays) {
    const int32_t day = days_of(2026, d.month, d.day);
    EXPECT_NEAR(at(kSunrise, day, kHelsinki), d.rise, 0.02) << d.month;
    EXPECT_NEAR(at(kSunset, day, kHelsinki), d.set, 0.02) << d.month;
    EXPECT_NEAR(at(kDawn, day, kHelsinki), d.dawn, 0.02) << d.month;
    EXPECT_NEAR(at(kDusk, day, kHelsinki), d.dusk, 0.02) << d.month;
  }
}

/// The same equation with the library's sines; NaN where the sun does neither.
double by_library(SunEvent event, int32_t day, const Place& place) {
  constexpr double kRadian = M_PI / 180;
  const double since_2000 = day - 10957.0 - place.longitude / 360, anomaly = 357.5291 + 0.98560028 * since_2000;
  const auto sine = [](double degrees) { return std::sin(degrees * kRadian); };
  const double centre = 1.9148 * sine(anomaly) + 0.02 * sine(2 * anomaly) + 0.0003 * sine(3 * anomaly);
  const double ecliptic = anomaly + centre + 282.9372 + 0.0000471 * since_2000;
  const double noon = 720 - 4 * place.longitude + 1440 * (0.0053 * sine(anomaly) - 0.0069 * sine(2 * ecliptic));
  const double declination = std::asin(sine(ecliptic) * sine(23.4397));
  const double altitude = event == kDawn || event == kDusk ? -6 : -0.833;
  const double cosine = (sine(altitude) - sine(place.latitude) * std::sin(declination)) /
                        (std::cos(place.latitude * kRadian) * std::cos(declination));
  if (!(std::fabs(cosine) < 1)) return NAN;
  const double half_day = 4 * atan2_deg(std::sqrt(1 - cosine * cosine), cosine);
  return event == kSunrise || event == kDawn ? noon - half_day : noon + half_day;
}

TEST(Sun, ItsSinesAreThoseOfTheLibraryInAllLatitudesAndYears) {
  for (int32_t day = days_of(1995, 1, 3); day < days_of(2040, 1, 1); day += 211) {
    for (const Place& place : {kTokyo, kSydney, kTromso, kQuito, kHelsinki, Place{-78, -170}, Place{85, 12}}) {
      for (const SunEvent event : {kSunrise, kSunset, kDawn, kDusk}) {
        const double wanted = by_library(event, day, place), got = at(event, day, place);
        ASSERT_EQ(std::isnan(got), std::isnan(wanted)) << day;
        if (std::isnan(wanted)) continue;
        EXPECT_NEAR(got, wanted, 2e-6) << day << " at " << place.latitude;
      }
    }
  }
}

TEST(Sun, AtTheEquatorDaysAreAlikeAndTwilightIsShort) {
  for (const int month : {1, 4, 7, 10}) {
    const int32_t day = days_of(2026, month, 10);
    EXPECT_NEAR(at(kSunset, day, kQuito) - at(kSunrise, day, kQuito), 12 * 60 + 7, 2);
    EXPECT_NEAR(at(kSunrise, day, kQuito) - at(kDawn, day, kQuito), 21.5, 1.5);
    EXPECT_NEAR(at(kDusk, day, kQuito) - at(kSunset, day, kQuito), 21.5, 1.5);
  }
}

TEST(Sun, TheEquationOfTimeMovesNoonThroughTheYear) {
  const auto noon = [](int month, int day) {
    return (at(kSunrise, days_of(2026, month, day), {0, 0}) + at(kSunset, days_of(2026, month, day), {0, 0})) / 2;
  };
  EXPECT_NEAR(noon(2, 11), 720 + 14.2, 0.7);
  EXPECT_NEAR(noon(11, 3), 720 - 16.4, 0.7);
  EXPECT_NEAR(noon(5, 14), 720 - 3.7, 0.7);
  EXPECT_NEAR(noon(7, 26), 720 + 6.5, 0.7);
}

TEST(Sun, BeyondThePolarCircleItMayNeitherRiseNorSet) {
  for (const SunEvent event : {kSunrise, kSunset}) {
    EXPECT_TRUE(std::isnan(at(event, days_of(2026, 6, 21), kTromso)));
    EXPECT_TRUE(std::isnan(at(event, days_of(2026, 12, 21), kTromso)));
    EXPECT_FALSE(std::isnan(at(event, days_of(2026, 3, 21), kTromso)));
    EXPECT_TRUE(std::isnan(at(event, days_of(2026, 6, 21), {90, 0}))) << "nor at a pole";
  }
  EXPECT_FALSE(std::isnan(at(kDawn, days_of(2026, 12, 21), kTromso))) << "it dawns in the polar night";
}

constexpr UtcOffset kJapan = {0, 540};
constexpr int32_t kOffset = 16 * 2048;
constexpr int32_t minute(int32_t minutes) { return 16 * minutes; }
constexpr int32_t event(SunEvent of, int32_t later = 0) { return of + kOffset + 16 * later; }

Evaluation asked(int32_t from, int32_t to, double local_minute, int32_t day = days_of(2026, 6, 21),
                 const Place& place = kTokyo) {
  Law law;
  law.offsets = &kJapan;
  law.offset_count = 1;
  const Term term = {kTermSun, 0, 0, from, to};
  const auto e7 = [](double degrees) { return static_cast<int32_t>(std::lround(degrees * 1e7)); };
  const auto ms = static_cast<int64_t>((day * 1440.0 + local_minute - 540) * 60'000);
  return evaluate(&term, 1, law, {ms, e7(place.latitude), e7(place.longitude)});
}
Truth held(int32_t from, int32_t to, double local_minute, int32_t day = days_of(2026, 6, 21)) {
  return asked(from, to, local_minute, day).truth;
}

TEST(SunTerm, FiveMinutesAroundTheEventAreInDoubt) {
  const double rise = at(kSunrise, days_of(2026, 6, 21), kTokyo) + 540,
               set = at(kSunset, days_of(2026, 6, 21), kTokyo) + 540;
  const int32_t from = event(kSunrise), to = event(kSunset);
  EXPECT_EQ(held(from, to, rise - 5.1), Truth::no);
  EXPECT_EQ(held(from, to, rise - 4.9), Truth::unknown);
  EXPECT_EQ(asked(from, to, rise - 4.9).reasons, uint32_t{kReason_time_window_edge});
  EXPECT_EQ(held(from, to, rise + 4.9), Truth::unknown);
  EXPECT_EQ(held(from, to, rise + 5.1), Truth::yes);
  EXPECT_EQ(held(from, to, set - 5.1), Truth::yes);
  EXPECT_EQ(held(from, to, set - 4.9), Truth::unknown);
  EXPECT_EQ(held(from, to, set + 5.1), Truth::no);
}

TEST(SunTerm, AClocksEndIsExact) {
  const int32_t from = minute(600), to = event(kSunset);
  EXPECT_EQ(held(from, to, 599.9), Truth::no);
  EXPECT_EQ(held(from, to, 600), Truth::yes);
  EXPECT_EQ(held(event(kSunrise), minute(600), 599.9), Truth::yes);
  EXPECT_EQ(held(event(kSunrise), minute(600), 600), Truth::no);
}

TEST(SunTerm, AnOffsetMovesTheEvent) {
  const double rise = at(kSunrise, days_of(2026, 6, 21), kTokyo) + 540;
  EXPECT_EQ(held(event(kSunrise, 60), minute(1000), rise + 54), Truth::no);
  EXPECT_EQ(held(event(kSunrise, 60), minute(1000), rise + 66), Truth::yes);
  EXPECT_EQ(held(event(kSunrise, -60), minute(1000), rise - 54), Truth::yes);
}

TEST(SunTerm, ANightRunsIntoTheNextMorning) {
  const int32_t from = event(kDusk), to = event(kDawn);
  EXPECT_EQ(held(from, to, 60), Truth::yes);
  EXPECT_EQ(held(from, to, 1400), Truth::yes);
  EXPECT_EQ(held(from, to, 720), Truth::no);
}

TEST(SunTerm, AWindowThatTurnsItsOrderIsReadInTwoWays) {
  const int32_t winter = days_of(2026, 12, 22), summer = days_of(2026, 6, 21);  // sunset at 16:32 and at 19:00
  EXPECT_EQ(held(minute(1020), event(kSunset), 1100, summer), Truth::yes);
  EXPECT_EQ(held(minute(1020), event(kSunset), 1100, winter), Truth::unknown) << "17:00 to sunset, which was before";
  EXPECT_EQ(held(minute(1140), event(kSunset), 1145, summer), Truth::unknown)
      << "by its usual time sunset is before 19:00";
  EXPECT_EQ(held(event(kSunset), minute(1100), 1090, summer), Truth::unknown)
      << "sunset to 18:20 is usual, but not in summer";
  EXPECT_EQ(held(event(kSunset), minute(1100), 1050, winter), Truth::yes);
}

TEST(SunTerm, ALongWindowTurnsItsOrderInSomeSeason) {
  EXPECT_EQ(held(event(kSunset), minute(890), 1300), Truth::yes) << "less than 20 hours";
  EXPECT_EQ(held(event(kSunset), minute(910), 1300), Truth::unknown) << "more than 20";
}

TEST(SunTerm, AWindowOfMinutesIsAllDoubt) {
  const double rise = at(kSunrise, days_of(2026, 6, 21), kTokyo) + 540;
  EXPECT_EQ(held(event(kSunrise), event(kSunrise, 9), 720), Truth::unknown);
  EXPECT_EQ(held(event(kSunrise), event(kSunrise, 11), 720), Truth::no);
  EXPECT_EQ(held(event(kSunrise), event(kSunrise, 11), rise + 5.5), Truth::yes);
}

TEST(SunTerm, WhereTheSunDoesNotRiseNobodyKnows) {
  EXPECT_EQ(asked(event(kSunrise), event(kSunset), 720, days_of(2026, 12, 21), kTromso).truth, Truth::unknown);
  EXPECT_EQ(asked(event(kSunrise), event(kSunset), 720, days_of(2026, 12, 21), kTromso).reasons,
            uint32_t{kReason_time_window_edge});
}

TEST(SunTerm, EachEventHasItsUsualTime) {
  const int32_t summer = days_of(2026, 6, 21);
  EXPECT_EQ(held(minute(600), event(kSunrise), 720, summer), Truth::yes) << "usually at 6:00, and of the next day";
  EXPECT_EQ(held(minute(600), event(kDawn), 720, summer), Truth::yes) << "usually at 5:30";
  EXPECT_EQ(held(event(kDusk), minute(1300), 1250, summer), Truth::yes) << "usually at 18:30";
  EXPECT_EQ(held(event(kSunset), minute(1300), 1250, summer), Truth::yes) << "usually at 18:00";
  EXPECT_EQ(held(minute(390), event(kSunrise, 60), 350, summer), Truth::unknown)
      << "an hour after sunrise is usually 7:00, and in summer 5:25";
  EXPECT_EQ(held(minute(450), event(kSunrise, 60), 720, summer), Truth::unknown) << "22 hours";
}

TEST(SunTerm, AMorningIsThatOfTheNightBefore) {
  const int32_t day = days_of(2026, 3, 21);  // in Helsinki the sun rises three minutes earlier each day
  const auto held_there = [&](double local_minute) {
    return asked(event(kSunset), event(kSunrise), local_minute, day, kHelsinki).truth;
  };
  const double rise = at(kSunrise, day - 1, kHelsinki) + 540;  // by a clock of Japan, as `asked` has it
  EXPECT_EQ(held_there(rise + 5.3), Truth::no);
  EXPECT_EQ(held_there(rise + 4.7), Truth::unknown);
  EXPECT_EQ(held_there(rise - 4.7), Truth::unknown);
  EXPECT_EQ(held_there(rise - 5.3), Truth::yes);
}

}  // namespace
}  // namespace tomare::rules
