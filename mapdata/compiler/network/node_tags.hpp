// SPDX-License-Identifier: MIT
// What the tags of a node say of the road there: signs, crossings and barriers, and whether they are in use.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/osm/osm.hpp"

namespace tomare::compiler {

struct TaggedNode {
  int64_t id = 0;
  map::RulePointKind kind{};
  uint8_t flags = 0;      ///< map::RulePointFlag
  uint8_t detail = 0;     ///< map::RulePointDoubt
  map::Access access{};   ///< barriers
  std::string direction;  ///< text of the direction tag, empty when there is none
};

/// A key of nodes that is read.
bool is_node_key(std::string_view key);

/// The rule's point that the tags make, without its id; of no kind where they make none.
TaggedNode highway_kind(const Tags& tags);
TaggedNode crossing_kind(const Tags& tags);
TaggedNode barrier_kind(const Tags& tags);

/// Whether a fact of the node has dates of its own outside which it does not hold (`stop:end_date`).
bool has_dated_fact(const Tags& tags);
/// Crosswalks with signals, by their names in the United Kingdom, too.
bool has_crossing_signals(const Tags& tags);
/// Where cars may be asked to stop besides at junctions: a stop sign near it may be for it.
bool is_halt(const Tags& tags);
bool may_be_halt(const Tags& tags);

/// A value that says more than no.
bool is_said(std::string_view text);
/// A word for what has no trains.
bool is_unused(std::string_view word);
/// Of a railway or a node, by a key of its own, or by a word of another key.
bool is_not_in_use(const Tags& tags);
/// Of a railway or a crossing of one, that runs for a while or at times, or that a mapper guessed.
bool may_not_run(const Tags& tags);
bool has_dead_rail(const Tags& tags);

}  // namespace tomare::compiler
