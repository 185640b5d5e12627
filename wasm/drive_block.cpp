// SPDX-License-Identifier: MIT
#include "wasm/drive_block.hpp"

#include <cstddef>
#include <cstring>

#include "wasm/abi.h"

namespace tomare::boundary {
namespace {

constexpr size_t kSettingCount = sizeof(Settings) / sizeof(double);
constexpr double kMaxSetting = 100000;  ///< as src/settings allows
static_assert(TM_QUANTITIES == map::kQuantityCount);

// The core's records are read in place: the same fields at the same places as in the block.
template <typename Mine, typename Theirs>
constexpr bool same_size = sizeof(Mine) == sizeof(Theirs) && alignof(Mine) == alignof(Theirs);
#define AT(mine, theirs, field) (offsetof(mine, field) == offsetof(theirs, field))
static_assert(same_size<tm_utc_offset, rules::UtcOffset> && AT(tm_utc_offset, rules::UtcOffset, from_ms));
static_assert(same_size<tm_permit, rules::Permit> && AT(tm_permit, rules::Permit, way) &&
              AT(tm_permit, rules::Permit, from_ms));
static_assert(same_size<tm_permit_area, rules::PermitArea> && AT(tm_permit_area, rules::PermitArea, from_ms) &&
              AT(tm_permit_area, rules::PermitArea, until_ms) &&
              AT(tm_permit_area, rules::PermitArea, first_position) &&
              AT(tm_permit_area, rules::PermitArea, position_count) &&
              AT(tm_permit_area, rules::PermitArea, radius_cm));
static_assert(same_size<tm_area_position, rules::AreaPosition> && AT(tm_area_position, rules::AreaPosition, lat_e7));
#define AT_LIMIT(field) AT(tm_default_limit, rules::DefaultLimit, field)
static_assert(same_size<tm_default_limit, rules::DefaultLimit> && AT_LIMIT(from_ms) && AT_LIMIT(until_ms) &&
              AT_LIMIT(classes) && AT_LIMIT(zones) && AT_LIMIT(low) && AT_LIMIT(high) && AT_LIMIT(vehicles) &&
              AT_LIMIT(link) && AT_LIMIT(motorroad) && AT_LIMIT(oneway) && AT_LIMIT(marked) && AT_LIMIT(divided) &&
              AT_LIMIT(expressway) && AT_LIMIT(multilane));
#undef AT_LIMIT
#undef AT

/// The records that the ranges of the laws count into.
struct Records {
  const rules::UtcOffset* offsets;
  const rules::DefaultLimit* limits;
  const int32_t* holidays;
};

template <typename Array>
Records read_laws(const tm_drive& head, Array&& array, rules::Laws* laws) {
  Records r{};
  laws->law_count = head.law_count;
  laws->place_count = head.place_count;
  laws->law_of_place = reinterpret_cast<const uint32_t*>(array(sizeof(uint32_t), head.place_count));
  r.offsets = reinterpret_cast<const rules::UtcOffset*>(array(sizeof(tm_utc_offset), head.offset_count));
  r.limits = reinterpret_cast<const rules::DefaultLimit*>(array(sizeof(tm_default_limit), head.limit_count));
  laws->permit_count = head.permit_count;
  laws->permits = reinterpret_cast<const rules::Permit*>(array(sizeof(tm_permit), head.permit_count));
  laws->area_count = head.area_count;
  laws->areas = reinterpret_cast<const rules::PermitArea*>(array(sizeof(tm_permit_area), head.area_count));
  laws->area_positions =
      reinterpret_cast<const rules::AreaPosition*>(array(sizeof(tm_area_position), head.area_position_count));
  r.holidays = reinterpret_cast<const int32_t*>(array(sizeof(int32_t), head.holiday_count));
  return r;
}

rules::Law law_of(const tm_law& t, const Records& records) {
  rules::Law law;
  law.offsets = records.offsets + t.first_offset;
  law.offset_count = t.offset_count;
  law.limits = records.limits + t.first_limit;
  law.limit_count = t.limit_count;
  law.holidays = records.holidays + t.first_holiday;
  law.holiday_count = t.holiday_count;
  law.holidays_from = t.holidays_from;
  law.holidays_to = t.holidays_to;
  law.level_crossing_stop = (t.flags & TM_LEVEL_CROSSING_STOP) != 0;
  law.all_way_stop = (t.flags & TM_NO_ALL_WAY_STOP) == 0;
  if ((t.flags & TM_DRIVES_LEFT) != 0) law.drives_on = rules::DrivingSide::left;
  if ((t.flags & TM_DRIVES_RIGHT) != 0) law.drives_on = rules::DrivingSide::right;
  law.country = t.country;
  std::memcpy(law.vehicle_low, t.vehicle_low, sizeof(law.vehicle_low));
  std::memcpy(law.vehicle_high, t.vehicle_high, sizeof(law.vehicle_high));
  return law;
}

/// Every range of a law lies in the records, and every place has a law.
bool laws_fit(const tm_drive& head, const tm_law* laws, const uint32_t* law_of_place) {
  const auto inside = [](uint32_t first, uint32_t count, uint32_t all) { return uint64_t{first} + count <= all; };
  for (uint32_t i = 0; i < head.law_count; ++i) {
    const tm_law& t = laws[i];
    const bool good = inside(t.first_offset, t.offset_count, head.offset_count) &&
                      inside(t.first_limit, t.limit_count, head.limit_count) &&
                      inside(t.first_holiday, t.holiday_count, head.holiday_count);
    if (!good) return false;
  }
  for (uint32_t i = 0; i < head.place_count; ++i) {
    if (law_of_place[i] >= head.law_count) return false;
  }
  return true;
}

/// Each area's positions are there, and make an area.
bool areas_fit(const rules::Laws& laws, uint32_t positions) {
  for (uint32_t i = 0; i < laws.area_count; ++i) {
    const rules::PermitArea& a = laws.areas[i];
    const bool shape = a.position_count == 1 || a.position_count >= 3;
    if (!shape || uint64_t{a.first_position} + a.position_count > positions) return false;
  }
  return true;
}

bool read_settings(const uint8_t* block, Settings* out) {
  double values[kSettingCount];
  std::memcpy(values, block, sizeof(values));
  for (const double value : values) {
    if (!(value >= 0 && value <= kMaxSetting)) return false;
  }
  std::memcpy(out, block, sizeof(*out));
  return true;
}

}  // namespace

bool read_drive(const void* block, uint32_t size, Drive* out) {
  tm_drive head;
  if (size < sizeof(head)) return false;
  std::memcpy(&head, block, sizeof(head));
  const auto* start = static_cast<const uint8_t*>(block);
  uint64_t at = sizeof(head);
  const auto take = [&](uint64_t bytes, uint64_t count) {  // beyond the block: seen at the end, before any read
    const uint64_t here = at;
    at += bytes * count;
    return start + (here < size ? here : 0);
  };
  const auto array = [&](uint64_t bytes, uint64_t count) {
    at = (at + 7) / 8 * 8;
    return take(bytes, count);
  };
  out->fixes.count = head.count;
  out->fixes.time_ms = reinterpret_cast<const int64_t*>(take(8, head.count));
  out->fixes.lat_e7 = reinterpret_cast<const int32_t*>(take(4, head.count));
  out->fixes.lon_e7 = reinterpret_cast<const int32_t*>(take(4, head.count));
  out->fixes.speed_mps = reinterpret_cast<const float*>(take(4, head.count));
  out->fixes.heading_deg = reinterpret_cast<const float*>(take(4, head.count));
  out->fixes.accuracy_m = reinterpret_cast<const float*>(take(4, head.count));
  const uint8_t* settings = array(8, head.settings);
  const auto* laws = reinterpret_cast<const tm_law*>(array(sizeof(tm_law), head.law_count));
  const Records records = read_laws(head, array, &out->laws);
  const bool good =
      at == size && head.vehicle < map::kVehicleCount && (head.settings == 0 || head.settings == kSettingCount);
  if (!good || !laws_fit(head, laws, out->laws.law_of_place)) return false;
  if (!areas_fit(out->laws, head.area_position_count)) return false;
  for (uint32_t i = 0; i < head.law_count; ++i) out->law.push_back(law_of(laws[i], records));
  if (head.law_count == 0) out->law.emplace_back();
  out->laws.laws = out->law.data();
  if (head.settings != 0 && !read_settings(settings, &out->settings)) return false;
  out->vehicle = static_cast<map::Vehicle>(head.vehicle);
  out->with_route = (head.flags & TM_WITH_ROUTE) != 0;
  out->fixes.speed_unit_open = (head.flags & TM_SPEED_UNIT_OPEN) != 0;
  return true;
}

}  // namespace tomare::boundary
