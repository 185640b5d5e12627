// SPDX-License-Identifier: MIT
// The OSM entities of a block, as the stages take them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace tomare::compiler {

/// Without the spaces around it.
inline std::string_view trimmed(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

/// Whether `test` holds for some value of a list ("stop;crossing"), asked in their order up to that one. `partings`:
/// the characters that part them.
template <typename Test>
bool any_value(std::string_view list, std::string_view partings, Test&& test) {
  while (!list.empty()) {
    const size_t end = std::min(list.find_first_of(partings), list.size());
    if (test(trimmed(list.substr(0, end)))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

/// Tags of one entity; the views live as long as the block.
class Tags {
 public:
  void clear() { tags_.clear(); }
  void add(std::string_view key, std::string_view value) { tags_.emplace_back(key, value); }
  /// Empty when the key is missing.
  std::string_view get(std::string_view key) const {
    for (const auto& [k, v] : tags_) {
      if (k == key) return v;
    }
    return {};
  }
  bool empty() const { return tags_.empty(); }
  auto begin() const { return tags_.begin(); }
  auto end() const { return tags_.end(); }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> tags_;
};

enum class MemberType : uint8_t { node, way, relation };

struct Member {
  int64_t ref;
  std::string_view role;
  MemberType type;
};

/// Takes what a block holds.
class EntityHandler {
 public:
  virtual ~EntityHandler() = default;
  /// Tags of nodes and ways whose keys are not wanted are left out.
  virtual bool wants_node_key(std::string_view key) const = 0;
  virtual bool wants_way_key(std::string_view key) const = 0;
  /// False: the way comes without its nodes.
  virtual bool wants_refs(const Tags& tags) const = 0;
  virtual void node(int64_t id, int32_t lat_e7, int32_t lon_e7, const Tags& tags) = 0;
  /// Of a node of a way, where ways carry the positions (the feature LocationsOnWays); comes with the nodes.
  virtual void position(int64_t node, int32_t lat_e7, int32_t lon_e7) = 0;
  virtual void way(int64_t id, uint32_t version, const std::vector<int64_t>& refs, const Tags& tags) = 0;
  virtual void relation(int64_t id, const std::vector<Member>& members, const Tags& tags) = 0;
  virtual bool wants_nodes() const = 0;
  virtual bool wants_ways() const = 0;
};

}  // namespace tomare::compiler
