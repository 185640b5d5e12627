/* SPDX-License-Identifier: MIT
 * The boundary of the analyzer (ABI.md): the same for the WASM module and the native library, plain C, and the one
 * header that a program needs. A host calls tomare_abi_version first and refuses what is not TM_ABI_VERSION.
 *
 * Blocks are flat, little-endian and naturally aligned; a native host aligns the blocks that it hands over to 8
 * bytes. "Number in LIST" is the number of an entry of the X-list LIST; src/layout.ts has all lists with their
 * names, made from the headers that own them by wasm/layout.ts. Where a field can say "none", its comment says how.
 *
 * Nothing here prints, throws or aborts. A call that can fail returns a code of TOMARE_ERRORS, 0 for success, and
 * fills `error` where the caller gives one (NULL: the caller does not care).
 *
 * Threads. A tomare_map is not changed after it was opened: any number of threads may use it. A tomare_analyzer
 * serves one thread at a time. Two analyzers share nothing that changes, also when they are of one map: as many
 * threads as there are analyzers analyze side by side. A map may be closed while analyzers of it live on. */
#ifndef TOMARE_ABI_H
#define TOMARE_ABI_H
#include <stdint.h>

#define TM_ABI_VERSION 7
#define TM_MEASURES 16   /* room for measures in a finding; TOMARE_MEASURES has as many or fewer */
#define TM_RULES 7       /* entries of TOMARE_RULES */
#define TM_QUANTITIES 10 /* entries of TOMARE_QUANTITIES */
#define TM_STATISTICS 96 /* room for statistics in a map; TOMARE_STATISTICS has fewer */

#ifdef __cplusplus
extern "C" {
#endif

/* An open map file: its header and the root of its directory. */
typedef struct tomare_map tomare_map;
/* The memory for a map's tiles, and the block that the last call made. */
typedef struct tomare_analyzer tomare_analyzer;

/* Where an error was found. */
typedef struct tm_error {
  int64_t tile;    /* number of a tile of the map; -1: none */
  int64_t offset;  /* byte in the file or the tile, or index of the fix (LOG_VALUE); -1: none */
  int32_t code;    /* as returned: number in TOMARE_ERRORS, 0 for success */
  int32_t section; /* of FORMAT.md, times 100: 413 is section 4.13; 0 or -1: none */
} tm_error;

/* ---- What a map says of itself --------------------------------------------------------------------------------- */

typedef struct tm_map_info {
  uint64_t file_bytes;
  int64_t osm_time_s; /* Unix seconds of the OSM data; 0: the extract does not say */
  uint32_t format;    /* version of FORMAT.md */
  uint32_t tiles;     /* numbers of tiles are below */
  int32_t min_lat_e7; /* bounds of the roads, 1e-7 degree, both inclusive */
  int32_t min_lon_e7;
  int32_t max_lat_e7;
  int32_t max_lon_e7;
  uint8_t sha256[32];                 /* of the OSM files' bytes in order */
  char name[64];                      /* UTF-8, zero-terminated */
  uint64_t statistics[TM_STATISTICS]; /* by number in TOMARE_STATISTICS; 0 beyond the list */
  uint32_t places;                    /* numbers of places are below */
  uint32_t reserved;                  /* 0 */
} tm_map_info;

/* A country and a time zone in which the map has roads. */
typedef struct tm_place {
  char country[4];    /* ISO 3166-1 alpha-2, zero-terminated; empty: several countries claim it */
  uint32_t reserved;  /* 0 */
  char zone[40];      /* IANA name, zero-terminated */
  int32_t min_lat_e7; /* box of the map's cells that have roads of the place, 1e-7 degree */
  int32_t min_lon_e7;
  int32_t max_lat_e7;
  int32_t max_lon_e7;
} tm_place;
#define TM_NO_PLACE 65535 /* in place of the number of a place */

/* ---- The drive ------------------------------------------------------------------------------------------------- */

/* The header of a drive block. Arrays of `count` follow it in this order: int64 time_ms (Unix, UTC); int32 lat_e7;
 * int32 lon_e7 (1e-7 degree, WGS84); float speed_mps; float heading_deg (of travel, clockwise from north); float
 * accuracy_m (radius of the position); NaN: the fix has no such value. Then, each array from the next multiple of 8:
 * double settings; tm_law; uint32 law_of_place; tm_utc_offset; tm_default_limit; tm_permit; tm_permit_area;
 * tm_area_position; int32 holidays (days since 1970-01-01 in local time, ascending in each law). The block ends with
 * them: its size is exact. */
typedef struct tm_drive {
  uint32_t count;               /* fixes, at least 1, in any order of time */
  uint32_t vehicle;             /* number in TOMARE_VEHICLES */
  uint32_t settings;            /* number of doubles: one for each of TOMARE_SETTINGS in their order, switches 0, 1;
                                   0: all as in TOMARE_SETTINGS */
  uint32_t flags;               /* TM_WITH_ROUTE, TM_SPEED_UNIT_OPEN */
  uint32_t law_count;           /* tm_law: the first also holds where no place is known; 0: no law, UTC */
  uint32_t place_count;         /* law_of_place: index of the law by the number of the place; beyond: the first */
  uint32_t offset_count;        /* tm_utc_offset of all laws */
  uint32_t limit_count;         /* tm_default_limit of all laws */
  uint32_t permit_count;        /* tm_permit; 0: none */
  uint32_t area_count;          /* tm_permit_area; 0: none */
  uint32_t area_position_count; /* tm_area_position */
  uint32_t holiday_count;       /* days of all laws */
  uint32_t reserved[2];         /* 0 */
} tm_drive;
#define TM_WITH_ROUTE 1      /* the result has route items */
#define TM_SPEED_UNIT_OPEN 2 /* the log does not say the unit of its speeds; the block has them as if m/s */

/* Law and clock of a place; each range counts into the records of the block. */
typedef struct tm_law {
  uint32_t first_offset; /* tm_utc_offset, ascending by time */
  uint32_t offset_count; /* 0: local time is UTC */
  uint32_t first_limit;  /* tm_default_limit, the first that applies counts */
  uint32_t limit_count;  /* 0: no default limits */
  uint32_t first_holiday;
  uint32_t holiday_count;             /* 0: no holiday in the days that the list covers */
  int32_t holidays_from;              /* days since 1970-01-01 that the list covers, both inclusive */
  int32_t holidays_to;                /* below holidays_from: nobody knows of any day whether it is a holiday */
  uint32_t flags;                     /* TM_LEVEL_CROSSING_STOP */
  uint32_t reserved;                  /* 0 */
  double vehicle_low[TM_QUANTITIES];  /* by number in TOMARE_QUANTITIES: the vehicle has at least so much: tonnes,
                                         metres, or a count */
  double vehicle_high[TM_QUANTITIES]; /* and at most so much; below 0: nothing is known of this figure */
} tm_law;
#define TM_LEVEL_CROSSING_STOP 1 /* the country has a duty to stop before every level crossing */
#define TM_NO_ALL_WAY_STOP 2     /* the country has no junctions where every approach stops */
#define TM_DRIVES_LEFT 4         /* neither of the two: the driving side is not known */
#define TM_DRIVES_RIGHT 8

/* Local time is UTC plus `minutes` from `from_ms` on; the first record also holds before. */
typedef struct tm_utc_offset {
  int64_t from_ms; /* Unix milliseconds */
  int64_t minutes; /* ahead of UTC; negative: behind */
} tm_utc_offset;

/* A row of the country's default limits. The needs (link to multilane) are numbers in TOMARE_ROW_NEEDS; a fact that
 * the map does not have leaves the row open. */
typedef struct tm_default_limit {
  int64_t from_ms; /* Unix milliseconds: in force from <= t < until */
  int64_t until_ms;
  uint32_t classes; /* bits: numbers in TOMARE_ROAD_CLASSES */
  uint16_t zones;   /* bits: numbers in TOMARE_ZONES; 0: any, or no zone */
  uint16_t low;     /* the limit is between low and high: tenths of km/h; 0xFFFF: no limit */
  uint16_t high;
  uint8_t vehicles;    /* bits: numbers in TOMARE_VEHICLES */
  uint8_t link;        /* need: a ramp */
  uint8_t motorroad;   /* need: a road for motor vehicles alone */
  uint8_t oneway;      /* need: a carriageway of one direction */
  uint8_t marked;      /* need: a marked centre line or lanes */
  uint8_t divided;     /* need: the directions are separated */
  uint8_t expressway;  /* need: a national expressway */
  uint8_t multilane;   /* need: four lanes or more */
  uint8_t reserved[6]; /* 0 */
} tm_default_limit;

/* A permit of the drive's vehicle for one way. */
typedef struct tm_permit {
  int64_t way;     /* OSM id */
  int64_t from_ms; /* Unix milliseconds: valid from <= t < until */
  int64_t until_ms;
} tm_permit;

/* A permit of the drive's vehicle for every way inside an area: a circle around one position, or a polygon. */
typedef struct tm_permit_area {
  int64_t from_ms; /* Unix milliseconds: valid from <= t < until */
  int64_t until_ms;
  uint32_t first_position; /* index into the tm_area_position records */
  uint32_t position_count; /* 1: a circle; 3 and more: a polygon */
  uint32_t radius_cm;      /* of a circle; 0 for a polygon */
  uint32_t reserved;       /* 0 */
} tm_permit_area;

typedef struct tm_area_position {
  int32_t lat_e7; /* 1e-7 degree */
  int32_t lon_e7;
} tm_area_position;

/* ---- The result ------------------------------------------------------------------------------------------------ */

/* What was looked at for one rule: places, or metres for rules that speak of stretches. */
typedef struct tm_exposure {
  uint32_t passed;       /* places of the rule that the drive passed */
  uint32_t complied;     /* of them: the rule was kept */
  uint32_t violated;     /* of them: the rule was broken */
  uint32_t undetermined; /* of them: nobody can say, or perhaps broken */
  double judged_m;       /* metres that were judged; 0 for rules of places */
} tm_exposure;

/* The header of a result block. Records follow where the offsets say, from the start of the block; then UTF-8 text,
 * which findings point into, not terminated. Later versions append fields and arrays. */
typedef struct tm_result {
  int64_t start_ms; /* Unix milliseconds of the first and the last fix by time */
  int64_t end_ms;
  double mean_error_m;    /* mean distance of matched fixes from the matched road; 0 when none was matched */
  double distance_m;      /* driven on the matched route */
  uint32_t fixes;         /* matched + off_road + unmatched */
  uint32_t matched;       /* fixes on a road of the map */
  uint32_t off_road;      /* fixes on no road of the map */
  uint32_t unmatched;     /* fixes that were left out, or that no route explains */
  uint32_t gaps;          /* places where the matched route is interrupted */
  uint32_t finding_count; /* tm_finding records, by start time, then rule */
  uint32_t route_count;   /* tm_route_item records in the order of travel; 0 without TM_WITH_ROUTE */
  uint32_t text_bytes;
  uint32_t findings;              /* offset of the first finding */
  uint32_t route;                 /* offset of the first route item */
  uint32_t text;                  /* offset of the text */
  uint32_t reserved;              /* 0 */
  tm_exposure exposure[TM_RULES]; /* by number in TOMARE_RULES */
  double speed_ratio;    /* way by the drive's speeds per way by its positions: of sums, or of windows' middle; NaN: not
                            known */
  double speed_factor;   /* of the unit that the speeds are too large by; 1: none is known */
  uint32_t speed_fixes;  /* fixes with a speed */
  uint32_t speed_aside;  /* of them: what the positions contradict was left aside */
  uint32_t course_fixes; /* the same of the courses */
  uint32_t course_aside;
  uint32_t channel_notes;     /* bits: numbers in TOMARE_CHANNEL_NOTES; 0: none */
  uint32_t channels_reserved; /* 0 */
} tm_result;

/* What was found at one place or on one stretch. Its confidence is match * map * observation. */
typedef struct tm_finding {
  int64_t start_ms; /* Unix milliseconds; equal for a place that is passed at once */
  int64_t end_ms;
  int64_t way;      /* OSM id of the road */
  int64_t node;     /* OSM id of the place; 0: none */
  int64_t relation; /* OSM id of the turn restriction; 0: none */
  int32_t lat_e7;   /* of the place, or where the stretch begins; 1e-7 degree */
  int32_t lon_e7;
  uint32_t reasons;   /* bits: numbers in TOMARE_REASONS; 0: none */
  uint32_t first_fix; /* indexes into the drive, both inclusive */
  uint32_t last_fix;
  uint32_t name_offset; /* the road's name, or its ref, in the text */
  uint32_t name_length; /* bytes; 0: unnamed */
  uint32_t tag_offset;  /* the tag that made the rule in the text: key=value, or a key whose value is measured */
  uint32_t tag_length;  /* bytes; 0: no tag did */
  float match;          /* 0 to 1: how sure the matched route is */
  float map;            /* 0 to 1: how sure the map's facts are */
  float observation;    /* 0 to 1: how sure the measures are */
  float
      measured[TM_MEASURES]; /* by number in TOMARE_MEASURES, in the unit that the name ends with; NaN: not measured */
  uint16_t place;            /* number of the place of the road, or TM_NO_PLACE */
  uint8_t rule;              /* number in TOMARE_RULES */
  uint8_t verdict;           /* number in TOMARE_VERDICTS */
  uint8_t source;            /* number in TOMARE_SOURCE_TAGS: what kind of tag made the rule; 0: none */
  uint8_t direction_source; /* number in TOMARE_DIRECTION_SOURCES: of a sign; 0: the rule has no direction of its own */
  uint8_t forward;          /* 1: travel along the way's nodes; 0: against them */
  uint8_t road_class;       /* number in TOMARE_ROAD_CLASSES */
} tm_finding;

/* A stretch of one way driven in one direction. */
typedef struct tm_route_item {
  int64_t way;      /* OSM id */
  int64_t enter_ms; /* Unix milliseconds */
  int64_t exit_ms;
  double from_m; /* metres from the way's first node, from < to in both directions */
  double to_m;
  uint32_t forward;  /* 1: along the way's nodes; 0: against them */
  uint32_t reserved; /* 0 */
} tm_route_item;

/* ---- The trace ------------------------------------------------------------------------------------------------- */

/* A position of a line; 1e-7 degree. */
typedef struct tm_position {
  int32_t lat_e7;
  int32_t lon_e7;
} tm_position;

/* The header of a trace block: where a drive was, without a judgement of it. Records follow where the offsets say, from
 * the start of the block; then UTF-8 text, not terminated. Later versions append fields and arrays. */
typedef struct tm_trace {
  uint32_t fix_count;      /* tm_trace_fix records, one for each fix of the drive block, in its order */
  uint32_t stretch_count;  /* tm_trace_stretch records in the order of travel: those of the result's route */
  uint32_t limit_count;    /* tm_trace_limit records */
  uint32_t position_count; /* tm_position records */
  uint32_t text_bytes;
  uint32_t fixes; /* offset of the first record of each kind */
  uint32_t stretches;
  uint32_t limits;
  uint32_t positions;
  uint32_t text;        /* offset of the text */
  uint32_t reserved[2]; /* 0 */
} tm_trace;

typedef struct tm_trace_fix {
  int32_t lat_e7; /* of the place on the matched road; INT32_MIN: the fix is on none */
  int32_t lon_e7;
  float speed_kmh; /* logged, or derived from positions; NaN: neither */
  int32_t stretch; /* index; -1: none */
} tm_trace_fix;

/* One way driven in one direction. Positions lead in the direction of travel, from the place where the way was entered
 * to the place where it was left, and have every corner of the way between. Limits ascend by metres, whatever the
 * direction, and cover the stretch. */
typedef struct tm_trace_stretch {
  int64_t way;      /* OSM id */
  int64_t enter_ms; /* Unix milliseconds */
  int64_t exit_ms;
  double from_m; /* metres from the way's first node, from < to in both directions */
  double to_m;
  uint32_t first_position; /* index into the positions */
  uint32_t position_count; /* at least 2 */
  uint32_t first_limit;    /* index into the limits */
  uint32_t limit_count;    /* at least 1 */
  uint32_t name_offset;    /* the road's name, or its ref, in the text */
  uint32_t name_length;    /* bytes; 0: unnamed */
  uint8_t forward;         /* 1: along the way's nodes; 0: against them */
  uint8_t road_class;      /* number in TOMARE_ROAD_CLASSES */
  uint8_t reserved[6];     /* 0 */
} tm_trace_stretch;

/* The limit on a part of a way, for the drive's vehicle when it was there. */
typedef struct tm_trace_limit {
  double from_m; /* metres from the way's first node */
  double to_m;
  uint16_t low; /* the limit is between low and high: tenths of km/h; 0: not known; 0xFFFF: no limit */
  uint16_t high;
  uint8_t origin;      /* number in TOMARE_LIMIT_ORIGINS */
  uint8_t reserved[3]; /* 0 */
} tm_trace_limit;

/* ---- Roads around a box ---------------------------------------------------------------------------------------- */

typedef struct tm_roads_request {
  int32_t min_lat_e7; /* the box, 1e-7 degree, bounds inclusive; latitude -90 to 90, longitude -180 to 180 */
  int32_t min_lon_e7;
  int32_t max_lat_e7;
  int32_t max_lon_e7;
  uint32_t vehicle;  /* number in TOMARE_VEHICLES: whose limits, one-way rules and restrictions are told */
  uint32_t classes;  /* bits: numbers in TOMARE_ROAD_CLASSES; 0: all */
  uint32_t most;     /* positions of lines, points and restrictions in all; more are left out, and `cut` says so */
  uint32_t reserved; /* 0 */
} tm_roads_request;

/* The header of a roads block, laid out as a trace block. */
typedef struct tm_roads {
  uint32_t line_count;        /* tm_road_line records, by way, then along it */
  uint32_t point_count;       /* tm_road_point records */
  uint32_t restriction_count; /* tm_road_restriction records */
  uint32_t position_count;    /* tm_position records */
  uint32_t text_bytes;
  uint32_t lines; /* offset of the first record of each kind */
  uint32_t points;
  uint32_t restrictions;
  uint32_t positions;
  uint32_t text;     /* offset of the text */
  uint32_t cut;      /* 1: `most` was reached, and not all of the box is here */
  uint32_t reserved; /* 0 */
} tm_roads;

/* A way, or a part of it, whose facts are the same: the pieces that meet the box, with the way's own corners. */
typedef struct tm_road_line {
  int64_t way;             /* OSM id */
  uint32_t first_position; /* index into the positions; along the way's nodes */
  uint32_t position_count; /* at least 2 */
  uint32_t name_offset;    /* the road's name, or its ref, in the text */
  uint32_t name_length;    /* bytes; 0: unnamed */
  uint16_t limit;      /* of the map, tenths of km/h; 0xFFFF: no limit; 0: none, not exact, or not the same both ways */
  int8_t oneway;       /* 1: along the nodes; -1: against them; 0: both ways */
  int8_t layer;        /* as OSM has it */
  uint8_t road_class;  /* number in TOMARE_ROAD_CLASSES */
  uint8_t flags;       /* TM_ROAD_TUNNEL, TM_ROAD_BRIDGE */
  uint8_t reserved[2]; /* 0 */
} tm_road_line;
#define TM_ROAD_TUNNEL 1
#define TM_ROAD_BRIDGE 2

typedef struct tm_road_point {
  int64_t node; /* OSM id; 0: of an overlay */
  int64_t way;  /* OSM id; a point at a junction is there for each arm that leads to it */
  int32_t lat_e7;
  int32_t lon_e7;
  uint8_t kind;        /* RulePointKind of core-cpp/map/format.hpp */
  uint8_t directions;  /* 1: for travel along the way's nodes; 2: against them; 3: both */
  uint8_t reserved[6]; /* 0 */
} tm_road_point;

typedef struct tm_road_restriction {
  int64_t relation; /* OSM id; 0: of an overlay */
  int64_t from_way; /* OSM id */
  int32_t lat_e7;   /* of the node where the turn begins */
  int32_t lon_e7;
  uint8_t turn;        /* number in TOMARE_TURNS */
  uint8_t only;        /* 1: every other exit is banned; 0: this one is */
  uint8_t reserved[6]; /* 0 */
} tm_road_restriction;

/* ---- The calls ------------------------------------------------------------------------------------------------- */

uint32_t tomare_abi_version(void);
/* Memory of the module, for blocks; a native host may use its own. NULL: there is none left. */
void* tomare_alloc(uint32_t size);
void tomare_free(void* pointer);

/* Opens a map: `path` is zero-terminated; in WASM it is relative to the first preopened folder. NULL, and `error`
 * says why: MAP_OPEN, MAP_READ, MAP_MAGIC, MAP_VERSION, MAP_TRUNCATED, MAP_HEADER, MAP_DIRECTORY, MAP_EMPTY. */
tomare_map* tomare_map_open(const char* path, tm_error* error);
/* NULL is allowed. The file stays open until the last analyzer of the map is closed. */
void tomare_map_close(tomare_map* map);
void tomare_map_info(const tomare_map* map, tm_map_info* info);
/* `number` is below tm_map_info.places. */
void tomare_map_place(const tomare_map* map, uint32_t number, tm_place* place);

/* An analyzer over a map. `arena_bytes` bounds the memory for tiles (64 MiB is usual; not used where the file is
 * mapped, as in the native library). NULL, and `error` says why: OUT_OF_MEMORY. */
tomare_analyzer* tomare_analyzer_open(const tomare_map* map, uint32_t arena_bytes, tm_error* error);
/* NULL is allowed. */
void tomare_analyzer_close(tomare_analyzer* analyzer);
/* Analyzes a drive block, which stays the caller's. Errors: BAD_BLOCK (a wrong size, count or setting), LOG_EMPTY,
 * LOG_VALUE, LOG_OUTSIDE_MAP, and for a damaged map MAP_READ, MAP_DIRECTORY, MAP_TILE, ARENA_SIZE. */
int32_t tomare_analyze(tomare_analyzer* analyzer, const void* drive, uint32_t size, tm_error* error);
/* Where a drive was, as a trace block; `drive` and errors as tomare_analyze. No rule is judged. */
int32_t tomare_trace(tomare_analyzer* analyzer, const void* drive, uint32_t size, tm_error* error);
/* The roads in the box of a tm_roads_request, as a roads block. Errors: BAD_BLOCK (a wrong size, box or vehicle), and
 * for a damaged map as tomare_analyze. */
int32_t tomare_roads(tomare_analyzer* analyzer, const void* request, uint32_t size, tm_error* error);
/* The block that the last tomare_analyze, tomare_trace, tomare_roads or tomare_places made; valid until the next of
 * them with this analyzer. *size is 0 when that failed. */
const void* tomare_result(const tomare_analyzer* analyzer, uint32_t* size);
/* Makes a result: uint16 per position, the number of the place of the nearest road within about 20 km, or
 * TM_NO_PLACE. Errors: for a damaged map as tomare_analyze. */
int32_t tomare_places(tomare_analyzer* analyzer, const tm_area_position* positions, uint32_t count, tm_error* error);
/* Reads and checks a tile whole: its CRC, its structure, and its neighbours' counterparts. */
int32_t tomare_verify_tile(tomare_analyzer* analyzer, uint32_t number, tm_error* error);
/* Bytes read from the map file so far, the header's included; tiles of a mapped file do not count. */
uint64_t tomare_bytes_read(const tomare_analyzer* analyzer);

#ifdef __cplusplus
}
#endif
#endif
