// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/quotes.hpp"

namespace tomare::compiler {

std::string tag_text(std::string_view key, std::string_view value) {
  constexpr size_t kMost = 2048;
  std::string text = std::string(key.substr(0, kMost)) + "=" + std::string(value.substr(0, kMost));
  if (text.size() <= kMost) return text;
  size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // between characters
  return text.substr(0, end) + "…";
}

void Quoting::set(int direction, uint8_t vehicles, const std::string& text) {
  for (int v = 0; v < map::kVehicleCount; ++v) {
    if ((vehicles >> v & 1) != 0) texts_[direction][v] = text;
  }
}

/// Vehicles of a direction are gathered; a second direction joins where its vehicles are the same.
void Quoting::add(map::QuotedFact fact, int direction, int vehicle, std::vector<QuotedTag>* out) const {
  const std::string& text = texts_[direction][vehicle];
  uint8_t vehicles = 0;
  for (int v = 0; v < map::kVehicleCount; ++v) {
    if (texts_[direction][v] == text) vehicles = static_cast<uint8_t>(vehicles | 1U << v);
  }
  for (QuotedTag& known : *out) {
    if (known.fact != fact || known.vehicles != vehicles || known.text != text) continue;
    known.directions = static_cast<uint8_t>(known.directions | 1U << direction);
    return;
  }
  out->push_back({fact, static_cast<uint8_t>(1U << direction), vehicles, text});
}

}  // namespace tomare::compiler
