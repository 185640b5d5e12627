// SPDX-License-Identifier: MIT
// What is illegal or unlikely about a road for a vehicle, and what it costs (natural-log units:
// a cost of c is a prior probability of e^-c per event). docs/MATCHING.md explains each term.
#pragma once

#include <cstdint>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/map/graph.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

struct RoadStanding {
  uint8_t illegal = 0;  ///< Illegal bits kAgainstOneway, kClosed, kRestricted
  bool minor = false;   ///< service roads and tracks: seldom driven through
  bool side = false;  ///< these, residential and living streets: not the way that drivers choose when they have another
};

/// `direction` is map::kForward or kBackward.
RoadStanding standing(const map::Attributes& attributes, map::Vehicle vehicle, int direction);

/// Whether an unconditional via-node restriction bans the turn for the vehicle.
bool turn_banned(const map::Tile& tile, uint32_t via_node, uint32_t from_segment, uint32_t to_segment,
                 map::Vehicle vehicle);

class Costs {
 public:
  Costs(const Settings& settings, map::Vehicle vehicle);

  /// Of being on such a road with nothing known of the road before.
  float enter(const RoadStanding& now) const { return change({}, now); }
  /// Of going from one road onto the next: only what becomes illegal costs.
  float change(const RoadStanding& before, const RoadStanding& now) const {
    const uint32_t fresh = now.illegal & ~before.illegal & (kMinor - 1U);
    return change_[fresh | (now.minor && !before.minor ? kMinor : 0U)];
  }
  /// Per metre driven on such a road: keeps a lawful parallel road preferred over a long illegal one.
  float per_metre(uint8_t illegal) const {
    return (illegal & kAgainstOneway) != 0 ? static_cast<float>(s_.match_oneway_metre_cost) : 0.0F;
  }
  float uturn() const { return static_cast<float>(s_.match_uturn_cost); }
  /// Of turning by so many degrees, 0..180, from one piece of road onto the next.
  float bend(float degrees) const { return static_cast<float>(s_.match_bend_cost) * degrees * (1.0F / 90.0F); }
  float junction() const { return static_cast<float>(s_.match_junction_cost); }
  float banned_turn() const { return static_cast<float>(s_.match_turn_cost); }
  map::Vehicle vehicle() const { return vehicle_; }
  const Settings& settings() const { return s_; }

 private:
  static constexpr uint32_t kMinor = 8;  ///< above the bits of what is illegal about a road

  const Settings& s_;
  map::Vehicle vehicle_;
  float change_[2 * kMinor];  ///< by what is new
};

}  // namespace tomare::match
