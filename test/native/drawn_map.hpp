// SPDX-License-Identifier: MIT
// Maps for native tests and fuzzers: OSM objects in, a compiled .tmap in memory out, by the real compiler.
#pragma once

#include <cstring>
#include <map>
#include <memory>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/map/graph.hpp"
#include "mapdata/compiler/compiler.hpp"

namespace tomare::testing {

using TagList = std::vector<std::pair<std::string, std::string>>;

struct OsmNode {
  int64_t id;
  double x_m, y_m;  ///< east and north of kOrigin
  TagList tags;
};
struct OsmWay {
  int64_t id;
  std::vector<int64_t> refs;
  TagList tags;
};
struct OsmMember {
  char type;  ///< 'n', 'w' or 'r'
  int64_t ref;
  std::string role;
};
struct OsmRelation {
  int64_t id;
  std::vector<OsmMember> members;
  TagList tags;
};
struct OsmData {
  std::vector<OsmNode> nodes;
  std::vector<OsmWay> ways;
  std::vector<OsmRelation> relations;
};

/// The middle of a cell of the coarsest tiles that the compiler makes: drawings up to 2 km from it fit into one.
inline constexpr int32_t kOriginLatE7 = 352'786'176;
inline constexpr int32_t kOriginLonE7 = 1'390'554'624;

inline int32_t lat_e7(double y_m) {
  return kOriginLatE7 + static_cast<int32_t>(std::floor(y_m / metre_scale(kOriginLatE7).y + 0.5));
}
inline int32_t lon_e7(double x_m) {
  return kOriginLonE7 + static_cast<int32_t>(std::floor(x_m / metre_scale(kOriginLatE7).x + 0.5));
}

/// One OSMData block (OSM wiki: PBF Format) with plain nodes.
class BlockWriter {
 public:
  std::string write(const OsmData& data) {
    std::string group;
    protozero::pbf_writer out(group);
    for (const OsmNode& n : data.nodes) out.add_message(1, node(n));
    for (const OsmWay& w : data.ways) out.add_message(3, way(w));
    for (const OsmRelation& r : data.relations) out.add_message(4, relation(r));
    std::string table, block;
    protozero::pbf_writer strings(table);
    for (const std::string& text : texts_) strings.add_bytes(1, text);
    protozero::pbf_writer whole(block);
    whole.add_message(1, table);
    whole.add_message(2, group);
    return block;
  }

 private:
  uint32_t text(const std::string& s) {
    const auto [at, fresh] = index_.emplace(s, static_cast<uint32_t>(texts_.size()));
    if (fresh) texts_.push_back(s);
    return at->second;
  }

  void tags(const TagList& list, protozero::pbf_writer* out) {
    std::vector<uint32_t> keys, values;
    for (const auto& [key, value] : list) {
      keys.push_back(text(key));
      values.push_back(text(value));
    }
    out->add_packed_uint32(2, keys.begin(), keys.end());
    out->add_packed_uint32(3, values.begin(), values.end());
  }

  static std::vector<int64_t> deltas(std::vector<int64_t> values) {
    for (size_t i = values.size(); i-- > 1;) values[i] -= values[i - 1];
    return values;
  }

  std::string node(const OsmNode& n) {
    std::string bytes;
    protozero::pbf_writer out(bytes);
    out.add_sint64(1, n.id);
    tags(n.tags, &out);
    out.add_sint64(8, lat_e7(n.y_m));
    out.add_sint64(9, lon_e7(n.x_m));
    return bytes;
  }

  std::string way(const OsmWay& w) {
    std::string bytes;
    protozero::pbf_writer out(bytes);
    out.add_int64(1, w.id);
    tags(w.tags, &out);
    const std::vector<int64_t> refs = deltas(w.refs);
    out.add_packed_sint64(8, refs.begin(), refs.end());
    return bytes;
  }

  std::string relation(const OsmRelation& r) {
    std::string bytes;
    protozero::pbf_writer out(bytes);
    out.add_int64(1, r.id);
    tags(r.tags, &out);
    std::vector<int32_t> roles, types;
    std::vector<int64_t> refs;
    for (const OsmMember& m : r.members) {
      roles.push_back(static_cast<int32_t>(text(m.role)));
      refs.push_back(m.ref);
      types.push_back(m.type == 'n' ? 0 : (m.type == 'w' ? 1 : 2));
    }
    refs = deltas(refs);
    out.add_packed_int32(8, roles.begin(), roles.end());
    out.add_packed_sint64(9, refs.begin(), refs.end());
    out.add_packed_enum(10, types.begin(), types.end());
    return bytes;
  }

  std::vector<std::string> texts_{""};
  std::map<std::string, uint32_t> index_{{"", 0}};
};

/// All that the compiler writes; empty when it refuses the data.
inline std::vector<uint8_t> written(compiler::Compiler* compiler) {
  std::vector<uint8_t> file;
  compiler::OutputPiece piece;
  while (compiler->next(&piece) == Error::OK && piece.size > 0) {
    if (file.size() < piece.offset + piece.size) file.resize(piece.offset + piece.size);
    std::memcpy(file.data() + piece.offset, piece.data, piece.size);
  }
  return file;
}

/// `tile_target`: bytes that tiles are split to stay below.
inline std::vector<uint8_t> compile(const OsmData& data, uint32_t tile_target = 65536) {
  const std::string block = BlockWriter().write(data);
  compiler::Compiler compiler;
  compiler::MapSource source;
  source.name = "drawn";
  source.tile_target = tile_target;
  bool good = compiler.begin(source) == Error::OK;
  for (uint32_t pass = 1; pass <= compiler::Compiler::kPasses; ++pass) {
    good = good && compiler.pass(pass) == Error::OK && compiler.data_block(block) == Error::OK;
  }
  return good && compiler.finish() == Error::OK ? written(&compiler) : std::vector<uint8_t>{};
}

/// An open map that keeps its bytes.
struct OpenMap {
  std::vector<uint8_t> bytes;
  map::MapFile file;
  Error error;

  explicit OpenMap(std::vector<uint8_t> b, bool as_mapped = true, uint64_t arena_bytes = 16 << 20)
      : bytes(std::move(b)) {
    error = file.open(std::make_unique<map::MemoryFile>(bytes.data(), bytes.size(), as_mapped), arena_bytes).error;
  }
};

}  // namespace tomare::testing
