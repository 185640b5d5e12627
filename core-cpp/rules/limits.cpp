// SPDX-License-Identifier: MIT
#include "core-cpp/rules/limits.hpp"

#include <algorithm>
#include <string_view>

#include "core-cpp/rules/facts.hpp"

namespace tomare::rules {
namespace {

using map::Attributes;

constexpr uint8_t kMultilane = 4;  ///< lanes of both directions; a road whose lanes nobody counted has fewer

Truth as_truth(bool value) { return value ? Truth::yes : Truth::no; }

Truth oneway_of(const Attributes& a, map::Vehicle vehicle) {
  if (a.oneway_source == map::kOnewayUnknown) return Truth::unknown;
  return as_truth(((a.oneway_against[0] | a.oneway_against[1]) >> vehicle & 1) != 0);
}

Truth marked_of(const Attributes& a) {
  return a.centre_line == map::kUnknown ? Truth::unknown : as_truth(a.centre_line == map::kYes);
}

/// OSM does not tell; an overlay may.
Truth expressway_of(const Attributes& a) { return (a.flags & map::kFlagExpressway) != 0 ? Truth::yes : Truth::unknown; }

/// A way of both directions is not divided; one of a single direction may be half of a divided road.
Truth divided_of(const Attributes& a, map::Vehicle vehicle) {
  if (a.divided != map::kNotDivided) return Truth::yes;
  return oneway_of(a, vehicle) == Truth::no ? Truth::no : Truth::unknown;
}

/// Of two demands together.
Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes ? b : a;
}

/// Adds to `all` what a row demands of a fact, which is asked for only where it matters. False: the row does not apply.
template <typename Fact>
bool meets(Truth* all, uint8_t need, Fact&& fact) {
  if (need == kNeedAny) return true;
  const Truth is = fact();
  *all = both(*all, is == Truth::unknown ? is : as_truth((is == Truth::yes) == (need == kNeedYes)));
  return *all != Truth::no;
}

Truth zone_of(const DefaultLimit& row, const Attributes& a) {
  if (row.zones == 0) return Truth::yes;
  return a.zone == map::kZoneNone ? Truth::unknown : as_truth((row.zones >> a.zone & 1) != 0);
}

Truth applies(const DefaultLimit& row, const Attributes& a, map::Vehicle vehicle, int64_t time_ms) {
  const bool asked = (row.classes >> a.road_class & 1) != 0 && (row.vehicles >> vehicle & 1) != 0 &&
                     time_ms >= row.from_ms && time_ms < row.until_ms;
  if (!asked) return Truth::no;
  Truth all = zone_of(row, a);
  const bool may = all != Truth::no &&
                   meets(&all, row.link, [&] { return as_truth((a.flags & map::kFlagLink) != 0); }) &&
                   meets(&all, row.motorroad, [&] { return as_truth((a.flags & map::kFlagMotorroad) != 0); }) &&
                   meets(&all, row.oneway, [&] { return oneway_of(a, vehicle); }) &&
                   meets(&all, row.marked, [&] { return marked_of(a); }) &&
                   meets(&all, row.divided, [&] { return divided_of(a, vehicle); }) &&
                   meets(&all, row.expressway, [&] { return expressway_of(a); }) &&
                   meets(&all, row.multilane, [&] { return as_truth(a.lanes >= kMultilane); });
  return may ? all : Truth::no;
}

/// Widens the limit by one more value that it may have.
void widen(Limit* limit, uint16_t low, uint16_t high) {
  if (limit->known == Known::unlimited || limit->known == Known::unknowable) return;
  if (high == map::kLimitUnlimited) {
    limit->known = Known::unlimited;
  } else if (high >= map::kLimitUnparsed) {
    limit->known = Known::unknowable;
  } else if (limit->known == Known::none) {
    limit->known = Known::number;
    limit->low_kmh = low * 0.1;
    limit->high_kmh = high * 0.1;
  } else {
    limit->low_kmh = std::min(limit->low_kmh, low * 0.1);
    limit->high_kmh = std::max(limit->high_kmh, high * 0.1);
  }
}

constexpr uint32_t kUnitedKingdom = 'U' | 'K' << 8, kGreatBritain = 'G' | 'B' << 8, kUnitedStates = 'U' | 'S' << 8;

/// The country that a tag's zone is of, as Law::country: "maxspeed:type=DE:urban"; 0: the tag names none.
uint32_t country_in(std::string_view tag) {
  const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (size_t i = tag.find('=') + 1; i > 0 && i + 2 < tag.size(); ++i) {
    const bool begins = !letter(tag[i - 1]) && tag[i - 1] != '-';
    const bool named = letter(tag[i]) && letter(tag[i + 1]) && (tag[i + 2] == ':' || tag[i + 2] == '-');
    if (!begins || !named) continue;
    const uint32_t country = static_cast<uint8_t>(tag[i]) | static_cast<uint32_t>(tag[i + 1]) << 8;
    return country == kUnitedKingdom ? kGreatBritain : country;
  }
  return 0;
}

/// A zone of one country's law has no limit in another's.
bool of_another_country(std::string_view tag, const Law& law) {
  const uint32_t named = country_in(tag);
  return named != 0 && law.country != 0 && named != law.country;
}

/// Widens the limit by a value of a condition: one that names a zone has the country's default there. `text` is its
/// tag.
void widen_by(const Context& c, const map::Tile& tile, const match::Leg& leg, uint16_t value, uint16_t text,
              Limit* limit) {
  const bool zone = value > map::kLimitOfZone && value <= map::kLimitOfZone + map::kZoneOther;
  if (!zone) {
    widen(limit, value, value);
    return;
  }
  if (of_another_country(tile.text_of(text), law_of(c, leg))) {
    widen(limit, map::kLimitUnparsed, map::kLimitUnparsed);
    return;
  }
  Attributes there = tile.attributes_of(leg.segment);
  there.zone = static_cast<uint16_t>(value - map::kLimitOfZone);
  const Limit of_zone = default_limit(law_of(c, leg), there, c.vehicle, leg.enter_ms);
  const bool told = of_zone.source == SourceTag::zone && of_zone.known != Known::none;
  if (!told) {
    widen(limit, map::kLimitUnparsed, map::kLimitUnparsed);
  } else if (of_zone.known == Known::unlimited) {
    widen(limit, map::kLimitUnlimited, map::kLimitUnlimited);
  } else {
    widen(limit, static_cast<uint16_t>(of_zone.low_kmh * 10 + 0.5), static_cast<uint16_t>(of_zone.high_kmh * 10 + 0.5));
  }
}

Limit base_limit(const Context& c, const map::Tile& tile, const match::Leg& leg) {
  const Attributes& a = tile.attributes_of(leg.segment);
  const int direction = direction_of(leg);
  Limit limit;
  const uint16_t low = a.limit_low[direction][c.vehicle], high = a.limit_high[direction][c.vehicle];
  if (high != map::kLimitUnset) {
    widen(&limit, low, high);
    if (a.limit_source[direction] == map::kLimitOverlay) limit.source = SourceTag::overlay_limit;
    return limit;
  }
  const Law& law = c.laws.at(tile.segments[leg.segment].place);
  const uint16_t zone =
      a.zone == map::kZoneNone ? map::kNone16 : map::quote_of(tile, a, map::kQuotedZone, direction, c.vehicle);
  if (of_another_country(tile.text_of(zone), law)) {
    limit.known = Known::unknowable;
    return limit;
  }
  limit = default_limit(law, a, c.vehicle, leg.enter_ms);
  if (limit.assumed && c.settings.speeding_exclude_assumed != 0) return {};
  return limit;
}

}  // namespace

Limit default_limit(const Law& law, const Attributes& a, map::Vehicle vehicle, int64_t time_ms) {
  Limit limit;
  limit.source = SourceTag::law;
  limit.assumed = true;
  for (uint32_t i = 0; i < law.limit_count; ++i) {
    const DefaultLimit& row = law.limits[i];
    const Truth truth = applies(row, a, vehicle, time_ms);
    if (truth == Truth::no) continue;
    widen(&limit, row.low, row.high);
    if (truth != Truth::yes) continue;
    const bool by_zone = row.zones != 0;
    if (by_zone) limit.source = SourceTag::zone;
    limit.assumed = !by_zone;
    return limit;
  }
  return limit.known == Known::none ? Limit{} : limit;
}

namespace {

/// The tag of a limit that holds without a condition.
uint16_t quote_for(const Context& c, const map::Tile& tile, const Attributes& a, int direction, SourceTag source) {
  if (source == SourceTag::maxspeed) return map::quote_of(tile, a, map::kQuotedLimit, direction, c.vehicle);
  if (source == SourceTag::zone) return map::quote_of(tile, a, map::kQuotedZone, direction, c.vehicle);
  return map::kNone16;
}

bool names_unit(std::string_view tag) {
  constexpr std::string_view kUnits[] = {"mph", "km", "kph", "kn"};
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  return std::any_of(std::begin(kUnits), std::end(kUnits), [&](std::string_view unit) {
    return std::search(tag.begin(), tag.end(), unit.begin(), unit.end(), same) != tag.end();
  });
}

/// Where signs count in miles, a number without a unit may be miles whose unit is left out.
Limit with_unit(const map::Tile& tile, const Law& law, Limit limit) {
  constexpr double kMile = 1.609344;
  const bool miles = law.country == kUnitedStates || law.country == kGreatBritain;
  const bool number = limit.source == SourceTag::maxspeed && limit.known == Known::number;
  if (!miles || !number || names_unit(tile.text_of(limit.text))) return limit;
  limit.high_kmh *= kMile;
  limit.reasons |= kReason_limit_interval;
  return limit;
}

Limit limit_on(const Context& c, const map::Tile& tile, const match::Leg& leg) {
  const Attributes& a = tile.attributes_of(leg.segment);
  const int d = direction_of(leg);
  Limit base = base_limit(c, tile, leg);
  base.text = quote_for(c, tile, a, d, base.source);
  const Law& law = c.laws.at(tile.segments[leg.segment].place);
  if (a.condition_count == 0) return with_unit(tile, law, base);
  Clauses clauses = {map::kConditionLimit, a.first_condition, a.condition_count, d, leg.segment};
  const uint16_t high = a.limit_high[d][c.vehicle];
  if (a.limit_low[d][c.vehicle] == high && high != map::kLimitUnset) clauses.base = high;
  const Values values = values_at(c, tile, clauses, leg.enter_ms);
  if (values.count == 0 && !values.repeated) return with_unit(tile, law, base);
  Limit limit = values.base ? base : Limit{};
  if (values.repeated) limit.known = Known::unknowable;
  if (values.base && base.known == Known::none) limit.known = Known::unknowable;
  for (uint32_t i = 0; i < values.count; ++i) widen_by(c, tile, leg, values.value[i], values.text, &limit);
  limit.reasons = values.certain() && !values.repeated ? 0 : values.reasons;
  limit.text = values.text;
  return with_unit(tile, law, limit);
}

}  // namespace

Limit limit_of(const Context& c, const match::Leg& leg) {
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return {};
  Limit limit = limit_on(c, *tile, leg);
  limit.text_tile = leg.tile;
  limit.private_ground = private_ground(c, leg);
  return limit;
}

}  // namespace tomare::rules
