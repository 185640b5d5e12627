// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/lifecycle.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>

#include "mapdata/compiler/tags/hours.hpp"
#include "mapdata/compiler/tags/quotes.hpp"

namespace tomare::compiler {

namespace {

constexpr std::string_view kGone[] = {"disused",    "abandoned",  "razed",    "removed",
                                      "dismantled", "demolished", "destroyed"};
constexpr std::string_view kGuesses[] = {"guess",     "estimat",  "assum",   "extrapolat", "advis",
                                         "recommend", "unsigned", "no sign", "no_sign"};
constexpr std::string_view kAlsoOfRails[] = {"construction", "proposed", "planned", "historic", "was"};

/// "2026", "2026-11", "2026-11-24" as kTermYearDates has it, its first day or its last; -1: another form.
int32_t year_date(std::string_view text, bool last) {
  int parts[3] = {0, last ? 12 : 1, last ? 31 : 1};
  text = trimmed(text);
  for (int i = 0; i < 3; ++i) {
    const std::string_view part = text.substr(0, text.find('-'));
    const char* const end = part.data() + part.size();
    const auto [at, error] = std::from_chars(part.data(), end, parts[i]);
    if (error != std::errc() || at != end || part.size() != (i == 0 ? 4 : 2)) return -1;
    text.remove_prefix(part.size());
    if (text.empty()) return parts[0] * 512 + parts[1] * 32 + parts[2];
    text.remove_prefix(1);
  }
  return -1;
}

constexpr std::string_view kStart = "start_date", kEnd = "end_date";

/// Whether it is the key of a date, and of which fact: "" of the thing itself.
bool dated(std::string_view key, std::string_view* of) {
  for (const std::string_view date : {kStart, kEnd}) {
    if (key.size() < date.size() || key.substr(key.size() - date.size()) != date) continue;
    *of = key.substr(0, key.size() - date.size());
    if (of->empty()) return true;
    const bool behind = of->back() == ':';
    of->remove_suffix(1);
    return behind;
  }
  return false;
}

}  // namespace

bool is_date_key(std::string_view key) {
  std::string_view of;
  return dated(key, &of);
}

bool is_gone_word(std::string_view word) {
  return std::find(std::begin(kGone), std::end(kGone), word) != std::end(kGone);
}

bool says_gone(const Tags& tags) {
  return std::any_of(std::begin(kGone), std::end(kGone), [&](std::string_view key) {
    const std::string_view value = tags.get(key);
    return !value.empty() && value != "no";
  });
}

bool is_guess(std::string_view source) {
  return any_value(source, ";", [](std::string_view value) {
    const std::string one = lowered(value);
    const auto begins = [&](std::string_view word) { return one.substr(0, word.size()) == word; };
    return std::any_of(std::begin(kGuesses), std::end(kGuesses), begins);
  });
}

bool has_word(std::string_view text, std::string_view word) {
  const auto letter = [&](size_t at) { return at < text.size() && text[at] >= 'a' && text[at] <= 'z'; };
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if (!letter(at + word.size()) && (at == 0 || !letter(at - 1))) return true;
  }
  return false;
}

bool asks_about(const Tags& tags, std::span<const std::string_view> words) {
  return std::any_of(tags.begin(), tags.end(), [words](const auto& tag) {
    const std::string key = lowered(tag.first), text = lowered(tag.second);
    if (key.substr(0, 5) != "fixme" || text == "no") return false;
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return has_word(text, word) || (key.size() > 5 && key[5] == ':' && has_word(key, word));
    });
  });
}

std::vector<DatesOut> dates_out(const Tags& tags) {
  constexpr int32_t kNever = 10000 * 512;
  std::vector<DatesOut> found;
  for (const auto& [key, text] : tags) {
    std::string_view of;
    if (!dated(key, &of)) continue;
    const bool end = key.substr(key.size() - kEnd.size()) == kEnd;
    const int32_t date = year_date(text, end);
    if (text.empty() || (date < 0 && !end)) continue;
    found.push_back({end ? date + 1 : 0, end ? kNever : date - 1, date >= 0, tag_text(key, text), std::string(of)});
  }
  return found;
}

int32_t day_at(int64_t unix_s) {
  using namespace std::chrono;  // NOLINT: the calendar, all of it used here
  const year_month_day day(floor<days>(sys_seconds(seconds(unix_s))));
  return static_cast<int>(day.year()) * 512 + static_cast<int>(static_cast<unsigned>(day.month())) * 32 +
         static_cast<int>(static_cast<unsigned>(day.day()));
}

Stands stands_from(const Tags& tags, int32_t day) {
  Stands stands = Stands::yes;
  for (const DatesOut& out : dates_out(tags)) {
    if (!out.of.empty()) continue;
    const bool ends = out.first > 0 || !out.clear;
    if (out.clear && ends && day >= out.first) return Stands::no;
    if (ends || day <= out.last) stands = Stands::unknown;
  }
  return stands;
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
