// SPDX-License-Identifier: MIT
// Tags of a turn restriction: what is banned, for whom, and under which conditions.
#include <algorithm>
#include <string>

#include "mapdata/compiler/network/network.hpp"
#include "mapdata/compiler/network/node_tags.hpp"
#include "mapdata/compiler/tags/lifecycle.hpp"

namespace tomare::compiler {
namespace {

constexpr uint8_t kAll = (1U << map::kVehicleCount) - 1;

char role_letter(std::string_view given) {
  const std::string role = lowered(given);
  if (role == "from") return 'f';
  if (role == "via") return 'v';
  if (role == "to") return 't';
  return 'o';
}

/// "Monday", "monday", "Mo" as opening_hours writes it; anything else as it is, which is not understood.
std::string day_of(std::string_view text) {
  constexpr std::string_view kDays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  const std::string small = lowered(text);
  for (const std::string_view day : kDays) {
    if (small != day && small != day.substr(0, 2) && small != day.substr(0, 3)) continue;
    return {static_cast<char>(day[0] - 'a' + 'A'), day[1]};
  }
  return std::string(text);
}

/// Times in keys whose values have no known form.
constexpr std::string_view kTimeKeys[] = {"date_on", "date_off", "time_on", "time_off",
                                          "time",    "hours",    "days",    "period"};

/// The old day_on/hour_on keys, and other keys for times, as the text of a condition.
std::string legacy_hours(const Tags& tags) {
  const std::string_view day_on = tags.get("day_on"), day_off = tags.get("day_off");
  const std::string_view hour_on = tags.get("hour_on"), hour_off = tags.get("hour_off");
  std::string text;
  if (!day_on.empty() || !day_off.empty()) {
    text += day_of(day_on);
    if (day_on.empty() || (!day_off.empty() && day_off != day_on)) text += "-" + day_of(day_off);
  }
  if (!hour_on.empty() || !hour_off.empty()) {
    if (!text.empty()) text += ' ';
    text += std::string(hour_on) + "-" + std::string(hour_off);
  }
  const bool other_keys = std::any_of(std::begin(kTimeKeys), std::end(kTimeKeys),
                                      [&](std::string_view key) { return !tags.get(key).empty(); });
  const std::string_view opening = tags.get("opening_hours");
  if (other_keys || (!opening.empty() && !text.empty())) return "? " + text;  // not understood
  return opening.empty() ? text : std::string(opening);
}

bool bans(std::string_view value) { return value.substr(0, 3) == "no_" || value.substr(0, 5) == "only_"; }

void add_condition(std::string_view value, const Clause& clause, uint8_t vehicles, std::string text,
                   RawRestriction* out) {
  ParsedCondition c;
  Named whom;
  c.target = map::kConditionRestriction;
  c.understood = clause.clear && (clause.condition.empty() || parse_condition(clause.condition, &c.terms, &whom));
  c.vehicles = vehicles & whom.vehicles;
  c.value = bans(value) ? 1 : 0;
  c.text = std::move(text);
  out->conditions.push_back(std::move(c));
}

/// The part of a key behind "restriction:": a vehicle, or nothing. A condition may stand in a key that has none:
/// `restriction=no_left_turn @ (07:00-09:00)`.
struct Bound {
  uint8_t vehicles = kAll;
  bool conditional = false;
};

Bound bound_by(std::string_view key, std::string_view value) {
  const KeyParts parts = parts_of(key);
  const bool named = parts.key != map::kKeyNone;
  const bool other = parts.other_vehicle || parts.unknown || parts.kind_of_bus || parts.no_duty || parts.lanes ||
                     parts.physical || parts.directions != 3;
  return {other ? uint8_t{0} : (named ? parts.vehicles : kAll),
          parts.conditional || value.find('@') != std::string_view::npos};
}

/// `No right turn`, `no-u-turn` and a list parted by commas, as the wiki writes them.
std::string turn_of(std::string_view value) {
  std::string turn = lowered(value);
  for (size_t i = 1; i + 1 < turn.size(); ++i) {
    const auto letter = [&](size_t at) { return turn[at] >= 'a' && turn[at] <= 'z'; };
    if ((turn[i] == ' ' || turn[i] == '-') && letter(i - 1) && letter(i + 1)) turn[i] = '_';
    if (turn[i] == ',') turn[i] = ';';
  }
  return turn;
}

/// What the relation bans: by `restriction` itself, by that of a vehicle, else by its first clause.
std::string kind_of(const Tags& tags) {
  std::string of_vehicle, of_clause, of_others;
  for (const auto& [key, value] : tags) {
    const bool plain = key == "restriction";
    if (!plain && key.substr(0, 12) != "restriction:") continue;
    const Bound bound = bound_by(key, value);
    if (plain && !bound.conditional && bans(turn_of(value))) return turn_of(value);
    if (plain && !bound.conditional) continue;  // "none", and a clause that bans
    std::string* kind = bound.vehicles == 0 ? &of_others : (bound.conditional ? &of_clause : &of_vehicle);
    if (!kind->empty()) continue;
    *kind = turn_of(value);
    if (!bound.conditional) continue;
    kind->clear();
    for (const Clause& c : split_clauses(value)) {
      if (kind->empty() && c.value != "none") *kind = turn_of(c.value);
    }
  }
  return !of_vehicle.empty() ? of_vehicle : (!of_clause.empty() ? of_clause : of_others);
}

void read_tag(std::string_view key, std::string_view value, RawRestriction* out) {
  const Bound bound = bound_by(key, value);
  if (bound.vehicles == 0) return;
  if (!bound.conditional) {
    if (turn_of(value) != out->kind) return;  // of another turn
    out->vehicles |= bound.vehicles;
    out->always |= bound.vehicles;
    out->texts.emplace_back(bound.vehicles, tag_text(key, value));
    if (key != "restriction" || value != out->kind) out->text = tag_text(key, value);
    return;
  }
  for (const Clause& c : split_clauses(value)) {
    const std::string turn = turn_of(c.value);
    add_condition(turn, c, bound.vehicles, tag_text(key, value), out);
    out->vehicles |= out->conditions.back().vehicles;
    const bool other_turn = bans(turn) && turn != out->kind;
    // "no": no ban, or no turn?
    const bool odd = !bans(turn) && turn != "none";
    if (other_turn || odd) out->conditions.back().understood = false;
  }
}

/// A clause that always holds, before all others.
void add_always(RawRestriction* r) {
  add_condition(r->kind, {}, r->always, r->text.empty() ? "restriction=" + r->kind : r->text, r);
  std::rotate(r->conditions.begin(), r->conditions.end() - 1, r->conditions.end());
}

/// Lets vehicles out of the ban, some for certain and others perhaps, by one tag.
void let_out(const Excepted& out, std::string text, RawRestriction* r) {
  if ((out.perhaps & r->vehicles & ~out.vehicles) != 0) {
    if (r->conditions.empty()) add_always(r);
    add_condition("none", {}, out.perhaps, std::move(text), r);
    r->conditions.back().terms.push_back({map::kTermKeyword, 0, map::kPurpose, 0, 0});
  }
  r->vehicles = static_cast<uint8_t>(r->vehicles & ~out.vehicles);
}

constexpr std::string_view kOfBan = "restriction:";

/// By `except` or another key of that meaning, and by a vehicle's own `restriction:hgv=none`.
void except(const Tags& tags, RawRestriction* r) {
  for (const auto& [key, value] : tags) {
    const bool own = key.substr(0, kOfBan.size()) == kOfBan;
    if (is_exception_key(own ? key.substr(kOfBan.size()) : key)) let_out(excepted(value), tag_text(key, value), r);
  }
  for (const auto& [key, value] : tags) {
    if (key.substr(0, 12) != "restriction:" || bans(turn_of(value))) continue;
    const Bound bound = bound_by(key, value);
    if (bound.conditional || bound.vehicles == kAll) continue;
    const bool free = value == "none" || value == "no";
    let_out({free ? bound.vehicles : uint8_t{0}, free ? uint8_t{0} : bound.vehicles}, tag_text(key, value), r);
  }
}

/// A sign that is gone, or not yet there.
bool out_of_use(const Tags& tags) {
  for (const std::string_view key : {"proposed", "planned", "construction"}) {
    if (!tags.get(key).empty() && tags.get(key) != "no") return true;
  }
  return is_not_in_use(tags) || is_dead_rail_word(lowered(tags.get("status")));
}

/// Before its `start_date` and after its `end_date` nothing is banned.
void bound_by_dates(const Tags& tags, RawRestriction* r) {
  for (DatesOut& out : dates_out(tags)) {
    if (!out.of.empty() && out.of != "restriction") continue;
    if (r->conditions.empty()) add_always(r);
    add_condition("none", {}, kAll, std::move(out.text), r);
    ParsedCondition& c = r->conditions.back();
    c.understood = out.clear;
    c.terms.push_back({map::kTermYearDates, 0, 0, out.first, out.last});
  }
}

/// By a tag that may lift the ban on the day.
void doubt(std::string_view key, std::string_view value, RawRestriction* r) {
  if (r->conditions.empty()) add_always(r);
  add_condition("none", {}, kAll, tag_text(key, value), r);
  r->conditions.back().understood = false;
}

constexpr std::string_view kSizes[] = {"maxweight", "maxweightrating", "maxaxleload", "maxlength",
                                       "maxheight", "maxwidth",        "hazmat"};

/// A vehicle's key, or a size, may say whom alone the ban binds, or whom it does not.
void doubt_by_vehicles(const Tags& tags, RawRestriction* r) {
  for (const auto& [key, value] : tags) {
    const bool size = std::find(std::begin(kSizes), std::end(kSizes), key) != std::end(kSizes);
    if (size || vehicles_of(key) != 0) doubt(key, value, r);
  }
}

/// Words behind `restriction:` that name nobody and no turn, such as when the ban holds.
bool says_more(std::string_view key, std::string_view value) {
  const KeyParts parts = parts_of(key);
  const std::string_view of = key.substr(std::min(kOfBan.size(), key.size()));
  const bool elsewhere = is_date_key(key) || is_exception_key(of);
  return parts.stem == "restriction" && parts.unknown && !parts.conditional && !parts.no_duty && !elsewhere &&
         value != "no" && value != "none" && !bans(turn_of(value));
}

/// When the ban holds, or whom it binds, in keys that OSM does not list.
constexpr std::string_view kDoubts[] = {
    "seasonal",   "temporary", "except:conditional", "conditional", "condition", "valid",
    "applies_to", "for",       "vehicle_type",       "advisory",    "on_red"};

/// The mapper found no sign.
bool finds_no_sign(std::string_view key, std::string_view value) {
  const bool asked = key == "traffic_sign" || key == "signed" || key == "restriction:signed";
  return asked && (lowered(value) == "no" || lowered(value) == "none");
}

/// What stands for a while or for a season, was guessed or ought to be looked at, may not be there on the day, nor bind
/// everybody at each hour.
void doubt_by_times(const Tags& tags, RawRestriction* r) {
  for (const std::string_view key : kDoubts) {
    const std::string_view value = tags.get(key);
    if (!value.empty() && value != "no") doubt(key, value, r);
  }
  for (const auto& [key, value] : tags) {
    const bool part = key.substr(0, 10) == "temporary:" || key.substr(0, 7) == "except:";
    const bool source = key == "source" || key == "source:restriction" || key == "restriction:source";
    const bool type = key == "restriction:type" && is_guess(value);  // advisory
    const bool guessed = type || (source && is_guess(value)) || says_more(key, value);
    const bool asked = lowered(key) == "fixme" && value != "no";
    if ((part && key != "except:conditional" && value != "no") || guessed || asked || finds_no_sign(key, value))
      doubt(key, value, r);
  }
}

}  // namespace

RawRestriction read_restriction(int64_t id, const std::vector<Member>& members, const Tags& tags) {
  RawRestriction r;
  r.id = id;
  if (!out_of_use(tags)) r.kind = kind_of(tags);
  for (const auto& [key, value] : tags) {
    if (key == "restriction" || key.substr(0, 12) == "restriction:") read_tag(key, value, &r);
  }
  const Bound by_type = bound_by(lowered(tags.get("type")), {});
  if (by_type.vehicles != kAll) r.vehicles = r.always = by_type.vehicles;
  const std::string hours = legacy_hours(tags);
  if (!hours.empty()) {
    add_condition(r.kind, {{}, hours, true}, kAll, "day_on/hour_on=" + hours, &r);
  } else if (!r.conditions.empty() && r.always != 0) {
    add_always(&r);
  }
  if (by_type.conditional && r.conditions.empty()) doubt("type", tags.get("type"), &r);
  except(tags, &r);
  bound_by_dates(tags, &r);
  doubt_by_times(tags, &r);
  doubt_by_vehicles(tags, &r);
  for (const Member& m : members) r.parts.push_back({m.ref, m.type, role_letter(m.role)});
  return r;
}

}  // namespace tomare::compiler
