// SPDX-License-Identifier: MIT
#include "core-cpp/match/routes.hpp"

#include <algorithm>
#include <cstring>

namespace tomare::match {

void RouteSearch::push(float cost, uint32_t label) {
  const float positive = cost < 0 ? 0 : cost;
  uint32_t bits;
  std::memcpy(&bits, &positive, 4);
  const uint64_t key = uint64_t{bits} << 32 | label;
  size_t at = heap_.size();
  heap_.push_back(key);
  uint64_t* heap = heap_.data();
  while (at > 0) {
    const size_t up = (at - 1) / 2;
    if (heap[up] <= key) break;
    heap[at] = heap[up];
    at = up;
  }
  heap[at] = key;
}

uint32_t RouteSearch::pop() {
  uint64_t* heap = heap_.data();
  const auto label = static_cast<uint32_t>(heap[0]);
  const uint64_t key = heap_.back();
  heap_.pop_back();
  const size_t size = heap_.size();
  size_t at = 0;
  for (size_t child = 1; child < size; child = 2 * at + 1) {
    child += child + 1 < size && heap[child + 1] < heap[child] ? 1 : 0;
    if (key <= heap[child]) break;
    heap[at] = heap[child];
    at = child;
  }
  if (size > 0) heap[at] = key;
  return label;
}

void RouteSearch::relax(const Turn& turn, uint32_t parent, float length, float events, const RouteBound& bound) {
  const float cost = length * bound.metre_cost + events;
  if (cost > bound.cost) return;
  Mark& m = marks_[turn.to];
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
  const Label& here = labels_[index];
  const uint32_t number = here.number;
  const ArcInfo& info = table_.info(number);
  const float at_end = here.length + info.length_m;
  const float events = here.events + info.rate * info.length_m;
  if (at_end > bound.metres || at_end * bound.metre_cost + events > bound.cost) return;
  const Turn* turns = table_.turns(number);
  if (marks_.size() < table_.size()) marks_.resize(table_.size() * 2);
  const uint32_t count = table_.info(number).turn_count;
  for (uint32_t i = 0; i < count; ++i) relax(turns[i], index, at_end, events + turns[i].events, bound);
}

/// The two labels of the start stay unmarked: a route may come back to the arc it began on.
void RouteSearch::begin(const Position& from) {
  labels_.clear();
  heap_.clear();
  ++epoch_;
  if (marks_.size() < table_.size()) marks_.resize(table_.size() * 2);
  const uint32_t reverse = from.number ^ 1;
  const ArcInfo& here = table_.info(from.number);
  const ArcInfo& there = table_.info(reverse);
  const float turn = costs_.uturn() + costs_.change(here.standing, there.standing);
  const float to_end = here.length_m - from.travelled_m;
  labels_.push_back({from.number, kNoLabel, 0, -from.travelled_m, -here.rate * from.travelled_m, false});
  labels_.push_back({reverse, kNoLabel, turn, -to_end, turn - there.rate * to_end, false});
  push(0, 0);
  push(turn, 1);
}

void RouteSearch::run(const Position& from, const Position* targets, uint32_t count, const RouteBound& bound,
                      RouteCost* out) {
  begin(from);
  reached_.assign(count, kNoLabel);
  for (uint32_t t = 0; t < count; ++t) {
    out[t] = {};
    Mark& m = marks_[targets[t].number];
    m.target_epoch = epoch_;
    m.target = t;
  }
  uint32_t open = count;
  while (!heap_.empty()) {
    const uint32_t index = pop();
    Label& label = labels_[index];
    if (label.settled) continue;
    label.settled = true;
    if (label.cost > bound.cost) break;
    if (label.length > bound.metres) continue;
    const Mark& m = marks_[label.number];
    if (m.target_epoch == epoch_ && reached_[m.target] == kNoLabel) {
      const Position& target = targets[m.target];
      const float length = label.length + target.travelled_m;
      const bool slips = length < 0 && length >= -bound.slip_m && index == 0;
      if (length >= 0 || slips) {
        const float rate = table_.info(label.number).rate;
        out[m.target] = slips ? RouteCost{0, -length * bound.metre_cost, true}
                              : RouteCost{length, label.events + rate * target.travelled_m, true};
        reached_[m.target] = index;
        if (--open == 0) break;
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
