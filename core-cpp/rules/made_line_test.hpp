// SPDX-License-Identifier: MIT
// A line at 300 m of a straight street, and what the fixes around it say, for the tests of stop_evidence.hpp.
#pragma once

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

}  // namespace tomare::testing
