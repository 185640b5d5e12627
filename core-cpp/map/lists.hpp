// SPDX-License-Identifier: MIT
// The lists of a .tmap file whose entries have names outside the core: X(number, enumerator, "text"), dense from 0.
// The text is OSM's own word where OSM has one, and empty where the entry says "none". Numbers lie in maps
// (mapdata/FORMAT.md): append only. wasm/layout.ts makes the TypeScript of these lists.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Kinds of vehicle the facts are kept for: index of every per-vehicle table and bit of every mask.
#define TOMARE_VEHICLES(X)         \
  X(0, kCar, "car")                \
  X(1, kLightGoods, "light_goods") \
  X(2, kLargeGoods, "large_goods") \
  X(3, kTrailer, "trailer")        \
  X(4, kBus, "bus")                \
  X(5, kMotorcycle, "motorcycle")  \
  X(6, kMoped, "moped")

/// Values of `highway` that cars may use, without "_link".
#define TOMARE_ROAD_CLASSES(X)         \
  X(0, kMotorway, "motorway")          \
  X(1, kTrunk, "trunk")                \
  X(2, kPrimary, "primary")            \
  X(3, kSecondary, "secondary")        \
  X(4, kTertiary, "tertiary")          \
  X(5, kUnclassified, "unclassified")  \
  X(6, kResidential, "residential")    \
  X(7, kLivingStreet, "living_street") \
  X(8, kService, "service")            \
  X(9, kTrack, "track")                \
  X(10, kPedestrian, "pedestrian")     \
  X(11, kBusway, "busway")             \
  X(12, kRoad, "road")                 \
  X(13, kConstruction, "construction") \
  X(14, kRaceway, "raceway")

/// Value of an access fact, one nibble. kAccessUnset: no tag says anything (open by default).
#define TOMARE_ACCESS_VALUES(X)           \
  X(0, kAccessUnset, "")                  \
  X(1, kAccessYes, "yes")                 \
  X(2, kAccessPermissive, "permissive")   \
  X(3, kAccessDesignated, "designated")   \
  X(4, kAccessNo, "no")                   \
  X(5, kAccessPrivate, "private")         \
  X(6, kAccessDestination, "destination") \
  X(7, kAccessDelivery, "delivery")       \
  X(8, kAccessCustomers, "customers")     \
  X(9, kAccessPermit, "permit")           \
  X(10, kAccessForestry, "forestry")      \
  X(11, kAccessOther, "other")

/// The key that gave an access value; a later one is more specific. kKeyHighway: the class itself (pedestrian,
/// busway), the least specific of all.
#define TOMARE_ACCESS_KEYS(X)             \
  X(0, kKeyNone, "")                      \
  X(1, kKeyAccess, "access")              \
  X(2, kKeyVehicle, "vehicle")            \
  X(3, kKeyMotorVehicle, "motor_vehicle") \
  X(4, kKeyMotorcar, "motorcar")          \
  X(5, kKeyGoods, "goods")                \
  X(6, kKeyHgv, "hgv")                    \
  X(7, kKeyTrailer, "trailer")            \
  X(8, kKeyPsv, "psv")                    \
  X(9, kKeyBus, "bus")                    \
  X(10, kKeyMotorcycle, "motorcycle")     \
  X(11, kKeyMoped, "moped")               \
  X(12, kKeyHighway, "highway")           \
  X(13, kKeyOverlay, "overlay:closure")

/// What maxspeed:type and the like name in place of a number.
#define TOMARE_ZONES(X)                    \
  X(0, kZoneNone, "")                      \
  X(1, kZoneUrban, "urban")                \
  X(2, kZoneRural, "rural")                \
  X(3, kZoneMotorway, "motorway")          \
  X(4, kZoneTrunk, "trunk")                \
  X(5, kZoneLivingStreet, "living_street") \
  X(6, kZone20, "zone20")                  \
  X(7, kZone30, "zone30")                  \
  X(8, kZoneOther, "other")

/// Where a rule point got its direction from.
#define TOMARE_DIRECTION_SOURCES(X)    \
  X(0, kDirectionNone, "")             \
  X(1, kDirectionGiven, "given")       \
  X(2, kDirectionInferred, "inferred") \
  X(3, kDirectionAmbiguous, "ambiguous")

/// The movement that a turn restriction speaks of, behind its "no_" or "only_".
#define TOMARE_TURNS(X)              \
  X(0, kTurnNone, "")                \
  X(1, kTurnLeft, "left_turn")       \
  X(2, kTurnRight, "right_turn")     \
  X(3, kTurnStraight, "straight_on") \
  X(4, kTurnU, "u_turn")             \
  X(5, kTurnEntry, "entry")          \
  X(6, kTurnExit, "exit")

/// Figures of a vehicle that a condition compares: tonnes, metres, or a count.
#define TOMARE_QUANTITIES(X)          \
  X(0, kQuantityNone, "")             \
  X(1, kWeight, "weight")             \
  X(2, kWeightRating, "weightrating") \
  X(3, kAxleLoad, "axleload")         \
  X(4, kLength, "length")             \
  X(5, kWidth, "width")               \
  X(6, kHeight, "height")             \
  X(7, kWheels, "wheels")             \
  X(8, kOccupants, "occupants")       \
  X(9, kLoadCapacity, "loadcapacity")

/// Words of a condition of which nobody can know whether they hold.
#define TOMARE_KEYWORDS(X)                 \
  X(0, kKeywordNone, "")                   \
  X(1, kWet, "wet")                        \
  X(2, kSnow, "snow")                      \
  X(3, kWinter, "winter")                  \
  X(4, kSummer, "summer")                  \
  X(5, kKeywordDestination, "destination") \
  X(6, kKeywordDelivery, "delivery")       \
  X(7, kResidents, "residents")            \
  X(8, kEmergency, "emergency")            \
  X(9, kDisabled, "disabled")              \
  X(10, kHazmat, "hazmat")

namespace tomare::map {

#define TOMARE_ENUMERATOR(number, name, text) name = number,
#define TOMARE_TEXT(number, name, text) text,
#define TOMARE_NUMBER(number, name, text) number,

enum Vehicle : uint8_t { TOMARE_VEHICLES(TOMARE_ENUMERATOR) kVehicleCount };
enum RoadClass : uint8_t { TOMARE_ROAD_CLASSES(TOMARE_ENUMERATOR) kRoadClassCount };
enum Access : uint8_t { TOMARE_ACCESS_VALUES(TOMARE_ENUMERATOR) };
enum AccessKey : uint8_t { TOMARE_ACCESS_KEYS(TOMARE_ENUMERATOR) };
enum ZoneContext : uint16_t { TOMARE_ZONES(TOMARE_ENUMERATOR) };
enum DirectionSource : uint8_t { TOMARE_DIRECTION_SOURCES(TOMARE_ENUMERATOR) };
enum TurnKind : uint8_t { TOMARE_TURNS(TOMARE_ENUMERATOR) };
enum Quantity : uint16_t { TOMARE_QUANTITIES(TOMARE_ENUMERATOR) kQuantityCount };
enum Keyword : uint16_t { TOMARE_KEYWORDS(TOMARE_ENUMERATOR) };

/// The texts of a list by number.
inline constexpr std::string_view kRoadClassTexts[] = {TOMARE_ROAD_CLASSES(TOMARE_TEXT)};
inline constexpr std::string_view kAccessTexts[] = {TOMARE_ACCESS_VALUES(TOMARE_TEXT)};
inline constexpr std::string_view kAccessKeyTexts[] = {TOMARE_ACCESS_KEYS(TOMARE_TEXT)};
inline constexpr std::string_view kZoneTexts[] = {TOMARE_ZONES(TOMARE_TEXT)};
inline constexpr std::string_view kTurnTexts[] = {TOMARE_TURNS(TOMARE_TEXT)};
inline constexpr std::string_view kQuantityTexts[] = {TOMARE_QUANTITIES(TOMARE_TEXT)};
inline constexpr std::string_view kKeywordTexts[] = {TOMARE_KEYWORDS(TOMARE_TEXT)};

/// Number of a text in its list, -1 when it is none of them; the empty text is none.
template <size_t N>
constexpr int index_of(const std::string_view (&texts)[N], std::string_view text) {
  for (size_t i = 0; i < N; ++i) {
    if (!text.empty() && texts[i] == text) return static_cast<int>(i);
  }
  return -1;
}

template <size_t N>
constexpr bool dense(const int (&numbers)[N]) {
  for (size_t i = 0; i < N; ++i) {
    if (numbers[i] != static_cast<int>(i)) return false;
  }
  return true;
}
#define TOMARE_DENSE(list) static_assert(dense({list(TOMARE_NUMBER)}), #list ": numbers ascend from 0")
TOMARE_DENSE(TOMARE_VEHICLES);
TOMARE_DENSE(TOMARE_ROAD_CLASSES);
TOMARE_DENSE(TOMARE_ACCESS_VALUES);
TOMARE_DENSE(TOMARE_ACCESS_KEYS);
TOMARE_DENSE(TOMARE_ZONES);
TOMARE_DENSE(TOMARE_DIRECTION_SOURCES);
TOMARE_DENSE(TOMARE_TURNS);
TOMARE_DENSE(TOMARE_QUANTITIES);
TOMARE_DENSE(TOMARE_KEYWORDS);

#undef TOMARE_DENSE
#undef TOMARE_NUMBER
#undef TOMARE_TEXT
#undef TOMARE_ENUMERATOR

}  // namespace tomare::map
