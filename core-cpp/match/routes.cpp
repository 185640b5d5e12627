// SPDX-License-Identifier: MIT
#include "core-cpp/match/routes.hpp"

#include <algorithm>
#include <cstring>

#include "core-cpp/base/float4.hpp"

namespace tomare::match {
namespace {

constexpr float kWideM = 200;  ///< a search that goes less far is not worth the aiming

}  // namespace

inline void RouteSearch::Frontier::push(float cost, uint32_t label) {
  int32_t bits;
  std::memcpy(&bits, &cost, 4);
  bits &= ~(bits >> 31);  // rounding may have made it less than nothing
  const uint64_t key = uint64_t{static_cast<uint32_t>(bits)} << 32 | label;
  uint32_t at = heap_size++;
  while (at > 0) {
    const uint32_t up = (at - 1) / 2;
    if (heap[up] <= key) break;
    heap[at] = heap[up];
    at = up;
  }
  heap[at] = key;
}

[[gnu::always_inline]] inline uint32_t RouteSearch::Frontier::pop() {
  const auto label = static_cast<uint32_t>(heap[0]);
  const uint32_t size = --heap_size;
  const uint64_t key = heap[size];
  heap[size] = UINT64_MAX;  // the last entry may have no right neighbour
  uint32_t at = 0;
  for (uint32_t child = 1; child < size; child = 2 * at + 1) {
    const uint64_t left = heap[child], right = heap[child + 1];
    const uint64_t less = right < left ? right : left;
    if (key <= less) break;
    heap[at] = less;
    at = child + (right < left ? 1 : 0);
  }
  heap[at] = key;
  return label;
}

/// Whether a way comes to the end of the arc at whose start it has this length and these events.
[[gnu::always_inline]] inline bool RouteBound::lets_through(const ArcInfo& arc, float length, float events) const {
  const float at_end = length + arc.length_m;
  return at_end <= metres && at_end * metre_cost + (events + rate(arc) * arc.length_m) <= cost;
}

/// Of an arc that holds no target and that no way comes through, the label alone is kept.
[[gnu::always_inline]] inline void RouteSearch::Frontier::relax(const Turn& turn, const ArcInfo& to, uint32_t parent,
                                                                float length, float events, const RouteBound& bound) {
  const float cost = length * bound.metre_cost + events;
  if (cost > bound.cost) return;
  Mark& m = marks[turn.to];
  const bool matters = m.target_epoch == epoch || bound.lets_through(to, length, events);
  if (m.epoch == epoch) {
    Label& known = labels[m.label];
    if (known.settled != 0 || known.cost <= cost) return;
    known.cost = cost;
    known.length = length;
    known.events = events;
    known.parent = parent;
    if (matters) push(cost, m.label);
    return;
  }
  if (label_count >= kMaxLabels) {
    cut = true;
    return;
  }
  m.epoch = epoch;
  m.label = label_count;
  labels[label_count] = {turn.to, parent, cost, length, events, 0};
  if (matters) push(cost, label_count);
  ++label_count;
}

void RouteSearch::aim_at(const Position* targets, uint32_t count, RouteBound* bound) {
  bound->aimed = count > 0 && bound->metres > kWideM;
  if (!bound->aimed) return;
  uint32_t min_x = UINT32_MAX, max_x = 0, min_y = UINT32_MAX, max_y = 0;
  for (uint32_t t = 0; t < count; ++t) {
    const ArcInfo& back = table_.info(targets[t].number ^ 1);  // it ends where the target's arc begins
    min_x = std::min(min_x, back.end_x);
    max_x = std::max(max_x, back.end_x);
    min_y = std::min(min_y, back.end_y);
    max_y = std::max(max_y, back.end_y);
  }
  const MetreScale& scale = scale_.at(lat_of(min_y));
  bound->goal = {static_cast<double>(min_x),
                 static_cast<double>(max_x),
                 static_cast<double>(min_y),
                 static_cast<double>(max_y),
                 scale.x,
                 scale.y};
}

[[gnu::noinline]] void RouteSearch::make_room(uint32_t labels, uint32_t entries) {
  if (labels > label_room_) labels_.resize(label_room_ = 2 * labels + 64);
  if (entries > heap_room_) heap_.resize(heap_room_ = 2 * entries + 64);
  if (table_.size() > mark_room_) marks_.resize(mark_room_ = 2 * table_.size());
}

[[gnu::always_inline]] inline void RouteSearch::expand(Frontier* run, uint32_t index, const RouteBound& bound) {
  const Label& here = run->labels[index];
  const uint32_t number = here.number;
  const ArcInfo& info = table_.info(number);
  const float at_end = here.length + info.length_m;
  const float events = here.events + bound.rate(info) * info.length_m;
  if (!bound.lets_through(info, here.length, here.events)) return;
  if (bound.aimed) {
    const float least_m = at_end + bound.goal.away_m(info.end_x, info.end_y);
    if (least_m > bound.metres || least_m * bound.metre_cost + events > bound.cost) return;
  }
  const Turn* turns = table_.turns(number);
  const uint32_t count = table_.info(number).turn_count;
  if (count > run->left) {
    run->cut = true;
    run->heap_size = 0;
    return;
  }
  run->left -= count;
  const uint32_t labels = run->label_count + count, entries = run->heap_size + count;
  if (!has_room(labels, entries)) {
    make_room(labels, entries);
    run->labels = labels_.data();
    run->heap = heap_.data();
    run->marks = marks_.data();
  }
  const ArcInfo* const arcs = &table_.info(0);
  for (uint32_t i = 0; i < count; ++i) {
    run->relax(turns[i], arcs[turns[i].to], index, at_end, events + turns[i].events, bound);
  }
}

/// The two labels of the start stay unmarked: a route may come back to the arc it began on.
[[gnu::always_inline]] inline RouteSearch::Frontier RouteSearch::begin(const Position& from, const RouteBound& bound) {
  if (!has_room(2, 2)) make_room(2, 2);
  Frontier run{labels_.data(), heap_.data(), marks_.data(), ++epoch_, 0, 0, left_, false};
  const uint32_t reverse = from.number ^ 1;
  const ArcInfo& here = table_.info(from.number);
  const ArcInfo& there = table_.info(reverse);
  const float turn = costs_.uturn() + costs_.change(here.standing, there.standing);
  const float to_end = here.length_m - from.travelled_m;
  run.labels[0] = {from.number, kNoLabel, 0, -from.travelled_m, -bound.rate(here) * from.travelled_m, 0};
  run.labels[1] = {reverse, kNoLabel, turn, -to_end, turn - bound.rate(there) * to_end, 0};
  run.label_count = 2;
  if (bound.cost >= 0) run.push(0, 0);
  if (bound.cost >= turn) run.push(turn, 1);
  return run;
}

[[gnu::always_inline]] inline uint32_t* RouteSearch::aim(const Position* targets, uint32_t count, const Frontier& run,
                                                         RouteCosts* out) {
  if (out->length_m.size() < whole4(count)) out->length_m.resize(whole4(count));
  refill4(&out->events, count, RouteCosts::kNone);
  if (reached_.size() < count) {
    reached_.resize(count);
    same_arc_.resize(count);
  }
  uint32_t *const reached = reached_.data(), *const same_arc = same_arc_.data();
  for (uint32_t t = 0; t < count; ++t) {
    reached[t] = kNoLabel;
    Mark& m = run.marks[targets[t].number];
    same_arc[t] = m.target_epoch == run.epoch ? m.target : kNoTarget;
    m.target_epoch = run.epoch;
    m.target = t;
  }
  return reached;
}

/// Whether a target on the label's arc lies on the way on, or so little behind the start that it counts.
[[gnu::always_inline]] inline bool RouteSearch::reach(const Label& label, bool first, float travelled_m,
                                                      uint32_t target, const RouteBound& bound, RouteCosts* out) const {
  const float length = label.length + travelled_m;
  const bool slips = length < 0 && length >= -bound.slip_m && first;
  if (!(length >= 0 || slips)) return false;
  const float rate = bound.rate(table_.info(label.number));
  out->length_m[target] = slips ? 0 : length;
  out->events[target] = slips ? -length * bound.metre_cost : label.events + rate * travelled_m;
  return true;
}

void RouteSearch::run(const Position& from, const Position* targets, uint32_t count, const RouteBound& bound,
                      RouteCosts* out) {
  Frontier run = begin(from, bound);
  uint32_t* const reached = aim(targets, count, run, out);
  const uint32_t* const same_arc = same_arc_.data();
  uint32_t open = count;
  while (run.heap_size > 0) {
    const uint32_t index = run.pop();
    Label& label = run.labels[index];
    if (label.settled != 0) continue;
    label.settled = 1;
    const Mark& m = run.marks[label.number];
    if (m.target_epoch == run.epoch) {
      for (uint32_t t = m.target; t != kNoTarget; t = same_arc[t]) {
        if (reached[t] != kNoLabel || !reach(label, index == 0, targets[t].travelled_m, t, bound, out)) continue;
        reached[t] = index;
        --open;
      }
      if (open == 0) break;
    }
    expand(&run, index, bound);
  }
  left_ = run.left;
  cut_ = cut_ || run.cut;
}

void RouteSearch::path(uint32_t index, std::vector<map::ArcRef>* out) const {
  out->clear();
  for (uint32_t label = reached_[index]; label != kNoLabel; label = labels_[label].parent) {
    out->push_back(table_.info(labels_[label].number).arc);
  }
  std::reverse(out->begin(), out->end());
}

}  // namespace tomare::match
