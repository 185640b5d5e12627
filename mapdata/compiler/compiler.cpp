// SPDX-License-Identifier: MIT
#include "mapdata/compiler/compiler.hpp"

#include <algorithm>
#include <cstring>

#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/network/divided.hpp"
#include "mapdata/compiler/network/graph.hpp"
#include "mapdata/compiler/network/restrictions.hpp"
#include "mapdata/compiler/network/rule_points.hpp"
#include "mapdata/compiler/osm/blocks.hpp"
#include "mapdata/compiler/tiles/source.hpp"

namespace tomare::compiler {

Error Compiler::fail(Error error, std::string text) {
  error_text_ = std::move(text);
  return error;
}

Error Compiler::begin(const MapSource& source) {
  *this = {};
  source_ = source;
  if (source_.tile_target == 0) source_.tile_target = 65536;
  return Error::OK;
}

Error Compiler::pass(uint32_t number) {
  if (number != pass_ + 1 || number > kPasses) return fail(Error::COMPILER_STATE, "passes come as 1, 2");
  if (number == 2) network_.index_nodes();
  pass_ = number;
  block_ = 0;
  network_.begin_pass(static_cast<int>(number));
  return Error::OK;
}

Error Compiler::header_block(std::string_view data) {
  HeaderInfo info;
  std::string error;
  if (!decode_header(data, &info, &error)) return fail(Error::PBF_BLOCK, "header block: " + error);
  if (!info.unsupported.empty()) {
    return fail(Error::PBF_FEATURE,
                "the file requires \"" + info.unsupported + "\"; OsmSchema-V0.6 and DenseNodes are supported");
  }
  timestamp_s_ = std::max(timestamp_s_, info.timestamp_s);
  network_.stands_at(timestamp_s_);
  return Error::OK;
}

Error Compiler::data_block(std::string_view data) {
  std::string error;
  const uint64_t index = block_++;
  if (pass_ == 0) return fail(Error::COMPILER_STATE, "a block before the first pass");
  if (decode_block(data, &network_, &error)) return Error::OK;
  return fail(Error::PBF_BLOCK, "data block " + std::to_string(index) + ": " + error);
}

namespace {

void count_facts(Network* n) {
  for (const RoadWay& w : n->ways) {
    const WayFacts& facts = n->facts[w.facts];
    const map::Attributes& a = facts.attributes;
    const bool oneway = a.oneway_source != map::kOnewayNone;
    n->statistics[map::kStat_oneway_ways] += oneway ? 1 : 0;
    const bool limited = a.limit_source[0] == map::kLimitSigned || a.limit_source[1] == map::kLimitSigned;
    n->statistics[map::kStat_limit_signed_ways] += limited ? 1 : 0;
    n->statistics[map::kStat_conditional_ways] += facts.conditions.empty() ? 0 : 1;
    for (const ParsedCondition& c : facts.conditions) {
      ++n->statistics[map::kStat_conditions];
      n->statistics[map::kStat_conditions_not_understood] += c.understood ? 0 : 1;
    }
  }
}

/// Lines "relation<tab>reason", each with an "r" before the number.
std::string dropped_text(const Network& n) {
  constexpr std::string_view kNames[] = {
#define TOMARE_STATISTIC_NAME(index, name) #name,
      TOMARE_STATISTICS(TOMARE_STATISTIC_NAME)
#undef TOMARE_STATISTIC_NAME
  };
  std::string text;
  for (const DroppedRestriction& d : n.dropped) {
    text += "r" + std::to_string(d.relation) + "\t" + std::string(kNames[d.reason]) + "\n";
  }
  return text;
}

}  // namespace

Error Compiler::overlay(std::string_view rows) {
  if (pass_ != kPasses) return fail(Error::COMPILER_STATE, "an overlay comes after pass 2");
  return read_rows(rows, &overlay_) ? Error::OK : fail(Error::BAD_BLOCK, "rows of an overlay");
}

Error Compiler::places(std::string_view bytes) {
  return places_.open(bytes) ? Error::OK : fail(Error::BAD_BLOCK, "countries and time zones (places.bin)");
}

Error Compiler::finish() {
  if (pass_ != kPasses) return fail(Error::COMPILER_STATE, "finish comes after pass 2");
  if (!count_network(&network_)) {
    return fail(Error::PBF_NO_ROADS,
                "the file has " + std::to_string(network_.statistics[map::kStat_nodes_read]) + " nodes, " +
                    std::to_string(network_.statistics[map::kStat_ways_read]) +
                    " ways and no drivable road whose nodes are in it; an extract with complete ways is needed");
  }
  infer_divided(&network_);
  count_facts(&network_);
  wind_roundabouts(&network_);
  std::vector<PlacedPoint> points = place_points(&network_);
  std::vector<PlacedRestriction> restrictions = place_restrictions(&network_);
  error_text_ = merge_overlay(overlay_, &network_, &points, &restrictions) + dropped_text(network_);
  prepared_ = std::make_unique<Source>(sorted_source(network_, std::move(points), std::move(restrictions)));
  prepared_->places = &places_;
  network_.forget_ids();
  builder_ = std::make_unique<TileBuilder>(*prepared_, source_.tile_target);
  stage_ = Stage::tiles;
  return Error::OK;
}

Error Compiler::next_tile(OutputPiece* piece, bool* done) {
  std::vector<Cell> cells;
  std::vector<uint32_t> lengths;
  const TileBuilder::Result result = builder_->next(&tile_, &cells, &lengths);
  if (result.failed) return fail(Error::TILE_LIMIT, "a cell of 45 m holds more road than a tile can");
  for (size_t i = 0; i < cells.size(); ++i) bytes_.add(cells[i], lengths[i]);
  *done = result.done;
  if (result.done) return Error::OK;
  const auto* h = reinterpret_cast<const map::TileHeader*>(tile_.bytes.data());
  network_.statistics[map::kStat_segments] += h->sections[map::kSegments].count;
  network_.statistics[map::kStat_points] += h->sections[map::kPoints].count;
  network_.statistics[map::kStat_tile_bytes] += tile_.bytes.size();
  length_cm_ += tile_.length_cm;
  places_.add_tile(tile_.bytes);
  *piece = {bytes_.seal(tile_.number, tile_.bytes), tile_.bytes.data(), static_cast<uint32_t>(tile_.bytes.size())};
  return Error::OK;
}

void Compiler::end_file() {
  map::FileHeader h{};
  const Box& box = network_.box;
  h.min_lat_e7 = lat_of(box.min_y);
  h.min_lon_e7 = lon_of(box.min_x);
  h.max_lat_e7 = lat_of(box.max_y);
  h.max_lon_e7 = lon_of(box.max_x);
  h.osm_time_s = timestamp_s_;
  std::memcpy(h.source_sha256, source_.sha256, sizeof(h.source_sha256));
  std::memcpy(h.name, source_.name.data(), std::min(source_.name.size(), sizeof(h.name) - 1));
  network_.statistics[map::kStat_length_m] = length_cm_ / 100;
  std::memcpy(h.statistics, network_.statistics, sizeof(h.statistics));
  bytes_.finish(h, places_.records());
}

Error Compiler::next(OutputPiece* piece) {
  *piece = {};
  const auto give = [piece](uint64_t offset, const std::vector<uint8_t>& bytes) {
    *piece = {offset, bytes.data(), static_cast<uint32_t>(bytes.size())};
    return Error::OK;
  };
  switch (stage_) {
    case Stage::reading:
      return fail(Error::COMPILER_STATE, "next comes after finish");
    case Stage::tiles: {
      bool done = false;
      const Error error = next_tile(piece, &done);
      if (error != Error::OK || !done) return error;
      end_file();
      stage_ = Stage::directory;
      return give(bytes_.directory_offset(), bytes_.directory());
    }
    case Stage::directory:
      stage_ = Stage::root;
      return give(bytes_.root_offset(), bytes_.root());
    case Stage::root:
      stage_ = Stage::first_page;
      return give(0, bytes_.first_page());
    default:
      stage_ = Stage::end;
      return Error::OK;
  }
}

}  // namespace tomare::compiler
