// SPDX-License-Identifier: MIT
// One-way rules of a way: given, implied by its kind, and lifted for some vehicles.
#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "mapdata/compiler/tags/attributes.hpp"
#include "mapdata/compiler/tags/way_conditions.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

constexpr std::string_view kSides[2] = {":forward", ":backward"};
constexpr std::string_view kOfTraffic[2][5] = {
    {"turn:lanes:forward", "change:lanes:forward", "width:lanes:forward", "placement:forward", "overtaking:forward"},
    {"turn:lanes:backward", "change:lanes:backward", "width:lanes:backward", "placement:backward",
     "overtaking:backward"}};

/// The tag of a contraflow lane, in any spelling (OSM wiki: Bus lanes), that lets buses go both ways; empty: there is
/// none.
std::string contraflow(const Tags& tags) {
  for (const std::string_view key : {"busway", "busway:left", "busway:right", "busway:both", "bus", "psv"}) {
    if (tags.get(key).substr(0, 8) == "opposite") return tag_text(key, tags.get(key));
  }
  for (const std::string_view key : {"busway:left:oneway", "busway:right:oneway"}) {
    if (!tags.get(key).empty() && oneway_value(tags.get(key)) != 1) return tag_text(key, tags.get(key));
  }
  for (const std::string_view kind : kKindsOfBus) {
    const std::string key = "oneway:" + std::string(kind);
    if (oneway_value(tags.get(key)) == 0) return tag_text(key, tags.get(key));
  }
  return {};
}

class OnewayReader {
 public:
  OnewayReader(const Tags& tags, WayAttributes* facts) : tags_(tags), a_(facts->attributes), facts_(facts) {}

  void read() {
    if (changes()) {
      a_.oneway_source = kOnewayUnknown;
      return;
    }
    read_all();
    for (const AccessName& name : kAccessKeys) read_vehicle(name);
    lift_for_buses();
    for (const AccessName& name : kAccessKeys) lift_where_let_in(name);
    doubt_by_other_lanes();
    texts_.keep(kQuotedOneway, [this](int d, int v) { return canonical(d, v); }, &facts_->quotes);
  }

 private:
  void set(uint8_t vehicles, int value, const std::string& text) {
    for (int d = 0; d < 2; ++d) {
      const bool against = (value == 1 && d == kBackward) || (value == 2 && d == kForward);
      a_.oneway_against[d] =
          static_cast<uint8_t>(against ? a_.oneway_against[d] | vehicles : a_.oneway_against[d] & ~vehicles);
      texts_.set(d, vehicles, against ? text : std::string());
    }
  }

  bool implied() const {
    return (a_.flags & kFlagRoundabout) != 0 || (a_.road_class == kMotorway && (a_.flags & kFlagLink) == 0);
  }

  /// Its direction changes, or a word that nobody understands stands where the kind of road alone would say one.
  bool changes() const {
    const std::string_view text = tags_.get("oneway");
    const int given = oneway_value(text);
    return given == 3 || (given < 0 && !text.empty() && implied());
  }

  void read_all() {
    const std::string_view text = tags_.get("oneway");
    const int given = oneway_value(text);
    const bool round = (a_.flags & kFlagRoundabout) != 0;
    if (given >= 1) {
      a_.oneway_source = kOnewayGiven;
      set(kEveryVehicle, given, tag_text("oneway", text));
    } else if (implied() && given != 0) {
      a_.oneway_source = kOnewayImplied;
      set(kEveryVehicle, 1, round ? tag_text("junction", tags_.get("junction")) : "highway=motorway");
    }
  }

  void read_vehicle(const AccessName& name) {
    const std::string key = "oneway:" + std::string(name.key);
    const int value = oneway_value(tags_.get(key));
    if (value < 0) return;
    set(name.vehicles, value == 3 ? 0 : value, tag_text(key, tags_.get(key)));
    if (value > 0 && a_.oneway_source == kOnewayNone) a_.oneway_source = kOnewayGiven;
  }

  void lift_for_buses() {
    if (!contraflow(tags_).empty()) set(bit(kBus), 0, {});
    for (int d = 0; d < 2; ++d) {
      if ((a_.oneway_against[d] >> kBus & 1) != 0 && has_lane(d)) set(bit(kBus), 0, {});
    }
  }

  int count_of(const std::string& key) const { return std::atoi(std::string(tags_.get(key)).c_str()); }

  bool has_lane(int d) const {
    for (const std::string_view key : {"bus", "psv"}) {
      const std::string lanes = "lanes:" + std::string(key);
      if (count_of(lanes + std::string(kSides[d])) > 0) return true;
      if (count_of(lanes) > 0 && count_of("lanes" + std::string(kSides[d])) > 0) return true;
      const std::string_view each = tags_.get(std::string(key) + ":lanes" + std::string(kSides[d]));
      if (each.find("designated") != std::string_view::npos || each.find("yes") != std::string_view::npos) return true;
    }
    return false;
  }

  /// `bus:backward=yes`, `motorcycle:backward=designated`: let in against the arrow by name.
  void lift_where_let_in(const AccessName& name) {
    if (name.vehicles == kEveryVehicle) return;
    for (int d = 0; d < 2; ++d) {
      const std::string_view text = tags_.get(std::string(name.key) + std::string(kSides[d]));
      const Access value = text.empty() ? kAccessNo : access_value(text);
      if (lets_in(value) && (a_.oneway_against[d] & name.vehicles) != 0) set(name.vehicles, 0, {});
    }
  }

  /// Lanes or a limit against the arrow, or vehicles that are let in there: then street and map disagree on the arrow.
  void doubt_by_other_lanes() {
    for (int d = 0; d < 2; ++d) {
      const std::string side(kSides[d]);
      bool both = count_of("lanes" + side) > 0 && count_of("lanes:bus" + side) + count_of("lanes:psv" + side) == 0;
      for (const std::string_view key : {"access", "vehicle", "motor_vehicle"}) {
        const std::string_view text = tags_.get(std::string(key) + side);
        both = both || (!text.empty() && access_value(text) != kAccessNo);
      }
      both = both || !tags_.get("maxspeed" + side).empty();
      both = both || count_of("lanes:reversible") > 0 || count_of("lanes:both_ways") > 0;
      both = both || (has_traffic(d) && !has_lane(d)) || !tags_.get("turn:lanes:both_ways").empty();
      if (both && a_.oneway_against[d] != 0) a_.flags |= kFlagOnewayUnsure;
    }
    doubt_by_reversal();
  }

  /// What only a direction with traffic has.
  bool has_traffic(int d) const {
    return std::any_of(std::begin(kOfTraffic[d]), std::end(kOfTraffic[d]),
                       [this](std::string_view key) { return !tags_.get(key).empty(); });
  }

  /// `reversible=yes` beside `oneway=yes`: the arrow turns round at times; `oneway:lanes=yes|-1`: it is not every
  /// lane's.
  void doubt_by_reversal() {
    bool turns = false;
    for (const std::string_view key : {"reversible", "alternating", "oneway:reversible", "oneway:alternating"}) {
      turns = turns || (!tags_.get(key).empty() && oneway_value(tags_.get(key)) != 0);
    }
    const std::string_view lanes = tags_.get("oneway:lanes");
    const bool both = lanes.find("-1") != std::string_view::npos || lanes.find("no") != std::string_view::npos;
    if ((turns || both) && (a_.oneway_against[0] | a_.oneway_against[1]) != 0) a_.flags |= kFlagOnewayUnsure;
  }

  std::string canonical(int d, int v) const {
    if ((a_.oneway_against[d] >> v & 1) == 0) return texts_.at(d, v);  // nothing to quote
    if (a_.oneway_source == kOnewayGiven) return "oneway=yes";
    return (a_.flags & kFlagRoundabout) != 0 ? "junction=roundabout" : "highway=motorway";
  }

  const Tags& tags_;
  Attributes& a_;
  WayAttributes* facts_;
  Quoting texts_;
};

}  // namespace

int oneway_value(std::string_view given) {
  const std::string text = lowered(given);
  if (text == "yes" || text == "true" || text == "1") return 1;
  if (text == "-1" || text == "reverse") return 2;
  if (text == "no" || text == "false" || text == "0") return 0;
  if (text == "reversible" || text == "alternating") return 3;
  return -1;
}

std::vector<ParsedCondition> own_oneways(const Tags& tags) {
  std::vector<ParsedCondition> found;
  const auto add = [&](uint8_t vehicles, AccessKey key, int value, std::string text) {
    ParsedCondition c;
    c.target = kConditionOneway;
    c.vehicles = vehicles;
    c.key = key;
    c.value = static_cast<uint16_t>(value);
    c.understood = value < 3;
    c.text = std::move(text);
    found.push_back(std::move(c));
  };
  for (const AccessName& name : kAccessKeys) {
    const std::string key = "oneway:" + std::string(name.key);
    const int value = oneway_value(tags.get(key));
    if (value >= 0) add(name.vehicles, name.id, value, tag_text(key, tags.get(key)));
  }
  const std::string lane = contraflow(tags);
  if (!lane.empty()) add(bit(kBus), kKeyBus, 0, lane);
  return found;
}

void read_oneway(const Tags& tags, WayAttributes* facts) { OnewayReader(tags, facts).read(); }

}  // namespace tomare::compiler
