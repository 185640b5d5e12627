// SPDX-License-Identifier: MIT
#include "core-cpp/match/routes.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

namespace tomare::match {

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

RouteSearch::Mark& RouteSearch::mark(uint32_t number) {
  if (number >= marks_.size()) marks_.resize(table_.size() + 256);
  return marks_[number];
}

void RouteSearch::relax(const Turn& turn, uint32_t parent, float length, float events) {
  const float cost = length * metre_cost_ + events;
  Mark& m = mark(turn.to);
  if (m.epoch == epoch_) {
    Label& known = labels_[m.label];
    if (known.settled || known.cost <= cost) return;
    known.cost = cost;
    known.length = length;
    known.events = events;
    known.parent = parent;
    push(cost, m.label);
    return;
  }
  if (labels_.size() >= kMaxLabels) return;
  m.epoch = epoch_;
  m.label = static_cast<uint32_t>(labels_.size());
  labels_.push_back({turn.to, parent, cost, length, events, false});
  push(cost, m.label);
}

void RouteSearch::expand(uint32_t index, const RouteBound& bound) {
  const Label here = labels_[index];
  const Turn* turns = table_.turns(here.number);
  const ArcInfo& info = table_.info(here.number);
  const float at_end = here.length + info.length_m;
  const float events = here.events + info.rate * info.length_m;
  if (at_end > bound.metres || at_end * metre_cost_ + events > bound.cost) return;
  for (uint32_t i = 0; i < info.turn_count; ++i) relax(turns[i], index, at_end, events + turns[i].events);
}

void RouteSearch::run(const Position& from, const Position* targets, uint32_t count, const RouteBound& bound,
                      RouteCost* out) {
  labels_.clear();
  heap_.clear();
  reached_.assign(count, kNoLabel);
  ++epoch_;
  metre_cost_ = bound.metre_cost;
  for (uint32_t t = 0; t < count; ++t) {
    out[t] = {};
    Mark& m = mark(targets[t].number);
    m.target_epoch = epoch_;
    m.target = t;
  }
  const map::ArcRef back = {from.arc.tile, from.arc.segment, static_cast<uint16_t>(1 - from.arc.backward)};
  const uint32_t reverse = table_.number(back);
  if (reverse == ArcTable::kNone) return;
  // The first two labels stay unmarked: a route may come back to the arc it began on.
  const ArcInfo& here = table_.info(from.number);
  const ArcInfo& there = table_.info(reverse);
  const float turn = costs_.uturn() + costs_.change(here.standing, there.standing);
  const float to_end = from.length_m - from.travelled_m;
  labels_.push_back({from.number, kNoLabel, 0, -from.travelled_m, -here.rate * from.travelled_m, false});
  labels_.push_back({reverse, kNoLabel, turn, -to_end, turn - there.rate * to_end, false});
  push(0, 0);
  push(turn, 1);
  uint32_t open = count;
  while (!heap_.empty() && open > 0) {
    const uint32_t index = pop();
    Label& label = labels_[index];
    if (label.settled) continue;
    label.settled = true;
    if (label.cost > bound.cost || label.length > bound.metres) continue;
    const Mark& m = mark(label.number);
    if (m.target_epoch == epoch_ && reached_[m.target] == kNoLabel) {
      const Position& target = targets[m.target];
      const float length = label.length + target.travelled_m;
      const bool slips = length < 0 && length >= -bound.slip_m && index == 0;
      if (length >= 0 || slips) {
        const float rate = table_.info(label.number).rate;
        out[m.target] = slips ? RouteCost{0, -length * metre_cost_, true}
                              : RouteCost{length, label.events + rate * target.travelled_m, true};
        reached_[m.target] = index;
        --open;
      }
    }
    expand(index, bound);
  }
}

void RouteSearch::path(uint32_t index, std::vector<map::ArcRef>* out) const {
  out->clear();
  for (uint32_t label = reached_[index]; label != kNoLabel; label = labels_[label].parent) {
    out->push_back(table_.info(labels_[label].number).arc);
  }
  std::reverse(out->begin(), out->end());
}

}  // namespace tomare::match
