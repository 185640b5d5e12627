// SPDX-License-Identifier: MIT
// Tags of a turn restriction: what is banned, for whom, and under which conditions.
#include <algorithm>

#include "mapdata/compiler/network/network.hpp"

namespace tomare::compiler {
namespace {

constexpr uint8_t kAll = (1U << map::kVehicleCount) - 1;

char role_letter(std::string_view role) {
  if (role == "from") return 'f';
  if (role == "via") return 'v';
  if (role == "to") return 't';
  return 'o';
}

/// What `except=psv;bicycle;…` takes out.
struct Excepted {
  uint8_t vehicles = 0;
  uint8_t perhaps = 0;  ///< by a purpose, a permit, or a kind of vehicle that ours may be
};

Excepted excepted(std::string_view text) {
  Excepted found;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(";,"), text.size());
    const std::string_view word = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const uint8_t named = vehicles_of(word);
    if (word.empty() || word == "none" || word == "no" || is_other_vehicle(word)) continue;
    found.vehicles |= named;
    if (named == 0) found.perhaps |= is_kind_of_bus(word) ? bit(map::kBus) : kAll;
  }
  return found;
}

/// The old day_on/hour_on keys, as the text of a condition.
std::string legacy_hours(const Tags& tags) {
  const std::string_view day_on = tags.get("day_on"), day_off = tags.get("day_off");
  const std::string_view hour_on = tags.get("hour_on"), hour_off = tags.get("hour_off");
  std::string text;
  if (!day_on.empty()) {
    text += day_on.substr(0, 2);
    if (!day_off.empty() && day_off != day_on) text += "-" + std::string(day_off.substr(0, 2));
  }
  if (!hour_on.empty() && !hour_off.empty()) {
    if (!text.empty()) text += ' ';
    text += std::string(hour_on) + "-" + std::string(hour_off);
  }
  return text;
}

bool bans(std::string_view value) { return value.substr(0, 3) == "no_" || value.substr(0, 5) == "only_"; }

void add_condition(std::string_view value, const Clause& clause, uint8_t vehicles, std::string text,
                   RawRestriction* out) {
  ParsedCondition c;
  c.target = map::kConditionRestriction;
  c.understood = clause.clear && (clause.condition.empty() || parse_condition(clause.condition, &c.terms));
  c.vehicles = vehicles;
  c.value = bans(value) ? 1 : 0;
  c.text = std::move(text);
  out->conditions.push_back(std::move(c));
}

/// The part of a key behind "restriction:": a vehicle, or nothing.
struct Bound {
  uint8_t vehicles = kAll;
  bool conditional = false;
};

Bound bound_by(std::string_view key) {
  const KeyParts parts = parts_of(key);
  const bool named = parts.key != map::kKeyNone;
  const bool other = parts.other_vehicle || parts.unknown || parts.kind_of_bus;
  return {other ? uint8_t{0} : (named ? parts.vehicles : kAll), parts.conditional};
}

void read_tag(std::string_view key, std::string_view value, RawRestriction* out) {
  const Bound bound = bound_by(key);
  out->vehicles |= bound.vehicles;
  out->other_vehicle = out->other_vehicle || bound.vehicles == 0;
  if (!bound.conditional) {
    if (key == "restriction" || out->kind.empty()) out->kind = value;
    out->always |= bound.vehicles;
    if (key != "restriction") out->text = tag_text(key, value);
    return;
  }
  for (const Clause& c : split_clauses(value)) {
    add_condition(c.value, c, bound.vehicles, tag_text(key, value), out);
    if (out->kind.empty() && c.value != "none") out->kind = c.value;
  }
}

/// A clause that always holds, before all others.
void add_always(RawRestriction* r) {
  add_condition(r->kind, {}, r->always, r->text.empty() ? "restriction=" + r->kind : r->text, r);
  std::rotate(r->conditions.begin(), r->conditions.end() - 1, r->conditions.end());
}

void except(const Tags& tags, RawRestriction* r) {
  const std::string_view text = tags.get("except");
  const Excepted out = excepted(text);
  if ((out.perhaps & r->vehicles & ~out.vehicles) != 0) {
    if (r->conditions.empty()) add_always(r);
    add_condition("none", {}, out.perhaps, tag_text("except", text), r);
    r->conditions.back().terms.push_back({map::kTermKeyword, 0, map::kPurpose, 0, 0});
  }
  r->vehicles = static_cast<uint8_t>(r->vehicles & ~out.vehicles);
}

}  // namespace

RawRestriction read_restriction(int64_t id, const std::vector<Member>& members, const Tags& tags) {
  RawRestriction r;
  r.id = id;
  for (const auto& [key, value] : tags) {
    if (key == "restriction" || key.substr(0, 12) == "restriction:") read_tag(key, value, &r);
  }
  const std::string_view type = tags.get("type");
  if (type.size() > 12) r.vehicles = r.always = vehicles_of(type.substr(12));
  const std::string hours = legacy_hours(tags);
  if (!hours.empty()) {
    add_condition(r.kind, {{}, hours, true}, kAll, "day_on/hour_on=" + hours, &r);
  } else if (!r.conditions.empty() && r.always != 0) {
    add_always(&r);
  }
  except(tags, &r);
  for (const Member& m : members) r.parts.push_back({m.ref, m.type, role_letter(m.role)});
  return r;
}

}  // namespace tomare::compiler
