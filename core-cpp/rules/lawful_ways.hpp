// SPDX-License-Identifier: MIT
// Whether a banned turn was made, or one of the lawful ways out of the same junction was driven instead, which the
// receiver's error cannot tell from it (docs/RULES.md).
#pragma once

#include <cstdint>
#include <vector>

#include "core-cpp/map/graph.hpp"
#include "core-cpp/match/candidates.hpp"
#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

/// The roads that may be reached from a junction by its lawful exits, and how far away they lie.
class LawfulWays {
 public:
  /// `from` leads to the junction, `exits` lead out of it lawfully.
  LawfulWays(const Context& context, const match::Leg& from, const std::vector<map::ArcRef>& exits);

  /// Probability that the path was driven out of the junction at metre `via_m`, and none of the lawful ways, by the
  /// positions as they were logged. 1 where there is no lawful way or no position.
  double path_driven(const match::Run& run, double via_m) const;

 private:
  /// A direction of a road, by the metres from the junction between which it lies.
  struct Reached {
    map::ArcRef arc;
    double from_m, to_m;
  };
  void reach(const std::vector<map::ArcRef>& exits, int64_t at_ms);
  void add(const map::ArcRef& arc, double from_m, int64_t at_ms);
  bool may_lie_on(const match::Candidate& road, double gone_m, double slack_m) const;
  bool on_path(const match::Run& run, uint32_t fix, const match::Candidate& road) const;
  /// What a logged position says for the path, over the nearest lawful place as far from the junction.
  double cost_over_path(const match::Run& run, uint32_t fix, double gone_m) const;

  const Context& c_;
  const match::Leg& from_;
  std::vector<Reached> ways_;
};

}  // namespace tomare::rules
