// SPDX-License-Identifier: MIT
// Keys of tags taken apart: whom they bind, in which direction, and what else their parts say.
#pragma once

#include <cstdint>
#include <string_view>

#include "core-cpp/map/format.hpp"

namespace tomare::compiler {

inline constexpr uint8_t kEveryVehicle = (1U << map::kVehicleCount) - 1;
constexpr uint8_t bit(map::Vehicle v) { return static_cast<uint8_t>(1U << v); }

struct AccessName {
  map::AccessKey id;
  uint8_t vehicles;
  std::string_view key;
  constexpr AccessName(map::AccessKey which, uint8_t bound)
      : id(which), vehicles(bound), key(map::kAccessKeyTexts[which]) {}
};
/// From the general to the specific: a later key overrides an earlier one.
inline constexpr AccessName kAccessKeys[] = {
    {map::kKeyAccess, kEveryVehicle},
    {map::kKeyVehicle, kEveryVehicle},
    {map::kKeyMotorVehicle, kEveryVehicle},
    {map::kKeyMotorcar, bit(map::kCar)},
    {map::kKeyGoods, bit(map::kLightGoods)},
    {map::kKeyHgv, static_cast<uint8_t>(bit(map::kLargeGoods) | bit(map::kTrailer))},
    {map::kKeyTrailer, bit(map::kTrailer)},
    {map::kKeyPsv, bit(map::kBus)},
    {map::kKeyBus, bit(map::kBus)},
    {map::kKeyMotorcycle, bit(map::kMotorcycle)},
    {map::kKeyMoped, bit(map::kMoped)}};

/// Those that are vehicles of many people, perhaps (`hov`).
inline constexpr uint8_t kOfManyPeople =
    static_cast<uint8_t>(bit(map::kCar) | bit(map::kLightGoods) | bit(map::kBus) | bit(map::kMotorcycle));

/// Vehicles bound by an access-like key (`motorcar`, `hgv`, `vehicle` …), 0 for other keys.
uint8_t vehicles_of(std::string_view key);
map::AccessKey access_key_of(std::string_view key);
/// A bus of ours may be one of these.
inline constexpr std::string_view kKindsOfBus[] = {"coach", "tourist_bus", "minibus", "school_bus", "trolleybus"};
bool is_kind_of_bus(std::string_view word);
/// A vehicle, or a road user, that is none of ours (`bicycle`, `emergency`, `taxi` …).
bool is_other_vehicle(std::string_view word);

/// Of a tag that lets some vehicles, drivers or turns out of a rule.
bool is_exception_key(std::string_view key);

/// `maxspeed:hgv:forward:conditional` and the like, its parts in any order.
struct KeyParts {
  std::string_view stem;
  uint8_t directions = 3, vehicles = kEveryVehicle;
  map::AccessKey key = map::kKeyNone;  ///< of the vehicle that a part names, else of the stem
  bool conditional = false, lanes = false, physical = false;
  bool kind_of_bus = false, other_vehicle = false;
  bool no_duty = false;  ///< advice, or how the sign looks: binds nobody
  bool unknown = false;  ///< some part is none of these
};
KeyParts parts_of(std::string_view key);

}  // namespace tomare::compiler
