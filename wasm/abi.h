/* SPDX-License-Identifier: MIT
 * The boundary of the analyzer (ABI.md), the same for the WASM module and the native library.
 * Conventions: flat little-endian blocks as (pointer, size); every call returns a code of
 * core-cpp/base/error.hpp, 0 for success; the core never formats text, prints or throws; one thread
 * per instance; the host calls tomare_abi_version first. Pointers are those of the build (32 bits in
 * WASM). src/abi/layout.ts is generated from this file by wasm/layout.ts.
 */
#pragma once
#include <stdint.h>

#define TM_ABI_VERSION 4
#define TM_MEASURES 16
#define TM_RULES 7
#define TM_QUANTITIES 10

#ifdef __cplusplus
extern "C" {
#endif

/* The drive: this header, then arrays of `count` in this order: int64 time_ms; int32 lat_e7;
 * int32 lon_e7; float speed_mps; float heading_deg; float accuracy_m (NaN: the fix has none); then, each
 * array from the next multiple of 8: double settings; tm_utc_offset; tm_default_limit; tm_permit;
 * tm_permit_area; tm_area_position; int32 holidays (days since 1970-01-01 in local time, ascending). */
typedef struct tm_drive {
  uint32_t count;
  uint32_t vehicle;             /* map::Vehicle */
  uint32_t settings;            /* number of doubles: TOMARE_SETTINGS in their order */
  uint32_t flags;               /* TM_WITH_ROUTE, TM_LEVEL_CROSSING_STOP, TM_SPEED_UNIT_OPEN */
  uint32_t offset_count;        /* tm_utc_offset records, ascending; 0: local time is UTC */
  uint32_t limit_count;         /* tm_default_limit records: the country's default limits, first match counts */
  uint32_t permit_count;        /* tm_permit records */
  uint32_t area_count;          /* tm_permit_area records */
  uint32_t area_position_count; /* tm_area_position records */
  uint32_t holiday_count;
  int32_t holidays_from; /* days that the list covers, both inclusive; none when to < from */
  int32_t holidays_to;
  double vehicle_low[TM_QUANTITIES];  /* what is known of the vehicle by map::Quantity, tonnes and metres */
  double vehicle_high[TM_QUANTITIES]; /* below 0: nothing is known */
} tm_drive;
#define TM_WITH_ROUTE 1
#define TM_LEVEL_CROSSING_STOP 2
#define TM_SPEED_UNIT_OPEN 4 /* the log does not say the unit of its speeds; they stand in the block as if in m/s */

/* Local time is UTC plus `minutes` from `from_ms` on; the first record also holds before. */
typedef struct tm_utc_offset {
  int64_t from_ms;
  int64_t minutes;
} tm_utc_offset;

/* A row of default limits (rules::DefaultLimit). The needs are 0 any, 1 yes, 2 no. */
typedef struct tm_default_limit {
  int64_t from_ms; /* in force from <= t < until */
  int64_t until_ms;
  uint32_t classes; /* mask of map::RoadClass */
  uint16_t zones;   /* mask of map::ZoneContext, 0 any */
  uint16_t low;     /* tenths of km/h, or map::kLimitUnlimited */
  uint16_t high;
  uint8_t vehicles; /* mask of map::Vehicle */
  uint8_t link;
  uint8_t motorroad;
  uint8_t oneway;
  uint8_t marked;
  uint8_t divided;
  uint8_t expressway;
  uint8_t multilane;
  uint8_t reserved[6];
} tm_default_limit;

/* A permit of the drive's vehicle for one way. */
typedef struct tm_permit {
  int64_t way;
  int64_t from_ms;
  int64_t until_ms;
} tm_permit;

/* A permit of the drive's vehicle for every way inside an area: a circle around one position, or a polygon. */
typedef struct tm_permit_area {
  int64_t from_ms;
  int64_t until_ms;
  uint32_t first_position; /* into the tm_area_position records */
  uint32_t position_count; /* 1, or 3 and more */
  uint32_t radius_cm;      /* of a circle */
  uint32_t reserved;
} tm_permit_area;

typedef struct tm_area_position {
  int32_t lat_e7;
  int32_t lon_e7;
} tm_area_position;

typedef struct tm_exposure {
  uint32_t passed;
  uint32_t complied;
  uint32_t violated;
  uint32_t undetermined;
  double judged_m;
} tm_exposure;

/* The result: this header, then findings, route items, and UTF-8 text. */
typedef struct tm_result {
  int64_t start_ms;
  int64_t end_ms;
  double mean_error_m;
  double distance_m;
  uint32_t fixes;
  uint32_t matched;
  uint32_t off_road;
  uint32_t unmatched;
  uint32_t gaps;
  uint32_t finding_count;
  uint32_t route_count;
  uint32_t text_bytes;
  uint32_t findings; /* offset of the first finding, from the start of the block */
  uint32_t route;
  uint32_t text;
  uint32_t reserved;
  tm_exposure exposure[TM_RULES];
  double speed_ratio;     /* way by the logged speeds, as if in m/s, per way by the positions: median; NaN unknown */
  double speed_factor;    /* of a unit that the logged speeds are too large by; 1: none is known */
  uint32_t speed_fixes;   /* fixes with a speed … */
  uint32_t speed_aside;   /* … and of these the ones whose speed was left aside */
  uint32_t course_fixes;
  uint32_t course_aside;
  uint32_t channel_notes; /* match::ChannelNote bits */
  uint32_t channel_reserved;
} tm_result;

typedef struct tm_finding {
  int64_t start_ms;
  int64_t end_ms;
  int64_t way;
  int64_t node;
  int64_t relation;
  int32_t lat_e7;
  int32_t lon_e7;
  uint32_t reasons;
  uint32_t first_fix;
  uint32_t last_fix;
  uint32_t name_offset; /* into the text; length 0: unnamed */
  uint32_t name_length;
  uint32_t tag_offset; /* the conditional tag that made the rule, key=value; length 0: none did */
  uint32_t tag_length;
  float match;
  float map;
  float observation;
  float measured[TM_MEASURES]; /* NaN: not measured */
  uint16_t source_detail;
  uint8_t rule;
  uint8_t verdict;
  uint8_t source;
  uint8_t direction_source;
  uint8_t forward;
  uint8_t road_class;
} tm_finding;

typedef struct tm_route_item {
  int64_t way;
  int64_t enter_ms;
  int64_t exit_ms;
  double from_m;
  double to_m;
  uint32_t forward;
  uint32_t reserved;
} tm_route_item;

/* Where the last error was found; -1 where it means nothing. */
typedef struct tm_error {
  int64_t tile;
  int64_t offset;
  int32_t code;
  int32_t section;
} tm_error;

uint32_t tomare_abi_version(void);
void* tomare_alloc(uint32_t size);
void tomare_free(void* pointer);
/* `path` is zero-terminated; in WASM it is relative to the first preopened folder. */
int32_t tomare_open(const char* path, uint32_t arena_bytes);
/* Analyses the drive block; the result block stays valid until the next call. */
int32_t tomare_analyze(const void* drive, uint32_t size);
/* The block that the last successful tomare_analyze or tomare_map_info made. */
const void* tomare_result(uint32_t* size);
/* The map's header as it lies in the file (FORMAT.md section 2), then uint64 bytes read so far. */
int32_t tomare_map_info(void);
int32_t tomare_verify_tile(uint32_t number);
/* Fills `error` for the last call that failed. */
void tomare_error(tm_error* error);

#ifdef __cplusplus
}
#endif
