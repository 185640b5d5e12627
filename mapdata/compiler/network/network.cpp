// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/network.hpp"

#include <algorithm>
#include <new>

#include "core-cpp/base/geo.hpp"

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
  }
  const auto [at, fresh] = facts_index_.emplace(std::move(key), static_cast<uint32_t>(facts.size()));
  if (fresh) facts.push_back(std::move(found));
  return at->second;
}

void Network::add_rail(const std::vector<int64_t>& node_ids, std::string_view railway) {
  const bool in_use = railway == "rail" || railway == "light_rail" || railway == "narrow_gauge" ||
                      railway == "preserved" || railway == "funicular" || railway == "monorail" || railway == "subway";
  const bool dead = railway == "tram" || railway == "disused" || railway == "abandoned" || railway == "razed" ||
                    railway == "construction" || railway == "proposed";
  if (in_use) rails.insert(rails.end(), node_ids.begin(), node_ids.end());
  if (dead) dead_rails.insert(dead_rails.end(), node_ids.begin(), node_ids.end());
}

void Network::way(int64_t id, const std::vector<int64_t>& node_ids, const Tags& tags) {
  ++statistics[map::kStat_ways_read];
  const std::string_view railway = tags.get("railway");
  if (!railway.empty()) add_rail(node_ids, railway);
  map::RoadClass kind;
  bool link = false;
  if (!road_class(tags.get("highway"), &kind, &link) || tags.get("area") == "yes") return;
  if (node_ids.size() < 2) {
    ++statistics[map::kStat_dropped_short_ways];
    return;
  }
  if (raw_refs_.count() + node_ids.size() > UINT32_MAX) throw std::bad_alloc();
  RoadWay way;
  way.id = id;
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

namespace {

char role_letter(std::string_view role) {
  if (role == "from") return 'f';
  if (role == "via") return 'v';
  if (role == "to") return 't';
  return 'o';
}

/// Vehicles named by `except=psv;bicycle;…`.
uint8_t excepted(std::string_view text) {
  uint8_t mask = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(";,"), text.size());
    std::string_view word = text.substr(0, end);
    while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
    mask |= vehicles_of(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return mask;
}

constexpr uint8_t kAll = (1U << map::kVehicleCount) - 1;

/// The old day_on/hour_on keys, as the text of a condition.
std::string legacy_hours(const Tags& tags) {
  const std::string_view day_on = tags.get("day_on"), day_off = tags.get("day_off");
  const std::string_view hour_on = tags.get("hour_on"), hour_off = tags.get("hour_off");
  std::string text;
  if (!day_on.empty()) {
    text += day_on.substr(0, 2);
    if (!day_off.empty() && day_off != day_on) text += "-" + std::string(day_off.substr(0, 2));
  }
  if (!hour_on.empty() && !hour_off.empty()) {
    if (!text.empty()) text += ' ';
    text += std::string(hour_on) + "-" + std::string(hour_off);
  }
  return text;
}

void add_condition(std::string_view value, std::string_view condition, uint8_t vehicles, std::string text,
                   RawRestriction* out) {
  ParsedCondition c;
  c.target = map::kConditionRestriction;
  c.understood = condition.empty() || parse_condition(condition, &c.terms);
  c.vehicles = vehicles;
  c.value = value.substr(0, 3) == "no_" || value.substr(0, 5) == "only_" ? 1 : 0;
  c.text = std::move(text);
  out->conditions.push_back(std::move(c));
}

void read_restriction_tags(const Tags& tags, RawRestriction* out) {
  constexpr std::string_view kPrefix = "restriction";
  for (const auto& [key, value] : tags) {
    if (key.substr(0, kPrefix.size()) != kPrefix) continue;
    std::string_view rest = key.substr(kPrefix.size());
    if (rest.empty()) {
      out->kind = value;
      out->vehicles = out->always = kAll;
      continue;
    }
    const size_t at = rest.find(":conditional");
    if (at != std::string_view::npos) {
      const std::vector<Clause> clauses = split_clauses(value);
      for (const Clause& c : clauses) {
        const std::string_view name = rest.substr(0, at);
        const uint8_t vehicles = name.empty() ? kAll : vehicles_of(name.substr(1));
        add_condition(c.value, c.condition, vehicles, std::string(key) + "=" + std::string(value), out);
        if (out->kind.empty() && c.value != "none") out->kind = c.value;
      }
      rest = rest.substr(0, at);
      if (rest.empty()) {
        out->vehicles = kAll;
        continue;
      }
    }
    if (rest.front() != ':') continue;
    const uint8_t bound = vehicles_of(rest.substr(1));
    if (at == std::string_view::npos && out->kind.empty()) out->kind = value;
    if (at == std::string_view::npos) out->always |= bound;
    out->vehicles |= bound;
    out->other_vehicle = out->other_vehicle || bound == 0;
  }
}

}  // namespace

void Network::relation(int64_t id, const std::vector<Member>& members, const Tags& tags) {
  ++statistics[map::kStat_relations_read];
  const std::string_view type = tags.get("type");
  if (type.substr(0, 11) != "restriction") return;
  ++statistics[map::kStat_restrictions];
  RawRestriction r;
  r.id = id;
  read_restriction_tags(tags, &r);
  if (type.size() > 12) r.vehicles = vehicles_of(type.substr(12));
  const std::string hours = legacy_hours(tags);
  if (hours.empty() && !r.conditions.empty() && r.always != 0) {
    add_condition(r.kind, {}, r.always, "restriction=" + r.kind, &r);
    std::rotate(r.conditions.begin(), r.conditions.end() - 1, r.conditions.end());
  }
  if (!hours.empty()) add_condition(r.kind, hours, kAll, "day_on/hour_on=" + hours, &r);
  r.vehicles = static_cast<uint8_t>(r.vehicles & ~excepted(tags.get("except")));
  for (const Member& m : members) r.parts.push_back({m.ref, m.type, role_letter(m.role)});
  restrictions.push_back(std::move(r));
}

void Network::index_nodes() {
  const auto before = [](const RoadWay& a, const RoadWay& b) { return a.id < b.id; };
  if (!std::is_sorted(ways.begin(), ways.end(), before)) std::stable_sort(ways.begin(), ways.end(), before);
  const auto same = [](const RoadWay& a, const RoadWay& b) { return a.id == b.id; };
  ways.erase(std::unique(ways.begin(), ways.end(), same), ways.end());
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
  const auto at =
      std::lower_bound(ways.begin(), ways.end(), id, [](const RoadWay& w, int64_t wanted) { return w.id < wanted; });
  return at != ways.end() && at->id == id ? static_cast<uint32_t>(at - ways.begin()) : kMissing;
}

namespace {

bool tagged_kind(const Tags& tags, TaggedNode* out) {
  const std::string_view highway = tags.get("highway");
  std::string_view direction = tags.get("direction");
  if (direction.empty()) direction = tags.get("traffic_sign:direction");
  if (highway == "stop") {
    out->kind = map::kStop;
    if (direction.empty()) direction = tags.get("stop:direction");
    const std::string_view stop = tags.get("stop");
    if (stop == "all") out->flags |= map::kStopAll;
    if (stop == "minor") out->flags |= map::kStopMinor;
  } else if (highway == "give_way") {
    out->kind = map::kGiveWay;
  } else if (highway == "traffic_signals") {
    out->kind = map::kSignals;
    const std::string_view own = tags.get("traffic_signals:direction");
    if (!own.empty()) direction = own;
  } else if (tags.get("railway") == "level_crossing") {
    out->kind = map::kLevelCrossing;
    const std::string_view light = tags.get("crossing:light"), barrier = tags.get("crossing:barrier");
    if (!light.empty() && light != "no") out->flags |= map::kCrossingLight;
    if (!barrier.empty() && barrier != "no") out->flags |= map::kCrossingBarrier;
    direction = {};
  } else if (!tags.get("barrier").empty()) {
    out->kind = map::kBarrier;
    const std::string_view car = tags.get("motor_vehicle");
    const std::string_view any = car.empty() ? tags.get("access") : car;
    out->access = any.empty() ? map::kAccessUnset : access_value(any);
    direction = {};
  } else {
    return false;
  }
  out->direction = direction;
  return true;
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
                                                   "crossing:light",
                                                   "crossing:barrier",
                                                   "motor_vehicle",
                                                   "access"};
  return std::find(std::begin(kNodeKeys), std::end(kNodeKeys), key) != std::end(kNodeKeys);
}

void Network::node(int64_t id, int32_t lat_e7, int32_t lon_e7, const Tags& tags) {
  ++statistics[map::kStat_nodes_read];
  const uint32_t index = find_node(id);
  if (index != kMissing && !placed(index)) {
    x[index] = grid_x(lon_e7);
    y[index] = grid_y(lat_e7);
  }
  if (tags.empty()) return;
  TaggedNode found;
  if (!tagged_kind(tags, &found)) return;
  found.id = id;
  if (index == kMissing && found.kind != map::kStop) return;
  tagged.push_back(std::move(found));
}

}  // namespace tomare::compiler
