// SPDX-License-Identifier: MIT
#include "core-cpp/match/arcs.hpp"

#include "core-cpp/base/angle.hpp"

namespace tomare::match {

using map::ArcRef;

namespace {
constexpr uint32_t kMaxTurns = 64;
constexpr size_t kArcs = 512, kTurns = 1024;  ///< room for those that a short drive's searches touch
constexpr float kOneOfTwo = 0.693F;           ///< a road is as likely as another; one that goes both ways, half in each

/// Bearing of a segment's first piece in the direction of travel.
double first_bearing_deg(const map::Tile& tile, const map::Segment& segment, bool backward) {
  const map::Point* a = tile.points + segment.first_point + (backward ? segment.point_count - 1 : 0);
  const map::Point* b = backward ? a - 1 : a + 1;
  return bearing_deg((static_cast<double>(b->x) - a->x) * tile.unit_x_m,
                     (static_cast<double>(b->y) - a->y) * tile.unit_y_m);
}

}  // namespace

[[gnu::noinline]] bool ArcTable::open_tile(uint32_t number) {
  const auto known = first_.find(number);
  if (known == first_.end()) {
    const map::Tile* tile = graph_.tile(number);
    if (tile == nullptr) return false;
    arcs_.reserve(kArcs);
    turns_.reserve(kTurns);
    last_first_ = static_cast<uint32_t>(slots_.size());
    slots_.resize(slots_.size() + tile->count(map::kSegments), kNone);
    first_.emplace(number, last_first_);
  } else {
    last_first_ = known->second;
  }
  last_tile_ = number;
  return true;
}

void ArcTable::set(const map::Tile& tile, uint16_t segment, uint16_t backward, ArcInfo* info) const {
  info->arc = {tile.number, segment, backward};
  info->length_m = static_cast<float>(tile.segments[segment].length_cm) * 0.01F;
  info->standing = standing(tile.attributes_of(segment), costs_.vehicle(), backward);
  info->rate = costs_.per_metre(info->standing.illegal);
  info->side = info->standing.side ? 1 : 0;
  info->entry = costs_.enter(info->standing);
  const map::Segment& s = tile.segments[segment];
  info->bearing_deg = static_cast<float>(first_bearing_deg(tile, s, backward != 0));
  const map::Point& end = tile.points[s.first_point + (backward != 0 ? 0 : s.point_count - 1)];
  info->end_x = tile.header->x + (uint32_t{end.x} << tile.header->unit_shift);
  info->end_y = tile.header->y + (uint32_t{end.y} << tile.header->unit_shift);
}

[[gnu::noinline]] uint32_t ArcTable::add(uint32_t number, uint32_t segment) {
  const map::Tile* tile = graph_.tile(number);
  if (tile == nullptr) return kNone;
  const uint32_t forward = size();
  arcs_.emplace_back();
  arcs_.emplace_back();
  for (uint16_t backward = 0; backward < 2; ++backward) {
    set(*tile, static_cast<uint16_t>(segment), backward, &arcs_[forward + backward]);
  }
  const bool both = arcs_[forward].standing.illegal == arcs_[forward + 1].standing.illegal;
  for (uint32_t arc = forward; both && arc < forward + 2; ++arc) arcs_[arc].entry += kOneOfTwo;
  slots_[last_first_ + segment] = forward;
  return forward;
}

[[gnu::noinline]] void ArcTable::expand(uint32_t number_of_arc) {
  const ArcRef arc = arcs_[number_of_arc].arc;
  const RoadStanding before = arcs_[number_of_arc].standing;
  arcs_[number_of_arc].expanded = true;
  arcs_[number_of_arc].first_turn = static_cast<uint32_t>(turns_.size());
  ArcRef next[kMaxTurns];
  const uint32_t count = graph_.leaving(arc, next, kMaxTurns);
  const map::Tile* tile = graph_.tile(arc.tile);
  if (tile == nullptr) return;
  const map::Segment& segment = tile->segments[arc.segment];
  const uint32_t node = arc.backward != 0 ? segment.from_node : segment.to_node;
  const uint8_t flags = tile->nodes[node].flags;
  const bool cut = (flags & map::kNodeCut) != 0;
  const float passing = count > 2 ? costs_.junction() : 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t forward_to = forward(next[i].tile, next[i].segment);
    if (forward_to == kNone) continue;
    const uint32_t to = forward_to + next[i].backward;
    float events = costs_.change(before, arcs_[to].standing);
    const bool back = next[i].tile == arc.tile && next[i].segment == arc.segment;
    if (back) {
      if (count > 1 || cut) events += costs_.uturn();  // at a dead end there is no other way
    } else {
      const double apart = angle_between_deg(arcs_[number_of_arc ^ 1].bearing_deg, arcs_[to].bearing_deg);
      events += passing + costs_.bend(static_cast<float>(180.0 - apart));
    }
    // a ban that says once more what an arrow or a closure says is broken by the same decision
    const bool told = (arcs_[to].standing.illegal & ~before.illegal & (kAgainstOneway | kClosed)) != 0;
    if ((flags & map::kNodeBanned) != 0 && next[i].tile == arc.tile && !told) {
      tile = graph_.tile(arc.tile);
      const bool banned = tile != nullptr && turn_banned(*tile, node, arc.segment, next[i].segment, costs_.vehicle());
      if (banned) events += costs_.banned_turn();
    }
    turns_.push_back({to, events});
    arcs_[number_of_arc].turn_count += 1;
  }
}

}  // namespace tomare::match
