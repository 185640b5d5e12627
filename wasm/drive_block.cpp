// SPDX-License-Identifier: MIT
#include "wasm/drive_block.hpp"

#include <cstring>

#include "wasm/abi.h"

namespace tomare::boundary {
namespace {

constexpr size_t kSettingCount = sizeof(Settings) / sizeof(double);
constexpr double kMaxSetting = 100000;  ///< as src/settings allows
static_assert(sizeof(tm_utc_offset) == sizeof(rules::UtcOffset) && sizeof(tm_permit) == sizeof(rules::Permit) &&
              sizeof(tm_permit_area) == sizeof(rules::PermitArea) &&
              sizeof(tm_area_position) == sizeof(rules::AreaPosition) &&
              sizeof(tm_default_limit) == sizeof(rules::DefaultLimit) && TM_QUANTITIES == map::kQuantityCount);

template <typename Array>
void read_law(const tm_drive& head, Array&& array, rules::Law* law) {
  law->offset_count = head.offset_count;
  law->offsets = reinterpret_cast<const rules::UtcOffset*>(array(sizeof(tm_utc_offset), head.offset_count));
  law->limit_count = head.limit_count;
  law->limits = reinterpret_cast<const rules::DefaultLimit*>(array(sizeof(tm_default_limit), head.limit_count));
  law->permit_count = head.permit_count;
  law->permits = reinterpret_cast<const rules::Permit*>(array(sizeof(tm_permit), head.permit_count));
  law->area_count = head.area_count;
  law->areas = reinterpret_cast<const rules::PermitArea*>(array(sizeof(tm_permit_area), head.area_count));
  law->area_positions =
      reinterpret_cast<const rules::AreaPosition*>(array(sizeof(tm_area_position), head.area_position_count));
  law->holiday_count = head.holiday_count;
  law->holidays = reinterpret_cast<const int32_t*>(array(sizeof(int32_t), head.holiday_count));
  law->holidays_from = head.holidays_from;
  law->holidays_to = head.holidays_to;
  law->level_crossing_stop = (head.flags & TM_LEVEL_CROSSING_STOP) != 0;
  std::memcpy(law->vehicle_low, head.vehicle_low, sizeof(law->vehicle_low));
  std::memcpy(law->vehicle_high, head.vehicle_high, sizeof(law->vehicle_high));
}

/// Each area's positions are there, and make an area.
bool areas_fit(const rules::Law& law, uint32_t positions) {
  for (uint32_t i = 0; i < law.area_count; ++i) {
    const rules::PermitArea& a = law.areas[i];
    const bool shape = a.position_count == 1 || a.position_count >= 3;
    if (!shape || uint64_t{a.first_position} + a.position_count > positions) return false;
  }
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
  read_law(head, array, &out->law);
  const bool good = at == size && head.vehicle < map::kVehicleCount && head.settings == kSettingCount;
  if (!good || !areas_fit(out->law, head.area_position_count)) return false;
  std::memcpy(&out->settings, settings, sizeof(Settings));
  double values[kSettingCount];
  std::memcpy(values, settings, sizeof(Settings));
  for (const double value : values) {
    if (!(value >= 0 && value <= kMaxSetting)) return false;
  }
  out->vehicle = static_cast<map::Vehicle>(head.vehicle);
  out->with_route = (head.flags & TM_WITH_ROUTE) != 0;
  out->fixes.speed_unit_open = (head.flags & TM_SPEED_UNIT_OPEN) != 0;
  return true;
}

}  // namespace tomare::boundary
