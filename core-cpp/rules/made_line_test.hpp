// SPDX-License-Identifier: MIT
// A line at 300 m of a straight street, drives past it, and what the fixes around it say, for the tests of
// stop_evidence.hpp and stop_line.hpp.
#pragma once

#include <algorithm>
#include <random>
#include <vector>

#include "core-cpp/rules/made_drive_test.hpp"
#include "core-cpp/rules/stop_evidence.hpp"

namespace tomare::testing {

/// A stop up to 15 m before the line and 10 m behind it is one there.
inline rules::StopEvidence evidence_at_line(MadeDrive* drive) {
  static rules::StopEvidence gathered;
  drive->judged([](const rules::Context& c, rules::Judgement*) {
    rules::StopLine line = {300, 40, 30, 15, 10};
    line.place.junction_m = 10;
    rules::Finding place;
    rules::locate(c, c.trace.legs[0], 300, &place);
    const std::vector<uint32_t>& run_fixes = c.trace.runs[0].fixes;
    gathered = rules::stop_evidence(c, run_fixes, line, place, rules::within(c, run_fixes, 260, 330));
  });
  return gathered;
}

/// A drive past the line that brakes and speeds up by chance; positions err by some metres.
inline MadeDrive drive_by_chance(uint32_t seed, bool derived) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  MadeDrive drive;
  drive.road(600);
  constexpr double kSteps[] = {0.5, 1, 1, 1.4, 1.5, 2, 4, 4.1};
  const double step_s = kSteps[seed % 8], most_mps = 3 + 9 * share(random);
  double s = 0, at_m = 190 + 118 * share(random), mps = most_mps * share(random), rate = 0;
  const double end_m = seed % 5 == 0 ? 310 + 20 * share(random) : 420;
  for (int k = 0; at_m < end_m && k < 150; ++k) {
    drive.fix(s, at_m, 3.6 * (random() % 40 == 0 ? mps + 9 : mps)).speed_derived = derived;
    if (derived) drive.shift(static_cast<size_t>(k), 2 * share(random) - 1, 2 * share(random) - 1);
    if (random() % 3 == 0) rate = 5.5 * share(random) - 3;
    const double next = std::clamp(mps + rate * step_s, k % 12 < 9 ? 0.3 * most_mps * share(random) : 0, most_mps);
    at_m += 0.5 * (mps + next) * step_s;
    mps = next;
    s += step_s;
  }
  constexpr float kSigmas[] = {5, 6, 8};
  drive.trace.error.sigma_m = kSigmas[seed % 3];
  return drive;
}

}  // namespace tomare::testing
