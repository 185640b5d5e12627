// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/lifecycle.hpp"

#include <gtest/gtest.h>

#include "mapdata/compiler/tags/hours.hpp"

namespace tomare::compiler {
namespace {

constexpr int32_t date(int year, int month, int day) { return year * 512 + month * 32 + day; }

Tags tags_of(std::string_view start, std::string_view end) {
  Tags tags;
  if (!start.empty()) tags.add("start_date", start);
  if (!end.empty()) tags.add("end_date", end);
  return tags;
}

TEST(DatesOut, UpToTheDayBeforeAndFromTheDayAfter) {
  const auto start = dates_out(tags_of("2026-11", ""));
  ASSERT_EQ(start.size(), 1U);
  EXPECT_EQ(start[0].first, 0);
  EXPECT_EQ(start[0].last, date(2026, 11, 1) - 1);
  EXPECT_EQ(start[0].text, "start_date=2026-11");
  const auto end = dates_out(tags_of("", "2026"));
  ASSERT_EQ(end.size(), 1U);
  EXPECT_EQ(end[0].first, date(2026, 12, 31) + 1);
  EXPECT_TRUE(end[0].clear);
  EXPECT_FALSE(dates_out(tags_of("", "soon")).at(0).clear);
  EXPECT_TRUE(dates_out(tags_of("1990s", "")).empty()) << "long ago";
}

TEST(DatesOut, OfOneFactOfTheThing) {
  Tags tags;
  for (const std::string_view key : {"oneway:hgv:end_date", "check_date", "xend_date"}) tags.add(key, "2020");
  const auto found = dates_out(tags);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].of, "oneway:hgv");
  EXPECT_EQ(stands_from(tags, date(2026, 10, 5)), Stands::yes);
}

TEST(StandsFrom, ByTheDayOfTheMap) {
  const int32_t day = date(2026, 10, 5);
  EXPECT_EQ(stands_from(tags_of("", ""), day), Stands::yes);
  EXPECT_EQ(stands_from(tags_of("2026-10-05", ""), day), Stands::yes);
  EXPECT_EQ(stands_from(tags_of("2026-10-06", ""), day), Stands::unknown);
  EXPECT_EQ(stands_from(tags_of("", "2026-10-05"), day), Stands::unknown);
  EXPECT_EQ(stands_from(tags_of("", "2026-10-04"), day), Stands::no);
  EXPECT_EQ(stands_from(tags_of("2031", "2020"), day), Stands::no);
  EXPECT_EQ(stands_from(tags_of("", "soon"), day), Stands::unknown);
}

TEST(DayAt, OfUnixSeconds) {
  EXPECT_EQ(day_at(0), date(1970, 1, 1));
  EXPECT_EQ(day_at(1'791'158'399), date(2026, 10, 4));
  EXPECT_EQ(day_at(1'791'158'400), date(2026, 10, 5));
}

TEST(Lists, OneOfSeveralValues) {
  for (const std::string_view text : {"stop", "stop;crossing", "crossing; stop", "a;stop;b"}) {
    EXPECT_TRUE(lists(text, "stop")) << text;
  }
  for (const std::string_view text : {"", ";", "bus_stop", "stop_position;x", "stops"}) {
    EXPECT_FALSE(lists(text, "stop")) << text;
  }
}

}  // namespace
}  // namespace tomare::compiler
