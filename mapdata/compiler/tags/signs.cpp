// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/signs.hpp"

#include <algorithm>
#include <string>

#include "mapdata/compiler/tags/hours.hpp"

namespace tomare::compiler {

namespace {

constexpr std::string_view kStopNames[] = {"stop",     "AT:52.24", "AU:R1-1",  "BE:B5",  "CA:RA-1", "CH:3.01", "CZ:P6",
                                           "DE:206",   "DK:B13",   "ES:R2",    "ES:R-2", "FI:B6",   "FI:232",  "FR:AB4",
                                           "GB:601.1", "HR:B02",   "IT:II.37", "JP:330", "KR:227",  "NL:B7",   "NO:204",
                                           "NZ:R2-1",  "PL:B-20",  "PL:B20",   "PT:B2",  "RU:2.5",  "SE:B2",   "SK:P2",
                                           "UA:2.2",   "US:R1-1",  "BR:R-1"};
constexpr std::string_view kGiveWayNames[] = {
    "give_way", "yield",    "AT:52.23", "AU:R1-2", "BE:B1", "CA:RA-2", "CH:3.02", "CZ:P4",
    "DE:205",   "DK:B11",   "ES:R1",    "ES:R-1",  "FI:B5", "FI:231",  "FR:AB3a", "GB:602",
    "HR:B01",   "IT:II.36", "JP:329-2", "KR:228",  "NL:B6", "NO:202",  "NZ:R2-2", "PL:A-7",
    "PL:A7",    "PT:B1",    "RU:2.4",   "SE:B1",   "SK:P1", "UA:2.1",  "US:R1-2", "BR:R-2"};

/// Of who goes first, of a stop sign ahead or for those who walk, or that one must drive slowly.
constexpr std::string_view kOtherNames[] = {
    "slow",   "priority", "priority_road", "stop_ahead", "徐行",     "AT:52.25a", "CH:3.03",  "DE:301",   "DE:306",
    "FR:AB6", "US:W3-1",  "US:R1-5",       "US:R1-5b",   "US:R1-5c", "US:R1-6",   "US:R1-6a", "US:R10-6", "US:R10-6a"};

/// Whether a sign's number, or that number with a suffix (`330-A`, `206.1`, `R1-1[text]`), is this one.
bool is_number(std::string_view one, std::string_view number) {
  if (one.substr(0, number.size()) != number) return false;
  const std::string_view suffix = one.substr(number.size());
  if (suffix.empty() || suffix[0] == '[') return true;
  return suffix[0] == '-' && suffix.size() > 1 && suffix[1] >= 'A' && suffix[1] <= 'Z';
}

bool is_sign(std::string_view country, std::string_view one, SignNames sign) {
  return std::any_of(sign.begin(), sign.end(), [&](std::string_view name) {
    const size_t colon = name.find(':');
    if (colon == std::string_view::npos) return country.empty() && lowered(one) == name;
    return country == name.substr(0, colon) && is_number(one, name.substr(colon + 1));
  });
}

/// Japan's regulatory signs have the numbers from 301 to 330, which is the stop sign.
bool is_regulatory_in_japan(std::string_view country, std::string_view one) {
  const auto digit = [&](size_t i) { return one.size() > i && one[i] >= '0' && one[i] <= '9'; };
  return country == "JP" && one.substr(0, 1) == "3" && digit(1) && digit(2) && !digit(3);
}

/// Some sign of a list "DE:206,1010-51": the country is for all that follow.
template <typename Test>
bool any_sign(std::string_view value, Test&& test) {
  std::string_view country;
  return any_value(value, ";,", [&](std::string_view one) {
    const size_t colon = one.find(':');
    if (colon == 2) {
      country = one.substr(0, colon);
      one.remove_prefix(colon + 1);
    }
    return test(country, one);
  });
}

}  // namespace

const SignNames kStopSign = kStopNames, kGiveWaySign = kGiveWayNames;

bool names_sign(std::string_view value, SignNames sign) {
  return any_sign(value, [sign](std::string_view country, std::string_view one) {
    return is_sign(country, one, sign) || is_sign({}, one, sign);
  });
}

bool names_other_sign(std::string_view value) {
  return names_sign(value, kOtherNames) || any_sign(value, is_regulatory_in_japan);
}

}  // namespace tomare::compiler
