// SPDX-License-Identifier: MIT
// Rows of a regulation overlay (mapdata/OVERLAY.md) as the host hands them over: one block of records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tomare::compiler {

enum class OverlayKind : uint8_t {
  stop = 1,
  oneway,
  closure,
  limit,
  turn_ban,
  u_turn_ban,
  level_crossing,
  centre_line,
  expressway
};
inline constexpr int kOverlayKinds = 10;

enum OverlayFlag : uint8_t {
  kAlongOnly = 1,  ///< binds travel along the line alone; else both directions
  kOnlyExits = 2,  ///< turn_ban: every exit but those given is banned
  kMotorways = 4,  ///< lies on a motorway or a road for motor vehicles alone …
  kOrdinary = 8    ///< … or on none of them: one often runs right above the other
};
inline constexpr size_t kOverlayHead = 20;  ///< bytes of a record before its positions
inline constexpr uint16_t kNoBearing = 0xFFFF;

struct OverlayPosition {
  int32_t lat_e7, lon_e7;
};

struct OverlayRow {
  uint32_t row = 0;  ///< of the overlay's file, for messages
  OverlayKind kind{};
  uint8_t vehicles = 0;  ///< mask of map::Vehicle that it binds
  uint8_t flags = 0;
  uint16_t value = 0;             ///< limit: tenths of km/h or map::kLimitUnlimited; closure: map::Access
  uint16_t bearing = kNoBearing;  ///< points: of travel towards the sign, 0..359
  /// One: a point. Several: a line; of a turn ban: before the junction, at it, and each exit.
  std::vector<OverlayPosition> line;
  std::string condition;  ///< what stands behind "@" in a tag; empty: always
};

/// False: the block is not as wasm/compiler_abi.h says.
bool read_rows(std::string_view block, std::vector<OverlayRow>* out);

/// Why a row cannot be used, whatever the roads are; nullptr: it can.
const char* fault_of(const OverlayRow& row);

}  // namespace tomare::compiler
