// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/node_tags.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "mapdata/compiler/tags/attributes.hpp"
#include "mapdata/compiler/tags/keys.hpp"
#include "mapdata/compiler/tags/lifecycle.hpp"
#include "mapdata/compiler/tags/signs.hpp"

namespace tomare::compiler {
namespace {

constexpr std::string_view kNotUsed[] = {"closed",     "none",     "out_of_order", "out_of_service",
                                         "not_in_use", "inactive", "suspended",    "unused"};
constexpr std::string_view kUseKeys[] = {"usage",  "service", "operational_status", "railway:traffic_mode",
                                         "status", "state",   "railway:status"};

constexpr std::string_view kContradictory = "?";

bool along(std::string_view direction) { return direction == "forward" || direction == "backward"; }

/// Keys of a direction that OSM does not list; `stop` may tell it, too.
constexpr std::string_view kOddDirections[] = {"highway:direction", "sign:direction", "stop_sign:direction", "stop"};

/// By the key of one side (`stop:backward=yes`).
std::string by_side(std::string_view forward, std::string_view backward) {
  return is_said(forward) == is_said(backward) ? "" : (is_said(forward) ? "forward" : "backward");
}

/// The direction that a node's sign is for, by its own key before the general one.
std::string direction_of(const Tags& tags, std::string_view own) {
  const std::string_view first = tags.get(own);
  if (own == "traffic_signals:direction" && !first.empty()) return lowered(first);
  std::string found;
  for (const std::string_view key : {std::string_view("direction"), std::string_view("traffic_sign:direction"), own}) {
    const std::string text = lowered(tags.get(key));
    if (along(found) && along(text) && text != found) return std::string(kContradictory);
    if (found.empty()) found = text;
  }
  return found;
}

/// That of a stop sign, by keys that OSM does not list, too.
std::string stop_direction(const Tags& tags) {
  std::string found = direction_of(tags, "stop:direction");
  std::vector<std::string> more = {by_side(tags.get("stop:forward"), tags.get("stop:backward")),
                                   by_side(tags.get("direction:forward"), tags.get("direction:backward"))};
  for (const std::string_view key : kOddDirections) more.push_back(lowered(tags.get(key)));
  for (const std::string& text : more) {
    if (along(found) && along(text) && text != found) return std::string(kContradictory);
    if (found.empty() && along(text)) found = text;
  }
  return found;
}

constexpr std::string_view kNodeKeys[] = {"highway",
                                          "railway",
                                          "barrier",
                                          "direction",
                                          "traffic_sign:direction",
                                          "stop",
                                          "stop:direction",
                                          "traffic_signals:direction",
                                          "crossing",
                                          "crossing:signals",
                                          "crossing_ref",
                                          "traffic_signals",
                                          "button_operated",
                                          "crossing:light",
                                          "crossing:barrier",
                                          "construction",
                                          "proposed",
                                          "planned",
                                          "traffic_sign",
                                          "traffic_sign:forward",
                                          "traffic_sign:backward",
                                          "start_date",
                                          "end_date",
                                          "motor_vehicle",
                                          "vehicle",
                                          "access",
                                          "fixme",
                                          "FIXME",
                                          "fixme:stop",
                                          "fixme:direction",
                                          "signed",
                                          "stop:signed",
                                          "highway:signed",
                                          "traffic_sign:signed",
                                          "unsigned",
                                          "give_way",
                                          "highway:direction",
                                          "sign:direction",
                                          "stop_sign:direction",
                                          "stop:forward",
                                          "stop:backward",
                                          "direction:forward",
                                          "direction:backward",
                                          "inactive",
                                          "out_of_service",
                                          "active",
                                          "in_use",
                                          "public_transport"};

/// Of vehicles, which may say whom a sign is for.
constexpr std::string_view kUserKeys[] = {"motorcar", "goods",      "hgv",          "trailer", "psv",
                                          "bus",      "motorcycle", "moped",        "bicycle", "mofa",
                                          "taxi",     "emergency",  "agricultural", "tram"};

/// Where the mapper has the thing from, or its direction.
constexpr std::string_view kSourceKeys[] = {"source",           "source:highway", "source:traffic_sign",
                                            "source:direction", "source:railway", "stop:source"};

constexpr std::string_view kConditionKeys[] = {"stop:conditional",
                                               "highway:conditional",
                                               "traffic_sign:conditional",
                                               "opening_hours",
                                               "seasonal",
                                               "temporary",
                                               "hour_on",
                                               "hour_off",
                                               "day_on",
                                               "day_off",
                                               "stop:opening_hours",
                                               "stop:seasonal",
                                               "date_on",
                                               "date_off",
                                               "hours",
                                               "days",
                                               "time"};

/// Whether the sign stands at times only.
bool at_times(const Tags& tags) {
  return std::any_of(std::begin(kConditionKeys), std::end(kConditionKeys),
                     [&](std::string_view key) { return is_said(tags.get(key)) && tags.get(key) != "24/7"; });
}

/// Of a sign that a mapper asks others to look at.
constexpr std::string_view kOfSign[] = {"stop",        "stops",    "direction", "directions", "sign",
                                        "signs",       "signage",  "signed",    "signposted", "stopsign",
                                        "trafficsign", "exist",    "exists",    "existence",  "existing",
                                        "still",       "一時停止", "標識",      "方向",       "向き"};

/// Of rails, or of a crossing of theirs.
constexpr std::string_view kOfRails[] = {"exist",   "exists",   "existence", "existing",  "still",   "use",
                                         "used",    "active",   "disused",   "abandoned", "removed", "closed",
                                         "railway", "crossing", "踏切",      "廃線",      "休止"};

/// Its mapper says that he guessed.
bool is_from_guess(const Tags& tags) {
  return std::any_of(std::begin(kSourceKeys), std::end(kSourceKeys),
                     [&](std::string_view key) { return is_guess(tags.get(key)); });
}

/// Its mapper guessed that it is there, or whom it is for, or asks others to look (`fixme=direction?`).
bool is_guessed(const Tags& tags) { return is_from_guess(tags) || asks_about(tags, kOfSign); }

/// The mapper found no sign.
bool is_unsigned(const Tags& tags) {
  for (const std::string_view key : {"signed", "stop:signed", "highway:signed", "traffic_sign:signed"}) {
    if (lowered(tags.get(key)) == "no") return true;
  }
  return tags.get("unsigned") == "yes";
}

/// A gate, a crosswalk, a crossing of rails or a place where buses stop: keys of vehicles say who passes it.
bool has_access_of_its_own(const Tags& tags) {
  return lists(tags.get("highway"), "crossing") || !tags.get("railway").empty() || !tags.get("barrier").empty() ||
         !tags.get("public_transport").empty();
}

/// By keys of vehicles the sign is for some and no cars, or not for all (`bicycle=yes`, `bus=no`).
bool is_for_some(const Tags& tags) {
  if (has_access_of_its_own(tags)) return false;
  bool others = false, cars = false;
  const auto excludes = [&](std::string_view key) {
    const std::string word = lowered(tags.get(key));
    const uint8_t named = vehicles_of(key);
    if (word == "only" || lets_in(access_value(word))) ((named & bit(map::kCar)) != 0 ? cars : others) = true;
    return word == "no" && named != 0;
  };
  const bool all = std::none_of(std::begin(kUserKeys), std::end(kUserKeys), excludes) && !excludes("vehicle") &&
                   !excludes("motor_vehicle") && !excludes("access");
  return !all || (others && !cars);
}

/// `except=right_turn` and the like.
bool lets_some_out(const Tags& tags) {
  return std::any_of(tags.begin(), tags.end(), [](const auto& tag) {
    const bool exception = is_exception_key(tag.first.substr(tag.first.rfind(':') + 1));
    const Excepted out = exception ? excepted(tag.second) : Excepted();
    return (out.vehicles | out.perhaps) != 0;
  });
}

/// Whether the sign is for some vehicles or turns only, or not for all (`vehicle=hgv`).
bool binds_some(const Tags& tags) {
  const auto names_users = [&](std::string_view key) {
    return any_value(tags.get(key), ";,", [](std::string_view value) {
      const std::string word = lowered(value);
      return vehicles_of(word) != 0 || is_other_vehicle(word);
    });
  };
  return lets_some_out(tags) || is_for_some(tags) || names_users("stop") || names_users("vehicle") ||
         names_users("motor_vehicle");
}

/// Of a plate that lets a turn pass (R1-10P of the United States: except right turn).
bool lets_turns_out(const Tags& tags) {
  return std::any_of(tags.begin(), tags.end(), [](const auto& tag) {
    if (tag.first.substr(0, 12) != "traffic_sign") return false;
    const std::string sign = lowered(tag.second);
    return sign.find("r1-10") != std::string::npos || sign.find("except") != std::string::npos;
  });
}

/// The directions of travel for which there is a stop sign by a key of one side; empty: by none.
std::string side_of_sign(const Tags& tags) {
  const bool forward = names_sign(tags.get("traffic_sign:forward"), kStopSign);
  const bool backward = names_sign(tags.get("traffic_sign:backward"), kStopSign);
  return forward && backward ? "both" : (forward ? "forward" : (backward ? "backward" : ""));
}

/// There is another sign than the node's stop sign, or none.
bool is_no_stop(std::string_view sign) {
  return sign == "no" || sign == "none" || names_sign(sign, kGiveWaySign) ||
         (names_other_sign(sign) && !names_sign(sign, kStopSign));
}

/// A sign of the direction that the stop sign is for, or of any where that is not clear, says that there is none.
bool denied_by_side(const Tags& tags, std::string_view direction) {
  return (direction != "backward" && is_no_stop(tags.get("traffic_sign:forward"))) ||
         (direction != "forward" && is_no_stop(tags.get("traffic_sign:backward")));
}

/// Crosswalks with signals, by their names in the United Kingdom.
constexpr std::string_view kSignalled[] = {"traffic_signals", "pelican", "puffin", "toucan", "pegasus"};

TaggedNode stop_kind(const Tags& tags) {
  TaggedNode found;
  found.kind = map::kStop;
  found.direction = stop_direction(tags);
  const std::string side = side_of_sign(tags);
  if (along(found.direction) && along(side) && found.direction != side) found.direction = kContradictory;
  if (!side.empty() && !along(found.direction) && found.direction != kContradictory) found.direction = side;
  if (at_times(tags) || binds_some(tags) || lets_turns_out(tags) || is_guessed(tags))
    found.detail |= map::kPointConditional;
  const std::string stop = lowered(tags.get("stop"));
  if (stop == "all") found.flags |= map::kStopAll;
  if (stop == "minor") found.flags |= map::kStopMinor;
  const bool other = lists(tags.get("highway"), "give_way") || is_said(tags.get("give_way")) || is_no_stop(stop) ||
                     denied_by_side(tags, found.direction) || is_unsigned(tags);
  if (other || is_no_stop(tags.get("traffic_sign"))) found.flags |= map::kPointUnsure;
  return found;
}

/// A stop sign by `traffic_sign` alone, or one that stands where the node is a give-way sign.
TaggedNode signed_stop(const Tags& tags) {
  TaggedNode found;
  if (side_of_sign(tags).empty() && !names_sign(tags.get("traffic_sign"), kStopSign)) return found;
  found = stop_kind(tags);
  found.detail |= map::kPointBySign;
  if (lists(tags.get("highway"), "give_way")) found.flags |= map::kPointUnsure;
  return found;
}

}  // namespace

bool is_said(std::string_view text) { return !text.empty() && text != "no"; }

bool is_unused(std::string_view word) {
  return is_dead_rail_word(word) || std::find(std::begin(kNotUsed), std::end(kNotUsed), word) != std::end(kNotUsed);
}

bool is_not_in_use(const Tags& tags) {
  const bool closed = std::any_of(std::begin(kUseKeys), std::end(kUseKeys),
                                  [&](std::string_view key) { return is_unused(tags.get(key)); });
  for (const std::string_view key : {"construction", "proposed", "planned", "inactive", "out_of_service"}) {
    if (tags.get(key) == "yes") return true;
  }
  return says_gone(tags) || closed || tags.get("active") == "no" || tags.get("in_use") == "no";
}

bool has_dead_rail(const Tags& tags) {
  return std::any_of(tags.begin(), tags.end(), [](const auto& tag) { return is_dead_rail_key(tag.first); });
}

bool has_dated_fact(const Tags& tags) {
  const std::vector<DatesOut> dates = dates_out(tags);
  return std::any_of(dates.begin(), dates.end(), [](const DatesOut& d) {
    return !d.of.empty() && (d.first > 0 || !d.clear || d.last >= kLongAgo);
  });
}

bool has_crossing_signals(const Tags& tags) {
  const auto named = [&](std::string_view word) {
    return lists(tags.get("crossing"), word) || lists(tags.get("crossing_ref"), word);
  };
  const std::string_view highway = tags.get("highway");
  const bool signals = lists(highway, "traffic_signals");  // a point of its own, but where it is a stop sign's
  return is_said(tags.get("crossing:signals")) || std::any_of(std::begin(kSignalled), std::end(kSignalled), named) ||
         tags.get("button_operated") == "yes" || (!signals && is_said(tags.get("traffic_signals"))) ||
         (signals && lists(highway, "stop"));
}

TaggedNode highway_kind(const Tags& tags) {
  TaggedNode found;
  const std::string_view highway = tags.get("highway");
  if (lists(highway, "stop")) return stop_kind(tags);
  if (!lists(highway, "traffic_signals")) found = signed_stop(tags);
  if (found.kind == map::kStop) return found;
  if (lists(highway, "give_way")) {
    found.kind = map::kGiveWay;
    found.direction = direction_of(tags, "direction");
  } else if (lists(highway, "traffic_signals")) {
    found.kind = map::kSignals;
    found.direction = direction_of(tags, "traffic_signals:direction");
  }
  return found;
}

TaggedNode crossing_kind(const Tags& tags) {
  TaggedNode found;
  if (!lists(tags.get("railway"), "level_crossing")) return found;
  found.kind = map::kLevelCrossing;
  if (is_said(tags.get("crossing:light"))) found.flags |= map::kCrossingLight;
  if (is_said(tags.get("crossing:barrier"))) found.flags |= map::kCrossingBarrier;
  if (may_not_run(tags) || lets_some_out(tags) || is_no_stop(lowered(tags.get("stop"))))
    found.detail |= map::kPointConditional;
  return found;
}

bool may_not_run(const Tags& tags) { return at_times(tags) || is_from_guess(tags) || asks_about(tags, kOfRails); }

bool is_halt(const Tags& tags) {
  const std::string_view railway = tags.get("railway");
  return (lists(railway, "level_crossing") || lists(railway, "tram_level_crossing")) && !is_not_in_use(tags);
}

bool may_be_halt(const Tags& tags) { return lists(tags.get("highway"), "crossing") || !tags.get("barrier").empty(); }

TaggedNode barrier_kind(const Tags& tags) {
  TaggedNode found;
  if (tags.get("barrier").empty()) return found;
  found.kind = map::kBarrier;
  const std::string_view car = tags.get("motor_vehicle");
  const std::string_view any = car.empty() ? tags.get("access") : car;
  found.access = any.empty() ? map::kAccessUnset : access_value(any);
  return found;
}

bool is_node_key(std::string_view key) {
  const auto in = [key](const auto& keys) {
    return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
  };
  return in(kNodeKeys) || in(kConditionKeys) || in(kUseKeys) || in(kUserKeys) || in(kSourceKeys) || is_gone_word(key) ||
         is_dead_rail_key(key) || is_date_key(key) || is_exception_key(key.substr(key.rfind(':') + 1));
}

}  // namespace tomare::compiler
