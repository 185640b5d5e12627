// SPDX-License-Identifier: MIT
// The road network in memory: what the passes over the file collect. Grows with the road nodes only.
#pragma once

#include <cstdint>
#include <deque>
#include <protozero/varint.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/network/id_set.hpp"
#include "mapdata/compiler/network/name_table.hpp"
#include "mapdata/compiler/network/node_tags.hpp"
#include "mapdata/compiler/osm/osm.hpp"
#include "mapdata/compiler/tags/attributes.hpp"
#include "mapdata/compiler/tags/lifecycle.hpp"
#include "mapdata/compiler/tags/way_facts.hpp"

namespace tomare::compiler {

inline constexpr uint32_t kMissing = UINT32_MAX;
inline constexpr uint32_t kNoName = UINT32_MAX;

struct RoadWay {
  int64_t id = 0;
  uint32_t first_ref = 0;
  uint32_t ref_count = 0;
  uint32_t facts = 0;  ///< index into Network::facts
  uint32_t version = 0;
  uint32_t name = kNoName;
  uint8_t winding = 0;  ///< map::Winding of a roundabout
};

/// Facts of a part of a way, where an overlay changes them.
struct FactStretch {
  uint32_t way;
  double from_m, to_m;  ///< along the way
  uint32_t facts;
};

struct Box {
  uint32_t min_x = UINT32_MAX, min_y = UINT32_MAX, max_x = 0, max_y = 0;
  void add(uint32_t x, uint32_t y) {
    min_x = x < min_x ? x : min_x;
    max_x = x > max_x ? x : max_x;
    min_y = y < min_y ? y : min_y;
    max_y = y > max_y ? y : max_y;
  }
};

struct RawRestriction {
  struct Part {
    int64_t ref;
    MemberType type;
    char role;  ///< 'f' from, 'v' via, 't' to, 'o' other
  };
  int64_t id = 0;
  std::string kind;  ///< value of restriction=…
  uint8_t vehicles = 0;
  uint8_t always = 0;  ///< those bound without a condition
  std::vector<ParsedCondition> conditions;
  std::string text;  ///< key=value of an unconditional tag that is not `restriction` alone
  std::vector<std::pair<uint8_t, std::string>> texts;  ///< of all unconditional tags, with their vehicles
  std::vector<Part> parts;
};
RawRestriction read_restriction(int64_t id, const std::vector<Member>& members, const Tags& tags);

struct DroppedRestriction {
  int64_t relation;
  map::Statistic reason;
};

/// OSM node ids of all ways in their order, as differences of few bytes each: half of what pass 1 keeps.
class RawRefs {
 public:
  void add(int64_t id);
  uint64_t count() const { return count_; }
  /// Uses them up: what was taken is given back.
  template <typename F>
  void take_each(F&& take) {
    int64_t id = 0;
    for (std::vector<char>& chunk : chunks_) {
      id = each_of(chunk.data(), &chunk == &chunks_.back() ? at_ : chunk.data() + chunk.size(), id, take);
      chunk = {};
    }
    *this = {};
  }

 private:
  /// V8 leaves a call of WASM in slow code to its end: a long loop is better many calls.
  template <typename F>
  [[gnu::noinline]] static int64_t each_of(const char* at, const char* end, int64_t id, F& take) {
    while (at < end) take(id += protozero::decode_zigzag64(protozero::decode_varint(&at, end)));
    return id;
  }

  static constexpr size_t kChunk = 1 << 18;
  std::vector<std::vector<char>> chunks_;  ///< never copied to grow; cut to what they hold, but for the last
  char* at_ = nullptr;                     ///< in the last chunk
  int64_t last_ = 0;
  uint64_t count_ = 0;
};

class Network final : public EntityHandler {
 public:
  void begin_pass(int pass);
  /// From when the newest of the files is.
  void stands_at(int64_t unix_s);
  /// After pass 1: sorts, drops what came twice, and makes room for the nodes.
  void index_nodes();

  bool wants_node_key(std::string_view key) const override;
  bool wants_way_key(std::string_view key) const override { return is_way_key(key); }
  bool wants_refs(const Tags& tags) const override;
  void node(int64_t id, int32_t lat_e7, int32_t lon_e7, const Tags& tags) override;
  void position(int64_t node, int32_t lat_e7, int32_t lon_e7) override;
  void way(int64_t id, uint32_t version, const std::vector<int64_t>& refs, const Tags& tags) override;
  void relation(int64_t id, const std::vector<Member>& members, const Tags& tags) override;
  bool wants_nodes() const override { return pass_ == 2; }
  bool wants_ways() const override { return pass_ == 1; }

  /// Index of such facts; equal ones are kept once.
  uint32_t intern(WayFacts facts);
  /// Once nothing is looked up by OSM id any more.
  void forget_ids();

  /// Index of a road node, kMissing when no road uses it. Cheapest in the order of the ids.
  uint32_t find_node(int64_t id) const { return ids_.find(id); }
  /// Index of a road way, kMissing when it is none.
  uint32_t find_way(int64_t id) const;
  bool placed(uint32_t node) const { return x[node] != 0 || y[node] != 0; }
  uint32_t node_of(const RoadWay& way, uint32_t position) const { return refs[way.first_ref + position]; }

  /// Index of the facts that hold around a metre of a way.
  uint32_t facts_at(uint32_t way, double metre) const;

  // deques: they grow without a copy, and into what pass 1 gives back in small pieces
  std::deque<RoadWay> ways;   ///< sorted by id after index_nodes
  std::deque<uint32_t> refs;  ///< node indexes of all ways
  std::deque<uint32_t> x, y;  ///< 0,0 where the node is missing from the file
  std::deque<uint8_t> uses;   ///< positions in ways; at most 255
  std::vector<WayFacts> facts;
  NameTable names;
  std::vector<FactStretch> stretches;  ///< by way, then metre; they never overlap
  std::vector<TaggedNode> tagged;
  std::vector<RawRestriction> restrictions;
  std::vector<DroppedRestriction> dropped;  ///< relations that no part of the map could take, by id
  std::vector<int64_t> rails, dead_rails;   ///< nodes of railways in use, and of trams and disused ones
  std::vector<int64_t> doubtful_rails;      ///< nodes of railways that may be in use
  std::vector<uint32_t> halts;              ///< crossings of rails and trams: a stop sign may stand before one …
  std::vector<uint32_t> perhaps_halts;      ///< … and perhaps before a crosswalk or a gate
  std::vector<uint32_t> crossing_signals;   ///< crosswalks with signals
  Box box;                                  ///< of the nodes that are there, once count_network has run
  uint64_t statistics[96] = {};

 private:
  void count_uses(const RoadWay& way);
  uint32_t intern_name(const Tags& tags);
  uint32_t intern_facts(const Tags& tags);
  void add_road(int64_t id, uint32_t version, const std::vector<int64_t>& node_ids, const Tags& tags);
  void add_rail(const std::vector<int64_t>& node_ids, const Tags& tags);
  void drop_superseded();
  void drop_twins();
  bool may_be_twin(const RoadWay& way) const;
  bool same_road(const RoadWay& a, const RoadWay& b) const;
  int64_t twin_of(int64_t id) const;

  int pass_ = 0;
  int32_t day_ = kLongAgo;                ///< of the map, as map::kTermYearDates has it
  int64_t last_way_ = 0, last_node_ = 0;  ///< read last: of one that comes twice in a row, the later holds
  uint32_t last_version_ = 0;
  RawRefs raw_refs_;
  IdSet ids_;
  std::unordered_map<std::string, uint32_t> facts_index_;
  std::unordered_map<std::string, uint32_t> facts_by_tags_;  ///< by the texts of the tags
  std::string tags_key_;
  std::vector<std::pair<int64_t, int64_t>> twins_;  ///< ways that the map has twice: the one left out, the one kept
};

}  // namespace tomare::compiler
