// SPDX-License-Identifier: MIT
// A map of one tile made by hand in memory: roads between nodes, straight or with corners, with the facts that a test
// sets, and no compiler. For tests that stand beside their source.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "core-cpp/base/crc32c.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/map/graph.hpp"

namespace tomare::testing {

class MadeMap {
 public:
  static constexpr uint32_t kLevel = 14, kUnitShift = 2, kGridLog2 = 7;
  static constexpr uint32_t kCellX = 3'190'292'480U >> 18 << 18, kCellY = 1'252'524'032U >> 18 << 18;

  MadeMap() {
    quotes.reserve(8);
    attributes.push_back({});
    attributes[0].road_class = map::kTertiary;
  }

  /// A node east and north of the cell's corner; its number.
  uint16_t node(double x_m, double y_m, uint8_t flags = 0) {
    const map::Point at = point(x_m, y_m);
    nodes.push_back({at.x, at.y, 0, 0, flags});
    return static_cast<uint16_t>(nodes.size() - 1);
  }
  /// The road has its next corner there, before its end.
  void bend(uint16_t road, double x_m, double y_m) { corners.push_back({road, point(x_m, y_m)}); }
  /// A road of its own way, 1000 and its number; that number. `length_m`: as the map has it.
  uint16_t road(uint16_t from, uint16_t to, double length_m, const map::Attributes& facts) {
    const bool plain = std::memcmp(&facts, &attributes[0], sizeof(facts)) == 0;
    if (!plain) attributes.push_back(facts);
    const size_t number = plain ? 0 : attributes.size() - 1;
    ways.push_back({1000 + static_cast<int64_t>(segments.size()),
                    static_cast<uint16_t>(number),
                    map::kNone16,
                    map::kWindingUnknown,
                    {}});
    map::Segment s{};
    s.from_node = from;
    s.to_node = to;
    s.way = static_cast<uint16_t>(ways.size() - 1);
    s.place = map::kNone16;
    s.length_cm = static_cast<uint32_t>(length_m * 100 + 0.5);
    segments.push_back(s);
    return static_cast<uint16_t>(segments.size() - 1);
  }
  uint16_t road(uint16_t from, uint16_t to, double length_m) { return road(from, to, length_m, attributes[0]); }
  /// Name index of a text.
  uint16_t name(std::string_view text) {
    names.push_back({static_cast<uint32_t>(texts.size()), static_cast<uint32_t>(text.size())});
    texts.insert(texts.end(), text.begin(), text.end());
    return static_cast<uint16_t>(names.size() - 1);
  }

  /// The map as it is by now, read by the core; what is added later does not count.
  map::Graph& graph() {
    if (graph_ == nullptr) open();
    return *graph_;
  }
  /// What opening said.
  Error error() {
    graph();
    return error_;
  }

  std::vector<map::Node> nodes;
  std::vector<map::Segment> segments;
  std::vector<map::Way> ways;
  std::vector<map::Attributes> attributes;
  std::vector<map::RulePoint> points;  ///< by segment, then offset
  std::vector<map::Restriction> restrictions;
  std::vector<int64_t> restriction_ways;
  std::vector<map::Condition> conditions;
  std::vector<map::Term> terms;
  std::vector<map::Name> names;
  std::vector<char> texts;
  std::vector<map::Quote> quotes;
  struct Corner {
    uint16_t segment;
    map::Point at;
  };
  std::vector<Corner> corners;
  uint32_t damaged_tile = 0;  ///< 1: the tile's checksum is wrong

 private:
  static map::Point point(double x_m, double y_m) {
    const MetreScale scale = metre_scale(lat_of(kCellY + (1U << (31 - kLevel))));
    const double unit = 1U << kUnitShift;
    return {static_cast<uint16_t>(x_m / scale.x / unit + 0.5), static_cast<uint16_t>(y_m / scale.y / unit + 0.5)};
  }
  template <typename T>
  void section(map::SectionId id, const std::vector<T>& elements) {
    tile_.resize((tile_.size() + 7) / 8 * 8);
    header_.sections[id] = {static_cast<uint32_t>(tile_.size()), static_cast<uint32_t>(elements.size())};
    const auto* bytes = reinterpret_cast<const uint8_t*>(elements.data());
    tile_.insert(tile_.end(), bytes, bytes + elements.size() * sizeof(T));
  }

  void lay_out() {
    std::vector<map::Arc> arcs;
    for (uint16_t n = 0; n < nodes.size(); ++n) {
      nodes[n].first_arc = static_cast<uint16_t>(arcs.size());
      for (uint16_t s = 0; s < segments.size(); ++s) {
        if (segments[s].from_node == n) arcs.push_back(static_cast<map::Arc>(2 * s));
        if (segments[s].to_node == n) arcs.push_back(static_cast<map::Arc>(2 * s + 1));
      }
      nodes[n].arc_count = static_cast<uint8_t>(arcs.size() - nodes[n].first_arc);
    }
    std::vector<map::Point> ends;
    std::vector<uint16_t> owners, pieces;
    for (uint16_t s = 0; s < segments.size(); ++s) {
      map::Segment& segment = segments[s];
      segment.first_point = static_cast<uint16_t>(ends.size());
      ends.push_back({nodes[segment.from_node].x, nodes[segment.from_node].y});
      for (const Corner& corner : corners) {
        if (corner.segment == s) ends.push_back(corner.at);
      }
      ends.push_back({nodes[segment.to_node].x, nodes[segment.to_node].y});
      segment.point_count = static_cast<uint16_t>(ends.size() - segment.first_point);
      for (uint16_t p = segment.first_point; p + 1U < ends.size(); ++p) pieces.push_back(p);
      owners.resize(ends.size(), s);
      segment.first_rule_point = segment.rule_point_count = 0;
      for (size_t p = points.size(); p-- > 0;) {
        if (points[p].segment != s) continue;
        segment.first_rule_point = static_cast<uint16_t>(p);
        segment.rule_point_count += 1;
      }
    }
    section(map::kNodes, nodes);
    section(map::kTwins, std::vector<map::Twin>{});
    section(map::kArcs, arcs);
    section(map::kSegments, segments);
    section(map::kPoints, ends);
    section(map::kPointSegments, owners);
    lay_grid(ends, pieces);
  }

  /// Each piece in all cells that its box meets.
  void lay_grid(const std::vector<map::Point>& ends, const std::vector<uint16_t>& pieces) {
    constexpr uint32_t kSide = 1U << kGridLog2, kShift = 16 - kGridLog2;
    std::vector<std::vector<uint16_t>> cells(size_t{kSide} * kSide);
    for (const uint16_t piece : pieces) {
      const auto [x0, x1] = std::minmax(ends[piece].x, ends[piece + 1U].x);
      const auto [y0, y1] = std::minmax(ends[piece].y, ends[piece + 1U].y);
      for (uint32_t row = y0 >> kShift; row <= uint32_t{y1} >> kShift; ++row) {
        for (uint32_t column = x0 >> kShift; column <= uint32_t{x1} >> kShift; ++column) {
          cells[row * kSide + column].push_back(piece);
        }
      }
    }
    std::vector<uint32_t> starts{0};
    std::vector<uint16_t> all;
    for (const std::vector<uint16_t>& cell : cells) {
      all.insert(all.end(), cell.begin(), cell.end());
      starts.push_back(static_cast<uint32_t>(all.size()));
    }
    section(map::kGridStarts, starts);
    section(map::kGridPieces, all);
  }

  void make_tile() {
    tile_.resize(sizeof(map::TileHeader));
    header_.magic = 0x454C4954;
    header_.x = kCellX;
    header_.y = kCellY;
    header_.level = kLevel;
    header_.unit_shift = kUnitShift;
    header_.grid_log2 = kGridLog2;
    header_.place = map::kNone16;
    lay_out();
    section(map::kWays, ways);
    section(map::kAttributes, attributes);
    section(map::kRulePoints, points);
    section(map::kRestrictions, restrictions);
    section(map::kRestrictionWays, restriction_ways);
    section(map::kConditions, conditions);
    section(map::kTerms, terms);
    section(map::kNames, names);
    section(map::kText, texts);
    section(map::kQuotes, quotes);
    std::memcpy(tile_.data(), &header_, sizeof(header_));
  }

  void open() {
    make_tile();
    const uint32_t page = map::kPageSize;
    bytes_.resize(3 * page + tile_.size());
    std::memcpy(bytes_.data() + 3 * page, tile_.data(), tile_.size());
    auto* directory = reinterpret_cast<map::DirectoryPage*>(bytes_.data() + page);
    directory->count = 1;
    directory->entries[0] = {z_order(kCellX, kCellY),
                             3 * page,
                             static_cast<uint32_t>(tile_.size()),
                             crc32c(tile_.data(), tile_.size()) + damaged_tile,
                             kLevel,
                             {}};
    directory->crc = crc32c(directory, page);
    std::memcpy(bytes_.data() + 2 * page, &directory->entries[0].key, sizeof(uint64_t));
    map::FileHeader h{};
    std::memcpy(h.magic, map::kMagic, sizeof(h.magic));
    h.version = map::kFormatVersion;
    h.file_size = bytes_.size();
    h.directory_offset = page;
    h.directory_pages = h.tile_count = 1;
    h.root_offset = 2 * page;
    h.root_crc = crc32c(bytes_.data() + 2 * page, sizeof(uint64_t));
    h.places_offset = 2 * page;
    std::memcpy(bytes_.data(), &h, sizeof(h));
    h.header_crc = crc32c(bytes_.data(), page);
    std::memcpy(bytes_.data(), &h, sizeof(h));
    error_ = file_.open(std::make_unique<map::MemoryFile>(bytes_.data(), bytes_.size(), true), 0).error;
    graph_ = std::make_unique<map::Graph>(file_);
  }

  map::TileHeader header_{};
  std::vector<uint8_t> tile_, bytes_;
  map::MapFile file_;
  std::unique_ptr<map::Graph> graph_;
  Error error_ = Error::OK;
};

}  // namespace tomare::testing
