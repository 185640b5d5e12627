/* SPDX-License-Identifier: MIT
 * The boundary of the map compiler. The host reads and inflates the blobs of .osm.pbf files and passes plain
 * blocks; the compiler returns pieces of the .tmap file. Blocks are (pointer, size). Calls that return int32_t
 * return a code of core-cpp/base/error.hpp, 0 for success. Nothing prints or throws across. One thread.
 * A host calls tomap_abi_version first and refuses any value but TOMAP_ABI_VERSION.
 */
#pragma once
#include <stdint.h>

#define TOMAP_ABI_VERSION 4

#ifdef __cplusplus
extern "C" {
#endif

/* A piece of the file, as tomap_next returns it. */
typedef struct tomap_piece {
  uint64_t offset;   /* where in the file these bytes go */
  uint64_t data;     /* address, valid until the next call */
  uint32_t bytes;    /* how many; 0: the file is complete */
  uint32_t reserved; /* 0 */
} tomap_piece;

/* The source of a map, for tomap_begin. */
typedef struct tomap_source {
  char name[64];        /* UTF-8, at most 63 bytes, zero-terminated */
  uint8_t sha256[32];   /* of the input files' bytes in order */
  uint32_t tile_target; /* a tile of more bytes is split; 0: 65536 */
  uint32_t reserved;    /* 0 */
} tomap_source;

/* Kinds of block. The host passes a block once in each pass, 1 and 2, that needs it. Rows come after pass 2, as
 * OverlayRecord of mapdata/compiler/overlay/overlay_rows.hpp. */
#define TOMAP_BLOCK_HEADER 0 /* an inflated OSMHeader blob */
#define TOMAP_BLOCK_DATA 1   /* an inflated OSMData blob */
#define TOMAP_BLOCK_ROWS 2   /* rows of an overlay; after tomap_finish, tomap_error_text lists those left out */
#define TOMAP_BLOCK_PLACES 3 /* the bytes of mapdata/places/places.bin, before tomap_finish; without them the map has
                                no country and no time zone */

/* Bits of tomap_kinds. */
#define TOMAP_HAS_NODES 1
#define TOMAP_HAS_OTHERS 2 /* ways or relations */

uint32_t tomap_abi_version(void);
void* tomap_alloc(uint32_t size);
void tomap_free(void* pointer);
int32_t tomap_begin(const tomap_source* source);
int32_t tomap_pass(uint32_t pass);
int32_t tomap_block(uint32_t kind, const void* data, uint32_t size);
/* What an inflated OSMData blob contains. A host may skip blobs without ways and relations in pass 1, and blobs
 * without nodes in pass 2. May be called at any time. */
uint32_t tomap_kinds(const void* data, uint32_t size);
int32_t tomap_finish(void);             /* builds the tiles; after the last block */
int32_t tomap_next(tomap_piece* piece); /* next piece of the file; repeat until bytes is 0 */
const char* tomap_error_text(void);     /* what and where, for the last error; zero-terminated */
#ifdef __cplusplus
}
#endif
