// SPDX-License-Identifier: MIT
// Who may drive on a way: access tags from the general key to the specific, and the classes that are closed.
#include "mapdata/compiler/tags/attributes.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

struct AccessWord {
  std::string_view text;
  Access value;
};
/// Beside the words of the list itself. `discouraged` and `unsuitable` are open in law (OSM wiki: Key:access).
constexpr AccessWord kOtherWords[] = {{"official", kAccessDesignated},
                                      {"discouraged", kAccessYes},
                                      {"unsuitable", kAccessYes},
                                      {"public", kAccessYes},
                                      {"open", kAccessYes},
                                      {"allowed", kAccessYes},
                                      {"true", kAccessYes},
                                      {"residents", kAccessPermit},
                                      {"license", kAccessPermit},
                                      {"employees", kAccessPermit},
                                      {"staff", kAccessPermit},
                                      {"members", kAccessPermit},
                                      {"use_sidepath", kAccessPermit},
                                      {"dismount", kAccessPermit},
                                      {"military", kAccessPrivate},
                                      {"agricultural", kAccessForestry},
                                      {"hov", kAccessUncertain},
                                      {"variable", kAccessUncertain},
                                      {"opposite", kAccessYes},
                                      {"opposite_lane", kAccessYes},
                                      {"unknown", kAccessUnset}};

/// Keys that open a closed road to some drivers of these vehicles.
struct SomeDrivers {
  std::string_view key;
  uint8_t vehicles;
  Access as;
};
constexpr SomeDrivers kSomeDrivers[] = {{"disabled", bit(kCar) | bit(kLightGoods) | bit(kMotorcycle), kAccessPermit},
                                        {"permit", kEveryVehicle, kAccessPermit},
                                        {"residents", kEveryVehicle, kAccessPermit},
                                        {"resident", kEveryVehicle, kAccessPermit},
                                        {"employees", kEveryVehicle, kAccessPermit},
                                        {"staff", kEveryVehicle, kAccessPermit},
                                        {"members", kEveryVehicle, kAccessPermit},
                                        {"visitors", kEveryVehicle, kAccessCustomers},
                                        {"guests", kEveryVehicle, kAccessCustomers},
                                        {"destination", kEveryVehicle, kAccessDestination},
                                        {"customers", kEveryVehicle, kAccessCustomers},
                                        {"delivery", kEveryVehicle, kAccessDelivery},
                                        {"agricultural", kEveryVehicle, kAccessForestry},
                                        {"forestry", kEveryVehicle, kAccessForestry},
                                        {"caravan", bit(kTrailer), kAccessPermit},  // a trailer of ours may be one
                                        {"mofa", bit(kMoped), kAccessPermit}};      // a moped of ours may be one

enum class Openness : uint8_t { open, restricted, closed };

Openness openness(Access access) {
  if (access == kAccessNo) return Openness::closed;
  const bool open =
      access == kAccessUnset || access == kAccessYes || access == kAccessPermissive || access == kAccessDesignated;
  return open ? Openness::open : Openness::restricted;
}

Access one_value(std::string_view text) {
  for (const AccessWord& e : kOtherWords) {
    if (e.text == text) return e.value;
  }
  const int known = index_of(kAccessTexts, text);
  if (known >= 0) return static_cast<Access>(known);
  const bool user = vehicles_of(text) != 0 || is_kind_of_bus(text) || is_other_vehicle(text);
  return user ? kAccessPermit : kAccessOther;
}

/// A list is open where one of its values is; else whoever one of them lets in may drive.
Access joined(Access a, Access b) {
  if (a == b) return a;
  for (const Access open : {kAccessYes, kAccessDesignated, kAccessPermissive}) {
    if (a == open || b == open) return open;
  }
  if (a == kAccessOther || b == kAccessOther) return kAccessOther;
  if (a == kAccessNo || a == kAccessUnset) return b;
  if (b == kAccessNo || b == kAccessUnset) return a;
  const bool errand =
      a == kAccessDestination || a == kAccessDelivery || b == kAccessDestination || b == kAccessDelivery;
  return errand ? kAccessDelivery : a;
}

class AccessReader {
 public:
  AccessReader(const Tags& tags, WayAttributes* facts) : tags_(tags), a_(facts->attributes), facts_(facts) {}

  void read() {
    close_class();
    for (const AccessName& name : kAccessKeys) read_key(name);
    doubt_buses();
    doubt_occupants();
    let_in_some();
    close_to_mopeds();
    texts_.keep(kQuotedAccess, [this](int d, int v) { return canonical(d, v); }, &facts_->quotes);
  }

 private:
  Access value(int d, int v) const { return access_in(a_, d, v); }

  void set(int d, uint8_t vehicles, Access value, AccessKey key, const std::string& text) {
    set_access(&a_, d, vehicles, value, key);
    texts_.set(d, vehicles, text);
  }

  void close_class() {
    const bool busway = a_.road_class == kBusway;
    if (a_.road_class != kPedestrian && a_.road_class != kRaceway && !busway) return;
    const std::string text = tag_text("highway", tags_.get("highway"));
    const uint8_t closed = busway ? kEveryVehicle & ~bit(kBus) : kEveryVehicle;
    for (int d = 0; d < 2; ++d) {
      set(d, closed, kAccessNo, kKeyHighway, text);
      if (busway) set(d, bit(kBus), kAccessDesignated, kKeyHighway, text);
    }
  }

  /// The tag of a key that speaks of a direction: that direction's own, or the one for both.
  std::string_view tag_of(std::string_view key, int d, std::string* name) const {
    *name = std::string(key) + (d == kForward ? ":forward" : ":backward");
    if (tags_.get(*name).empty()) *name = std::string(key) + ":both_ways";
    const std::string_view text = tags_.get(*name);
    if (!text.empty()) return text;
    *name = key;
    return tags_.get(key);
  }

  void read_key(const AccessName& key) {
    std::string name;
    for (int d = 0; d < 2; ++d) {
      const std::string_view text = tag_of(key.key, d, &name);
      if (text.empty()) continue;
      set(d, key.vehicles, access_value(text), key.id, tag_text(name, text));
      set(d, key.vehicles & named_in(text), kAccessDesignated, key.id, tag_text(name, text));
    }
  }

  /// Our bus may be a coach: where a tag has another rule for coaches, nobody knows which holds.
  void doubt_buses() {
    std::string name;
    for (const std::string_view key : kKindsOfBus) {
      for (int d = 0; d < 2; ++d) {
        const std::string_view text = tag_of(key, d, &name);
        if (text.empty() || openness(access_value(text)) == openness(value(d, kBus))) continue;
        set(d, bit(kBus), kAccessUncertain, kKeyBus, tag_text(name, text));
      }
    }
  }

  /// A road of high-occupancy vehicles is closed to cars, unless enough people sit in this one.
  void doubt_occupants() {
    std::string name;
    for (int d = 0; d < 2; ++d) {
      const std::string_view text = tag_of("hov", d, &name);
      if (text.empty() || text == "no") continue;
      for (const Vehicle v : {kCar, kLightGoods, kBus, kMotorcycle}) {
        if (openness(value(d, v)) == Openness::open) continue;
        set(d, bit(v), kAccessUncertain, static_cast<AccessKey>(a_.access_key[d][v]), tag_text(name, text));
      }
    }
  }

  /// A closed road that is open to some drivers of these vehicles, by a key of theirs.
  void let_in(std::string_view key, uint8_t vehicles, Access as) {
    std::string name;
    for (int d = 0; d < 2; ++d) {
      const std::string_view text = tag_of(key, d, &name);
      if (text.empty() || openness(access_value(text)) != Openness::open) continue;
      for (int v = 0; v < kVehicleCount; ++v) {
        if ((vehicles >> v & 1) == 0 || openness(value(d, v)) != Openness::closed) continue;
        set(d, bit(static_cast<Vehicle>(v)), as, static_cast<AccessKey>(a_.access_key[d][v]), tag_text(name, text));
      }
    }
  }

  void let_in_some() {
    for (const SomeDrivers& some : kSomeDrivers) let_in(some.key, some.vehicles, some.as);
  }

  /// Only a tag of their own opens a motorway, or a road for motor vehicles, to mopeds.
  void close_to_mopeds() {
    const bool motorway = a_.road_class == kMotorway;
    if (!motorway && (a_.flags & kFlagMotorroad) == 0) return;
    const std::string text = motorway ? tag_text("highway", tags_.get("highway")) : "motorroad=yes";
    for (int d = 0; d < 2; ++d) {
      if (a_.access_key[d][kMoped] != kKeyMoped) set(d, bit(kMoped), kAccessNo, kKeyMoped, text);
    }
  }

  std::string canonical(int d, int v) const {
    const uint8_t key = a_.access_key[d][v];
    if (key == kKeyHighway) return tag_text("highway", kRoadClassTexts[a_.road_class]);
    return tag_text(kAccessKeyTexts[key], kAccessTexts[value(d, v)]);
  }

  const Tags& tags_;
  Attributes& a_;
  WayAttributes* facts_;
  Quoting texts_;
};

}  // namespace

Access access_value(std::string_view text) {
  Access all = kAccessUnset;
  bool first = true;
  any_value(text, ";", [&](std::string_view value) {
    const Access one = one_value(lowered(value));
    all = first ? one : joined(all, one);
    first = false;
    return false;
  });
  return all;
}

bool lets_in(Access access) {
  return access == kAccessYes || access == kAccessDesignated || access == kAccessPermissive;
}

uint8_t drivers_of(std::string_view key) {
  for (const SomeDrivers& some : kSomeDrivers) {
    if (some.key == key) return some.vehicles;
  }
  return 0;
}

Excepted excepted(std::string_view text) {
  Excepted found;
  any_value(text, ";,", [&found](std::string_view value) {
    const std::string word = lowered(value);
    const uint8_t named = word == "public_transport" ? bit(kBus) : vehicles_of(word);
    if (word.empty() || word == "none" || word == "no" || is_other_vehicle(word)) return false;
    found.vehicles |= named;
    if (named == 0) found.perhaps |= is_kind_of_bus(word) ? bit(kBus) : kEveryVehicle;
    return false;
  });
  return found;
}

uint8_t named_in(std::string_view text) {
  uint8_t vehicles = 0;
  any_value(text, ";", [&vehicles](std::string_view value) {
    vehicles |= vehicles_of(lowered(value));
    return false;
  });
  return vehicles;
}

void read_access(const Tags& tags, WayAttributes* facts) { AccessReader(tags, facts).read(); }

}  // namespace tomare::compiler
