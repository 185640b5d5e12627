// SPDX-License-Identifier: MIT
// Blocks whose lists do not belong together are refused: nodes, tags and members would be those of others.
#include "mapdata/compiler/osm/blocks.hpp"

#include <gtest/gtest.h>

#include <iterator>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <vector>

namespace tomare::compiler {
namespace {

using protozero::pbf_writer;
using Numbers = std::vector<int64_t>;

/// Counts what it is handed.
struct Counter : EntityHandler {
  int nodes = 0, ways = 0, members = 0, tags = 0;
  bool wants_node_key(std::string_view /*key*/) const override { return true; }
  bool wants_way_key(std::string_view /*key*/) const override { return true; }
  bool wants_refs(const Tags& /*tags*/) const override { return true; }
  void position(int64_t /*node*/, int32_t /*lat*/, int32_t /*lon*/) override {}
  bool wants_nodes() const override { return true; }
  bool wants_ways() const override { return true; }
  void node(int64_t /*id*/, int32_t /*lat*/, int32_t /*lon*/, const Tags& all) override {
    ++nodes;
    count(all);
  }
  void way(int64_t /*id*/, uint32_t /*version*/, const std::vector<int64_t>& /*refs*/, const Tags& all) override {
    ++ways;
    count(all);
  }
  void relation(int64_t /*id*/, const std::vector<Member>& all, const Tags& /*tags*/) override {
    members += static_cast<int>(all.size());
  }
  void count(const Tags& all) { tags += static_cast<int>(std::distance(all.begin(), all.end())); }
};

void packed(pbf_writer* to, protozero::pbf_tag_type tag, const Numbers& numbers, bool zigzag) {
  if (zigzag) {
    to->add_packed_sint64(tag, numbers.begin(), numbers.end());
  } else {
    to->add_packed_uint32(tag, numbers.begin(), numbers.end());
  }
}

/// A block with three strings and one group, which holds `message` as its field `tag`.
std::string block(protozero::pbf_tag_type tag, const std::string& message) {
  std::string data;
  pbf_writer writer(data);
  {
    pbf_writer table(writer, 1);
    for (const char* text : {"", "highway", "stop"}) table.add_string(1, text);
  }
  pbf_writer group(writer, 2);
  group.add_message(tag, message);
  return data;
}

struct Lists {
  Numbers ids = {1, 1, 1}, lats = {1, 1, 1}, lons = {1, 1, 1}, pairs = {0, 1, 2, 0, 0};
};

/// What is wrong with a block of three dense nodes; empty: nothing.
std::string dense(const Lists& lists, int more = 0) {
  std::string message;
  pbf_writer writer(message);
  packed(&writer, 1, lists.ids, true);
  packed(&writer, 8, lists.lats, true);
  packed(&writer, 9, lists.lons, true);
  packed(&writer, 10, lists.pairs, false);
  if (more == 1) packed(&writer, 1, {1}, true);
  if (more == 2) writer.add_sint64(1, 1);
  Counter counter;
  std::string error;
  if (decode_block(block(2, message), &counter, &error)) {
    EXPECT_EQ(counter.nodes, 3);
    EXPECT_EQ(counter.tags, 1);
  }
  return error;
}

TEST(Blocks, ListsOfDenseNodesBelongTogether) {
  EXPECT_EQ(dense({}), "");
  EXPECT_EQ(dense({.ids = {1, 1}}), "more positions or tags than dense nodes");
  EXPECT_EQ(dense({.lats = {1, 1, 1, 1}}), "more positions or tags than dense nodes");
  EXPECT_EQ(dense({.lons = {1, 1, 1, 1}}), "more positions or tags than dense nodes");
  EXPECT_EQ(dense({.pairs = {0, 1, 2, 0, 0, 0}}), "more positions or tags than dense nodes");
  EXPECT_EQ(dense({.lats = {1, 1}}), "a dense node without a position");
  EXPECT_EQ(dense({}, 1), "a list in two parts");
  EXPECT_EQ(dense({}, 2), "a list that is not packed");
}

std::string way(const Numbers& keys, const Numbers& values) {
  std::string message;
  pbf_writer writer(message);
  writer.add_int64(1, 7);
  packed(&writer, 2, keys, false);
  packed(&writer, 3, values, false);
  packed(&writer, 8, {1, 1}, true);
  Counter counter;
  std::string error;
  decode_block(block(3, message), &counter, &error);
  return error;
}

TEST(Blocks, KeysAndValuesOfWaysBelongTogether) {
  EXPECT_EQ(way({1}, {2}), "");
  EXPECT_EQ(way({1}, {2, 2}), "a value without a key");
  EXPECT_EQ(way({1, 1}, {2}), "a key without a value");
}

std::string relation(const Numbers& roles, const Numbers& ids, const Numbers& types) {
  std::string message;
  pbf_writer writer(message);
  writer.add_int64(1, 7);
  packed(&writer, 8, roles, false);
  packed(&writer, 9, ids, true);
  packed(&writer, 10, types, false);
  Counter counter;
  std::string error;
  if (decode_block(block(4, message), &counter, &error)) EXPECT_EQ(counter.members, 2);
  return error;
}

TEST(Blocks, RolesAndTypesOfMembersBelongTogether) {
  EXPECT_EQ(relation({1, 2}, {5, 1}, {1, 0}), "");
  EXPECT_EQ(relation({1, 2, 2}, {5, 1}, {1, 0}), "a role or type without a member");
  EXPECT_EQ(relation({1, 2}, {5, 1}, {1, 0, 0}), "a role or type without a member");
  EXPECT_EQ(relation({1}, {5, 1}, {1, 0}), "a member without role or type");
  EXPECT_EQ(relation({1, 2}, {5, 1}, {1, 3}), "a member of unknown type");
}

}  // namespace
}  // namespace tomare::compiler
