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
    if (key == "name" || key == "ref" || key == "source") continue;  // no facts of roads
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

}  // namespace

bool Network::wants_refs(const Tags& tags) const {
  return !tags.get("highway").empty() || !tags.get("railway").empty() || has_dead_rail(tags);
}

void Network::add_rail(const std::vector<int64_t>& node_ids, const Tags& tags) {
  const std::string_view railway = tags.get("railway");
  const bool runs = std::find(std::begin(kRunning), std::end(kRunning), railway) != std::end(kRunning);
  const bool apart = is_said(tags.get("tunnel")) || is_said(tags.get("bridge"));  // above or below: no road crosses it
  const bool closed = apart || is_not_in_use(tags) || stands_from(tags, day_) != Stands::yes;
  const bool dead = railway == "tram" || railway == "miniature" || is_unused(railway) || (runs && closed) ||
                    (!runs && has_dead_rail(tags));
  std::vector<int64_t>& running = may_not_run(tags) ? doubtful_rails : rails;
  if (runs && !closed) running.insert(running.end(), node_ids.begin(), node_ids.end());
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
  for (std::vector<int64_t>* list : {&rails, &doubtful_rails, &dead_rails}) {
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
  doubtful_rails = {};
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

bool Network::wants_node_key(std::string_view key) const { return is_node_key(key); }

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
  const bool out = is_not_in_use(tags) || stands == Stands::no;
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
