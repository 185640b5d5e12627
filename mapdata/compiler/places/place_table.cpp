// SPDX-License-Identifier: MIT
#include "mapdata/compiler/places/place_table.hpp"

#include <algorithm>
#include <cstring>

#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {

static_assert(kNoPlace == map::kNone16);

uint16_t PlaceTable::number_of(uint16_t place) {
  if (place == kNoPlace) return map::kNone16;
  numbers_.resize(index_.names().size(), map::kNone16);
  if (numbers_[place] == map::kNone16) {
    numbers_[place] = static_cast<uint16_t>(records_.size());
    const PlaceName& name = index_.names()[place];
    map::Place record{};
    std::memcpy(record.country, name.country.data(), std::min(name.country.size(), sizeof(record.country) - 1));
    std::memcpy(record.zone, name.zone.data(), std::min(name.zone.size(), sizeof(record.zone) - 1));
    record.min_lat_e7 = record.min_lon_e7 = INT32_MAX;
    record.max_lat_e7 = record.max_lon_e7 = INT32_MIN;
    records_.push_back(record);
  }
  return numbers_[place];
}

bool PlaceTable::uniform(uint32_t x, uint32_t y, uint32_t level, uint16_t* place) {
  uint16_t found = kNoPlace;
  if (!index_.uniform(x, y, level, &found)) return false;
  *place = number_of(found);
  return true;
}

void PlaceTable::add_tile(const std::vector<uint8_t>& tile) {
  const auto* h = reinterpret_cast<const map::TileHeader*>(tile.data());
  const uint32_t last = (1U << (32 - h->level)) - 1;
  const auto widen = [&](uint16_t place) {
    if (place >= records_.size()) return;
    map::Place& p = records_[place];
    p.min_lat_e7 = std::min(p.min_lat_e7, lat_of(h->y));
    p.min_lon_e7 = std::min(p.min_lon_e7, lon_of(h->x));
    p.max_lat_e7 = std::max(p.max_lat_e7, lat_of(h->y + last));
    p.max_lon_e7 = std::max(p.max_lon_e7, lon_of(h->x + last));
  };
  widen(h->place);
  if (h->place != map::kNone16) return;
  const map::Section& section = h->sections[map::kSegments];
  const auto* segments = reinterpret_cast<const map::Segment*>(tile.data() + section.offset);
  for (uint32_t i = 0; i < section.count; ++i) widen(segments[i].place);
}

}  // namespace tomare::compiler
