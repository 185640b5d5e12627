// SPDX-License-Identifier: MIT
// Tags of a road way that hold only under a condition: "…:conditional", and limits of weight and
// size, which are closures for the vehicles beyond them.
#include "mapdata/compiler/tags/way_conditions.hpp"

#include <algorithm>

#include "mapdata/compiler/tags/attributes.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

constexpr uint8_t kAllVehicles = (1U << kVehicleCount) - 1;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

struct ConditionalKey {
  ConditionTarget target;
  uint8_t directions, vehicles;
  AccessKey key = kKeyNone;
};

/// What a "…:conditional" key speaks of; false for keys outside the rules (parking, overtaking …).
bool conditional_key(std::string_view key, ConditionalKey* out) {
  std::string_view rest = key.substr(0, key.size() - std::string_view(":conditional").size());
  out->directions = 3;
  if (ends_with(rest, ":forward")) {
    out->directions = 1;
    rest.remove_suffix(8);
  } else if (ends_with(rest, ":backward")) {
    out->directions = 2;
    rest.remove_suffix(9);
  }
  out->target = kConditionAccess;
  out->vehicles = kAllVehicles;
  for (const auto& [prefix, target] : {std::pair{std::string_view("maxspeed"), kConditionLimit},
                                       std::pair{std::string_view("oneway"), kConditionOneway}}) {
    if (rest.substr(0, prefix.size()) != prefix) continue;
    out->target = target;
    rest.remove_prefix(prefix.size());
    if (rest.empty()) return true;
    if (rest.front() != ':') return false;
    rest.remove_prefix(1);
    out->vehicles = vehicles_of(rest);
    out->key = access_key_of(rest);
    return out->vehicles != 0;
  }
  out->vehicles = vehicles_of(rest);
  out->key = access_key_of(rest);
  return out->vehicles != 0;
}

uint16_t conditional_value(ConditionTarget target, std::string_view value, bool* understood) {
  if (target == kConditionAccess) return access_value(value);
  if (target == kConditionOneway) {
    const int oneway = oneway_value(value);
    *understood = *understood && oneway >= 0 && oneway < 3;
    return static_cast<uint16_t>(std::max(oneway, 0));
  }
  const LimitValue limit = limit_value(value);
  *understood = *understood && limit.high != kLimitUnparsed && limit.high != kLimitUnset;
  return limit.high;
}

void read_conditions(const Tags& tags, std::vector<ParsedCondition>* out) {
  for (const auto& [key, value] : tags) {
    ConditionalKey what;
    if (!ends_with(key, ":conditional") || !conditional_key(key, &what)) continue;
    for (const Clause& clause : split_clauses(value)) {
      ParsedCondition c;
      c.target = what.target;
      c.directions = what.directions;
      c.vehicles = what.vehicles;
      c.key = what.key;
      c.understood = parse_condition(clause.condition, &c.terms);
      c.value = conditional_value(what.target, clause.value, &c.understood);
      c.text = std::string(key) + "=" + std::string(value);
      out->push_back(std::move(c));
    }
  }
}

struct SizeKey {
  std::string_view key;
  Quantity quantity;
  uint8_t vehicles;
};
constexpr uint8_t kGoods = 1U << kLightGoods | 1U << kLargeGoods | 1U << kTrailer;
constexpr SizeKey kSizes[] = {{"maxweight", kWeight, kAllVehicles},
                              {"maxweightrating", kWeightRating, kAllVehicles},
                              {"maxweightrating:hgv", kWeightRating, kGoods},
                              {"maxaxleload", kAxleLoad, kAllVehicles},
                              {"maxheight", kHeight, kAllVehicles},
                              {"maxwidth", kWidth, kAllVehicles},
                              {"maxlength", kLength, kAllVehicles}};

void read_sizes(const Tags& tags, std::vector<ParsedCondition>* out) {
  for (const SizeKey& size : kSizes) {
    const std::string_view value = tags.get(size.key);
    if (value.empty()) continue;
    std::vector<Term> terms;
    const bool known = parse_condition("weight>" + std::string(value), &terms);
    if (!known) continue;  // none, default, below_default, feet: no figure that binds
    terms.front().flags = static_cast<uint16_t>(size.quantity * 8 + kGreater);
    ParsedCondition c;
    c.target = kConditionAccess;
    c.vehicles = size.vehicles;
    c.key = kKeyMoped;  // no access tag takes a weight limit back
    c.only_if_known = true;
    c.value = kAccessNo;
    c.terms = std::move(terms);
    c.text = std::string(size.key) + "=" + std::string(value);
    out->push_back(std::move(c));
  }
}

}  // namespace

std::vector<ParsedCondition> way_conditions(const Tags& tags) {
  std::vector<ParsedCondition> found;
  read_conditions(tags, &found);
  std::stable_sort(found.begin(), found.end(), [](const ParsedCondition& a, const ParsedCondition& b) {
    return a.key != b.key ? a.key<b.key : (a.directions == 3)>(b.directions == 3);
  });
  read_sizes(tags, &found);
  return found;
}

}  // namespace tomare::compiler
