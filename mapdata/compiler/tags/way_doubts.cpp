// SPDX-License-Identifier: MIT
// Tags that leave it open whether a fact of the way holds at all: dates, hours of the road itself, what is temporary.
#include <algorithm>

#include "mapdata/compiler/tags/attributes.hpp"
#include "mapdata/compiler/tags/hours.hpp"
#include "mapdata/compiler/tags/lifecycle.hpp"
#include "mapdata/compiler/tags/way_conditions.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

bool some_lane_open(std::string_view lanes) {
  while (!lanes.empty()) {
    const size_t end = std::min(lanes.find('|'), lanes.size());
    if (lets_in(access_value(trimmed(lanes.substr(0, end))))) return true;
    lanes.remove_prefix(std::min(end + 1, lanes.size()));
  }
  return false;
}

/// A clause that may lift the fact, whatever key gave it.
ParsedCondition doubt(ConditionTarget target, bool understood, std::string text) {
  ParsedCondition c;
  c.target = target;
  c.vehicles = kEveryVehicle;
  c.key = kKeyMoped;
  const int lifted = target == kConditionAccess ? int{kAccessPermissive} : 0;
  c.value = target == kConditionLimit ? kLimitUnparsed : static_cast<uint16_t>(lifted);
  c.understood = understood;
  c.text = std::move(text);
  return c;
}

/// What a key of the road speaks of; kConditionRestriction: of none of its facts.
ConditionTarget target_of(const KeyParts& parts) {
  if (vehicles_of(parts.stem) != 0) return kConditionAccess;
  return parts.stem == "oneway" ? kConditionOneway
                                : (parts.stem == "maxspeed" ? kConditionLimit : kConditionRestriction);
}

constexpr ConditionTarget kFacts[] = {kConditionAccess, kConditionOneway, kConditionLimit};

/// Before a road is open, and once it is gone, its tags may say how it is then, or how it is now. So may they before
/// and after the dates of one fact (`oneway:end_date`).
void doubt_by_dates(const Tags& tags, std::vector<ParsedCondition>* out) {
  for (const DatesOut& dates : dates_out(tags)) {
    if (dates.first == 0 && dates.clear && dates.last < kLongAgo) continue;
    const KeyParts of = parts_of(dates.of);
    for (const ConditionTarget target : kFacts) {
      const bool own = !dates.of.empty();
      if (own && (target_of(of) != target || of.other_vehicle)) continue;
      ParsedCondition c = doubt(target, dates.clear, dates.text);
      if (own && target == kConditionAccess) c.key = of.key;
      c.vehicles = of.vehicles;
      c.directions = of.directions;
      c.terms.push_back({kTermYearDates, 0, 0, dates.first, dates.last});
      c.terms.push_back({kTermKeyword, 16, kPurpose, 0, 0});
      out->push_back(std::move(c));
    }
  }
}

/// Keys of the road that say when its closure, or its arrow, holds; or until when.
constexpr std::string_view kWhenKeys[] = {"hour_on", "hour_off", "day_on",   "day_off",
                                          "date_on", "date_off", "temporary"};

/// Those that do so behind the key of a fact alone (`oneway:opening_hours`).
constexpr std::string_view kTimesOfFact[] = {"opening_hours", "hours", "time", "times", "seasonal", "season", "period"};

template <size_t N>
bool is_one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool tells_when(std::string_view part) { return is_one_of(kWhenKeys, part) || is_one_of(kTimesOfFact, part); }

/// Those that say when a closed road may be open.
constexpr std::string_view kSomeTimeKeys[] = {"seasonal", "construction", "opening_date"};

void doubt_by_when(const Tags& tags, std::vector<ParsedCondition>* out) {
  for (const auto& [key, value] : tags) {
    const size_t colon = key.rfind(':');
    const bool whole = colon == std::string_view::npos;
    const std::string_view name = whole ? key : key.substr(colon + 1);
    const KeyParts of = parts_of(whole ? std::string_view() : key.substr(0, colon));
    const bool figure = name == "temporary" && target_of(of) == kConditionLimit;  // `maxspeed:temporary=80`: a limit
    const bool when = whole ? is_one_of(kWhenKeys, name) : tells_when(name);
    if (!when || figure || trimmed(value) == "no") continue;
    for (const ConditionTarget target : kFacts) {
      if (!whole && (target_of(of) != target || of.other_vehicle)) continue;
      out->push_back(doubt(target, false, tag_text(key, value)));
    }
  }
}

/// What a tag tells something about by its key: `oneway` of `source:oneway` and `oneway:source`.
std::string_view about(std::string_view key, std::string_view word) {
  if (key.size() <= word.size()) return {};
  const size_t rest = key.size() - word.size();
  if (key.substr(0, word.size()) == word && key[word.size()] == ':') return key.substr(word.size() + 1);
  return key.substr(rest) == word && key[rest - 1] == ':' ? key.substr(0, rest - 1) : std::string_view();
}

/// Whose mapper says that he guessed, or read advice (`source:maxspeed=estimate`, `maxspeed:type=advisory`), is no
/// sign; nor whose mapper asks others to look (`fixme:oneway=?`, `fixme=check oneway`).
void doubt_by_guess(const Tags& tags, std::vector<ParsedCondition>* out) {
  const auto add = [out](std::string_view fact, std::string text) {
    const KeyParts of = parts_of(fact);
    const ConditionTarget target = target_of(of);
    if (target == kConditionRestriction || of.other_vehicle) return;
    ParsedCondition c = doubt(target, true, std::move(text));
    c.directions = of.directions;
    if (of.vehicles != 0) c.vehicles = of.vehicles;
    c.terms.push_back(kByPurpose);
    out->push_back(std::move(c));
  };
  for (const auto& [key, value] : tags) {
    const std::string small = lowered(key);
    const std::string_view source = key == "maxspeed:type" ? "maxspeed" : about(key, "source");
    if (!source.empty() && is_guess(value)) add(source, tag_text(key, value));
    const std::string_view asked = about(small, "fixme");
    if (!asked.empty() && trimmed(value) != "no") add(asked, tag_text(key, value));
    if (small != "fixme") continue;
    for (const std::string_view fact : {"oneway", "maxspeed", "access", "motor_vehicle"}) {
      if (has_word(lowered(value), fact)) add(fact, tag_text(key, value));
    }
  }
}

/// There is no sign (`maxspeed:signed=no`, `traffic_sign=none`), nor a rule or a zone that holds without one.
void doubt_by_no_sign(const Tags& tags, const Attributes& plain, std::vector<ParsedCondition>* out) {
  const auto add = [&](const KeyParts& of, std::string text) {
    for (const ConditionTarget target : kFacts) {
      if (!of.stem.empty() && target_of(of) != target) continue;
      if (target == kConditionOneway && plain.oneway_source == kOnewayImplied) continue;
      if (target == kConditionLimit && plain.zone != kZoneNone) continue;
      ParsedCondition c = doubt(target, false, text);
      c.directions = of.directions;
      if (of.vehicles != 0) c.vehicles = of.vehicles;
      out->push_back(std::move(c));
    }
  };
  for (const auto& [key, value] : tags) {
    const std::string word = lowered(value);
    if (word != "no" && word != "none") continue;
    std::string_view signed_fact = about(key, "signed");
    for (const std::string_view name : {"sign", "signposted"}) {
      if (signed_fact.empty()) signed_fact = about(key, name);
    }
    KeyParts of = parts_of(signed_fact);
    if (!signed_fact.empty() && target_of(of) != kConditionRestriction && !of.other_vehicle) {
      add(of, tag_text(key, value));
    } else if (key == "signed" || key.substr(0, key.find(':')) == "traffic_sign") {
      of.stem = {};
      of.directions = parts_of(key).directions;
      add(of, tag_text(key, value));
    }
  }
}

/// A part of a key that nothing else here reads, and that may say of whom or of what the fact is.
bool has_other_part(const KeyParts& parts, std::string_view key) {
  const std::string_view last = key.substr(key.rfind(':') + 1);
  return parts.unknown && !parts.conditional && !parts.no_duty && !parts.other_vehicle && !is_date_key(key) &&
         !is_exception_key(last) && !tells_when(last);
}

/// Keys of no vehicle by OSM's list that mappers use like one of it (`car=yes`).
struct OddName {
  std::string_view key;
  uint8_t vehicles;
};
constexpr uint8_t kTrucks = static_cast<uint8_t>(bit(kLargeGoods) | bit(kTrailer) | bit(kLightGoods));
constexpr OddName kOddNames[] = {{"car", bit(kCar)},
                                 {"cars", bit(kCar)},
                                 {"automobile", bit(kCar)},
                                 {"electric_vehicle", bit(kCar)},
                                 {"car_sharing", bit(kCar)},
                                 {"carpool", kOfManyPeople},
                                 {"truck", kTrucks},
                                 {"lorry", kTrucks},
                                 {"van", kTrucks},
                                 {"light_goods", kTrucks},
                                 {"hgv_articulated", kTrucks},
                                 {"motorbike", bit(kMotorcycle)}};

void doubt_by_odd_names(const Tags& tags, std::vector<ParsedCondition>* out) {
  for (const OddName& name : kOddNames) {
    const Access access = access_value(tags.get(name.key));
    if (access == kAccessNo || access == kAccessUnset) continue;
    out->push_back(doubt(kConditionAccess, false, tag_text(name.key, tags.get(name.key))));
    out->back().vehicles = name.vehicles;
  }
}

/// Hours, a season, or works, at which a closed road is open, or those at which the closure holds? Lanes that are open,
/// or somebody by a part of the key that is not known, and a road that is not? And for how long does it hold what holds
/// temporarily?
void doubt_by_others(const Tags& tags, std::vector<ParsedCondition>* out) {
  constexpr std::string_view kTemporary = "temporary:";
  for (const auto& [key, value] : tags) {
    const bool hours = key == "opening_hours" && trimmed(value) != "24/7";
    const bool at_times = is_one_of(kSomeTimeKeys, key) && trimmed(value) != "no";
    if (hours || at_times) {
      out->push_back(doubt(kConditionAccess, false, tag_text(key, value)));
    }
    const bool temporary = key.substr(0, kTemporary.size()) == kTemporary;
    const KeyParts parts = parts_of(temporary ? key.substr(kTemporary.size()) : key);
    const ConditionTarget target = target_of(parts);
    const bool access = target == kConditionAccess;
    const bool open_lane = access && parts.lanes && !parts.conditional && some_lane_open(value);
    const Access said = access_value(value);
    const bool open_part = access && has_other_part(parts, key) &&
                           (lets_in(said) || said == kAccessOther);  // `motor_vehicle:delivery=yes`
    const bool closes = temporary && access && access_value(value) == kAccessNo;
    if (!open_lane && !open_part && (!temporary || target == kConditionRestriction || closes)) continue;
    out->push_back(doubt(target, false, tag_text(key, value)));
    out->back().directions = parts.directions;
    if (parts.vehicles != 0) out->back().vehicles = parts.vehicles;
  }
}

/// An arrow that does not bind by a purpose, or by the number of people (`oneway:hov=no`), or of which a key that is
/// not known says more than yes (`oneway:days=Mo-Fr`).
void doubt_by_purpose(const Tags& tags, std::vector<ParsedCondition>* out) {
  for (const auto& [key, value] : tags) {
    const KeyParts parts = parts_of(key);
    const bool mofa = key == "oneway:mofa";  // a moped of ours may be one
    const bool purpose = has_other_part(parts, key);
    const int arrow = oneway_value(value);
    if (parts.stem != "oneway" || (!purpose && !mofa) || arrow == 1 || arrow == 2) continue;
    ParsedCondition c = doubt(kConditionOneway, true, tag_text(key, value));
    if (key == "oneway:hov") c.vehicles = kOfManyPeople;
    if (mofa) c.vehicles = bit(kMoped);
    c.terms.push_back({kTermKeyword, 0, kPurpose, 0, 0});
    out->push_back(std::move(c));
  }
}

/// Whom a tag lets out of the road's facts, or of the one whose key it follows (`except=residents`, `oneway:except`).
void doubt_by_exceptions(const Tags& tags, std::vector<ParsedCondition>* out) {
  for (const auto& [key, value] : tags) {
    const size_t colon = key.rfind(':');
    const bool whole = colon == std::string_view::npos;
    if (!is_exception_key(whole ? key : key.substr(colon + 1))) continue;
    const KeyParts of = parts_of(whole ? std::string_view() : key.substr(0, colon));
    const Excepted let_out = excepted(value);
    for (const ConditionTarget target : kFacts) {
      if (!whole && target_of(of) != target) continue;
      ParsedCondition c = doubt(target, true, tag_text(key, value));
      c.vehicles = of.vehicles & (let_out.vehicles | let_out.perhaps);
      c.terms.push_back(kByPurpose);
      if (c.vehicles != 0) out->push_back(std::move(c));
    }
  }
}

/// Vehicles that a key may let in against an arrow: those of some drivers, of many people, of a kind, or on an errand.
uint8_t let_in_by(const KeyParts& parts) {
  if (parts.stem == "hov") return kOfManyPeople;
  if (parts.kind_of_bus) return bit(kBus);
  if (drivers_of(parts.stem) != 0) return drivers_of(parts.stem);
  const uint8_t named = vehicles_of(parts.stem);
  return named != kEveryVehicle ? named : 0;  // of all, the street and the map disagree (oneway.cpp)
}

/// Who is let in from one end by a purpose may drive from there, whatever `oneway` says (`delivery:backward=yes`).
void doubt_by_one_end(const Tags& tags, std::vector<ParsedCondition>* out) {
  for (const auto& [key, value] : tags) {
    const KeyParts parts = parts_of(key);
    const Access access = access_value(value);
    const bool lets_some = access != kAccessNo && access != kAccessUnset;
    const bool plain = !parts.conditional && !parts.no_duty && !parts.unknown && !parts.lanes;
    const uint8_t vehicles = let_in_by(parts);
    if (parts.directions == 3 || vehicles == 0 || !lets_some || !plain) continue;
    ParsedCondition c = doubt(kConditionOneway, true, tag_text(key, value));
    c.directions = parts.directions;
    c.vehicles = vehicles;
    c.terms.push_back(kByPurpose);
    out->push_back(std::move(c));
  }
}

/// Drivers that a closed road lets in by a key of theirs, where that (`delivery:conditional`) or the closure has a
/// condition.
void doubt_by_drivers(const Tags& tags, const std::vector<ParsedCondition>& conditions,
                      std::vector<ParsedCondition>* out) {
  const bool closes = std::any_of(conditions.begin(), conditions.end(), [](const ParsedCondition& c) {
    return c.target == kConditionAccess && c.value == kAccessNo;
  });
  for (const auto& [key, value] : tags) {
    const KeyParts parts = parts_of(key);
    const uint8_t drivers = drivers_of(parts.stem);
    if (drivers == 0 || parts.no_duty || (!parts.conditional && !closes)) continue;
    for (const Clause& clause : split_clauses(value)) {
      if (!lets_in(access_value(clause.value)) && clause.clear) continue;
      ParsedCondition c = doubt(kConditionAccess, true, tag_text(key, value));
      c.directions = parts.directions;
      c.vehicles = drivers;
      c.understood = clause.clear && (!parts.conditional || parse_condition(clause.condition, &c.terms));
      c.terms.push_back(kByPurpose);
      out->push_back(std::move(c));
      if (parts.directions == 3) continue;
      out->push_back(out->back());
      out->back().target = kConditionOneway;
      out->back().value = 0;
    }
  }
}

/// Of some vehicle and direction of the way.
template <typename Fact>
bool somewhere(Fact&& fact) {
  for (int d = 0; d < 2; ++d) {
    for (int v = 0; v < kVehicleCount; ++v) {
      if (fact(d, v)) return true;
    }
  }
  return false;
}

/// The way has a fact that a doubt may lift: by its plain tags, or by those that hold under a condition.
bool has_fact(ConditionTarget target, const Attributes& a, const std::vector<ParsedCondition>& conditions) {
  const auto speaks = [target](const ParsedCondition& c) { return c.target == target; };
  if (std::any_of(conditions.begin(), conditions.end(), speaks)) return true;
  if (target == kConditionOneway) return (a.oneway_against[0] | a.oneway_against[1]) != 0;
  if (target == kConditionLimit) {
    return a.zone != kZoneNone || somewhere([&](int d, int v) { return a.limit_high[d][v] != kLimitUnset; });
  }
  return somewhere([&](int d, int v) { return access_in(a, d, v) != kAccessUnset && !lets_in(access_in(a, d, v)); });
}

}  // namespace

std::vector<ParsedCondition> way_doubts(const Tags& tags, const Attributes& plain,
                                        const std::vector<ParsedCondition>& conditions) {
  std::vector<ParsedCondition> found;
  doubt_by_dates(tags, &found);
  doubt_by_when(tags, &found);
  doubt_by_guess(tags, &found);
  doubt_by_no_sign(tags, plain, &found);
  doubt_by_others(tags, &found);
  doubt_by_odd_names(tags, &found);
  doubt_by_purpose(tags, &found);
  doubt_by_exceptions(tags, &found);
  doubt_by_one_end(tags, &found);
  doubt_by_drivers(tags, conditions, &found);
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&](const ParsedCondition& c) { return !has_fact(c.target, plain, conditions); }),
              found.end());
  return found;
}

}  // namespace tomare::compiler
