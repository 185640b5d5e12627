// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/id_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <utility>

namespace tomare::compiler {
namespace {

void compare(const std::vector<int64_t>& ids, const std::vector<int64_t>& asked) {
  IdSet set;
  std::set<int64_t> oracle;
  for (const int64_t id : ids) {
    set.add(id);
    oracle.insert(id);
  }
  set.seal();
  ASSERT_EQ(set.size(), oracle.size());
  std::vector<int64_t> in_order(asked);
  in_order.insert(in_order.end(), ids.begin(), ids.end());
  std::sort(in_order.begin(), in_order.end());
  for (const std::vector<int64_t>* list : {&ids, &asked, &std::as_const(in_order)}) {
    for (const int64_t id : *list) {
      const auto at = oracle.find(id);
      const auto place = static_cast<uint32_t>(std::distance(oracle.begin(), at));
      ASSERT_EQ(set.find(id), at == oracle.end() ? IdSet::kNone : place) << id;
    }
  }
}

TEST(IdSet, AnEmptySetHoldsNothing) { compare({}, {0, -1, 5, INT64_MAX, INT64_MIN}); }

TEST(IdSet, ExtremesAndNegativesHaveTheirPlace) {
  compare({INT64_MAX, INT64_MIN, 0, -1, 63, 64, -64, -65, 0, 63}, {1, -2, 62, 65, INT64_MAX - 1, INT64_MIN + 1});
}

TEST(IdSet, EveryDensityGivesThePlacesOfASortedSet) {
  std::mt19937_64 random(7);
  for (const int64_t range : std::initializer_list<int64_t>{300, 5'000, 1'000'000, 1'000'000'000, 12'000'000'000'000}) {
    std::vector<int64_t> ids, asked;
    for (int i = 0; i < 2'000; ++i) {
      const auto first = static_cast<int64_t>(random() % static_cast<uint64_t>(range));
      for (int64_t k = 0; k < static_cast<int64_t>(random() % 3); ++k) ids.push_back(first + k);
      asked.push_back(first + 3);
    }
    compare(ids, asked);
  }
}

}  // namespace
}  // namespace tomare::compiler
