// SPDX-License-Identifier: MIT
// Why a turn of the path may not have been made, whether a restriction bans it or asks for it.
#pragma once

#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

/// Metres before and after a junction within which another road may have been driven.
inline constexpr double kChannel = 60;
/// Metres into another arm and back that are the error of a position, no way out of the junction.
inline constexpr double kNose = 10;

/// A turn of the path, and the fixes of its run before and behind it, and around it.
struct PathTurn {
  const Context& context;
  const match::Run& run;
  uint32_t from_leg, to_leg;
  Range before, after, around;

  /// Where the path reaches the junction, and where it leaves it: between them are the via ways.
  double junction_m() const;
  double via_m() const;
};

/// Why a banned turn may not have been made.
uint32_t doubts_of_turn(const PathTurn& turn);

/// Why a lawful exit may not have been taken.
uint32_t doubts_of_exit(const PathTurn& turn);

}  // namespace tomare::rules
