// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/network.hpp"

#include <algorithm>
#include <array>
#include <new>

#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/tags/hours.hpp"
#include "mapdata/compiler/tags/signs.hpp"

namespace tomare::compiler {

using map::Statistic;

void RawRefs::add(int64_t id) {
  constexpr int64_t kLongest = 10;
  if (chunks_.empty() || chunks_.back().data() + kChunk - at_ < kLongest) {
    if (!chunks_.empty()) chunks_.back().resize(static_cast<size_t>(at_ - chunks_.back().data()));
    chunks_.emplace_back(kChunk);
    at_ = chunks_.back().data();
  }
  uint64_t delta = protozero::encode_zigzag64(id - last_);
  for (; delta >= 0x80; delta >>= 7) *at_++ = static_cast<char>(delta | 0x80);
  *at_++ = static_cast<char>(delta);
  last_ = id;
  ++count_;
}

void Network::begin_pass(int pass) { pass_ = pass; }

void Network::stands_at(int64_t unix_s) { day_ = std::max(kLongAgo, day_at(unix_s)); }

uint32_t Network::intern_name(const Tags& tags) {
  std::string_view text = tags.get("name");
  if (text.empty()) text = tags.get("ref");
  return text.empty() ? kNoName : names.add(text);
}

/// Ways that have the same tags but for their names have the same facts.
uint32_t Network::intern_facts(const Tags& tags) {
  tags_key_.clear();
  for (const auto& [key, value] : tags) {
    if (key == "name" || key == "ref") continue;
    const uint32_t sizes[2] = {static_cast<uint32_t>(key.size()), static_cast<uint32_t>(value.size())};
    tags_key_.append(reinterpret_cast<const char*>(sizes), sizeof(sizes)).append(key).append(value);
  }
  const auto known = facts_by_tags_.find(tags_key_);
  if (known != facts_by_tags_.end()) return known->second;
  const uint32_t index = intern(way_facts(tags));
  facts_by_tags_.emplace(tags_key_, index);
  return index;
}

uint32_t Network::intern(WayFacts found) {
  std::string key(reinterpret_cast<const char*>(&found.attributes), sizeof(found.attributes));
  for (const ParsedCondition& c : found.conditions) {
    key += c.text;
    key += {'\0', static_cast<char>(c.directions), static_cast<char>(c.vehicles)};
    key.append(reinterpret_cast<const char*>(c.terms.data()), c.terms.size() * sizeof(map::Term));
  }
  for (const QuotedTag& q : found.quotes) {
    key += q.text;
    key += {'\0', static_cast<char>(q.fact), static_cast<char>(q.directions), static_cast<char>(q.vehicles)};
  }
  const auto [at, fresh] = facts_index_.emplace(std::move(key), static_cast<uint32_t>(facts.size()));
  if (fresh) facts.push_back(std::move(found));
  return at->second;
}

namespace {

constexpr std::string_view kRunning[] = {"rail",      "light_rail", "narrow_gauge", "preserved",
                                         "funicular", "monorail",   "subway"};

bool truthy(std::string_view text) { return !text.empty() && text != "no"; }

constexpr std::string_view kNotUsed[] = {"closed", "none", "out_of_order", "out_of_service", "not_in_use"};
constexpr std::string_view kUseKeys[] = {"usage",  "service", "operational_status", "railway:traffic_mode",
                                         "status", "state",   "railway:status"};

/// A word for what has no trains.
bool is_unused(std::string_view word) {
  return is_dead_rail_word(word) || std::find(std::begin(kNotUsed), std::end(kNotUsed), word) != std::end(kNotUsed);
}

/// By a key of its own, or by a word of another key.
bool out_of_use(const Tags& tags) {
  const bool closed = std::any_of(std::begin(kUseKeys), std::end(kUseKeys),
                                  [&](std::string_view key) { return is_unused(tags.get(key)); });
  for (const std::string_view key : {"construction", "proposed", "planned"}) {
    if (tags.get(key) == "yes") return true;
  }
  return says_gone(tags) || closed;
}

bool has_dead_rail(const Tags& tags) {
  return std::any_of(tags.begin(), tags.end(), [](const auto& tag) { return is_dead_rail_key(tag.first); });
}

}  // namespace

bool Network::wants_refs(const Tags& tags) const {
  return !tags.get("highway").empty() || !tags.get("railway").empty() || has_dead_rail(tags);
}

void Network::add_rail(const std::vector<int64_t>& node_ids, const Tags& tags) {
  const std::string_view railway = tags.get("railway");
  const bool runs = std::find(std::begin(kRunning), std::end(kRunning), railway) != std::end(kRunning);
  const bool apart = truthy(tags.get("tunnel")) || truthy(tags.get("bridge"));  // above or below: no road crosses it
  const bool closed = apart || out_of_use(tags) || stands_from(tags, day_) != Stands::yes;
  const bool dead = railway == "tram" || railway == "miniature" || is_unused(railway) || (runs && closed) ||
                    (!runs && has_dead_rail(tags));
  if (runs && !closed) rails.insert(rails.end(), node_ids.begin(), node_ids.end());
  if (dead) dead_rails.insert(dead_rails.end(), node_ids.begin(), node_ids.end());
}

void Network::way(int64_t id, uint32_t version, const std::vector<int64_t>& node_ids, const Tags& tags) {
  ++statistics[map::kStat_ways_read];
  if (id == last_way_ && version != last_version_) {
    ++statistics[map::kStat_ways_superseded];
    if (version < last_version_) return;
    if (!ways.empty() && ways.back().id == id) ways.pop_back();
  }
  last_way_ = id;
  last_version_ = version;
  if (!tags.get("railway").empty() || has_dead_rail(tags)) add_rail(node_ids, tags);
  map::RoadClass kind;
  bool link = false;
  if (!road_class(tags.get("highway"), &kind, &link) || tags.get("area") == "yes") return;
  const auto again = std::adjacent_find(node_ids.begin(), node_ids.end());
  if (again != node_ids.end()) {  // a node that follows itself is one node
    std::vector<int64_t> once(node_ids);
    once.erase(std::unique(once.begin(), once.end()), once.end());
    add_road(id, version, once, tags);
  } else {
    add_road(id, version, node_ids, tags);
  }
}

void Network::add_road(int64_t id, uint32_t version, const std::vector<int64_t>& node_ids, const Tags& tags) {
  if (node_ids.size() < 2) {
    ++statistics[map::kStat_dropped_short_ways];
    return;
  }
  if (raw_refs_.count() + node_ids.size() > UINT32_MAX) throw std::bad_alloc();
  RoadWay way;
  way.id = id;
  way.version = version;
  way.first_ref = static_cast<uint32_t>(raw_refs_.count());
  way.ref_count = static_cast<uint32_t>(node_ids.size());
  way.facts = intern_facts(tags);
  way.name = intern_name(tags);
  for (const int64_t node : node_ids) {
    raw_refs_.add(node);
    ids_.add(node);
  }
  ways.push_back(way);
}

/// Of ways that several files have, the newest.
void Network::drop_superseded() {
  const auto before = [](const RoadWay& a, const RoadWay& b) {
    return a.id != b.id ? a.id < b.id : a.version > b.version;
  };
  if (!std::is_sorted(ways.begin(), ways.end(), before)) std::stable_sort(ways.begin(), ways.end(), before);
  const auto same = [](const RoadWay& a, const RoadWay& b) { return a.id == b.id; };
  ways.erase(std::unique(ways.begin(), ways.end(), same), ways.end());
}

void Network::relation(int64_t id, const std::vector<Member>& members, const Tags& tags) {
  ++statistics[map::kStat_relations_read];
  const std::string type = lowered(tags.get("type"));
  if (type.substr(0, type.find(':')) != "restriction") return;
  ++statistics[map::kStat_restrictions];
  restrictions.push_back(read_restriction(id, members, tags));
}

/// Another way has its nodes, perhaps: each of them is used again.
bool Network::may_be_twin(const RoadWay& way) const {
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    if (uses[node_of(way, i)] < 2) return false;
  }
  return true;
}

bool Network::same_road(const RoadWay& a, const RoadWay& b) const {
  if (a.facts != b.facts || a.ref_count != b.ref_count) return false;
  for (uint32_t i = 0; i < a.ref_count; ++i) {
    if (node_of(a, i) != node_of(b, i)) return false;
  }
  return true;
}

/// Of ways with the same nodes and facts, those behind the first: the map has one road twice.
void Network::drop_twins() {
  std::vector<uint32_t> perhaps;
  for (uint32_t w = 0; w < ways.size(); ++w) {
    if (may_be_twin(ways[w])) perhaps.push_back(w);
  }
  const auto key = [this](uint32_t w) {
    const RoadWay& way = ways[w];
    return std::array{node_of(way, 0), node_of(way, 1), node_of(way, way.ref_count - 1), way.ref_count, way.facts, w};
  };
  std::sort(perhaps.begin(), perhaps.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  for (size_t i = 1, first = 0; i < perhaps.size(); ++i) {
    const RoadWay &kept = ways[perhaps[first]], &way = ways[perhaps[i]];
    if (same_road(kept, way)) {
      twins_.emplace_back(way.id, kept.id);
    } else {
      first = i;
    }
  }
  if (twins_.empty()) return;
  std::sort(twins_.begin(), twins_.end());
  const auto out = [this](const RoadWay& way) { return twin_of(way.id) != way.id; };
  ways.erase(std::remove_if(ways.begin(), ways.end(), out), ways.end());
  uses.assign(ids_.size(), 0);
  for (const RoadWay& w : ways) count_uses(w);
}

int64_t Network::twin_of(int64_t id) const {
  const auto at = std::lower_bound(twins_.begin(), twins_.end(), std::pair{id, INT64_MIN});
  return at != twins_.end() && at->first == id ? at->second : id;
}

void Network::index_nodes() {
  drop_superseded();
  names.seal();
  facts_by_tags_ = {};
  std::stable_sort(restrictions.begin(), restrictions.end(),
                   [](const RawRestriction& a, const RawRestriction& b) { return a.id < b.id; });
  for (std::vector<int64_t>* list : {&rails, &dead_rails}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  ids_.seal();
  raw_refs_.take_each([this](int64_t id) { refs.push_back(find_node(id)); });
  x.assign(ids_.size(), 0);
  y.assign(ids_.size(), 0);
  uses.assign(ids_.size(), 0);
  for (const RoadWay& w : ways) count_uses(w);
  drop_twins();
}

[[gnu::noinline]] void Network::count_uses(const RoadWay& way) {
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    uint8_t& count = uses[node_of(way, i)];
    if (count < 255) ++count;
  }
}

void Network::forget_ids() {
  ids_ = {};
  rails = {};
  dead_rails = {};
  halts = {};
  perhaps_halts = {};
  crossing_signals = {};
  tagged = {};
  facts_index_ = {};
}

uint32_t Network::facts_at(uint32_t way, double metre) const {
  const uint32_t whole = ways[way].facts;
  if (stretches.empty()) return whole;
  const auto after = std::upper_bound(stretches.begin(), stretches.end(), std::pair{way, metre},
                                      [](const std::pair<uint32_t, double>& wanted, const FactStretch& s) {
                                        return wanted.first != s.way ? wanted.first < s.way : wanted.second < s.from_m;
                                      });
  if (after == stretches.begin()) return whole;
  const FactStretch& s = *(after - 1);
  return s.way == way && metre <= s.to_m ? s.facts : whole;
}

uint32_t Network::find_way(int64_t id) const {
  id = twin_of(id);
  const auto at =
      std::lower_bound(ways.begin(), ways.end(), id, [](const RoadWay& w, int64_t wanted) { return w.id < wanted; });
  return at != ways.end() && at->id == id ? static_cast<uint32_t>(at - ways.begin()) : kMissing;
}

namespace {

constexpr std::string_view kContradictory = "?";

bool along(std::string_view direction) { return direction == "forward" || direction == "backward"; }

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

constexpr std::string_view kConditionKeys[] = {
    "stop:conditional", "highway:conditional", "traffic_sign:conditional", "opening_hours", "seasonal", "temporary"};

/// Whether a fact of the node has dates of its own outside which it does not hold (`stop:end_date`).
bool has_dated_fact(const Tags& tags) {
  const std::vector<DatesOut> dates = dates_out(tags);
  return std::any_of(dates.begin(), dates.end(), [](const DatesOut& d) {
    return !d.of.empty() && (d.first > 0 || !d.clear || d.last >= kLongAgo);
  });
}

/// Whether the sign stands at times only.
bool at_times(const Tags& tags) {
  return std::any_of(std::begin(kConditionKeys), std::end(kConditionKeys),
                     [&](std::string_view key) { return truthy(tags.get(key)); });
}

/// Whether the sign is for some vehicles or turns only, or not for all (`except=right_turn`, `vehicle=hgv`).
bool binds_some(const Tags& tags) {
  const auto names_users = [&](std::string_view key) {
    std::string_view words = tags.get(key);
    for (; !words.empty(); words.remove_prefix(std::min(words.find_first_of(";,"), words.size() - 1) + 1)) {
      const std::string word = lowered(words.substr(0, words.find_first_of(";,")));
      if (vehicles_of(word) != 0 || is_other_vehicle(word)) return true;
    }
    return false;
  };
  const bool lets_out = std::any_of(tags.begin(), tags.end(), [](const auto& tag) {
    const bool exception = is_exception_key(tag.first.substr(tag.first.rfind(':') + 1));
    const Excepted out = exception ? excepted(tag.second) : Excepted();
    return (out.vehicles | out.perhaps) != 0;
  });
  return lets_out || names_users("vehicle") || names_users("motor_vehicle");
}

/// Of a plate that lets a turn pass (R1-10P of the United States: except right turn).
bool lets_turns_out(const Tags& tags) {
  return std::any_of(tags.begin(), tags.end(), [](const auto& tag) {
    if (tag.first.substr(0, 12) != "traffic_sign") return false;
    const std::string sign = lowered(tag.second);
    return sign.find("r1-10") != std::string::npos || sign.find("except") != std::string::npos;
  });
}

/// Crosswalks with signals, by their names in the United Kingdom.
constexpr std::string_view kSignalled[] = {"traffic_signals", "pelican", "puffin", "toucan", "pegasus"};

/// Of a crosswalk: cars have signals there, too. At rails, others than warning lights (OSM wiki: Key:crossing).
bool has_crossing_signals(const Tags& tags) {
  const auto named = [&](std::string_view word) {
    return lists(tags.get("crossing"), word) || lists(tags.get("crossing_ref"), word);
  };
  const std::string_view highway = tags.get("highway");
  const bool signals = lists(highway, "traffic_signals");  // a point of its own, but where it is a stop sign's
  return truthy(tags.get("crossing:signals")) || std::any_of(std::begin(kSignalled), std::end(kSignalled), named) ||
         tags.get("button_operated") == "yes" || (!signals && truthy(tags.get("traffic_signals"))) ||
         (signals && lists(highway, "stop"));
}

TaggedNode stop_kind(const Tags& tags) {
  TaggedNode found;
  found.kind = map::kStop;
  found.direction = direction_of(tags, "stop:direction");
  if (at_times(tags) || binds_some(tags) || lets_turns_out(tags)) found.detail |= map::kPointConditional;
  const std::string_view stop = tags.get("stop"), sign = tags.get("traffic_sign");
  if (lowered(stop) == "all") found.flags |= map::kStopAll;
  if (lowered(stop) == "minor") found.flags |= map::kStopMinor;
  // there is one sign or the other, or none
  const bool other = lists(tags.get("highway"), "give_way") || names_sign(sign, kGiveWaySign);
  if (other || sign == "no" || sign == "none") found.flags |= map::kPointUnsure;
  return found;
}

/// A stop sign by `traffic_sign` alone, or one that stands where the node is a give-way sign.
TaggedNode signed_stop(const Tags& tags) {
  TaggedNode found;
  const bool forward = names_sign(tags.get("traffic_sign:forward"), kStopSign);
  const bool backward = names_sign(tags.get("traffic_sign:backward"), kStopSign);
  if (!forward && !backward && !names_sign(tags.get("traffic_sign"), kStopSign)) return found;
  found = stop_kind(tags);
  found.detail |= map::kPointBySign;
  if (forward || backward) found.direction = !backward ? "forward" : (!forward ? "backward" : "both");
  if (lists(tags.get("highway"), "give_way")) found.flags |= map::kPointUnsure;
  return found;
}

/// What stands on the road by `highway`, or by `traffic_sign`; a kind of 0: nothing.
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
  if (truthy(tags.get("crossing:light"))) found.flags |= map::kCrossingLight;
  if (truthy(tags.get("crossing:barrier"))) found.flags |= map::kCrossingBarrier;
  return found;
}

/// Where cars may be asked to stop besides at junctions: a stop sign near it may be for it.
bool is_halt(const Tags& tags) {
  const std::string_view railway = tags.get("railway");
  return (lists(railway, "level_crossing") || lists(railway, "tram_level_crossing")) && !out_of_use(tags);
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

}  // namespace

bool Network::wants_node_key(std::string_view key) const {
  static constexpr std::string_view kNodeKeys[] = {"highway",
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
                                                   "stop:conditional",
                                                   "highway:conditional",
                                                   "traffic_sign:conditional",
                                                   "opening_hours",
                                                   "crossing:light",
                                                   "crossing:barrier",
                                                   "construction",
                                                   "proposed",
                                                   "planned",
                                                   "traffic_sign",
                                                   "traffic_sign:forward",
                                                   "traffic_sign:backward",
                                                   "seasonal",
                                                   "temporary",
                                                   "start_date",
                                                   "end_date",
                                                   "motor_vehicle",
                                                   "vehicle",
                                                   "access"};
  return std::find(std::begin(kNodeKeys), std::end(kNodeKeys), key) != std::end(kNodeKeys) || is_gone_word(key) ||
         is_dead_rail_key(key) || is_date_key(key) || is_exception_key(key.substr(key.rfind(':') + 1));
}

void Network::position(int64_t node, int32_t lat_e7, int32_t lon_e7) {
  const uint32_t index = find_node(node);
  if (index == kMissing || placed(index)) return;
  x[index] = grid_x(lon_e7);
  y[index] = grid_y(lat_e7);
}

void Network::node(int64_t id, int32_t lat_e7, int32_t lon_e7, const Tags& tags) {
  ++statistics[map::kStat_nodes_read];
  const uint32_t index = find_node(id);
  const bool again = id == last_node_;  // a later version of the node before
  last_node_ = id;
  if (index != kMissing && (again || !placed(index))) {
    x[index] = grid_x(lon_e7);
    y[index] = grid_y(lat_e7);
  }
  while (again && !tagged.empty() && tagged.back().id == id) tagged.pop_back();
  if (tags.empty()) return;
  if (index != kMissing && is_halt(tags)) halts.push_back(index);
  if (index != kMissing && may_be_halt(tags)) perhaps_halts.push_back(index);
  if (index != kMissing && has_crossing_signals(tags)) crossing_signals.push_back(index);
  const Stands stands = stands_from(tags, day_);
  const bool out = out_of_use(tags) || stands == Stands::no;
  for (TaggedNode found : {highway_kind(tags), crossing_kind(tags), barrier_kind(tags)}) {
    const bool crossing = found.kind == map::kLevelCrossing, dead = out || (crossing && has_dead_rail(tags));
    if (found.kind == map::RulePointKind{} || (index == kMissing && found.kind != map::kStop)) continue;
    if (dead && !crossing) continue;
    if (dead) found.flags |= map::kCrossingInactive;
    if (stands == Stands::unknown || has_dated_fact(tags)) found.detail |= map::kPointConditional;
    found.id = id;
    tagged.push_back(std::move(found));
  }
}

}  // namespace tomare::compiler
