// SPDX-License-Identifier: MIT
// The text of the tag that made a rule, as TOMARE_SOURCE_TAGS says.
#pragma once

#include <string>

#include "core-cpp/rules/finding.hpp"

namespace tomare::rules {

/// Appends `key=value` to `out`, as the finding's source and measures say it; nothing for SourceTag::none.
/// `road_class`: of the road that the finding lies on.
void append_tag(const Finding& finding, map::RoadClass road_class, std::string* out);

}  // namespace tomare::rules
