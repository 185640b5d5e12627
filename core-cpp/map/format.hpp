// SPDX-License-Identifier: MIT
// The structures of a .tmap file as they lie in it (mapdata/FORMAT.md). Little-endian, naturally
// aligned, read in place. Positions: x = longitude_e7 + 1'800'000'000, y = latitude_e7 +
// 900'000'000 (e7 = 1e-7 degree), both unsigned 32-bit: the quadtree halves this 2^32 square.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core-cpp/map/lists.hpp"

namespace tomare::map {

inline constexpr char kMagic[8] = {'T', 'O', 'M', 'A', 'R', 'E', 'M', 'P'};
inline constexpr uint32_t kFormatVersion = 3;
inline constexpr uint32_t kPageSize = 4096;
inline constexpr uint32_t kEntriesPerPage = 127;
inline constexpr uint32_t kMinTileLevel = 12;       ///< cell side 2^(32-12) e7, about 11 km
inline constexpr uint32_t kMaxTileLevel = 20;       ///< cell side 4096 e7, about 45 m
inline constexpr uint32_t kMaxTileBytes = 1 << 20;  ///< hard limit; the compiler aims at 64 KiB
inline constexpr uint16_t kNone16 = 0xFFFF;

enum OnewaySource : uint8_t { kOnewayNone, kOnewayGiven, kOnewayImplied, kOnewayUnknown, kOnewayOverlay };
enum LimitSource : uint8_t { kLimitNone, kLimitSigned, kLimitZone, kLimitOverlay };
enum ThreeWay : uint8_t { kUnknown, kYes, kNo };
enum Divided : uint8_t { kNotDivided, kDividedTagged, kDividedInferred };

inline constexpr uint16_t kLimitUnset = 0;           ///< limits are in tenths of km/h
inline constexpr uint16_t kLimitUnlimited = 0xFFFF;  ///< maxspeed=none
inline constexpr uint16_t kLimitVariable = 0xFFFE;   ///< signals, variable: nobody can know
inline constexpr uint16_t kLimitUnparsed = 0xFFFD;   ///< a value that is not understood
inline constexpr uint16_t kLimitOfZone = 0xFFE0;  ///< of a condition: plus a ZoneContext, the country's default there

enum AttributeFlag : uint16_t {
  kFlagBridge = 1,
  kFlagTunnel = 2,
  kFlagRoundabout = 4,
  kFlagLink = 8,
  kFlagMotorroad = 16,
  kFlagToll = 32,
  kFlagCovered = 64,
  kFlagArea = 128,
  kFlagFord = 256,
  kFlagExpressway = 512,
  kFlagOnewayUnsure = 1024,  ///< an overlay calls the fact unsure: map and street seem to disagree
  kFlagAccessUnsure = 2048
};
enum Service : uint8_t {
  kServiceNone,
  kServiceOther,
  kServiceParkingAisle,
  kServiceDriveway,
  kServiceAlley,
  kServiceDriveThrough
};

inline constexpr int kForward = 0;  ///< direction index: along the way's nodes
inline constexpr int kBackward = 1;

struct FileHeader {  // §2; the first page, zero-filled to kPageSize
  char magic[8];
  uint32_t version;
  uint32_t header_crc;  ///< CRC-32C of the whole first page with this field zero
  uint64_t file_size;
  uint64_t directory_offset;  ///< page aligned
  uint32_t directory_pages;
  uint32_t tile_count;
  uint64_t root_offset;  ///< uint64 first key of each directory page
  uint32_t root_crc;
  uint32_t flags;
  int32_t min_lat_e7, min_lon_e7, max_lat_e7, max_lon_e7;
  int64_t osm_time_s;         ///< Unix seconds, 0 unknown
  uint8_t source_sha256[32];  ///< of the input files' bytes, in order
  char name[64];              ///< UTF-8, zero-terminated
  uint64_t statistics[96];    ///< index: Statistic
  uint64_t places_offset;     ///< §3.3, 8-aligned
  uint32_t place_count;
  uint32_t places_crc;  ///< CRC-32C of the places
};

struct Place {      // §3.3
  char country[4];  ///< ISO 3166-1 alpha-2, filled with zeros; empty: several countries claim it
  uint32_t reserved;
  char zone[40];                                           ///< IANA name, zero-terminated
  int32_t min_lat_e7, min_lon_e7, max_lat_e7, max_lon_e7;  ///< box of the cells with roads of the place
};

struct DirectoryEntry {  // §3
  uint64_t key;          ///< Z-order of the cell's origin: bit 2i = bit i of x, bit 2i+1 = bit i of y
  uint64_t offset;       ///< of the tile, 8-aligned
  uint32_t length;
  uint32_t crc;  ///< CRC-32C of the tile's bytes
  uint8_t level;
  uint8_t reserved[7];
};

struct DirectoryPage {  // §3; kPageSize bytes
  uint32_t crc;         ///< CRC-32C of the page with this field zero
  uint32_t count;
  uint64_t reserved;
  DirectoryEntry entries[kEntriesPerPage];
  uint8_t padding[16];
};

struct Section {
  uint32_t offset;  ///< from the start of the tile, 8-aligned
  uint32_t count;   ///< of elements
};

enum SectionId : uint32_t {
  kNodes,
  kTwins,
  kArcs,
  kSegments,
  kPoints,
  kPointSegments,
  kWays,
  kAttributes,
  kRulePoints,
  kRestrictions,
  kRestrictionWays,
  kConditions,
  kTerms,
  kNames,
  kText,
  kGridStarts,
  kGridPieces,
  kQuotes,
  kSectionCount
};

struct TileHeader {  // §4
  uint32_t magic;    ///< 'TILE' = 0x454C4954
  uint32_t number;   ///< its index in the directory
  uint32_t x, y;     ///< origin of the cell
  uint8_t level;
  uint8_t unit_shift;  ///< a local unit is 2^unit_shift e7: max(0, 16 - level)
  uint8_t grid_log2;   ///< the grid is 2^grid_log2 cells a side
  uint8_t reserved;
  uint16_t place;  ///< of every segment; kNone16: they differ, or have none
  uint16_t reserved_end;
  Section sections[kSectionCount];
};

struct Node {     // the last twins.count nodes are cuts at the tile's edge, in the order of the twins
  uint16_t x, y;  ///< local units, 0..65535
  uint16_t first_arc;
  uint8_t arc_count;  ///< at most 255
  uint8_t flags;      ///< NodeFlag
};
enum NodeFlag : uint8_t {
  kNodeCut = 1,      ///< cut at the tile's edge: exactly one arc, and a twin
  kNodeBanned = 2,   ///< some restriction has its via here
  kNodeDataEnd = 4,  ///< the extract or a missing node ends the road here
  kNodeJunction = 8  ///< three or more arms
};

struct Twin {
  uint32_t tile;  ///< number of the neighbour
  uint16_t node;  ///< its node
  uint16_t reserved;
};

/// Arc: uint16 segment index times two plus direction (0: leaves along the segment, 1: against).
/// Sorted by node, then by arc. Segment indexes are therefore below 32768.
using Arc = uint16_t;

struct Segment {  // sorted so that segments of one way follow each other in way order
  uint16_t from_node, to_node;
  uint16_t first_point, point_count;  ///< points incl. both ends; at least 2
  uint16_t way, first_rule_point;
  uint8_t rule_point_count, flags;
  uint16_t place;          ///< of the middle of the segment, §3.3; kNone16: none
  uint32_t length_cm;      ///< at full precision, before rounding to local units
  uint32_t way_offset_cm;  ///< from the way's first node to the segment's first point
};

struct Point {
  uint16_t x, y;  ///< local units
};
/// kPointSegments: uint16 segment of each point.

struct Way {
  int64_t id;
  uint16_t attributes;
  uint16_t name;    ///< kNone16: unnamed
  uint8_t winding;  ///< Winding of a roundabout
  uint8_t reserved[3];
};
/// Which way round the nodes of a roundabout run.
enum Winding : uint8_t { kWindingUnknown, kClockwise, kCounterClockwise };

struct Attributes {
  uint64_t access;                             ///< a nibble of Access at access_shift(direction, vehicle)
  uint16_t limit_low[2][8], limit_high[2][8];  ///< [direction][vehicle], tenths of km/h; equal when exact
  uint8_t access_key[2][8];
  uint8_t oneway_against[2];  ///< vehicles that the one-way rule keeps from driving in the direction
  uint8_t oneway_source;
  uint8_t limit_source[2];
  uint8_t road_class;
  int8_t layer;
  uint8_t lanes;        ///< 0 unknown
  uint8_t centre_line;  ///< ThreeWay: a marked centre line or lanes
  uint8_t divided;      ///< Divided
  uint8_t service;
  uint8_t condition_count;
  uint16_t first_condition;
  uint16_t flags;
  uint16_t min_speed;  ///< minspeed, tenths of km/h, 0 none
  uint16_t zone;       ///< ZoneContext of maxspeed:type and the like
  uint16_t first_quote;
  uint8_t quote_count;
  uint8_t reserved;
};

enum QuotedFact : uint8_t { kQuotedAccess = 1, kQuotedOneway, kQuotedLimit, kQuotedZone, kQuotedMinSpeed };
/// The tag that gave a fact, where it is not the one that the fact would be written as (FORMAT.md §4.18).
struct Quote {
  uint8_t fact, directions, vehicles;  ///< QuotedFact; masks that it holds for
  uint8_t reserved;
  uint16_t text;  ///< name index of key=value
};

/// Where the nibble of a direction and a vehicle lies in Attributes::access.
constexpr int access_shift(int direction, int vehicle) { return 4 * (direction * 8 + vehicle); }
/// The access of one kind of vehicle in one direction.
constexpr Access access_in(const Attributes& a, int direction, int vehicle) {
  return static_cast<Access>(a.access >> access_shift(direction, vehicle) & 15);
}
/// A value that lets every vehicle of the kind in.
constexpr bool open_to_all(Access access) {
  return access == kAccessUnset || access == kAccessYes || access == kAccessPermissive || access == kAccessDesignated;
}
/// A class that is closed to all unless a tag opens it.
constexpr bool closed_class(uint8_t road_class) {
  return road_class == kPedestrian || road_class == kBusway || road_class == kConstruction || road_class == kRaceway;
}
/// Sets it, and the key that gave it, for the vehicles of a mask.
constexpr void set_access(Attributes* a, int direction, uint8_t vehicles, Access value, AccessKey key) {
  for (int v = 0; v < kVehicleCount; ++v) {
    if ((vehicles >> v & 1) == 0) continue;
    const int shift = access_shift(direction, v);
    a->access = (a->access & ~(uint64_t{15} << shift)) | uint64_t{value} << shift;
    a->access_key[direction][v] = key;
  }
}

enum RulePointKind : uint8_t { kStop = 1, kGiveWay, kSignals, kLevelCrossing, kBarrier };
enum RulePointFlag : uint8_t {
  kAtJunction = 1,  ///< the OSM node is itself a junction of roads
  kStopAll = 2,
  kStopMinor = 4,
  kCrossingLight = 8,
  kCrossingBarrier = 16,
  kCrossingInactive = 32,  ///< tram, disused
  kFromOverlay = 64,
  kPointUnsure = 128  ///< as kFlagOnewayUnsure
};
enum RulePointDoubt : uint8_t {
  kSignalBeside = 1,      ///< signals of a crosswalk stand at the line, or at the rails
  kPointConditional = 2,  ///< holds under a condition, which is not read
  kPointBySign = 4        ///< a stop sign by `traffic_sign` alone
};
struct RulePoint {  // sorted by segment, then offset
  int64_t node;
  uint32_t offset_cm;  ///< along the segment
  uint16_t segment;
  uint8_t kind, directions;  ///< bit 0: meant for travel forward, bit 1: backward
  uint8_t direction_source, flags;
  uint8_t detail;  ///< RulePointDoubt
  uint8_t access;  ///< barriers: Access for cars
  uint32_t reserved;
};

enum RestrictionFlag : uint8_t {
  kViaWay = 1,
  kRestrictionConditional = 2,
  kOnly = 4,
  kRestrictionOverlay = 8,
  kRestrictionUnsure = 16  ///< as kFlagOnewayUnsure
};
/// One from-to pair. With kOnly: any other exit than `to` is banned.
struct Restriction {  // sorted by via_node, then from_segment
  int64_t relation;
  uint16_t via_node;  ///< where the from-segment ends (for kViaWay: the first via node)
  uint16_t from_segment;
  uint16_t to_segment;  ///< kNone16 with kViaWay
  uint8_t turn, flags;
  uint8_t vehicles;  ///< mask of Vehicle that it binds (after `except`)
  uint8_t condition_count;
  uint16_t first_condition;
  uint16_t first_way, way_count;  ///< kViaWay: int64 ids in kRestrictionWays: via ways in order, then the to-way
};

enum ConditionTarget : uint8_t {
  kConditionAccess = 1,
  kConditionOneway,
  kConditionLimit,
  kConditionRestriction,
  kConditionSize  ///< the first term is the size beyond which the road is closed, the others are the condition
};
enum ConditionFlag : uint8_t { kNotUnderstood = 1 };
/// One clause "value @ (condition)", from the general key to the specific and within a tag in its order:
/// the last that holds wins. Without terms it always holds: a restriction's unconditional part.
struct Condition {
  uint8_t target, directions, vehicles;  ///< directions: bit mask; vehicles: bit mask
  uint8_t flags;                         ///< ConditionFlag, and the AccessKey of its tag << 4
  uint16_t value;  ///< Access; one-way: 0 no, 1 yes, 2 reversed, 3 nobody knows; limit in tenths; restriction: 0 none,
                   ///< 1 in force
  uint16_t first_term;
  uint16_t term_count;
  uint16_t text;  ///< name index of the tag's own text
};

/// A condition is groups joined by AND (`rule` >> 4); a group is one comparison, one keyword, or the rules of
/// opening_hours in their order (`rule` & 15). Within a rule: terms of one kind are alternatives, and kinds
/// must all hold; days and nth days count as one kind, months and dates too.
enum TermKind : uint8_t {
  kTermDays = 1,   ///< a: bit 0 Monday … bit 6 Sunday, bit 7 PH, bit 8 SH
  kTermTime,       ///< a, b: minutes since midnight, a < b <= 2880: beyond 1440 is the next morning
  kTermSun,        ///< a, b: SunEvent + 16 * (offset in minutes + 2048), or 16 * minutes since midnight
  kTermMonths,     ///< a: bit 0 January … bit 11 December
  kTermDates,      ///< a, b: month * 32 + day, inclusive; b < a runs over the year's end
  kTermYearDates,  ///< a, b: year * 512 + month * 32 + day, inclusive
  kTermWeeks,      ///< a, b: ISO week numbers, inclusive
  kTermAlways,     ///< 24/7
  kTermOff,        ///< the rule closes what the rules before opened
  kTermCompare,    ///< flags: Quantity * 8 + Comparison; a: the number in thousandths
  kTermKeyword,    ///< flags: Keyword: nobody can know
  kTermNthDays,    ///< a: weekdays; b: bit 0 the first of the month … bit 4 the fifth, bit 5 the last … bit 9 the fifth
                   ///< last
  kTermDisputedDays  ///< a: days as in kTermDays, which other readers take for a rule of their own: the whole day
};
inline constexpr int32_t kNoBound = INT32_MAX;  ///< of a kTermCompare: no vehicle is beyond it
inline constexpr uint32_t kMaxTerms = 256;      ///< of one condition
enum SunEvent : uint8_t { kSunrise = 1, kSunset, kDawn, kDusk };
enum Comparison : uint16_t { kLess = 1, kLessEqual, kGreater, kGreaterEqual, kEqual };
enum TermFlag : uint16_t { kTermAdditive = 1 };  ///< opening_hours: the rule adds to those before (",")
struct Term {
  uint8_t kind, rule;
  uint16_t flags;  ///< TermFlag, or as the kind says
  int32_t a, b;
};

struct Name {
  uint32_t offset;  ///< into kText
  uint32_t length;  ///< bytes of UTF-8
};

/// kGridStarts: uint32 start into kGridPieces per cell (row-major, y then x) plus one end.
/// kGridPieces: uint16 index of a piece's first point; a piece p runs from point p to p + 1.

/// Index into FileHeader::statistics; append only. The texts are shown by `tomare map info`.
#define TOMARE_STATISTICS(X)                 \
  X(0, nodes_read)                           \
  X(1, ways_read)                            \
  X(2, relations_read)                       \
  X(3, road_ways)                            \
  X(4, road_nodes)                           \
  X(5, segments)                             \
  X(6, points)                               \
  X(7, length_m)                             \
  X(8, cut_ways_missing_nodes)               \
  X(9, missing_nodes)                        \
  X(10, stops)                               \
  X(11, stops_direction_given)               \
  X(12, stops_direction_inferred)            \
  X(13, stops_direction_ambiguous)           \
  X(14, give_ways)                           \
  X(15, signals)                             \
  X(16, level_crossings)                     \
  X(17, barriers)                            \
  X(18, restrictions)                        \
  X(19, restrictions_kept)                   \
  X(20, restrictions_via_way)                \
  X(21, restrictions_dropped_missing_member) \
  X(22, restrictions_dropped_not_road)       \
  X(23, restrictions_dropped_not_connected)  \
  X(24, restrictions_dropped_ambiguous)      \
  X(25, restrictions_dropped_unknown_kind)   \
  X(26, restrictions_dropped_other_vehicle)  \
  X(27, oneway_ways)                         \
  X(28, limit_signed_ways)                   \
  X(29, conditional_ways)                    \
  X(30, conditions)                          \
  X(31, conditions_not_understood)           \
  X(32, dropped_short_ways)                  \
  X(33, tile_bytes)                          \
  X(34, level_crossings_inactive)            \
  X(35, stops_off_road)                      \
  X(36, overlay_stops)                       \
  X(37, overlay_oneways)                     \
  X(38, overlay_closures)                    \
  X(39, overlay_limits)                      \
  X(40, overlay_turn_bans) X(41, overlay_level_crossings) X(42, overlay_centre_lines) X(43, overlay_expressways) X(44, ways_superseded) \
  X(45, overlay_unsure)
enum Statistic : uint32_t {
#define TOMARE_STATISTIC_ENUM(index, name) kStat_##name = index,
  TOMARE_STATISTICS(TOMARE_STATISTIC_ENUM)
#undef TOMARE_STATISTIC_ENUM
};

static_assert(sizeof(FileHeader) <= kPageSize);
static_assert(sizeof(DirectoryEntry) == 32 && sizeof(DirectoryPage) == kPageSize);
static_assert(sizeof(TileHeader) == 24 + 8 * kSectionCount && sizeof(Node) == 8 && sizeof(Twin) == 8);
static_assert(sizeof(Place) == 64 && sizeof(Segment) == 24 && sizeof(Point) == 4 && sizeof(Way) == 16);
static_assert(sizeof(Attributes) == 112 && sizeof(RulePoint) == 24 && sizeof(Restriction) == 24);
static_assert(sizeof(Condition) == 12 && sizeof(Term) == 12 && sizeof(Name) == 8 && sizeof(Quote) == 6);

}  // namespace tomare::map
