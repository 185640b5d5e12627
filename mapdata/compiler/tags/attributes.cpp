// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tags/attributes.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "mapdata/compiler/tags/lifecycle.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

/// Keys that are read as they are, and those of which longer ones are read too, beside kAccessKeys and those of
/// lifecycle.hpp.
constexpr std::string_view kWholeKeys[] = {"highway",
                                           "area",
                                           "railway",
                                           "construction",
                                           "proposed",
                                           "planned",
                                           "start_date",
                                           "end_date",
                                           "usage",
                                           "operational_status",
                                           "status",
                                           "state",
                                           "railway:status",
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
                                           "lanes:forward",
                                           "lanes:backward",
                                           "lanes:bus",
                                           "lanes:psv",
                                           "lanes:bus:forward",
                                           "lanes:bus:backward",
                                           "lanes:psv:forward",
                                           "lanes:psv:backward",
                                           "lane_markings",
                                           "divider",
                                           "dual_carriageway",
                                           "service",
                                           "busway",
                                           "busway:left",
                                           "busway:right",
                                           "busway:both",
                                           "busway:left:oneway",
                                           "busway:right:oneway",
                                           "minspeed",
                                           "source:maxspeed",
                                           "source:oneway",
                                           "source:access",
                                           "source:vehicle",
                                           "source:motor_vehicle",
                                           "zone:maxspeed",
                                           "zone:traffic",
                                           "opening_hours",
                                           "opening_date",
                                           "seasonal",
                                           "hour_on",
                                           "hour_off",
                                           "day_on",
                                           "day_off",
                                           "date_on",
                                           "date_off",
                                           "reversible",
                                           "railway:traffic_mode",
                                           "source",
                                           "source:railway",
                                           "inactive",
                                           "out_of_service",
                                           "active",
                                           "in_use",
                                           "signed",
                                           "car",
                                           "cars",
                                           "automobile",
                                           "truck",
                                           "lorry",
                                           "van",
                                           "motorbike",
                                           "electric_vehicle",
                                           "car_sharing",
                                           "carpool",
                                           "light_goods",
                                           "hgv_articulated",
                                           "alternating",
                                           "change:lanes:forward",
                                           "change:lanes:backward",
                                           "width:lanes:forward",
                                           "width:lanes:backward",
                                           "placement:forward",
                                           "placement:backward",
                                           "overtaking:forward",
                                           "overtaking:backward",
                                           "traffic_sign",
                                           "traffic_sign:forward",
                                           "traffic_sign:backward",
                                           "lanes:reversible",
                                           "lanes:both_ways",
                                           "turn:lanes:forward",
                                           "turn:lanes:backward",
                                           "turn:lanes:both_ways"};
constexpr std::string_view kKeyStems[] = {"maxspeed",    "oneway",    "maxweight", "maxweightrating",
                                          "maxaxleload", "maxheight", "maxwidth",  "maxlength",
                                          "hov",         "temporary", "fixme",     "FIXME"};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool truthy(std::string_view text) { return !text.empty() && text != "no" && text != "false" && text != "0"; }

void read_form(const Tags& tags, Attributes* a) {
  const std::string junction = lowered(tags.get("junction"));
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

/// "Residential", or the first road of "residential;service".
bool spelled_otherwise(std::string_view highway, RoadClass* out, bool* link) {
  const bool list = highway.find(';') != std::string_view::npos;
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (!list && std::none_of(highway.begin(), highway.end(), capital)) return false;
  return any_value(highway, ";", [&](std::string_view value) { return road_class(lowered(value), out, link); });
}

}  // namespace

bool road_class(std::string_view highway, RoadClass* out, bool* link) {
  const std::string_view given = highway;
  *link = ends_with(highway, "_link");
  if (*link) highway.remove_suffix(5);
  const int known = highway == "bus_guideway" ? kBusway : index_of(kRoadClassTexts, highway);
  if (known < 0) return spelled_otherwise(given, out, link);
  if (known == kConstruction) return false;
  *out = static_cast<RoadClass>(known);
  return !*link || known <= kTertiary;
}

bool is_way_key(std::string_view key) {
  if (std::find(std::begin(kWholeKeys), std::end(kWholeKeys), key) != std::end(kWholeKeys)) return true;
  const std::string_view stem = key.substr(0, key.find(':'));
  if (is_gone_word(key) || is_dead_rail_key(key) || is_exception_key(key)) return true;
  return access_key_of(stem) != kKeyNone || is_kind_of_bus(stem) || drivers_of(stem) != 0 ||
         std::find(std::begin(kKeyStems), std::end(kKeyStems), stem) != std::end(kKeyStems);
}

WayAttributes way_attributes(const Tags& tags) {
  WayAttributes found;
  Attributes& a = found.attributes;
  RoadClass kind = kRoad;
  bool link = false;
  road_class(tags.get("highway"), &kind, &link);
  a.road_class = kind;
  if (link) a.flags |= kFlagLink;
  read_form(tags, &a);
  read_access(tags, &found);
  read_oneway(tags, &found);
  read_limits(tags, &found);
  return found;
}

}  // namespace tomare::compiler
