// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/lifecycle.hpp"

#include <algorithm>
#include <iterator>

namespace tomare::compiler {

namespace {

constexpr std::string_view kGone[] = {"disused",    "abandoned",  "razed",    "removed",
                                      "dismantled", "demolished", "destroyed"};
constexpr std::string_view kAlsoOfRails[] = {"construction", "proposed", "planned", "historic", "was"};

}  // namespace

bool is_gone_word(std::string_view word) {
  return std::find(std::begin(kGone), std::end(kGone), word) != std::end(kGone);
}

bool says_gone(const Tags& tags) {
  return std::any_of(std::begin(kGone), std::end(kGone), [&](std::string_view key) {
    const std::string_view value = tags.get(key);
    return !value.empty() && value != "no";
  });
}

bool is_dead_rail_word(std::string_view word) {
  return is_gone_word(word) ||
         std::find(std::begin(kAlsoOfRails), std::end(kAlsoOfRails), word) != std::end(kAlsoOfRails);
}

bool is_dead_rail_key(std::string_view key) {
  constexpr std::string_view kRail = ":railway";
  if (key.size() < kRail.size() || key.substr(key.size() - kRail.size()) != kRail) return false;
  key.remove_suffix(kRail.size());
  return is_dead_rail_word(key);
}

}  // namespace tomare::compiler
