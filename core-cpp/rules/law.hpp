// SPDX-License-Identifier: MIT
// What the host tells of the law and the place: zones, holidays, the vehicle, default limits,
// permits. Plain arrays that belong to the host; without any of them the rules say less.
#pragma once

#include <cstdint>

#include "core-cpp/map/format.hpp"

#define TOMARE_ROW_NEEDS(X) X(0, kNeedAny, "any") X(1, kNeedYes, "yes") X(2, kNeedNo, "no")

namespace tomare::rules {

/// Local time is UTC plus `minutes` from `from_ms` on; the first also holds before.
struct UtcOffset {
  int64_t from_ms;
  int64_t minutes;
};

/// What a row of default limits asks of a road; a fact that is not known leaves the row open.
enum RowNeed : uint8_t {
#define TOMARE_NEED_ENUM(number, name, text) name = number,
  TOMARE_ROW_NEEDS(TOMARE_NEED_ENUM)
#undef TOMARE_NEED_ENUM
};

/// One row of the country's table of default limits: the first row that applies counts.
struct DefaultLimit {
  int64_t from_ms, until_ms;  ///< in force while from <= t < until
  uint32_t classes;           ///< mask of map::RoadClass
  uint16_t zones;             ///< mask of map::ZoneContext, 0: any
  uint16_t low, high;         ///< tenths of km/h, or map::kLimitUnlimited
  uint8_t vehicles;           ///< mask of map::Vehicle
  uint8_t link, motorroad;    ///< RowNeed
  uint8_t oneway;             ///< RowNeed: one carriageway of one direction
  uint8_t marked;             ///< RowNeed: a marked centre line or lanes
  uint8_t divided;            ///< RowNeed: the directions are separated
  uint8_t expressway;         ///< RowNeed: a national expressway, which OSM does not tell
  uint8_t multilane;          ///< RowNeed: the map says four lanes or more
  uint8_t reserved[6];
};

/// A permit for one way, for this drive's vehicle.
struct Permit {
  int64_t way;
  int64_t from_ms, until_ms;
};

/// A permit for every way inside an area, for this drive's vehicle: a circle around one position, or a polygon.
struct PermitArea {
  int64_t from_ms, until_ms;
  uint32_t first_position, position_count;  ///< into Law::area_positions; 1, or 3 and more
  uint32_t radius_cm;                       ///< of a circle
  uint32_t reserved;
};

struct AreaPosition {
  int32_t lat_e7, lon_e7;
};

enum class DrivingSide : uint8_t { unknown, left, right };

/// Law and clock of one place.
struct Law {
  const UtcOffset* offsets = nullptr;
  const int32_t* holidays = nullptr;  ///< days since 1970-01-01, ascending
  const DefaultLimit* limits = nullptr;
  uint32_t offset_count = 0, holiday_count = 0, limit_count = 0;
  int32_t holidays_from = 0, holidays_to = -1;  ///< days that the list covers, both inclusive
  bool level_crossing_stop = false;             ///< the country has a duty to stop
  bool all_way_stop = true;                     ///< and junctions where every approach stops
  DrivingSide drives_on = DrivingSide::unknown;
  uint32_t country = 0;  ///< its two letters, upper case, the first in the lowest byte; 0: of no country
  /// What is known of the vehicle by map::Quantity, in tonnes and metres; high < 0: nothing.
  double vehicle_low[map::kQuantityCount] = {}, vehicle_high[map::kQuantityCount];

  Law() {
    for (double& high : vehicle_high) high = -1;
  }
};

/// The laws of the places that a drive may come to, and what its vehicle is permitted anywhere.
struct Laws {
  const Law* laws = nullptr;               ///< at least one: the first also holds where no place is known
  const uint32_t* law_of_place = nullptr;  ///< index into `laws` by the map's number of the place
  uint32_t law_count = 0, place_count = 0;
  const Permit* permits = nullptr;
  const PermitArea* areas = nullptr;
  const AreaPosition* area_positions = nullptr;
  uint32_t permit_count = 0, area_count = 0;

  const Law& at(uint16_t place) const { return laws[place < place_count ? law_of_place[place] : 0]; }
};

}  // namespace tomare::rules
