// SPDX-License-Identifier: MIT
#include "mapdata/compiler/compiler.hpp"

#include <algorithm>
#include <cstring>

#include "core-cpp/base/crc32c.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {

using map::kEntriesPerPage;
using map::kPageSize;

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
    return fail(Error::PBF_FEATURE, "the file requires \"" + info.unsupported +
                                        "\"; OsmSchema-V0.6 and DenseNodes are supported");
  }
  timestamp_s_ = std::max(timestamp_s_, info.timestamp_s);
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

}  // namespace

Error Compiler::overlay(const OverlayStop* stops, uint32_t count) {
  if (pass_ != kPasses) return fail(Error::COMPILER_STATE, "an overlay comes after pass 2");
  overlay_.insert(overlay_.end(), stops, stops + count);
  return Error::OK;
}

Error Compiler::finish() {
  if (pass_ != kPasses) return fail(Error::COMPILER_STATE, "finish comes after pass 2");
  std::vector<Piece> pieces = make_pieces(&network_);
  if (pieces.empty()) {
    return fail(Error::PBF_NO_ROADS,
                "the file has " + std::to_string(network_.statistics[map::kStat_nodes_read]) + " nodes, " +
                    std::to_string(network_.statistics[map::kStat_ways_read]) +
                    " ways and no drivable road whose nodes are in it; an extract with complete ways is needed");
  }
  double length = 0;
  for (const Piece& p : pieces) length += p.corners.back().offset_m - p.corners.front().offset_m;
  network_.statistics[map::kStat_length_m] = static_cast<uint64_t>(length);
  count_facts(&network_);
  Source source{network_, std::vector<std::vector<PlacedPoint>>(network_.ways.size()), {}};
  const std::vector<PlacedPoint> placed = place_points(&network_);
  OverlayResult overlay = snap_stops(network_, overlay_, placed);
  network_.statistics[map::kStat_overlay_stops] = overlay.points.size();
  error_text_ = std::move(overlay.left_out);
  for (const PlacedPoint& p : placed) source.points[p.anchor.way].push_back(p);
  for (const PlacedPoint& p : overlay.points) source.points[p.anchor.way].push_back(p);
  for (auto& list : source.points) {
    std::stable_sort(list.begin(), list.end(),
                     [](const PlacedPoint& a, const PlacedPoint& b) { return a.offset_m < b.offset_m; });
  }
  source.restrictions = place_restrictions(&network_);
  std::stable_sort(source.restrictions.begin(), source.restrictions.end(),
                   [](const PlacedRestriction& a, const PlacedRestriction& b) { return a.via_node < b.via_node; });
  if (!build_tiles(source, std::move(pieces), source_.tile_target, &tiles_)) {
    return fail(Error::TILE_LIMIT, "a cell of 45 m holds more road than a tile can");
  }
  make_directory();
  make_header();
  return Error::OK;
}

void Compiler::make_directory() {
  uint64_t offset = kPageSize;
  const auto count = static_cast<uint32_t>(tiles_.size());
  const uint32_t pages = (count + kEntriesPerPage - 1) / kEntriesPerPage;
  directory_.assign(size_t{pages} * kPageSize, 0);
  root_.assign(size_t{pages} * 8, 0);
  for (uint32_t i = 0; i < count; ++i) {
    const BuiltTile& t = tiles_[i];
    auto* page = reinterpret_cast<map::DirectoryPage*>(directory_.data() + size_t{i / kEntriesPerPage} * kPageSize);
    map::DirectoryEntry& e = page->entries[page->count++];
    e.key = z_order(t.cell.x, t.cell.y);
    e.offset = offset;
    e.length = static_cast<uint32_t>(t.bytes.size());
    e.crc = crc32c(t.bytes.data(), t.bytes.size());
    e.level = static_cast<uint8_t>(t.cell.level);
    if (i % kEntriesPerPage == 0) std::memcpy(root_.data() + size_t{i / kEntriesPerPage} * 8, &e.key, 8);
    offset += t.bytes.size();
    const auto* h = reinterpret_cast<const map::TileHeader*>(t.bytes.data());
    network_.statistics[map::kStat_segments] += h->sections[map::kSegments].count;
    network_.statistics[map::kStat_points] += h->sections[map::kPoints].count;
    network_.statistics[map::kStat_tile_bytes] += t.bytes.size();
  }
  for (uint32_t p = 0; p < pages; ++p) {
    auto* page = reinterpret_cast<map::DirectoryPage*>(directory_.data() + size_t{p} * kPageSize);
    page->crc = crc32c(page, kPageSize);
  }
  directory_offset_ = (offset + kPageSize - 1) / kPageSize * kPageSize;
  root_offset_ = directory_offset_ + directory_.size();
}

void Compiler::make_header() {
  map::FileHeader h{};
  std::memcpy(h.magic, map::kMagic, sizeof(h.magic));
  h.version = map::kFormatVersion;
  h.file_size = root_offset_ + root_.size();
  h.directory_offset = directory_offset_;
  h.directory_pages = static_cast<uint32_t>(directory_.size() / kPageSize);
  h.tile_count = static_cast<uint32_t>(tiles_.size());
  h.root_offset = root_offset_;
  h.root_crc = crc32c(root_.data(), root_.size());
  uint32_t min_x = UINT32_MAX, min_y = UINT32_MAX, max_x = 0, max_y = 0;
  for (uint32_t i = 0; i < network_.ids.size(); ++i) {
    if (!network_.placed(i)) continue;
    min_x = std::min(min_x, network_.x[i]);
    max_x = std::max(max_x, network_.x[i]);
    min_y = std::min(min_y, network_.y[i]);
    max_y = std::max(max_y, network_.y[i]);
  }
  h.min_lat_e7 = lat_of(min_y);
  h.min_lon_e7 = lon_of(min_x);
  h.max_lat_e7 = lat_of(max_y);
  h.max_lon_e7 = lon_of(max_x);
  h.osm_time_s = timestamp_s_;
  std::memcpy(h.source_sha256, source_.sha256, sizeof(h.source_sha256));
  std::memcpy(h.name, source_.name.data(), std::min(source_.name.size(), sizeof(h.name) - 1));
  std::memcpy(h.statistics, network_.statistics, sizeof(h.statistics));
  first_page_.assign(kPageSize, 0);
  std::memcpy(first_page_.data(), &h, sizeof(h));
  const uint32_t crc = crc32c(first_page_.data(), kPageSize);
  std::memcpy(first_page_.data() + offsetof(map::FileHeader, header_crc), &crc, 4);
}

Error Compiler::next(OutputPiece* piece) {
  const auto give = [piece](uint64_t offset, const std::vector<uint8_t>& bytes) {
    *piece = {offset, bytes.data(), static_cast<uint32_t>(bytes.size())};
    return Error::OK;
  };
  if (first_page_.empty()) return fail(Error::COMPILER_STATE, "next comes after finish");
  if (stage_ == 0) {
    stage_ = 1;
    next_offset_ = kPageSize;
    return give(0, first_page_);
  }
  if (next_tile_ < tiles_.size()) {
    const std::vector<uint8_t>& bytes = tiles_[next_tile_++].bytes;
    const uint64_t offset = next_offset_;
    next_offset_ += bytes.size();
    return give(offset, bytes);
  }
  if (stage_ == 1) {
    stage_ = 2;
    return give(directory_offset_, directory_);
  }
  if (stage_ == 2) {
    stage_ = 3;
    return give(root_offset_, root_);
  }
  *piece = {};
  return Error::OK;
}

}  // namespace tomare::compiler
