// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/attributes.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

constexpr uint8_t bit(Vehicle v) { return static_cast<uint8_t>(1U << v); }
constexpr uint8_t kAllVehicles = (1U << kVehicleCount) - 1;

struct AccessName {
  AccessKey id;
  uint8_t vehicles;
  constexpr std::string_view key() const { return kAccessKeyTexts[id]; }
};
/// From the general to the specific: a later key overrides an earlier one.
constexpr AccessName kAccessKeys[] = {{kKeyAccess, kAllVehicles},
                                      {kKeyVehicle, kAllVehicles},
                                      {kKeyMotorVehicle, kAllVehicles},
                                      {kKeyMotorcar, bit(kCar)},
                                      {kKeyGoods, bit(kLightGoods)},
                                      {kKeyHgv, static_cast<uint8_t>(bit(kLargeGoods) | bit(kTrailer))},
                                      {kKeyTrailer, bit(kTrailer)},
                                      {kKeyPsv, bit(kBus)},
                                      {kKeyBus, bit(kBus)},
                                      {kKeyMotorcycle, bit(kMotorcycle)},
                                      {kKeyMoped, bit(kMoped)}};

/// Keys that are read as they are, and those of which longer ones are read too, beside kAccessKeys.
constexpr std::string_view kWholeKeys[] = {"highway",
                                           "area",
                                           "railway",
                                           "name",
                                           "ref",
                                           "junction",
                                           "bridge",
                                           "tunnel",
                                           "covered",
                                           "toll",
                                           "ford",
                                           "motorroad",
                                           "layer",
                                           "lanes",
                                           "lane_markings",
                                           "divider",
                                           "dual_carriageway",
                                           "service",
                                           "busway",
                                           "minspeed",
                                           "maxweight",
                                           "maxweightrating",
                                           "maxweightrating:hgv",
                                           "maxaxleload",
                                           "maxheight",
                                           "maxwidth",
                                           "maxlength",
                                           "source:maxspeed",
                                           "zone:maxspeed",
                                           "zone:traffic"};
constexpr std::string_view kKeyStems[] = {"maxspeed", "oneway"};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

void read_access(const Tags& tags, Attributes* a) {
  const bool closed_class = a->road_class == kPedestrian || a->road_class == kBusway;
  if (closed_class) {
    const uint8_t vehicles = a->road_class == kBusway ? kAllVehicles & ~bit(kBus) : kAllVehicles;
    for (int d = 0; d < 2; ++d) set_access(a, d, static_cast<uint8_t>(vehicles), kAccessNo, kKeyHighway);
  }
  std::string key;
  for (const AccessName& name : kAccessKeys) {
    const std::string_view both = tags.get(name.key());
    for (int d = 0; d < 2; ++d) {
      key = std::string(name.key()) + (d == kForward ? ":forward" : ":backward");
      const std::string_view one = tags.get(key);
      const std::string_view text = one.empty() ? both : one;
      if (!text.empty()) set_access(a, d, name.vehicles, access_value(text), name.id);
    }
  }
}

void set_oneway(Attributes* a, uint8_t vehicles, int value) {
  for (int d = 0; d < 2; ++d) {
    const bool against = (value == 1 && d == kBackward) || (value == 2 && d == kForward);
    a->oneway_against[d] =
        static_cast<uint8_t>(against ? a->oneway_against[d] | vehicles : a->oneway_against[d] & ~vehicles);
  }
}

void read_oneway(const Tags& tags, Attributes* a) {
  const int given = oneway_value(tags.get("oneway"));
  const bool implied = (a->flags & kFlagRoundabout) != 0 || (a->road_class == kMotorway && (a->flags & kFlagLink) == 0);
  if (given == 3) {
    a->oneway_source = kOnewayUnknown;
    return;
  }
  if (given >= 1) {
    a->oneway_source = kOnewayGiven;
    set_oneway(a, kAllVehicles, given);
  } else if (implied && given != 0) {
    a->oneway_source = kOnewayImplied;
    set_oneway(a, kAllVehicles, 1);
  }
  for (const AccessName& name : kAccessKeys) {
    const int value = oneway_value(tags.get("oneway:" + std::string(name.key())));
    if (value >= 0 && value < 3) {
      set_oneway(a, name.vehicles, value);
      if (value > 0 && a->oneway_source == kOnewayNone) a->oneway_source = kOnewayGiven;
    }
  }
  const std::string_view busway = tags.get("busway");
  if (busway.substr(0, 8) == "opposite") set_oneway(a, bit(kBus), 0);
}

ZoneContext zone_of(std::string_view text) {
  const size_t colon = text.find(':');
  const std::string_view context = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (context == "zone:20" || context == "20") return kZone20;
  if (context == "zone:30" || context == "30") return kZone30;
  const int known = index_of(kZoneTexts, context);
  return known < 0 ? kZoneOther : static_cast<ZoneContext>(known);
}

bool parse_number(std::string_view text, double* value, std::string_view* rest) {
  size_t i = 0;
  double number = 0, scale = 1;
  bool digits = false, point = false;
  for (; i < text.size() && ((text[i] >= '0' && text[i] <= '9') || (text[i] == '.' && !point)); ++i) {
    if (text[i] == '.') {
      point = true;
      continue;
    }
    digits = true;
    number = number * 10 + (text[i] - '0');
    if (point) scale *= 10;
  }
  while (i < text.size() && text[i] == ' ') ++i;
  *value = number / scale;
  *rest = text.substr(i);
  return digits;
}

LimitValue one_limit(std::string_view text) {
  double value = 0;
  std::string_view unit;
  if (text == "none") return {kLimitUnlimited, kLimitUnlimited, kZoneNone};
  if (text == "signals" || text == "variable") return {kLimitVariable, kLimitVariable, kZoneNone};
  if (text == "walk") return {70, 70, kZoneNone};
  if (!parse_number(text, &value, &unit)) {
    const ZoneContext zone = text.find(':') == std::string_view::npos ? kZoneNone : zone_of(text);
    if (zone != kZoneNone) return {kLimitUnset, kLimitUnset, zone};
    return {kLimitUnparsed, kLimitUnparsed, kZoneNone};
  }
  double factor = 0;
  if (unit.empty() || unit == "km/h" || unit == "kmh" || unit == "kph") factor = 1;
  if (unit == "mph") factor = 1.609344;
  if (unit == "knots") factor = 1.852;
  const double tenths = value * factor * 10 + 0.5;
  if (factor == 0 || !(tenths >= 1 && tenths <= 5000)) return {kLimitUnparsed, kLimitUnparsed, kZoneNone};
  const auto limit = static_cast<uint16_t>(tenths);
  return {limit, limit, kZoneNone};
}

bool is_number(uint16_t limit) { return limit != kLimitUnset && limit < kLimitUnparsed; }

LimitValue interval_of(std::string_view text, char separator) {
  LimitValue all;
  bool first = true;
  while (true) {
    const size_t end = text.find(separator);
    std::string_view part = text.substr(0, end);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    const LimitValue one = one_limit(part);
    if (!is_number(one.low)) return {kLimitUnparsed, kLimitUnparsed, kZoneNone};
    all.low = first ? one.low : std::min(all.low, one.low);
    all.high = first ? one.high : std::max(all.high, one.high);
    first = false;
    if (end == std::string_view::npos) return all;
    text.remove_prefix(end + 1);
  }
}

void set_limit(Attributes* a, int direction, uint8_t vehicles, const LimitValue& limit) {
  for (int v = 0; v < kVehicleCount; ++v) {
    if ((vehicles >> v & 1) == 0) continue;
    a->limit_low[direction][v] = limit.low;
    a->limit_high[direction][v] = limit.high;
  }
  a->limit_source[direction] = kLimitSigned;
}

void apply_limit(const Tags& tags, const std::string& key, uint8_t vehicles, Attributes* a) {
  constexpr std::string_view kSuffix[2] = {":forward", ":backward"};
  for (int d = 0; d < 2; ++d) {
    const std::string_view one = tags.get(key + std::string(kSuffix[d]));
    const std::string_view text = one.empty() ? tags.get(key) : one;
    if (text.empty()) continue;
    const LimitValue limit = limit_value(text);
    if (limit.zone != kZoneNone) {
      a->zone = limit.zone;
    } else {
      set_limit(a, d, vehicles, limit);
    }
  }
}

void read_limits(const Tags& tags, Attributes* a) {
  apply_limit(tags, "maxspeed", kAllVehicles, a);
  const std::string_view lanes = tags.get("maxspeed:lanes");
  if (!lanes.empty()) {
    const LimitValue interval = interval_of(lanes, '|');
    for (int d = 0; d < 2; ++d) {
      if (is_number(interval.low)) set_limit(a, d, kAllVehicles, interval);
    }
  }
  for (const AccessName& name : kAccessKeys) {
    if (name.id != kKeyAccess) apply_limit(tags, "maxspeed:" + std::string(name.key()), name.vehicles, a);
  }
  if (a->zone == kZoneNone) {
    for (const std::string_view key : {"maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"}) {
      const std::string_view text = tags.get(key);
      if (!text.empty() && text != "sign" && !ends_with(text, ":sign") && a->zone == kZoneNone &&
          (key[0] == 'z' || text.find(':') != std::string_view::npos)) {
        a->zone = zone_of(text);
      }
    }
  }
  for (int d = 0; d < 2; ++d) {
    if (a->limit_source[d] == kLimitNone && a->zone != kZoneNone) a->limit_source[d] = kLimitZone;
  }
  const LimitValue least = limit_value(tags.get("minspeed"));
  a->min_speed = is_number(least.low) ? least.low : 0;
}

bool truthy(std::string_view text) { return !text.empty() && text != "no" && text != "false" && text != "0"; }

void read_form(const Tags& tags, Attributes* a) {
  const std::string_view junction = tags.get("junction");
  if (junction == "roundabout" || junction == "circular") a->flags |= kFlagRoundabout;
  if (truthy(tags.get("bridge"))) a->flags |= kFlagBridge;
  if (truthy(tags.get("tunnel"))) a->flags |= kFlagTunnel;
  if (truthy(tags.get("covered"))) a->flags |= kFlagCovered;
  if (truthy(tags.get("toll"))) a->flags |= kFlagToll;
  if (truthy(tags.get("ford"))) a->flags |= kFlagFord;
  if (tags.get("motorroad") == "yes") a->flags |= kFlagMotorroad;
  a->layer = static_cast<int8_t>(std::clamp(std::atoi(std::string(tags.get("layer")).c_str()), -10, 10));
  a->lanes = static_cast<uint8_t>(std::clamp(std::atoi(std::string(tags.get("lanes")).c_str()), 0, 255));
  const std::string_view markings = tags.get("lane_markings");
  const std::string_view divider = tags.get("divider");
  const bool lines = divider == "solid_line" || divider == "dashed_line" || divider == "yes" || divider == "median";
  if (markings == "yes" || lines) a->centre_line = kYes;
  if (markings == "no" || divider == "no") a->centre_line = kNo;
  if (tags.get("dual_carriageway") == "yes") a->divided = kDividedTagged;
  const std::string_view service = tags.get("service");
  if (a->road_class == kService) {
    a->service = service == "parking_aisle"   ? kServiceParkingAisle
                 : service == "driveway"      ? kServiceDriveway
                 : service == "alley"         ? kServiceAlley
                 : service == "drive-through" ? kServiceDriveThrough
                                              : kServiceOther;
  }
}

}  // namespace

bool road_class(std::string_view highway, RoadClass* out, bool* link) {
  *link = ends_with(highway, "_link");
  if (*link) highway.remove_suffix(5);
  const int known = highway == "bus_guideway" ? kBusway : index_of(kRoadClassTexts, highway);
  if (known < 0 || known == kConstruction) return false;
  *out = static_cast<RoadClass>(known);
  return !*link || known <= kTertiary;
}

Access access_value(std::string_view text) {
  struct Entry {
    std::string_view text;
    Access value;
  };
  constexpr Entry kOtherWords[] = {{"official", kAccessDesignated},   {"residents", kAccessPermit},
                                   {"license", kAccessPermit},        {"employees", kAccessPermit},
                                   {"agricultural", kAccessForestry}, {"unknown", kAccessUnset}};
  for (const Entry& e : kOtherWords) {
    if (e.text == text) return e.value;
  }
  const int known = index_of(kAccessTexts, text);
  return known < 0 ? kAccessOther : static_cast<Access>(known);
}

LimitValue limit_value(std::string_view text) {
  if (text.find(';') != std::string_view::npos) return interval_of(text, ';');
  return one_limit(text);
}

uint8_t vehicles_of(std::string_view key) {
  for (const AccessName& name : kAccessKeys) {
    if (name.key() == key) return name.vehicles;
  }
  return 0;
}

AccessKey access_key_of(std::string_view key) {
  for (const AccessName& name : kAccessKeys) {
    if (name.key() == key) return name.id;
  }
  return kKeyNone;
}

int oneway_value(std::string_view text) {
  if (text == "yes" || text == "true" || text == "1") return 1;
  if (text == "-1" || text == "reverse") return 2;
  if (text == "no" || text == "false" || text == "0") return 0;
  if (text == "reversible" || text == "alternating") return 3;
  return -1;
}

bool is_way_key(std::string_view key) {
  if (std::find(std::begin(kWholeKeys), std::end(kWholeKeys), key) != std::end(kWholeKeys)) return true;
  const std::string_view stem = key.substr(0, key.find(':'));
  return access_key_of(stem) != kKeyNone ||
         std::find(std::begin(kKeyStems), std::end(kKeyStems), stem) != std::end(kKeyStems);
}

Attributes way_attributes(const Tags& tags) {
  Attributes a{};
  RoadClass kind = kRoad;
  bool link = false;
  road_class(tags.get("highway"), &kind, &link);
  a.road_class = kind;
  if (link) a.flags |= kFlagLink;
  read_form(tags, &a);
  read_access(tags, &a);
  read_oneway(tags, &a);
  read_limits(tags, &a);
  return a;
}

}  // namespace tomare::compiler
