// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/numbers.hpp"

namespace tomare::compiler {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};
constexpr double kFoot = 0.3048, kInch = 0.0254;
constexpr double kMostThousandths = 1e9;
/// Tonnes; a "ton" is short where signs count in tons (OSM wiki: Key:maxweight).
constexpr Unit kWeights[] = {{"", 1},
                             {"t", 1},
                             {"tonnes", 1},
                             {"kg", 0.001},
                             {"lbs", 0.45359237e-3},
                             {"lb", 0.45359237e-3},
                             {"st", 0.90718474},
                             {"lt", 1.0160469088},
                             {"cwt", 0.050802345}};
constexpr Unit kLengths[] = {{"", 1},       {"m", 1},        {"metres", 1}, {"cm", 0.01},  {"'", kFoot},
                             {"ft", kFoot}, {"feet", kFoot}, {"\"", kInch}, {"in", kInch}, {"inches", kInch}};

template <size_t N>
double factor_of(const Unit (&units)[N], std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return unit.factor;
  }
  return 0;
}

/// A number and its unit from the front of `text`.
template <size_t N>
bool take(const Unit (&units)[N], std::string_view* text, double* value) {
  std::string_view rest;
  if (!parse_number(*text, value, &rest)) return false;
  size_t end = 0;
  while (end < rest.size() && rest[end] != ' ' && (rest[end] < '0' || rest[end] > '9')) ++end;
  const double factor = factor_of(units, rest.substr(0, end));
  *value *= factor;
  *text = trimmed(rest.substr(end));
  return factor > 0;
}

}  // namespace

bool parse_number(std::string_view text, double* value, std::string_view* rest) {
  size_t i = 0;
  double number = 0, scale = 1;
  bool digits = false, point = false;
  for (; i < text.size() && ((text[i] >= '0' && text[i] <= '9') || (text[i] == '.' && !point)); ++i) {
    if (text[i] == '.') {
      point = true;
      continue;
    }
    digits = true;
    number = number * 10 + (text[i] - '0');
    if (point) scale *= 10;
  }
  while (i < text.size() && text[i] == ' ') ++i;
  *value = number / scale;
  *rest = text.substr(i);
  return digits;
}

bool parse_size(std::string_view text, SizeKind kind, int* thousandths) {
  double whole = 0, part = 0;
  text = trimmed(text);
  const bool feet = text.find('\'') != std::string_view::npos || text.find("ft") != std::string_view::npos;
  const bool first = kind == SizeKind::weight ? take(kWeights, &text, &whole) : take(kLengths, &text, &whole);
  if (!first) return false;
  if (!text.empty() && (!feet || kind == SizeKind::weight || !take(kLengths, &text, &part) || !text.empty())) {
    return false;
  }
  const double sum = (whole + part) * 1000 + 0.5;
  if (!(sum >= 1 && sum < kMostThousandths)) return false;
  *thousandths = static_cast<int>(sum);
  return true;
}

}  // namespace tomare::compiler
