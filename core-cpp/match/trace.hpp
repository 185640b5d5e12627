// SPDX-License-Identifier: MIT
// The matcher's output for the rules: where the car was at each fix, and its path as legs.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace tomare::match {

/// The log as given: arrays of `count` elements that the caller owns; NaN: the fix has no such value.
struct Fixes {
  uint32_t count = 0;
  const int64_t* time_ms = nullptr;  ///< Unix milliseconds
  const int32_t* lat_e7 = nullptr;
  const int32_t* lon_e7 = nullptr;
  const float* speed_mps = nullptr;
  const float* heading_deg = nullptr;
  const float* accuracy_m = nullptr;
  bool speed_unit_open = false;  ///< the format does not name the unit; speeds are taken as m/s
};

enum class FixState : uint8_t { unmatched, matched, off_road };

struct MatchedFix {
  double path_m = 0;    ///< along the run's path, metres; never falls within a run
  uint32_t leg = 0;     ///< index into Trace::legs (state matched only)
  float error_m = 0;    ///< from the fix to its place on the path
  float posterior = 0;  ///< probability that the car was on the path's road here, 0..1
  float speed_mps = 0;  ///< the log's, or derived from the path when it has none
  FixState state = FixState::unmatched;
  bool speed_derived = false;
  bool cut = false;  ///< a bound of the work was reached: not all roads nearby were considered
};

/// What was illegal about a leg for the drive's vehicle (bits).
enum Illegal : uint8_t {
  kAgainstOneway = 1,
  kClosed = 2,      ///< access no, or a class that is closed to the vehicle
  kRestricted = 4,  ///< private, destination, delivery, permit …
  kBannedTurn = 8,  ///< a via-node restriction bans the turn that enters this leg
  kUTurn = 16       ///< this leg goes back along the one before
};

/// One segment driven in one direction, or part of it at the ends of a run and at U-turns.
struct Leg {
  double path_m = 0;  ///< of the leg's start, along the run's path
  int64_t enter_ms = 0, exit_ms = 0;
  float from_m = 0, to_m = 0;  ///< metres from the segment's first point; from > to when driven backward
  float posterior = 1;         ///< the lowest of its fixes; between fixes that of their step
  uint32_t tile = 0;
  uint32_t run = 0;
  uint32_t first_fix = 0, fix_count = 0;  ///< matched fixes on it (indexes into the log, may hold gaps)
  uint16_t segment = 0;
  bool forward = true;
  uint8_t illegal = 0;  ///< Illegal bits
  double length_m() const { return from_m < to_m ? to_m - from_m : from_m - to_m; }
  /// Metres from the segment's first point, so many after the leg's start.
  double along_m(double gone_m) const { return forward ? from_m + gone_m : from_m - gone_m; }
};

/// A connected path. Between runs the car was off the road, or the trace has a gap.
struct Run {
  uint32_t first_leg = 0, leg_count = 0;
  uint32_t first_fix = 0, last_fix = 0;  ///< indexes into the log
  std::vector<uint32_t> fixes;           ///< the matched fixes of these, path_m never falling
};

/// The receiver's standard error on a drive, metres on each axis.
struct DriveError {
  float sigma_m = 0;
  float measured_m = 0;  ///< that of the smoothed positions, where speed and course have shown it; else 0
  float removed_m2 = 0;  ///< variance that smoothing took away

  /// Of one fix: the accuracy that it states, less what smoothing removed, within bounds of the drive's own error.
  float of(float told_m) const {
    if (!(told_m > 0)) return sigma_m;
    const float left = std::sqrt(std::max(told_m * told_m - removed_m2, measured_m * measured_m));
    return std::clamp(left, 0.7F * sigma_m, 5.0F * std::sqrt(sigma_m * sigma_m + removed_m2));
  }
};

struct Trace {
  std::vector<MatchedFix> fixes;  ///< one per fix of the log
  std::vector<Leg> legs;
  std::vector<Run> runs;
  uint32_t gaps = 0;
  DriveError error;
};

}  // namespace tomare::match
