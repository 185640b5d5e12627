/* SPDX-License-Identifier: MIT
 * The boundary of the map compiler: the host reads and inflates the blobs of .osm.pbf files and hands
 * over plain blocks; the compiler hands back pieces of the .tmap file. Conventions: (pointer, size);
 * every call returns a code of core-cpp/base/error.hpp; nothing prints or throws across; one thread.
 */
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tomap_piece {
  uint64_t offset; /* where in the file these bytes go */
  uint32_t data;   /* address (wasm32); valid until the next call */
  uint32_t size;   /* 0: the file is complete */
} tomap_piece;

typedef struct tomap_source {
  char name[64];
  uint8_t sha256[32];   /* of the input files' bytes in order */
  uint32_t tile_target; /* bytes; 0: 65536 */
  uint32_t reserved;
} tomap_source;

/* A question about one condition: this header, then int64 times_ms[time_count], int32
 * holidays[holiday_count] (days since 1970-01-01, ascending), and text_bytes of UTF-8. */
typedef struct tomap_query {
  int32_t lat_e7;
  int32_t lon_e7;
  int32_t offset_minutes; /* local time is UTC plus this */
  int32_t holidays_from;  /* days that the list covers, both inclusive */
  int32_t holidays_to;
  uint32_t holiday_count;
  uint32_t time_count;
  uint32_t text_bytes;
} tomap_query;
#define TOMAP_NOT_UNDERSTOOD 255

/* A row of a regulation overlay (mapdata/OVERLAY.md): this header, then int32 lat_e7, lon_e7 of each
 * position, then text_bytes of UTF-8 (the condition, empty: always), filled with zeros to a multiple of 4. */
typedef struct tomap_overlay_row {
  uint32_t row;     /* of the overlay's file, for messages */
  uint8_t kind;     /* 1 stop, 2 oneway, 3 closure, 4 limit, 5 turn_ban, 6 u_turn_ban, 7 level_crossing,
                       8 centre_line, 9 expressway */
  uint8_t vehicles; /* mask of map::Vehicle */
  uint8_t flags;    /* 1: along the line alone; 2: a turn ban of every exit but those given; 4: lies on a motorway or a
                       road for motor vehicles alone; 8: on none of them */
  uint8_t reserved;
  uint16_t value;   /* limit: tenths of km/h, 0xFFFF none; closure: map::Access */
  uint16_t bearing; /* points: of travel towards the sign, 0..359; 0xFFFF none */
  uint32_t point_count;
  uint32_t text_bytes;
} tomap_overlay_row;

/* A block comes once per pass that needs it; passes are 1, 2. kind 0: OSMHeader, 1: OSMData; 2, after the last pass:
 * tomap_overlay_row records. After tomap_finish, tomap_error_text has the rows that were left out, as
 * lines "row<tab>reason", and the turn restrictions that were, "r<relation><tab>name of the statistic that counts them". */
uint32_t tomap_abi_version(void);
void* tomap_alloc(uint32_t size);
void tomap_free(void* pointer);
int32_t tomap_begin(const tomap_source* source);
int32_t tomap_pass(uint32_t pass);
int32_t tomap_block(uint32_t kind, const void* data, uint32_t size);
/* Which of nodes (1) and ways or relations (2) an inflated OSMData blob has: a host may leave out blobs
 * without ways and relations in pass 1, and those without nodes in pass 2. At any time. */
uint32_t tomap_kinds(const void* data, uint32_t size);
int32_t tomap_finish(void);             /* builds the tiles */
int32_t tomap_next(tomap_piece* piece); /* repeat until size is 0 */
/* Per time one byte: 0 does not hold, 1 holds, 2 nobody can know; all TOMAP_NOT_UNDERSTOOD where the
 * grammar does not cover the text. `answers` has room for time_count bytes. */
int32_t tomap_condition(const void* query, uint32_t size, uint8_t* answers);
const char* tomap_error_text(void); /* what and where, for the last error; zero-terminated */
#ifdef __cplusplus
}
#endif
