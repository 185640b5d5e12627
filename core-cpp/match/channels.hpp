// SPDX-License-Identifier: MIT
// Speed, course and accuracy of a log are evidence, and are checked against its positions before anything rests on
// them (docs/MATCHING.md, 0). What they contradict is left aside; what is left aside is said.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/trace.hpp"

// What was found of a drive's channels (bits of Channels::notes); append only.
#define TOMARE_CHANNEL_NOTES(X)                                                                                 \
  X(0, speed_converted)               /* the unit was open, and a factor told it */                             \
  X(1, speed_unit)                    /* off by a constant factor where the unit was said: left aside */        \
  X(2, speed_unit_unknown)            /* the unit was open, and nothing told it: left aside */                  \
  X(3, speed_constant)                /* one value all along, zero too, while the positions move: left aside */ \
  X(4, speed_contradicted)            /* in some stretches the positions contradict it: left aside there */     \
  X(5, speed_contradicted_all_along)  /* in much of the drive: left aside everywhere */                         \
  X(6, course_constant)               /* one value all along while the positions turn: left aside */            \
  X(7, course_contradicted)           /* most of the movement goes elsewhere: left aside */                     \
  X(8, accuracy_constant)             /* one value all along: left aside */                                     \
  X(9, course_contradicted_in_places) /* the movement goes elsewhere for a while: left aside there */           \
  X(10, speed_late)                   /* the speeds are those of another moment of the drive: left aside everywhere */ \
  X(11, speed_lag)                    /* speeds and courses come a second or more after the positions: moved back */

namespace tomare::match {

enum ChannelNote : uint32_t {
#define TOMARE_CHANNEL_NOTE_ENUM(bit, name) kNote_##name = 1U << bit,
  TOMARE_CHANNEL_NOTES(TOMARE_CHANNEL_NOTE_ENUM)
#undef TOMARE_CHANNEL_NOTE_ENUM
};

struct Channels {
  std::vector<uint8_t> usable;    ///< per fix (usable.hpp)
  std::vector<uint8_t> disputed;  ///< per fix: its speed and the positions contradict each other; empty: nowhere
  /// Logged way per way of the positions: of the sums over the drive where the first look (screen) settled it, else the
  /// middle of its windows.
  double speed_ratio = std::numeric_limits<double>::quiet_NaN();
  double speed_factor = 1;                    ///< of a unit, which the logged speeds are too large by; 1: none is known
  uint32_t speed_fixes = 0, speed_aside = 0;  ///< fixes with a speed, and of these the ones left aside
  uint32_t course_fixes = 0, course_aside = 0;  ///< the same of the course
  uint32_t notes = 0;                           ///< ChannelNote bits

  bool disputed_at(uint32_t fix) const { return !disputed.empty() && disputed[fix] != 0; }
  /// The log with what is believed of it, valid as long as this object and the log are.
  Fixes believed(Fixes log) const;
  /// The logged speed, m/s, also where it is left aside because positions contradict it; NaN where there is none.
  float told_mps(const Fixes& log, uint32_t fix) const { return log.speed_mps[fix] * scale; }

  float scale = 1;                                        ///< the logged speeds times this are m/s
  std::vector<float> speed_mps, heading_deg, accuracy_m;  ///< as believed; empty: as logged
};

}  // namespace tomare::match
