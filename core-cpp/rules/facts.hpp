// SPDX-License-Identifier: MIT
// Facts of a road as they stood when it was driven: the unconditional value, or what the clauses of
// conditions make of it. Where a clause may or may not hold, a fact has several values.
#pragma once

#include <cstdint>

#include "core-cpp/rules/conditions.hpp"
#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

/// The values that a fact may have; more than one when a clause cannot be decided.
struct Values {
  static constexpr uint32_t kMost = 12;
  uint16_t value[kMost];
  uint32_t count = 0;
  bool base = true;          ///< the unconditional value is possible
  bool conditional = false;  ///< some clause speaks of this fact for this vehicle and direction
  bool repeated = false;     ///< every clause says again what holds without it, and none is in force
  uint32_t reasons = 0;
  uint16_t text = map::kNone16;  ///< name index of the tag that decides, or may

  bool certain() const { return count + (base ? 1 : 0) == 1; }
};

/// Which clauses are asked.
struct Clauses {
  map::ConditionTarget target;
  uint32_t first, count;
  int direction;                ///< map::kForward, map::kBackward
  uint16_t segment;             ///< where they are asked: law and clock are those of its place
  uint8_t key = map::kKeyNone;  ///< a clause of a less specific key than this does not count
  int base = -1;                ///< the unconditional value; -1: what repeats it is no matter
};

/// Evaluated at `time_ms` and two minutes before and after: within them an edge is in doubt.
Values values_at(const Context& context, const map::Tile& tile, const Clauses& clauses, int64_t time_ms);

/// A road's access for the drive's vehicle when the leg was entered.
enum class Standing : uint8_t { open, restricted, closed, uncertain };
struct AccessState {
  Standing standing = Standing::open;
  map::Access access = map::kAccessUnset;
  uint8_t key = map::kKeyNone;
  bool conditional = false;
  bool unsure = false;  ///< the map marks the fact so
  uint32_t reasons = 0;
  uint16_t text = map::kNone16;  ///< name index of the tag that decides, where the fact does not say it
};
AccessState access_state(const Context& context, const match::Leg& leg);

/// Whether a one-way rule forbids the leg's direction.
struct OnewayState {
  Truth against = Truth::no;
  bool conditional = false;
  bool unsure = false;
  uint32_t reasons = 0;
  uint16_t text = map::kNone16;
};
OnewayState oneway_state(const Context& context, const match::Leg& leg);

}  // namespace tomare::rules
