// SPDX-License-Identifier: MIT
// Speed limits of a way that hold without a condition: from `maxspeed` to `maxspeed:hgv:lanes:forward`.
#include <algorithm>

#include "mapdata/compiler/tags/attributes.hpp"
#include "mapdata/compiler/tags/numbers.hpp"
#include "mapdata/compiler/tags/way_conditions.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

constexpr double kLeastSign = 5;  ///< km/h: no sign says less, a mapper's slip does
constexpr double kMostSign = 500;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

ZoneContext zone_of(std::string_view text) {
  const size_t colon = text.find(':');
  const std::string_view context = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (context == "zone:20" || context == "20") return kZone20;
  if (context == "zone:30" || context == "30") return kZone30;
  if (context == "nsl_restricted") return kZoneUrban;  // of the United Kingdom (OSM wiki: Key:maxspeed:type)
  if (context == "nsl_single" || context == "nsl_dual") return kZoneRural;
  const int known = index_of(kZoneTexts, context);
  return known < 0 ? kZoneOther : static_cast<ZoneContext>(known);
}

/// ゾーン30: the signs of the area say 30 km/h on each of its roads, so that no law need be asked.
bool is_zone30_of_japan(std::string_view text) { return text.substr(0, 3) == "JP:" && zone_of(text) == kZone30; }

constexpr LimitValue kNotUnderstoodLimit = {kLimitUnparsed, kLimitUnparsed, kZoneNone};

LimitValue one_limit(std::string_view text) {
  double value = 0;
  std::string_view unit;
  if (text == "none") return {kLimitUnlimited, kLimitUnlimited, kZoneNone};
  if (text == "signals" || text == "variable") return {kLimitVariable, kLimitVariable, kZoneNone};
  if (text == "walk") return {70, 70, kZoneNone};
  if (is_zone30_of_japan(text)) return {300, 300, kZoneNone};
  const std::string small = lowered(text);
  if (!parse_number(small, &value, &unit)) {
    const ZoneContext zone = text.find(':') == std::string_view::npos ? kZoneNone : zone_of(text);
    if (zone != kZoneNone) return {kLimitUnset, kLimitUnset, zone};
    return kNotUnderstoodLimit;
  }
  double factor = 0;
  if (unit.empty() || unit == "km/h" || unit == "kmh" || unit == "kph") factor = 1;
  if (unit == "mph") factor = 1.609344;
  if (unit == "knots" || unit == "kn" || unit == "kt") factor = 1.852;
  const double kmh = value * factor;
  if (!(kmh >= kLeastSign && kmh <= kMostSign)) return kNotUnderstoodLimit;
  const auto limit = static_cast<uint16_t>(kmh * 10 + 0.5);
  return {limit, limit, kZoneNone};
}

bool is_number(uint16_t limit) { return limit != kLimitUnset && limit < kLimitOfZone; }

/// From the lowest to the highest of a list; an entry that says nothing has the limit of the whole road.
LimitValue interval_of(std::string_view text, char separator, const LimitValue& whole) {
  LimitValue all;
  for (bool first = true;; first = false) {
    const size_t end = text.find(separator);
    const std::string_view part = trimmed(text.substr(0, end));
    const LimitValue one = part.empty() ? whole : one_limit(part);
    if (!is_number(one.low) && one.low != kLimitUnlimited) return kNotUnderstoodLimit;
    all.low = first ? one.low : std::min(all.low, one.low);
    all.high = first ? one.high : std::max(all.high, one.high);
    if (end == std::string_view::npos) return all;
    text.remove_prefix(end + 1);
  }
}

struct LimitTag {
  KeyParts parts;
  std::string_view key, value;
  /// The general before the specific: key, then direction, then lanes.
  int rank() const { return parts.key * 4 + (parts.directions != 3 ? 1 : 0) + (parts.lanes ? 2 : 0); }
};

/// Those that bind a vehicle of ours, or the others, which may do so.
enum class Binding : uint8_t { sure, kind_of_bus, unknown };

std::vector<LimitTag> limit_tags(const Tags& tags, Binding wanted) {
  std::vector<LimitTag> found;
  for (const auto& [key, value] : tags) {
    const KeyParts parts = parts_of(key);
    const bool binds =
        parts.stem == "maxspeed" && !parts.conditional && !parts.no_duty && !parts.other_vehicle && !parts.physical;
    const Binding binding =
        parts.unknown ? Binding::unknown : (parts.kind_of_bus ? Binding::kind_of_bus : Binding::sure);
    if (binds && binding == wanted) found.push_back({parts, key, value});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const LimitTag& a, const LimitTag& b) { return a.rank() < b.rank(); });
  return found;
}

class LimitReader {
 public:
  LimitReader(const Tags& tags, WayAttributes* facts) : tags_(tags), a_(facts->attributes), facts_(facts) {}

  void read() {
    for (const LimitTag& tag : limit_tags(tags_, Binding::sure)) apply(tag);
    if (a_.zone == kZoneNone) read_zone();
    if (ends_with(zone_text_, "nsl_dual")) a_.divided = kDividedTagged;
    for (int d = 0; d < 2; ++d) {
      if (a_.limit_source[d] == kLimitNone && a_.zone != kZoneNone) a_.limit_source[d] = kLimitZone;
    }
    texts_.keep(kQuotedLimit, [this](int d, int v) { return canonical(d, v); }, &facts_->quotes);
    if (!zone_text_.empty() && (without_limit(0) | without_limit(1)) != 0)
      facts_->quotes.push_back({kQuotedZone, 3, kEveryVehicle, zone_text_});
    read_least();
  }

 private:
  void apply(const LimitTag& tag) {
    for (int d = 0; d < 2; ++d) {
      if ((tag.parts.directions >> d & 1) == 0) continue;
      const int v = __builtin_ctz(tag.parts.vehicles);
      const LimitValue whole = {a_.limit_low[d][v], a_.limit_high[d][v], kZoneNone};
      const LimitValue limit = tag.parts.lanes ? interval_of(tag.value, '|', whole) : limit_value(tag.value);
      if (limit.zone != kZoneNone) {
        apply_zone(tag, d, limit.zone);
      } else {
        set(d, tag.parts.vehicles, limit, tag_text(tag.key, tag.value));
      }
    }
  }

  /// A road has one zone for all: of some vehicles, or of one direction, it is not what the others have.
  void apply_zone(const LimitTag& tag, int d, ZoneContext zone) {
    const bool both = tag.parts.directions == 3 || tags_.get("maxspeed:forward") == tags_.get("maxspeed:backward");
    const bool general = tag.parts.key == kKeyNone && !tag.parts.lanes && both;
    if (general) {
      a_.zone = zone;
      zone_text_ = tag_text(tag.key, tag.value);
    }
    const LimitValue own = a_.zone == zone ? LimitValue{kLimitUnset, kLimitUnset, kZoneNone} : kNotUnderstoodLimit;
    if (!general) set(d, tag.parts.vehicles, own, tag_text(tag.key, tag.value));
  }

  void set(int d, uint8_t vehicles, const LimitValue& limit, const std::string& text) {
    for (int v = 0; v < kVehicleCount; ++v) {
      if ((vehicles >> v & 1) == 0) continue;
      a_.limit_low[d][v] = limit.low;
      a_.limit_high[d][v] = limit.high;
    }
    a_.limit_source[d] = kLimitSigned;
    texts_.set(d, vehicles, text);
  }

  void read_zone() {
    for (const std::string_view key : {"maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"}) {
      const std::string_view text = tags_.get(key);
      const bool names = key[0] == 'z' || text.find(':') != std::string_view::npos;
      if (text == "sign" || text == "markings" || ends_with(text, ":sign")) doubt_unread_sign(tag_text(key, text));
      if (text.empty() || text == "sign" || ends_with(text, ":sign") || !names) continue;
      if (is_zone30_of_japan(text)) {
        for (int d = 0; d < 2; ++d) set(d, without_limit(d), one_limit(text), tag_text(key, text));
        return;
      }
      a_.zone = zone_of(text);
      zone_text_ = tag_text(key, text);
      return;
    }
  }

  /// There is a sign, and nobody wrote down what it says.
  void doubt_unread_sign(const std::string& tag) {
    for (int d = 0; d < 2; ++d) {
      if (a_.limit_source[d] == kLimitNone) set(d, kEveryVehicle, kNotUnderstoodLimit, tag);
    }
  }

  /// Vehicles that have no number in a direction, so that the zone decides their limit.
  uint8_t without_limit(int d) const {
    uint8_t vehicles = 0;
    for (int v = 0; v < kVehicleCount; ++v) {
      if (a_.limit_high[d][v] == kLimitUnset) vehicles |= bit(static_cast<Vehicle>(v));
    }
    return vehicles;
  }

  void read_least() {
    const std::string_view text = tags_.get("minspeed");
    const LimitValue least = limit_value(text);
    if (!is_number(least.low)) return;
    a_.min_speed = least.low;
    const std::string tag = tag_text("minspeed", text);
    if (tag != "minspeed=" + kmh_text(least.low)) facts_->quotes.push_back({kQuotedMinSpeed, 3, kEveryVehicle, tag});
  }

  /// What a number is written as; nothing where it takes more than a number.
  static std::string kmh_text(uint16_t tenths) {
    return tenths % 10 == 0 ? std::to_string(tenths / 10) : std::string();
  }

  std::string canonical(int d, int v) const {
    const uint16_t low = a_.limit_low[d][v], high = a_.limit_high[d][v];
    if (low != high || !is_number(high)) return {};
    return "maxspeed=" + kmh_text(high);
  }

  const Tags& tags_;
  Attributes& a_;
  WayAttributes* facts_;
  Quoting texts_;
  std::string zone_text_;
};

}  // namespace

LimitValue limit_value(std::string_view text) {
  if (text.find(';') != std::string_view::npos) return interval_of(text, ';', kNotUnderstoodLimit);
  return one_limit(trimmed(text));
}

LimitValue lane_limits(std::string_view text) { return interval_of(text, '|', kNotUnderstoodLimit); }

void read_limits(const Tags& tags, WayAttributes* facts) { LimitReader(tags, facts).read(); }

namespace {

ParsedCondition clause_of(const LimitTag& tag, uint8_t vehicles, map::AccessKey key) {
  ParsedCondition c;
  c.target = kConditionLimit;
  c.directions = tag.parts.directions;
  c.vehicles = vehicles;
  c.key = key;
  c.text = tag_text(tag.key, tag.value);
  return c;
}

}  // namespace

std::vector<ParsedCondition> own_limits(const Tags& tags) {
  std::vector<ParsedCondition> found;
  for (const LimitTag& tag : limit_tags(tags, Binding::sure)) {
    const LimitValue limit = tag.parts.lanes ? lane_limits(tag.value) : limit_value(tag.value);
    const bool of_one_end = tag.parts.directions != 3 && limit.zone != kZoneNone;
    if (tag.parts.key == kKeyNone && !of_one_end) continue;
    found.push_back(clause_of(tag, tag.parts.vehicles, tag.parts.key));
    found.back().value = limit.zone != kZoneNone ? static_cast<uint16_t>(kLimitOfZone + limit.zone) : limit.high;
  }
  return found;
}

std::vector<ParsedCondition> limits_beside(const Tags& tags, const std::vector<ParsedCondition>& own,
                                           const std::vector<ParsedCondition>& clauses) {
  const LimitValue plain = limit_value(tags.get("maxspeed"));
  std::vector<ParsedCondition> found;
  for (const ParsedCondition& sign : own) {
    for (const ParsedCondition& clause : clauses) {
      const bool lifted = clause.value == kLimitUnlimited && sign.key <= kKeyMotorcar;
      const bool other = clause.value != sign.value && (is_number(clause.value) || lifted);
      const bool lowers = is_number(plain.high) && clause.value <= plain.high && clause.value > sign.value;
      if (clause.target != kConditionLimit || clause.key >= sign.key || !other || lowers) continue;
      ParsedCondition c = clause;
      c.key = sign.key;
      c.vehicles &= sign.vehicles;
      c.directions &= sign.directions;
      c.terms.push_back(kByPurpose);
      if (c.vehicles != 0 && c.directions != 0) found.push_back(std::move(c));
    }
  }
  return found;
}

std::vector<ParsedCondition> doubtful_limits(const Tags& tags) {
  std::vector<ParsedCondition> found;
  const LimitValue plain = limit_value(tags.get("maxspeed"));
  for (const LimitTag& tag : limit_tags(tags, Binding::unknown)) {
    const LimitValue limit = tag.parts.lanes ? interval_of(tag.value, '|', plain) : limit_value(tag.value);
    const bool higher = is_number(limit.high) && (!is_number(plain.high) || limit.high > plain.high);
    if (!higher) continue;
    found.push_back(clause_of(tag, tag.parts.vehicles, tag.parts.key));
    found.back().value = limit.high;
    found.back().understood = false;
  }
  for (const LimitTag& tag : limit_tags(tags, Binding::kind_of_bus)) {
    const LimitValue limit = tag.parts.lanes ? kNotUnderstoodLimit : limit_value(tag.value);
    found.push_back(clause_of(tag, bit(kBus), kKeyBus));
    found.back().value = limit.zone != kZoneNone ? uint16_t{kLimitUnparsed} : limit.high;
    found.back().terms.push_back({kTermKeyword, 0, kPurpose, 0, 0});  // our bus may be a coach: nobody can know
  }
  return found;
}

}  // namespace tomare::compiler
