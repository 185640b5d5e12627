// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/junction_walk.hpp"

#include <algorithm>
#include <cmath>

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

constexpr int kMaxJoints = 16;

/// The next of these positions beyond one; kMissing: there is none.
uint32_t next_of(const std::vector<uint32_t>& positions, uint32_t from, int step) {
  const auto after = std::upper_bound(positions.begin(), positions.end(), from);
  if (step > 0) return after == positions.end() ? kMissing : *after;
  const auto at = std::lower_bound(positions.begin(), after, from);
  return at == positions.begin() ? kMissing : *(at - 1);
}

}  // namespace

bool is_drive(const Attributes& a) {
  return a.road_class == kTrack || a.service == kServiceDriveway || a.service == kServiceParkingAisle ||
         a.service == kServiceAlley || a.service == kServiceDriveThrough;
}

bool is_proper(const Attributes& a) {
  const auto closed = [&a](int direction) {
    const Access access = access_in(a, direction, kCar);
    return access == kAccessUnset ? closed_class(a.road_class) : !open_to_all(access) && access != kAccessDestination;
  };
  return !is_drive(a) && a.road_class != kService && !(closed(kForward) && closed(kBackward));
}

/// Of the ways asked for last they are kept.
const JunctionWalk::Walk& JunctionWalk::walk_of(uint32_t w, Counted counted) {
  Walk& walk = walks_[(kWaysOfCounting * w + static_cast<uint32_t>(counted)) % walks_.size()];
  if (walk.way == w && walk.counted == counted) return walk;
  const RoadWay& way = n_.ways[w];
  walk = {w, counted, way_offsets(n_, way), {}, {}};
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    const uint32_t node = n_.node_of(way, i);
    const bool end = i == 0 || i + 1 == way.ref_count;
    if (!n_.placed(node) || roads_at(node, counted) >= (end ? 3 : 2) || halt_at(node) == kHalt) walk.ends.push_back(i);
    if (halt_at(node) == kPerhapsHalt) walk.perhaps.push_back(i);
  }
  return walk;
}

/// Only at nodes that a walk asks for: where two ends of roads that count meet, and where it begins.
[[gnu::noinline]] void JunctionWalk::add_ends(uint32_t w) {
  const RoadWay& way = n_.ways[w];
  for (const uint32_t position : {0U, way.ref_count - 1}) {
    const uint32_t node = n_.node_of(way, position);
    if (n_.uses[node] <= 3 || roads_at(node, Counted::proper) <= 2 || !occurrences_.at(node).empty())
      ends_.emplace_back(node, w);
  }
}

/// The way that goes on where `way` ends in `node` and no third road meets them; kMissing: a junction.
uint32_t JunctionWalk::way_on(uint32_t way, uint32_t node, Counted counted) {
  if (ends_.empty()) {
    for (uint32_t w = 0; w < n_.ways.size(); ++w) add_ends(w);
    std::sort(ends_.begin(), ends_.end());
  }
  auto at = std::lower_bound(ends_.begin(), ends_.end(), std::pair{node, uint32_t{0}});
  for (; at != ends_.end() && at->first == node; ++at) {
    if (at->second != way && counts(n_.ways[at->second], counted)) return at->second;
  }
  return kMissing;
}

bool JunctionWalk::counts(const RoadWay& way, Counted counted) const {
  const Attributes& a = n_.facts[way.facts].attributes;
  return counted == Counted::every || (counted == Counted::proper ? is_proper(a) : !is_drive(a));
}

uint32_t JunctionWalk::roads_at(uint32_t node, Counted counted) {
  if (counted == Counted::every) return n_.uses[node];
  std::vector<uint8_t>& left_out = left_out_[counted == Counted::proper ? 1 : 0];
  if (left_out.empty()) {
    left_out.assign(n_.uses.size(), 0);
    for (const RoadWay& way : n_.ways) {
      if (!counts(way, counted)) leave_out(way, &left_out);
    }
  }
  return n_.uses[node] - std::min(n_.uses[node], left_out[node]);
}

[[gnu::noinline]] void JunctionWalk::leave_out(const RoadWay& way, std::vector<uint8_t>* left_out) const {
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    uint8_t& count = (*left_out)[n_.node_of(way, i)];
    if (count < 255) ++count;
  }
}

uint8_t JunctionWalk::halt_at(uint32_t node) {
  if (halts_.empty()) {
    halts_.assign(n_.uses.size(), 0);
    for (const uint32_t n : n_.perhaps_halts) halts_[n] = kPerhapsHalt;
    for (const uint32_t n : n_.halts) halts_[n] = kHalt;
  }
  return halts_[node];
}

Ahead JunctionWalk::ahead(Occurrence o, int step, Counted counted) {
  Ahead found;
  double total = 0;
  uint32_t nodes = 0;
  for (int joints = 0; joints < kMaxJoints; ++joints) {
    const RoadWay& way = n_.ways[o.way];
    const Walk& walk = walk_of(o.way, counted);
    const auto metres = [&](uint32_t to) { return std::fabs(walk.offsets[to] - walk.offsets[o.position]); };
    const auto steps = [&](uint32_t to) { return to > o.position ? to - o.position : o.position - to; };
    const uint32_t last = step > 0 ? way.ref_count - 1 : 0;
    const uint32_t end = next_of(walk.ends, o.position, step), gate = next_of(walk.perhaps, o.position, step);
    const uint32_t to = end == kMissing ? last : end;
    const bool passed = gate != kMissing && steps(gate) <= steps(to) && nodes + steps(gate) <= kMostNodes;
    if (passed) found.perhaps_m = std::min(found.perhaps_m, total + metres(gate));
    nodes += steps(to);
    total += metres(to);
    const uint32_t node = n_.node_of(way, to);
    if (nodes > kMostNodes || !n_.placed(node)) return found;
    if (end == kMissing && roads_at(node, counted) < 2) return found;
    const uint32_t on = end == kMissing ? way_on(o.way, node, counted) : kMissing;
    if (on == kMissing) {
      found.junction_m = total;
      found.way = o.way;
      found.node = node;
      found.direction = step > 0 ? 1 : 2;
      return found;
    }
    const bool along = n_.node_of(n_.ways[on], 0) == node;
    o = {on, along ? 0 : n_.ways[on].ref_count - 1};
    step = along ? 1 : -1;
  }
  return found;
}

}  // namespace tomare::compiler
