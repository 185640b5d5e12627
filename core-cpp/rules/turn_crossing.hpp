// SPDX-License-Identifier: MIT
// How closely fixes show a junction passed: what may have been driven unseen between those before and behind it.
#pragma once

#include <vector>

#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

/// The fixes of a run before a junction and behind it. One right at it, as where the path turns round, is of both sides
/// and shows neither: the steps to it and from it count.
class Crossing {
 public:
  Crossing(const Context& context, const std::vector<uint32_t>& run_fixes, Range before, Range after);

  /// Too few fixes on one side of the junction.
  bool few() const;
  /// The most seconds between two fixes around the junction; no end of them where it has none on one side.
  double longest_s() const;
  /// Between two fixes around the junction there was time for a way that is so much longer than the path's.
  bool detour_possible(double detour_m) const;
  /// Between two fixes around the junction the path goes a way round so much longer than the straight line, which no
  /// fix saw, or none lies on one side: the banned turn may have been the short way.
  bool way_round_unseen(double longer_m) const;

 private:
  double path_m(size_t step) const;

  const Context& c_;
  const std::vector<uint32_t>& run_fixes_;
  Range before_, after_;
  Range steps_ = {0, 0};  ///< fixes that are followed by another one across the junction
};

}  // namespace tomare::rules
