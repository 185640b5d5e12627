// SPDX-License-Identifier: MIT
// The speed limit of a road as an interval with its source: signed, a zone, a condition, or the
// country's default where the map has no sign.
#pragma once

#include <cstdint>

#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

enum class Known : uint8_t { none, number, unlimited, unknowable };

struct Limit {
  Known known = Known::none;
  double low_kmh = 0, high_kmh = 0;
  SourceTag source = SourceTag::maxspeed;
  bool assumed = false;          ///< a default of the law, not a sign
  uint32_t reasons = 0;          ///< why a condition makes an interval of it
  uint16_t text = map::kNone16;  ///< name index of the tag that gave it, where the figure does not say it
  uint32_t text_tile = 0;        ///< where `text` is looked up
  bool private_ground = false;   ///< a sign of the owner's

  bool same(const Limit& other) const {
    return known == other.known && low_kmh == other.low_kmh && high_kmh == other.high_kmh &&
           private_ground == other.private_ground;
  }
};

/// The limit of the leg when it was entered, for the drive's vehicle.
Limit limit_of(const Context& context, const match::Leg& leg);

/// The default of the law's table for such a road; Known::none where no row applies.
Limit default_limit(const Law& law, const map::Attributes& attributes, map::Vehicle vehicle, int64_t time_ms);

}  // namespace tomare::rules
