// SPDX-License-Identifier: MIT
#include "core-cpp/match/routes.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

namespace tomare::match {

using map::ArcRef;

RouteSearch::RouteSearch(map::Graph& graph, const Costs& costs)
    : graph_(graph), costs_(costs), table_(kTableSize), stamp_(kTableSize) {
  labels_.reserve(kMaxLabels + 64);
}

uint32_t* RouteSearch::slot_of(ArcRef arc) {
  uint32_t h = arc.tile * 0x9E3779B1U ^ (uint32_t{arc.segment} * 2 + arc.backward) * 0x85EBCA6BU;
  h ^= h >> 15;
  for (uint32_t i = h & (kTableSize - 1);; i = (i + 1) & (kTableSize - 1)) {
    if (stamp_[i] != epoch_) {
      stamp_[i] = epoch_;
      table_[i] = kNoLabel;
      return &table_[i];
    }
    if (table_[i] == kNoLabel || labels_[table_[i]].arc == arc) return &table_[i];
  }
}

void RouteSearch::push(float cost, uint32_t label) {
  uint32_t bits;
  const float positive = cost < 0 ? 0 : cost;
  std::memcpy(&bits, &positive, 4);
  heap_.push_back(uint64_t{bits} << 32 | label);
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
}

uint32_t RouteSearch::pop() {
  std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
  const auto label = static_cast<uint32_t>(heap_.back());
  heap_.pop_back();
  return label;
}

void RouteSearch::relax(ArcRef arc, uint32_t parent, float length, float events) {
  const float cost = length * metre_cost_ + events;
  uint32_t* slot = slot_of(arc);
  if (*slot != kNoLabel) {
    Label& known = labels_[*slot];
    if (known.settled || known.cost <= cost) return;
    known.cost = cost;
    known.length = length;
    known.events = events;
    known.parent = parent;
    push(cost, *slot);
    return;
  }
  if (labels_.size() >= kMaxLabels) return;
  const map::Tile* tile = graph_.tile(arc.tile);
  if (tile == nullptr) return;
  const RoadStanding now = standing(tile->attributes_of(arc.segment), costs_.vehicle(), arc.backward);
  *slot = static_cast<uint32_t>(labels_.size());
  const float arc_m = static_cast<float>(tile->segments[arc.segment].length_cm) * 0.01F;
  labels_.push_back({arc, cost, length, events, arc_m, costs_.per_metre(now.illegal), parent, now.illegal, now.minor, false});
  push(cost, *slot);
}

void RouteSearch::expand(uint32_t index) {
  const Label here = labels_[index];
  const float at_end = here.length + here.arc_m;
  if (at_end > max_m_) return;
  const map::Tile* tile = graph_.tile(here.arc.tile);
  if (tile == nullptr) return;
  const map::Segment& segment = tile->segments[here.arc.segment];
  const uint32_t node = here.arc.backward != 0 ? segment.from_node : segment.to_node;
  const uint8_t node_flags = tile->nodes[node].flags;
  ArcRef next[64];
  const uint32_t count = graph_.leaving(here.arc, next, 64);
  const bool dead_end = count <= 1 && (node_flags & map::kNodeCut) == 0;
  for (uint32_t i = 0; i < count; ++i) {
    const ArcRef arc = next[i];
    const map::Tile* next_tile = graph_.tile(arc.tile);
    if (next_tile == nullptr) continue;
    const RoadStanding now =
        standing(next_tile->attributes_of(arc.segment), costs_.vehicle(), arc.backward);
    float events = here.events + here.rate * here.arc_m + costs_.change({here.illegal, here.minor}, now);
    const bool back = arc.tile == here.arc.tile && arc.segment == here.arc.segment;
    if (back) events += dead_end ? costs_.uturn() * 0.5F : costs_.uturn();
    if ((node_flags & map::kNodeBanned) != 0 && arc.tile == here.arc.tile) {
      const map::Tile* via = graph_.tile(here.arc.tile);
      if (turn_banned(*via, node, here.arc.segment, arc.segment, costs_.vehicle())) {
        events += costs_.banned_turn();
      }
    }
    relax(arc, index, at_end, events);
  }
}

void RouteSearch::run(const Position& from, const Position* targets, uint32_t count, float max_m,
                      float metre_cost, float slip_m, RouteCost* out) {
  labels_.clear();
  heap_.clear();
  reached_.assign(count, kNoLabel);
  ++epoch_;
  max_m_ = max_m;
  metre_cost_ = metre_cost;
  for (uint32_t t = 0; t < count; ++t) out[t] = {};
  const ArcRef reverse = {from.arc.tile, from.arc.segment, static_cast<uint16_t>(1 - from.arc.backward)};
  const map::Tile* start = graph_.tile(from.arc.tile);
  if (start == nullptr) return;
  const auto& attributes = start->attributes_of(from.arc.segment);
  const RoadStanding here = standing(attributes, costs_.vehicle(), from.arc.backward);
  const RoadStanding there = standing(attributes, costs_.vehicle(), reverse.backward);
  // The first two labels stay out of the table: a route may come back to the arc it began on.
  const float turn = costs_.uturn() + costs_.change(here, there);
  const float rate = costs_.per_metre(here.illegal);
  const float back_rate = costs_.per_metre(there.illegal);
  const float to_end = from.length_m - from.travelled_m;
  labels_.push_back({from.arc, 0, -from.travelled_m, -rate * from.travelled_m, from.length_m, rate,
                     kNoLabel, here.illegal, here.minor, false});
  labels_.push_back({reverse, turn, -to_end, turn - back_rate * to_end, from.length_m, back_rate,
                     kNoLabel, there.illegal, there.minor, false});
  push(0, 0);
  push(turn, 1);
  uint32_t open = count;
  while (!heap_.empty() && open > 0) {
    const uint32_t index = pop();
    Label& label = labels_[index];
    if (label.settled) continue;
    label.settled = true;
    if (label.length > max_m) continue;
    for (uint32_t t = 0; t < count; ++t) {
      if (reached_[t] != kNoLabel || !(targets[t].arc == label.arc)) continue;
      float length = label.length + targets[t].travelled_m;
      if (length < 0) {
        if (length < -slip_m || index != 0) continue;
        out[t] = {0, -length * metre_cost, true};
      } else {
        out[t] = {length, label.events + label.rate * targets[t].travelled_m, true};
      }
      reached_[t] = index;
      --open;
    }
    expand(index);
  }
}

void RouteSearch::path(uint32_t index, std::vector<ArcRef>* out) const {
  out->clear();
  for (uint32_t label = reached_[index]; label != kNoLabel; label = labels_[label].parent) {
    out->push_back(labels_[label].arc);
  }
  std::reverse(out->begin(), out->end());
}

}  // namespace tomare::match
