// SPDX-License-Identifier: MIT
#include "core-cpp/rules/facts.hpp"

#include <algorithm>

#include "core-cpp/base/geo.hpp"

namespace tomare::rules {
namespace {

constexpr int64_t kEdgeMs = 120'000;  // clocks of signs and receivers, and the metres to the sign

/// Specificity of a key: that of the class itself is the least.
int rank_of(uint8_t key) { return key == map::kKeyHighway ? 0 : key; }

bool speaks_of(const Context& c, const map::Condition& condition, const Clauses& clauses) {
  const auto key = static_cast<uint8_t>(condition.flags >> 4);
  return condition.target == clauses.target && (condition.vehicles >> c.vehicle & 1) != 0 &&
         (condition.directions >> clauses.direction & 1) != 0 && rank_of(key) >= rank_of(clauses.key);
}

void add(Values* values, uint16_t value) {
  uint16_t* end = values->value + values->count;
  if (std::find(values->value, end, value) != end) return;
  if (values->count < Values::kMost) values->value[values->count++] = value;
}

Evaluation truth_of(const Law& law, const map::Tile& tile, const map::Condition& condition, const Instant& instant) {
  if ((condition.flags & map::kNotUnderstood) != 0) return {Truth::unknown, kReason_condition_unparsed};
  Evaluation e = evaluate(tile.terms + condition.first_term, condition.term_count, law, instant);
  if (e.truth == Truth::unknown && (condition.flags & map::kOnlyIfKnown) != 0) e = {Truth::no, 0};
  return e;
}

/// From the last clause to the first: the last that holds wins.
Values at_instant(const Context& c, const map::Tile& tile, const Clauses& clauses, const Instant& instant) {
  Values values;
  const Law& law = c.laws.at(tile.segments[clauses.segment].place);
  for (uint32_t i = clauses.count; i-- > 0;) {
    const map::Condition& condition = tile.conditions[clauses.first + i];
    if (!speaks_of(c, condition, clauses)) continue;
    values.conditional = true;
    const Evaluation e = truth_of(law, tile, condition, instant);
    if (e.truth == Truth::no) continue;
    add(&values, condition.value);
    if (values.text == map::kNone16) values.text = condition.text;
    if (e.truth == Truth::yes) {
      values.base = false;
      return values;
    }
    values.reasons |= e.reasons;
  }
  return values;
}

bool same(const Values& a, const Values& b) {
  return a.base == b.base && a.count == b.count && std::equal(a.value, a.value + a.count, b.value);
}

Instant instant_in(const map::Tile& tile, int64_t time_ms) {
  const uint32_t half = tile.span / 2;
  return {time_ms, lat_of(tile.header->y + half), lon_of(tile.header->x + half)};
}

/// A clause that closes a road which its class closes anyway would say nothing: it means that the road is open at
/// other times (歩行者用道路 by the hour).
bool opened_by_clause(const Context& c, const map::Tile& tile, const Clauses& clauses) {
  if (clauses.key != map::kKeyHighway) return false;
  for (uint32_t i = 0; i < clauses.count; ++i) {
    const map::Condition& condition = tile.conditions[clauses.first + i];
    if (condition.value == map::kAccessNo && (condition.flags & map::kOnlyIfKnown) == 0 &&
        speaks_of(c, condition, clauses)) {
      return true;
    }
  }
  return false;
}

Standing standing_of(map::Access access) {
  switch (access) {
    case map::kAccessNo:
      return Standing::closed;
    case map::kAccessUnset:
    case map::kAccessYes:
    case map::kAccessPermissive:
    case map::kAccessDesignated:
      return Standing::open;
    default:
      return Standing::restricted;
  }
}

}  // namespace

Values values_at(const Context& c, const map::Tile& tile, const Clauses& clauses, int64_t time_ms) {
  Instant instant = instant_in(tile, time_ms);
  Values now = at_instant(c, tile, clauses, instant);
  if (!now.conditional) return now;
  for (const int64_t shift : {-kEdgeMs, kEdgeMs}) {
    instant.time_ms = time_ms + shift;
    const Values then = at_instant(c, tile, clauses, instant);
    if (same(now, then)) continue;
    for (uint32_t i = 0; i < then.count; ++i) add(&now, then.value[i]);
    now.base = now.base || then.base;
    now.reasons |= then.reasons | kReason_time_window_edge;
    if (now.text == map::kNone16) now.text = then.text;
  }
  return now;
}

AccessState access_state(const Context& c, const match::Leg& leg) {
  AccessState state;
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return state;
  const map::Attributes& a = tile->attributes_of(leg.segment);
  const int d = direction_of(leg);
  map::Access base = map::access_in(a, d, c.vehicle);
  if ((leg.illegal & match::kClosed) != 0) base = map::kAccessNo;
  state.access = base;
  state.key = a.access_key[d][c.vehicle];
  state.standing = standing_of(base);
  if (a.condition_count == 0) return state;
  const Clauses clauses = {map::kConditionAccess, a.first_condition, a.condition_count, d, leg.segment, state.key};
  if (opened_by_clause(c, *tile, clauses)) {
    state.access = map::kAccessUnset;
    state.standing = Standing::open;
  }
  const Values values = values_at(c, *tile, clauses, leg.enter_ms);
  state.conditional = values.conditional;
  if (values.count == 0) return state;
  state.access = static_cast<map::Access>(values.value[0]);
  state.text = values.text;
  const Standing first = standing_of(state.access);
  bool agree = !values.base || state.standing == first;
  for (uint32_t i = 1; i < values.count; ++i) {
    agree = agree && standing_of(static_cast<map::Access>(values.value[i])) == first;
  }
  state.standing = agree ? first : Standing::uncertain;
  state.reasons = agree ? 0 : values.reasons;
  return state;
}

OnewayState oneway_state(const Context& c, const match::Leg& leg) {
  OnewayState state;
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return state;
  const map::Attributes& a = tile->attributes_of(leg.segment);
  const bool base = (leg.illegal & match::kAgainstOneway) != 0;
  state.against = base ? Truth::yes : Truth::no;
  if (a.condition_count == 0) return state;
  const Clauses clauses = {map::kConditionOneway, a.first_condition, a.condition_count, direction_of(leg), leg.segment};
  const Values values = values_at(c, *tile, clauses, leg.enter_ms);
  state.conditional = values.conditional;
  if (values.count == 0) return state;
  state.text = values.text;
  bool some = values.base && base, all = !values.base || base;
  for (uint32_t i = 0; i < values.count; ++i) {
    const bool against = (values.value[i] == 1 && !leg.forward) || (values.value[i] == 2 && leg.forward);
    some = some || against;
    all = all && against;
  }
  state.against = all ? Truth::yes : (some ? Truth::unknown : Truth::no);
  state.reasons = state.against == Truth::unknown ? values.reasons : 0;
  return state;
}

}  // namespace tomare::rules
