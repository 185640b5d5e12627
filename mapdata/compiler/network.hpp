// SPDX-License-Identifier: MIT
// The road network in memory: what the passes over the file collect. Grows with the road nodes only.
#pragma once

#include <cstdint>
#include <protozero/buffer_string.hpp>
#include <protozero/varint.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "core-cpp/map/format.hpp"
#include "mapdata/compiler/attributes.hpp"
#include "mapdata/compiler/osm.hpp"

namespace tomare::compiler {

inline constexpr uint32_t kMissing = UINT32_MAX;
inline constexpr uint32_t kNoName = UINT32_MAX;

struct RoadWay {
  int64_t id = 0;
  uint64_t first_ref = 0;
  uint32_t ref_count = 0;
  uint32_t facts = 0;  ///< index into Network::facts
  uint32_t name = kNoName;
};

/// Facts of a part of a way, where an overlay changes them.
struct FactStretch {
  uint32_t way;
  double from_m, to_m;  ///< along the way
  uint32_t facts;
};

struct TaggedNode {
  int64_t id = 0;
  map::RulePointKind kind{};
  uint8_t flags = 0;        ///< map::RulePointFlag
  map::Access access{};     ///< barriers
  std::string direction;    ///< text of the direction tag, empty when there is none
  bool stop_tag_known = false;
};

struct RawRestriction {
  struct Part {
    int64_t ref;
    MemberType type;
    char role;  ///< 'f' from, 'v' via, 't' to, 'o' other
  };
  int64_t id = 0;
  std::string kind;    ///< value of restriction=…
  std::string except;
  uint8_t vehicles = 0;
  uint8_t always = 0;  ///< those bound without a condition
  bool other_vehicle = false;  ///< binds only vehicles that are not ours
  std::vector<ParsedCondition> conditions;
  std::vector<Part> parts;
};

/// OSM node ids of all ways in their order, as differences of few bytes each: half of what pass 1 keeps.
class RawRefs {
 public:
  void add(int64_t id);
  uint64_t count() const { return count_; }
  template <typename F>
  void each(F&& take) const {
    int64_t id = 0;
    for (const std::string& chunk : chunks_) {
      const char* at = chunk.data();
      const char* end = at + chunk.size();
      while (at < end) take(id += protozero::decode_zigzag64(protozero::decode_varint(&at, end)));
    }
  }

 private:
  std::vector<std::string> chunks_;  ///< never copied to grow
  int64_t last_ = 0;
  uint64_t count_ = 0;
};

class Network final : public EntityHandler {
 public:
  void begin_pass(int pass);
  /// After pass 1: sorts, drops what came twice, and makes room for the nodes.
  void index_nodes();

  void node(int64_t id, int32_t lat_e7, int32_t lon_e7, const Tags& tags) override;
  void way(int64_t id, const std::vector<int64_t>& refs, const Tags& tags) override;
  void relation(int64_t id, const std::vector<Member>& members, const Tags& tags) override;
  bool wants_nodes() const override { return pass_ == 2; }
  bool wants_ways() const override { return pass_ == 1; }

  /// Index of such facts; equal ones are kept once.
  uint32_t intern(WayFacts facts);
  /// Once nothing is looked up by OSM id any more.
  void forget_ids();

  /// Index of a road node, kMissing when no road uses it.
  uint32_t find_node(int64_t id) const;
  /// Index of a road way, kMissing when it is none.
  uint32_t find_way(int64_t id) const;
  bool placed(uint32_t node) const { return x[node] != 0 || y[node] != 0; }
  uint32_t node_of(const RoadWay& way, uint32_t position) const { return refs[way.first_ref + position]; }

  /// Index of the facts that hold around a metre of a way.
  uint32_t facts_at(uint32_t way, double metre) const;

  std::vector<RoadWay> ways;      ///< sorted by id after index_nodes
  std::vector<uint32_t> refs;     ///< node indexes of all ways
  std::vector<int64_t> ids;       ///< of the road nodes, sorted
  std::vector<uint32_t> x, y;     ///< 0,0 where the node is missing from the file
  std::vector<uint8_t> uses;      ///< positions in ways; at most 255
  std::vector<WayFacts> facts;
  std::vector<std::string> names;
  std::vector<FactStretch> stretches;  ///< by way, then metre; they never overlap
  std::vector<TaggedNode> tagged;
  std::vector<RawRestriction> restrictions;
  std::vector<int64_t> rails, dead_rails;  ///< nodes of railways in use, and of trams and disused ones
  uint64_t statistics[96] = {};

 private:
  void index_ids();
  uint32_t intern_name(const Tags& tags);
  void add_rail(const std::vector<int64_t>& node_ids, std::string_view railway);

  int pass_ = 0;
  RawRefs raw_refs_;
  std::vector<uint32_t> id_starts_;  ///< first index of each stretch of ids, of equal width
  int64_t first_id_ = 0;
  uint32_t id_shift_ = 0;
  std::unordered_map<std::string, uint32_t> name_index_, facts_index_;
};

}  // namespace tomare::compiler
