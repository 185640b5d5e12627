// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/name_table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tomare::compiler {
namespace {

TEST(NameTable, EachNameOnceInTheOrderOfItsFirst) {
  NameTable names;
  for (int turn = 0; turn < 2; ++turn) {
    for (uint32_t i = 0; i < 5'000; ++i) ASSERT_EQ(names.add("street " + std::to_string(i)), i);
  }
  ASSERT_EQ(names.size(), 5'000U);
  names.seal();
  for (uint32_t i = 0; i < 5'000; ++i) ASSERT_EQ(names[i], "street " + std::to_string(i));
}

TEST(NameTable, OneThatBeginsAnotherIsItsOwn) {
  NameTable names;
  EXPECT_EQ(names.add("Triq"), 0U);
  EXPECT_EQ(names.add("Triq il-Kbira"), 1U);
  EXPECT_EQ(names.add("Tri"), 2U);
  EXPECT_EQ(names.add("Triq"), 0U);
  EXPECT_EQ(names[0], "Triq");
}

}  // namespace
}  // namespace tomare::compiler
