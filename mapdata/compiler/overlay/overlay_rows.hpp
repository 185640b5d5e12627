// SPDX-License-Identifier: MIT
// Rows of a regulation overlay (mapdata/OVERLAY.md) as the host hands them over: one block of records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tomare::compiler {

/// What a row regulates: X(number, name), the name as the overlay's `kind` has it. Append only.
#define TOMARE_OVERLAY_KINDS(X) \
  X(1, stop)                    \
  X(2, oneway)                  \
  X(3, closure)                 \
  X(4, limit)                   \
  X(5, turn_ban)                \
  X(6, u_turn_ban)              \
  X(7, level_crossing)          \
  X(8, centre_line)             \
  X(9, expressway)              \
  X(10, unsure)

enum class OverlayKind : uint8_t {
#define TOMARE_OVERLAY_ENUM(number, name) name = number,
  TOMARE_OVERLAY_KINDS(TOMARE_OVERLAY_ENUM)
#undef TOMARE_OVERLAY_ENUM
};
#define TOMARE_OVERLAY_COUNT(...) +1
inline constexpr int kOverlayKinds = 1 TOMARE_OVERLAY_KINDS(TOMARE_OVERLAY_COUNT);  ///< the numbers end before
#undef TOMARE_OVERLAY_COUNT

/// The OSM object that an unsure row names: X(number, name). Append only.
#define TOMARE_OSM_OBJECTS(X) \
  X(1, node)                  \
  X(2, way)                   \
  X(3, relation)

enum class OsmObject : uint8_t {
#define TOMARE_OBJECT_ENUM(number, name) name = number,
  TOMARE_OSM_OBJECTS(TOMARE_OBJECT_ENUM)
#undef TOMARE_OBJECT_ENUM
};

/// Rules whose facts a row may call unsure: X(bit, name of the rule, the kind of object whose tags give the fact).
/// Append only.
#define TOMARE_UNSURE_RULES(X) \
  X(1, wrong_way, way)         \
  X(2, no_entry, way)          \
  X(4, stop_sign, node)        \
  X(8, level_crossing, node)   \
  X(16, turn_ban, relation)

enum UnsureRule : uint16_t {
#define TOMARE_UNSURE_ENUM(bit, name, object) kUnsure_##name = bit,
  TOMARE_UNSURE_RULES(TOMARE_UNSURE_ENUM)
#undef TOMARE_UNSURE_ENUM
};

/// The rules that an object's tags can give.
constexpr uint16_t rules_of(OsmObject object) {
  uint16_t rules = 0;
#define TOMARE_UNSURE_OF(bit, name, of) rules = static_cast<uint16_t>(rules | (object == OsmObject::of ? bit : 0));
  TOMARE_UNSURE_RULES(TOMARE_UNSURE_OF)
#undef TOMARE_UNSURE_OF
  return rules;
}

enum OverlayFlag : uint8_t {
  kAlongOnly = 1,  ///< binds travel along the line alone; else both directions
  kOnlyExits = 2,  ///< turn_ban: every exit but those given is banned
  kMotorways = 4,  ///< lies on a motorway or a road for motor vehicles alone …
  kOrdinary = 8    ///< … or on none of them: one often runs right above the other
};
inline constexpr uint16_t kNoBearing = 0xFFFF;

/// A row as the host hands it over: this record, `point_count` OverlayPosition, then `text_bytes` of UTF-8 (the
/// condition; none: always), filled with zeros to a multiple of 4. Records follow each other.
struct OverlayRecord {
  uint32_t row;      ///< of the overlay's file, for messages
  uint8_t kind;      ///< OverlayKind
  uint8_t vehicles;  ///< mask of map::Vehicle
  uint8_t flags;     ///< OverlayFlag
  uint8_t object;    ///< unsure: OsmObject; else 0
  uint16_t value;  ///< limit: tenths of km/h, map::kLimitUnlimited, map::kLimitVariable; closure: map::Access; unsure:
                   ///< mask of UnsureRule; else 0
  uint16_t bearing;  ///< of a point: degrees clockwise from north of travel towards it, 0..359; kNoBearing: none
  uint32_t point_count;
  uint32_t text_bytes;
  uint32_t reserved;
  int64_t object_id;  ///< unsure: id of the OSM object; else 0
};

struct OverlayPosition {
  int32_t lat_e7, lon_e7;
};

struct OverlayRow {
  uint32_t row = 0;  ///< of the overlay's file, for messages
  OverlayKind kind{};
  uint8_t vehicles = 0;  ///< mask of map::Vehicle that it binds
  uint8_t flags = 0;
  uint16_t value = 0;             ///< as in OverlayRecord
  uint16_t bearing = kNoBearing;  ///< points: of travel towards the sign, 0..359
  /// One: a point. Several: a line; of a turn ban: before the junction, at it, and each exit.
  std::vector<OverlayPosition> line;
  std::string condition;  ///< what stands behind "@" in a tag; empty: always
  OsmObject object{};     ///< unsure
  int64_t object_id = 0;
};

/// False: the block is not a sequence of OverlayRecord with what belongs to each.
bool read_rows(std::string_view block, std::vector<OverlayRow>* out);

/// Why a row cannot be used, whatever the roads are; nullptr: it can.
const char* fault_of(const OverlayRow& row);

}  // namespace tomare::compiler
