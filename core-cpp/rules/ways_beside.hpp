// SPDX-License-Identifier: MIT
// Ways that leave the path at a junction and come back to it soon: lawful ones, and those with one banned turn.
#pragma once

#include <vector>

#include "core-cpp/map/graph.hpp"
#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

inline constexpr double kWayM = 130;  ///< a way at most, and the path that it goes round

struct WayBeside {
  uint32_t leaves = 0;             ///< leg of the path at whose end it leaves
  uint32_t meets = 0;              ///< leg of the path at whose start it is back
  std::vector<match::Leg> legs;    ///< between the two
  bool banned = false;             ///< a restriction of a junction bars one turn of it, for certain or perhaps …
  size_t turn = 0;                 ///< … that onto leg `turn`, or onto `meets` where there is none such …
  map::Restriction restriction{};  ///< … and this one does
};

/// Those that leave at the end of a leg, of kWayM at most, where a restriction is near. No road of them is closed
/// or one-way the other way.
std::vector<WayBeside> ways_beside(const Context& context, const match::Run& run, uint32_t leg);

}  // namespace tomare::rules
