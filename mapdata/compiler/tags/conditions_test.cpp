// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/conditions.hpp"

#include <gtest/gtest.h>

#include "mapdata/compiler/tags/numbers.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names

std::vector<map::Term> parsed(std::string_view text) {
  std::vector<map::Term> terms;
  EXPECT_TRUE(parse_condition(text, &terms)) << text;
  return terms;
}

TEST(Conditions, SchoolZone) {
  const auto clauses = split_clauses("no @ (Mo-Fr 07:30-08:30; PH off)");
  ASSERT_EQ(clauses.size(), 1U);
  EXPECT_EQ(clauses[0].value, "no");
  const auto terms = parsed(clauses[0].condition);
  ASSERT_EQ(terms.size(), 4U);
  EXPECT_EQ(terms[0].kind, kTermDays);
  EXPECT_EQ(terms[0].a, 0x1F);
  EXPECT_EQ(terms[1].kind, kTermTime);
  EXPECT_EQ(terms[1].a, 450);
  EXPECT_EQ(terms[1].b, 510);
  EXPECT_EQ(terms[2].a, 1 << 7);
  EXPECT_EQ(terms[3].kind, kTermOff);
  EXPECT_EQ(terms[3].rule, 1);
}

TEST(Conditions, WhichWeekdayOfTheMonth) {
  const auto terms = parsed("Mo-Fr,Su[1,3-4,-1] 10:00-12:00");
  ASSERT_EQ(terms.size(), 3U);
  EXPECT_EQ(terms[0].kind, kTermNthDays);
  EXPECT_EQ(terms[0].a, 1 << 6);
  EXPECT_EQ(terms[0].b, 1 | 4 | 8 | 32);
  EXPECT_EQ(terms[1].kind, kTermDays);
  EXPECT_EQ(terms[1].a, 0x1F);
}

TEST(Conditions, SeveralClauses) {
  const auto clauses = split_clauses("destination @ (Mo-Fr 09:00-17:00); no @ (22:00-06:00)");
  ASSERT_EQ(clauses.size(), 2U);
  EXPECT_EQ(clauses[1].condition, "22:00-06:00");
}

TEST(Conditions, ClausesWithoutACondition) {
  const auto clauses = split_clauses("=no;yes; 60 @ wet");
  ASSERT_EQ(clauses.size(), 3U);
  EXPECT_EQ(clauses[0].value, "=no");
  EXPECT_TRUE(clauses[0].condition.empty());
  EXPECT_EQ(clauses[1].value, "yes");
  EXPECT_EQ(clauses[2].condition, "wet");
}

TEST(Conditions, CommasBetweenClauses) {
  const auto clauses = split_clauses("30 @ (22:00-06:00), 40 @ (Mo,We 06:00-08:00)");
  ASSERT_EQ(clauses.size(), 2U);
  EXPECT_EQ(clauses[0].condition, "22:00-06:00");
  EXPECT_EQ(clauses[1].value, "40");
  EXPECT_EQ(clauses[1].condition, "Mo,We 06:00-08:00");
}

TEST(Conditions, ASecondAtIsNotClear) {
  const auto clauses = split_clauses("30 @ 22:00-06:00 40 @ 06:00-08:00");
  ASSERT_EQ(clauses.size(), 1U);
  EXPECT_FALSE(clauses[0].clear);
}

TEST(Conditions, MoreClausesThanAreRead) {
  std::string text;
  for (size_t i = 0; i <= kMaxClauses; ++i) text += "30 @ wet;";
  const auto clauses = split_clauses(text);
  ASSERT_EQ(clauses.size(), 1U);
  EXPECT_FALSE(clauses[0].clear);
}

TEST(Conditions, DisputedDays) {
  const auto terms = parsed("Su, Mo-Sa 20:00-06:00");
  ASSERT_EQ(terms.size(), 3U);
  EXPECT_EQ(terms[2].kind, kTermDisputedDays);
  EXPECT_EQ(terms[2].a, 1 << 6);
  ASSERT_EQ(parsed("Su,Mo-Sa 20:00-06:00").size(), 3U);
  EXPECT_EQ(parsed("Su,Mo-Sa 20:00-06:00")[2].a, 1 << 6);
  for (const char* list : {"Su,Mo-Fr 20:00-06:00", "PH,Mo-Su 20:00-06:00", "Mo,Tu,We,Th,Fr,Sa,Su 20:00-06:00"})
    EXPECT_EQ(parsed(list).size(), 2U) << list;
}

TEST(Conditions, Years) {
  const struct {
    const char* text;
    int from, to;
  } kTable[] = {{"2026", 2026 * 512 + 32 + 1, 2026 * 512 + 12 * 32 + 31},
                {"2026-2027", 2026 * 512 + 32 + 1, 2027 * 512 + 12 * 32 + 31},
                {"2026 Nov", 2026 * 512 + 11 * 32 + 1, 2026 * 512 + 11 * 32 + 30},
                {"2026 Nov 10-Nov 20", 2026 * 512 + 11 * 32 + 10, 2026 * 512 + 11 * 32 + 20},
                {"2026 Nov 10-20", 2026 * 512 + 11 * 32 + 10, 2026 * 512 + 11 * 32 + 20},
                {"2026 Dec 20-Jan 10", 2026 * 512 + 12 * 32 + 20, 2027 * 512 + 32 + 10}};
  for (const auto& row : kTable) {
    const auto terms = parsed(row.text);
    ASSERT_EQ(terms.size(), 1U) << row.text;
    EXPECT_EQ(terms[0].kind, kTermYearDates) << row.text;
    EXPECT_EQ(terms[0].a, row.from) << row.text;
    EXPECT_EQ(terms[0].b, row.to) << row.text;
  }
}

TEST(Conditions, Sizes) {
  const struct {
    const char* text;
    SizeKind kind;
    int thousandths;
  } kTable[] = {{"3.5", SizeKind::weight, 3500},       {"7.5 t", SizeKind::weight, 7500},
                {"10000 lbs", SizeKind::weight, 4536}, {"4 st", SizeKind::weight, 3629},
                {"2500 kg", SizeKind::weight, 2500},   {"13'6\"", SizeKind::length, 4115},
                {"11 ft", SizeKind::length, 3353},     {"6 ft 6 in", SizeKind::length, 1981},
                {"4 m", SizeKind::length, 4000},       {"350 cm", SizeKind::length, 3500}};
  for (const auto& row : kTable) {
    int thousandths = 0;
    EXPECT_TRUE(parse_size(row.text, row.kind, &thousandths)) << row.text;
    EXPECT_EQ(thousandths, row.thousandths) << row.text;
  }
  int thousandths = 0;
  for (const char* text : {"", "about 3", "3,5", "3.5;7.5", "4 stone", "below_default"}) {
    EXPECT_FALSE(parse_size(text, SizeKind::weight, &thousandths)) << text;
  }
}

TEST(Conditions, Comparisons) {
  const auto terms = parsed("Mo-Sa 07:00-19:00 AND weight>=5.5");
  EXPECT_EQ(terms.back().kind, kTermCompare);
  EXPECT_EQ(terms.back().a, 5500);
}

TEST(Conditions, Grammar) {
  for (const char* text : {"24/7",
                           "Apr-Nov",
                           "Nov 1-Mar 31",
                           "sunrise-sunset",
                           "(sunset-00:30)-06:00",
                           "Sa,Su,PH",
                           "week 10-20 Mo",
                           "Mo,We 07:00-09:00,15:00-17:00",
                           "wet",
                           "15:00-05:00; Su 12:00-05:00",
                           "Mo - Fr 07:00 - 19:00",
                           "Fr-Sa 20:00-00:00, Sa-Su 00:00-04:00",
                           "Su: 12:00-05:00",
                           "2016 Apr 25 - 2016 Sep 26",
                           "Jun 01-Sep 30 Su,PH 08:00-19:00",
                           "Mo-Sa 08:00-18:00; PH Off",
                           "Mo-Fr 7:30-19:00 AND weight>7.5",
                           "Jan 5-9 06:00-07:00",
                           "22:00-24:00, 0:00-06:00",
                           "Mo-Fr AND 07:00-09:00",
                           "07:00-09:00 AND Oct-Dec",
                           "PH off; Mo-Fr 07:00-09:00",
                           "07:00-09:00; PH off AND weight>7.5"}) {
    std::vector<map::Term> terms;
    EXPECT_TRUE(parse_condition(text, &terms)) << text;
  }
  for (const char* text : {"",
                           "Easter",
                           "Mo-",
                           "07:00",
                           "weight>x",
                           "every day",
                           "Su PH off",
                           "07:00-09:00; 13:00-16:00",
                           "bus AND psv",
                           "Feb 30",
                           "week 50-3",
                           "Mo[6] 10:00-12:00",
                           "Mo[] 10:00-12:00",
                           "Mo[1] +1 day",
                           "PH[1]",
                           "10:00+",
                           "(17:00-05:00),(PH 12:00-05:00)",
                           "07:00-09:00 AND 15:00-17:00",
                           "07:00-09:00 AND wet AND sunrise-sunset",
                           "07:00-09:00 AND PH off",
                           "PH off",
                           "Mo-Fr off; PH off AND weight>7.5"}) {
    std::vector<map::Term> terms;
    EXPECT_FALSE(parse_condition(text, &terms)) << text;
    EXPECT_TRUE(terms.empty());
  }
}

}  // namespace
}  // namespace tomare::compiler
