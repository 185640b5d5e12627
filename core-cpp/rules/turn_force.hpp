// SPDX-License-Identifier: MIT
// Turn restrictions of a junction as they stood when it was reached.
#pragma once

#include "core-cpp/rules/facts.hpp"

namespace tomare::rules {

struct Force {
  Truth truth = Truth::yes;
  uint32_t reasons = 0;
  uint16_t text = map::kNone16;  ///< name index of its tag, in the tile of the approach
};

/// Numbers of a tile's restrictions whose via is the node: from `begin` up to `end`.
struct Restrictions {
  uint32_t begin, end;
};
/// Takes as long as the logarithm of the tile's restrictions.
Restrictions restrictions_at(const map::Tile& tile, uint16_t via_node);

/// Whether a restriction was in force when the leg that comes to it ended.
Force force_of(const Context& context, const map::Restriction& restriction, const match::Leg& from);

/// Arcs that lead out of the junction lawfully for who comes from a leg: no turn back, no private ground.
std::vector<map::ArcRef> lawful_exits(const Context& context, const match::Leg& from, uint16_t via_node);

/// Some road leads on from the end of the leg that no restriction and no closure bars. Where none does, the map
/// contradicts itself: nobody can obey it.
bool some_exit(const Context& context, const match::Leg& from, uint16_t via_node);

}  // namespace tomare::rules
