// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/keys.hpp"

#include <algorithm>

namespace tomare::compiler {
namespace {

constexpr std::string_view kOtherVehicles[] = {"bicycle",
                                               "foot",
                                               "horse",
                                               "carriage",
                                               "cycle_rickshaw",
                                               "emergency",
                                               "taxi",
                                               "share_taxi",
                                               "motorhome",
                                               "caravan",
                                               "tractor",
                                               "mofa",
                                               "mtb",
                                               "snowmobile",
                                               "atv",
                                               "golf_cart",
                                               "ski",
                                               "inline_skates",
                                               "military",
                                               "agricultural_vehicle",
                                               "agricultural",
                                               "speed_pedelec",
                                               "pedestrian",
                                               "pedestrians",
                                               "electric_bicycle",
                                               "tram",
                                               "auto_rickshaw",
                                               "small_electric_vehicle",
                                               "kick_scooter",
                                               "double_tracked_motor_vehicle",
                                               "hazmat",
                                               "towing",
                                               "ambulance",
                                               "police"};
constexpr std::string_view kNoDuty[] = {"advisory", "practical", "type",         "source",     "signed",
                                        "note",     "signs",     "traffic_sign", "check_date", "reason"};
constexpr std::string_view kExceptions[] = {"except", "exception", "exempt"};

template <size_t N>
bool in(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

void take_part(std::string_view part, KeyParts* out) {
  if (part == "forward" || part == "backward") {
    out->directions = part == "forward" ? 1 : 2;
  } else if (part == "both_ways") {
    out->directions = 3;
  } else if (part == "conditional") {
    out->conditional = true;
  } else if (part == "lanes") {
    out->lanes = true;
  } else if (part == "physical") {
    out->physical = true;
  } else if (vehicles_of(part) != 0) {
    out->vehicles = vehicles_of(part);
    out->key = access_key_of(part);
  } else if (is_kind_of_bus(part)) {
    out->kind_of_bus = true;
  } else if (is_other_vehicle(part)) {
    out->other_vehicle = true;
  } else if (in(kNoDuty, part)) {
    out->no_duty = true;
  } else {
    out->unknown = true;
  }
}

}  // namespace

uint8_t vehicles_of(std::string_view key) {
  for (const AccessName& name : kAccessKeys) {
    if (name.key == key) return name.vehicles;
  }
  return 0;
}

map::AccessKey access_key_of(std::string_view key) {
  for (const AccessName& name : kAccessKeys) {
    if (name.key == key) return name.id;
  }
  return map::kKeyNone;
}

bool is_kind_of_bus(std::string_view word) { return in(kKindsOfBus, word); }
bool is_other_vehicle(std::string_view word) { return in(kOtherVehicles, word); }

bool is_exception_key(std::string_view key) { return in(kExceptions, key); }

KeyParts parts_of(std::string_view key) {
  KeyParts parts;
  const size_t end = std::min(key.find(':'), key.size());
  parts.stem = key.substr(0, end);
  if (vehicles_of(parts.stem) != 0) {
    parts.vehicles = vehicles_of(parts.stem);
    parts.key = access_key_of(parts.stem);
  }
  parts.kind_of_bus = is_kind_of_bus(parts.stem);
  std::string_view rest = key.substr(end);
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const size_t next = std::min(rest.find(':'), rest.size());
    take_part(rest.substr(0, next), &parts);
    rest.remove_prefix(next);
  }
  return parts;
}

}  // namespace tomare::compiler
