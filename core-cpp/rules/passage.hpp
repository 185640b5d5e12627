// SPDX-License-Identifier: MIT
// The fixes of a run over a part of its path, and what they say together.
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/rules/judge.hpp"

namespace tomare::rules {

/// Fixes of a run with lo <= path_m <= hi, as a range into its `fixes`.
struct Range {
  size_t begin = 0, end = 0;
  size_t size() const { return end - begin; }
};
Range within(const Context& context, const std::vector<uint32_t>& run_fixes, double lo_m, double hi_m);

/// Mean and lowest posterior of the fixes, 1 when there are none.
struct Match {
  float mean = 1, lowest = 1;
};

/// Mean and highest speed of the fixes, m/s, 0 when there are none, and how many are faster than was asked.
struct Speeds {
  double mean = 0, peak = 0;
  uint32_t faster = 0;
};

/// Seconds from one fix to the next in which a car may drive another street.
constexpr double kGlimpseS = 20;

/// Of the fixes of a run those from range.begin up to range.end.
struct Passage {
  const Context& context;
  const std::vector<uint32_t>& fixes;
  Range range;

  Match match() const;
  Speeds speeds(double mps) const;
  /// Fixes at which the log's speed and its positions contradict each other.
  uint32_t disputed() const;
  /// Share of fixes whose heading (where the log has one, at speed) agrees with the path; 1 without.
  /// That the positions contradict it counts here: the path may be wrong as well.
  double heading_agreement() const;
  /// Mean distance of the positions from the path.
  double mean_error_m() const;
  /// They lie so far from the path on average that the car may have driven on a road which the map lacks.
  bool aside() const;
  /// They lie much nearer to it in the minute before and after: what is aside here is no error of the receiver.
  bool nearer_around() const;
  /// Fills times and fix indexes of the finding. There is at least one fix.
  void bracket(Finding* finding) const;
};

}  // namespace tomare::rules
