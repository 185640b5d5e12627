// SPDX-License-Identifier: MIT
#include "core-cpp/rules/source_tag.hpp"

#include <iterator>

namespace tomare::rules {
namespace {

enum class Form : uint8_t { fixed, access, turn };
struct Source {
  Form form;
  std::string_view text;
};
constexpr Source kSources[] = {
#define TOMARE_SOURCE_FORM(number, name, form, text) {Form::form, text},
    TOMARE_SOURCE_TAGS(TOMARE_SOURCE_FORM)
#undef TOMARE_SOURCE_FORM
};

template <size_t N>
std::string_view text_at(const std::string_view (&texts)[N], size_t number) {
  return number < N ? texts[number] : std::string_view();
}

void append_access(size_t key, size_t value, map::RoadClass road_class, std::string* out) {
  if (key == map::kKeyNone || key == map::kKeyHighway) {
    out->append("highway=").append(text_at(map::kRoadClassTexts, road_class));
    return;
  }
  out->append(text_at(map::kAccessKeyTexts, key)).append("=").append(text_at(map::kAccessTexts, value));
}

}  // namespace

void append_tag(SourceTag source, uint16_t detail, map::RoadClass road_class, std::string* out) {
  const auto number = static_cast<size_t>(source);
  if (number >= std::size(kSources)) return;
  const size_t high = detail >> 8, low = detail & 255U;
  const Source& s = kSources[number];
  switch (s.form) {
    case Form::fixed:
      out->append(s.text);
      return;
    case Form::access:
      append_access(high, low, road_class, out);
      return;
    case Form::turn:
      out->append(s.text).append(low == 1 ? "only_" : "no_").append(text_at(map::kTurnTexts, high));
      return;
  }
}

}  // namespace tomare::rules
