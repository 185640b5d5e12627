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
  return evaluate(tile.terms + condition.first_term, condition.term_count, law, instant);
}

/// Clauses that all say what holds without them (`no`, and `no @ (Mo-Fr)`) would say nothing: whoever wrote them meant
/// that it holds at those times alone.
bool repeats(const Context& c, const map::Tile& tile, const Clauses& clauses, uint16_t* text) {
  bool some = false;
  for (uint32_t i = 0; clauses.base >= 0 && i < clauses.count; ++i) {
    const map::Condition& condition = tile.conditions[clauses.first + i];
    if (!speaks_of(c, condition, clauses)) continue;
    const bool same_key = clauses.key == map::kKeyNone || condition.flags >> 4 == clauses.key;
    const bool understood = (condition.flags & map::kNotUnderstood) == 0;
    if (condition.value != clauses.base || !same_key || !understood) return false;
    if (condition.term_count == 0) continue;
    some = true;
    *text = condition.text;
  }
  return some;
}

/// One that is not bound to times or vehicles.
bool always(const map::Condition& condition) {
  return condition.term_count == 0 && (condition.flags & map::kNotUnderstood) == 0;
}

/// From the last clause to the first: the last that holds wins.
Values at_instant(const Context& c, const map::Tile& tile, const Clauses& clauses, const Instant& instant) {
  Values values;
  uint16_t repeating = map::kNone16;
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
      values.repeated = always(condition) && repeats(c, tile, clauses, &repeating);
      break;
    }
    values.reasons |= e.reasons;
  }
  const bool unbound = values.base && values.conditional && clauses.target != map::kConditionRestriction;
  values.repeated = values.repeated || (unbound && repeats(c, tile, clauses, &repeating));
  if (values.repeated) {
    values.reasons |= kReason_condition_unparsed;
    values.text = repeating;
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
    if (condition.value == map::kAccessNo && speaks_of(c, condition, clauses)) return true;
  }
  return false;
}

/// Whether a size limit closes the road to the vehicle.
struct SizeState {
  Truth closed = Truth::no;
  bool asked = false;  ///< some size limit speaks of this vehicle and direction
  uint32_t reasons = 0;
  uint16_t text = map::kNone16;
};

/// As `repeats`, of the clauses of one quantity: a plain figure, and the same one by the hour.
bool repeats_size(const Context& c, const map::Tile& tile, uint32_t first, uint32_t last, const Clauses& clauses) {
  bool plain = false, bound = false;
  int32_t figure = 0;
  for (uint32_t i = first; i < last; ++i) {
    const map::Condition& condition = tile.conditions[i];
    if (!speaks_of(c, condition, clauses)) continue;
    const int32_t own = tile.terms[condition.first_term].a;
    if ((condition.flags & map::kNotUnderstood) != 0 || ((plain || bound) && own != figure)) return false;
    figure = own;
    (condition.term_count == 1 ? plain : bound) = true;
  }
  return plain && bound;
}

/// A size limit's clause at one moment: whether it holds, and whether the vehicle is too large for it.
struct SizeClause {
  Evaluation holds;
  Truth beyond;
};

SizeClause size_clause(const Law& law, const map::Tile& tile, const map::Condition& condition, const Instant& instant) {
  if ((condition.flags & map::kNotUnderstood) != 0) {
    return {{Truth::unknown, kReason_condition_unparsed}, Truth::unknown};
  }
  const map::Term* size = tile.terms + condition.first_term;
  SizeClause clause = {evaluate(size + 1, condition.term_count - 1U, law, instant), beyond(*size, law)};
  if (clause.beyond == Truth::unknown) clause.holds.reasons |= kReason_vehicle_unknown;
  return clause;
}

/// Of one quantity, clauses [first, last) in their order: the last that holds says how large is too large.
SizeState size_at(const Context& c, const map::Tile& tile, uint32_t first, uint32_t last, const Clauses& clauses,
                  const Instant& instant) {
  const Law& law = c.laws.at(tile.segments[clauses.segment].place);
  SizeState state;
  bool some = false, all = true, decided = false;
  for (uint32_t i = last; i-- > first && !decided;) {
    const map::Condition& condition = tile.conditions[i];
    if (!speaks_of(c, condition, clauses)) continue;
    state.asked = true;
    const SizeClause clause = size_clause(law, tile, condition, instant);
    if (clause.holds.truth == Truth::no) continue;
    some = some || clause.beyond != Truth::no;
    all = all && clause.beyond == Truth::yes;
    if (state.text == map::kNone16) state.text = condition.text;
    state.reasons |= clause.holds.reasons;
    decided = clause.holds.truth == Truth::yes;
    if (!decided || condition.term_count != 1 || !repeats_size(c, tile, first, last, clauses)) continue;
    state.reasons |= kReason_condition_unparsed;
    all = false;
  }
  state.closed = some ? (all && decided ? Truth::yes : Truth::unknown) : Truth::no;
  if (state.closed != Truth::unknown) state.reasons = 0;
  return state;
}

uint32_t quantity_of(const map::Tile& tile, const map::Condition& condition) {
  return tile.terms[condition.first_term].flags >> 3;
}

/// Of all quantities at one moment: one that closes the road is enough.
SizeState sizes_at(const Context& c, const map::Tile& tile, const Clauses& clauses, const Instant& instant) {
  SizeState worst;
  const uint32_t end = clauses.first + clauses.count;
  for (uint32_t first = clauses.first; first < end;) {
    uint32_t last = first + 1;
    if (tile.conditions[first].target != map::kConditionSize) {
      first = last;
      continue;
    }
    while (last < end && quantity_of(tile, tile.conditions[last]) == quantity_of(tile, tile.conditions[first])) ++last;
    const SizeState one = size_at(c, tile, first, last, clauses, instant);
    const bool asked = worst.asked || one.asked;
    if (one.closed == Truth::yes || (one.closed == Truth::unknown && worst.closed == Truth::no)) worst = one;
    worst.asked = asked;
    first = last;
  }
  return worst;
}

/// Two minutes before and after, too: an edge is in doubt.
SizeState size_state(const Context& c, const map::Tile& tile, const Clauses& clauses, int64_t time_ms) {
  Instant instant = instant_in(tile, time_ms);
  SizeState now = sizes_at(c, tile, clauses, instant);
  if (!now.asked) return now;
  for (const int64_t shift : {-kEdgeMs, kEdgeMs}) {
    instant.time_ms = time_ms + shift;
    const SizeState then = sizes_at(c, tile, clauses, instant);
    if (then.closed == now.closed) continue;
    now.reasons |= then.reasons | kReason_time_window_edge;
    if (now.closed == Truth::no) now.text = then.text;
    now.closed = Truth::unknown;
  }
  return now;
}

void apply(const SizeState& size, AccessState* state) {
  state->conditional = state->conditional || size.asked;
  const bool closes = size.closed == Truth::yes && state->standing != Standing::closed;
  const bool doubts = size.closed == Truth::unknown && state->standing == Standing::open;
  if (!closes && !doubts) return;
  state->standing = closes ? Standing::closed : Standing::uncertain;
  state->access = map::kAccessNo;
  state->reasons = closes ? 0 : size.reasons;
  state->text = size.text;
}

Standing standing_of(map::Access access) {
  switch (access) {
    case map::kAccessUncertain:
    case map::kAccessOther:  // a word that nobody understands
      return Standing::uncertain;
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

namespace {

/// Of a fact that no condition changes.
AccessState plain_access(const Context& c, const map::Tile& tile, const map::Attributes& a, const match::Leg& leg) {
  AccessState state;
  const int d = direction_of(leg);
  state.access = map::access_in(a, d, c.vehicle);
  if ((leg.illegal & match::kClosed) != 0) state.access = map::kAccessNo;
  state.key = a.access_key[d][c.vehicle];
  state.standing = standing_of(state.access);
  const bool by_kind = state.key == map::kKeyBus || state.key == map::kKeyPsv;
  if (state.standing == Standing::uncertain) {
    state.reasons = state.access == map::kAccessOther ? kReason_condition_unparsed
                    : by_kind                         ? kReason_vehicle_unknown
                                                      : kReason_condition_unknowable;
  }
  if (state.key != map::kKeyOverlay) state.text = map::quote_of(tile, a, map::kQuotedAccess, d, c.vehicle);
  return state;
}

void apply(const Values& values, AccessState* state) {
  state->conditional = values.conditional;
  if (values.repeated) {
    state->standing = Standing::uncertain;
    state->reasons = values.reasons;
    state->text = values.text;
    return;
  }
  if (values.count == 0) return;
  state->access = static_cast<map::Access>(values.value[0]);
  state->text = values.text;
  const Standing first = standing_of(state->access);
  bool agree = first != Standing::uncertain && (!values.base || state->standing == first);
  for (uint32_t i = 1; i < values.count; ++i) {
    agree = agree && standing_of(static_cast<map::Access>(values.value[i])) == first;
  }
  state->standing = agree ? first : Standing::uncertain;
  state->reasons = agree ? 0 : values.reasons;
  if (!agree && state->reasons == 0) state->reasons = kReason_condition_unknowable;
}

}  // namespace

AccessState access_state(const Context& c, const match::Leg& leg) {
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return {};
  const map::Attributes& a = tile->attributes_of(leg.segment);
  AccessState state = plain_access(c, *tile, a, leg);
  state.unsure = (a.flags & map::kFlagAccessUnsure) != 0;
  if (a.condition_count == 0) return state;
  Clauses clauses = {map::kConditionAccess, a.first_condition, a.condition_count,
                     direction_of(leg),     leg.segment,       state.key};
  if (opened_by_clause(c, *tile, clauses)) {
    state.access = map::kAccessUnset;
    state.standing = Standing::open;
  } else {
    clauses.base = state.access == map::kAccessUnset ? int{map::kAccessYes} : int{state.access};
  }
  apply(values_at(c, *tile, clauses, leg.enter_ms), &state);
  const Clauses sizes = {map::kConditionSize, a.first_condition, a.condition_count, direction_of(leg), leg.segment};
  apply(size_state(c, *tile, sizes, leg.enter_ms), &state);
  return state;
}

namespace {

/// Of the values that a one-way rule may have: none, forward, backward, changing. `base`: what holds without a clause.
Truth against_oneway(const Values& values, bool base, bool forward) {
  bool some = values.base && base, all = !values.base || base;
  for (uint32_t i = 0; i < values.count; ++i) {
    const bool against = values.value[i] == (forward ? 2 : 1);
    some = some || against || values.value[i] == 3;
    all = all && against;
  }
  return all ? Truth::yes : (some ? Truth::unknown : Truth::no);
}

}  // namespace

OnewayState oneway_state(const Context& c, const match::Leg& leg) {
  OnewayState state;
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return state;
  const map::Attributes& a = tile->attributes_of(leg.segment);
  const bool base = (leg.illegal & match::kAgainstOneway) != 0;
  state.against = base ? Truth::yes : Truth::no;
  state.unsure = (a.flags & map::kFlagOnewayUnsure) != 0;
  if (base && a.oneway_source != map::kOnewayOverlay) {
    state.text = map::quote_of(*tile, a, map::kQuotedOneway, direction_of(leg), c.vehicle);
  }
  if (a.condition_count == 0) return state;
  Clauses clauses = {map::kConditionOneway, a.first_condition, a.condition_count, direction_of(leg), leg.segment};
  if (base) clauses.base = leg.forward ? 2 : 1;
  const Values values = values_at(c, *tile, clauses, leg.enter_ms);
  state.conditional = values.conditional;
  if (values.repeated) {
    state.against = Truth::unknown;
    state.reasons = values.reasons;
    state.text = values.text;
    return state;
  }
  if (values.count == 0) return state;
  state.text = values.text;
  state.against = against_oneway(values, base, leg.forward);
  state.reasons = state.against == Truth::unknown ? values.reasons : 0;
  return state;
}

}  // namespace tomare::rules
