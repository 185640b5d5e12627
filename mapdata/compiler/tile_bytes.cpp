// SPDX-License-Identifier: MIT
// One tile as bytes (FORMAT.md §4).
#include <algorithm>
#include <cstring>
#include <map>

#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/tiles.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names, all of them used here

constexpr uint32_t kTileMagic = 0x454C4954;

class TileEncoder {
 public:
  TileEncoder(const Source& source, const Cell& cell) : source_(source), cell_(cell) {
    shift_ = cell.level < 16 ? 16 - cell.level : 0;
  }

  bool encode(std::vector<Piece> pieces, BuiltTile* out) {
    std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
      if (a.way != b.way) return a.way < b.way;
      return a.corners.front().offset_m < b.corners.front().offset_m;
    });
    if (pieces.size() > 32767) return false;
    add_nodes(pieces);
    for (const Piece& p : pieces) {
      if (!add_segment(p)) return false;
    }
    add_arcs();
    add_restrictions();
    add_grid();
    if (nodes_.size() > 65534 || points_.size() > 65534 || rule_points_.size() > 65534 ||
        conditions_.size() > 65534 || terms_.size() > 65534 || names_.size() > 65534) {
      return false;
    }
    write(out);
    out->cell = cell_;
    out->cuts = cuts_;
    return out->bytes.size() <= kMaxTileBytes;
  }

 private:
  void add_nodes(const std::vector<Piece>& pieces) {
    for (const Piece& p : pieces) {
      node_index_[p.from] = 0;
      node_index_[p.to] = 0;
    }
    uint16_t next = 0;
    for (auto& [key, index] : node_index_) {  // cuts have the top bit: they come last
      index = next++;
      Node node{};
      if ((key & kCutBit) != 0) {
        node.flags = kNodeCut;
        cuts_.push_back(key);
      }
      nodes_.push_back(node);
    }
  }

  Point local(const Corner& c) const {
    const auto unit = [&](uint32_t value, uint32_t origin) {
      return static_cast<uint16_t>(std::min((value - origin) >> shift_, 65535U));
    };
    return {unit(c.x, cell_.x), unit(c.y, cell_.y)};
  }

  bool add_segment(const Piece& p) {
    Segment s{};
    const auto index = static_cast<uint16_t>(segments_.size());
    s.from_node = node_index_[p.from];
    s.to_node = node_index_[p.to];
    s.first_point = static_cast<uint16_t>(points_.size());
    s.point_count = static_cast<uint16_t>(p.corners.size());
    if (points_.size() + p.corners.size() > 65534) return false;
    for (const Corner& c : p.corners) {
      points_.push_back(local(c));
      point_segments_.push_back(index);
    }
    const double middle_m = (p.corners.front().offset_m + p.corners.back().offset_m) * 0.5;
    s.way = way_index(p.way, source_.network.facts_at(p.way, middle_m));
    s.way_offset_cm = centimetres(p.corners.front().offset_m);
    s.length_cm = centimetres(p.corners.back().offset_m) - s.way_offset_cm;
    place_node(s.from_node, points_[s.first_point], p.from_open);
    place_node(s.to_node, points_.back(), p.to_open);
    s.first_rule_point = static_cast<uint16_t>(rule_points_.size());
    add_points(p, s, index);
    s.rule_point_count = static_cast<uint8_t>(rule_points_.size() - s.first_rule_point);
    if (rule_points_.size() - s.first_rule_point > 255) return false;
    segments_.push_back(s);
    return true;
  }

  static uint32_t centimetres(double metres) { return static_cast<uint32_t>(metres * 100.0 + 0.5); }

  void place_node(uint16_t index, const Point& at, bool open) {
    nodes_[index].x = at.x;
    nodes_[index].y = at.y;
    if (open) nodes_[index].flags |= kNodeDataEnd;
  }

  void add_points(const Piece& p, const Segment& s, uint16_t index) {
    const double from = p.corners.front().offset_m;
    const double to = p.corners.back().offset_m;
    const auto before = [](const PlacedPoint& placed, uint32_t way) { return placed.anchor.way < way; };
    auto at = std::lower_bound(source_.points.begin(), source_.points.end(), p.way, before);
    for (; at != source_.points.end() && at->anchor.way == p.way; ++at) {
      const PlacedPoint& placed = *at;
      bool here = false;
      if (placed.anchor.side == 0) here = placed.offset_m >= from && placed.offset_m < to;
      if (placed.anchor.side < 0) here = p.to == placed.anchor.node && std::fabs(placed.offset_m - to) < 1e-6;
      if (placed.anchor.side > 0) here = p.from == placed.anchor.node && std::fabs(placed.offset_m - from) < 1e-6;
      if (!here) continue;
      RulePoint point = placed.point;
      point.segment = index;
      point.offset_cm = std::min(centimetres(placed.offset_m - from), s.length_cm);
      rule_points_.push_back(point);
    }
    std::stable_sort(rule_points_.begin() + s.first_rule_point, rule_points_.end(),
                     [](const RulePoint& a, const RulePoint& b) {
                       return a.offset_cm != b.offset_cm ? a.offset_cm < b.offset_cm : a.node < b.node;
                     });
  }

  /// A way has a record for each set of facts that parts of it have.
  uint16_t way_index(uint32_t way, uint32_t facts) {
    const auto [at, fresh] = way_index_.emplace(std::pair{way, facts}, static_cast<uint16_t>(ways_.size()));
    if (fresh) {
      const RoadWay& w = source_.network.ways[way];
      Way record{};
      record.id = w.id;
      record.name = w.name == kNoName ? kNone16 : name_index(source_.network.names[w.name]);
      record.attributes = attributes_index(facts);
      ways_.push_back(record);
      way_of_record_.push_back(way);
    }
    return at->second;
  }

  uint16_t name_index(const std::string& text) {
    const auto [at, fresh] = text_index_.emplace(text, static_cast<uint16_t>(names_.size()));
    if (fresh) {
      names_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(text.size())});
      text_.insert(text_.end(), text.begin(), text.end());
    }
    return at->second;
  }

  uint16_t attributes_index(uint32_t facts) {
    const auto [at, fresh] = facts_index_.emplace(facts, static_cast<uint16_t>(attributes_.size()));
    if (fresh) {
      const WayFacts& found = source_.network.facts[facts];
      Attributes a = found.attributes;
      a.first_condition = static_cast<uint16_t>(conditions_.size());
      a.condition_count = static_cast<uint8_t>(std::min<size_t>(found.conditions.size(), 255));
      for (size_t i = 0; i < a.condition_count; ++i) add_condition(found.conditions[i]);
      attributes_.push_back(a);
    }
    return at->second;
  }

  void add_condition(const ParsedCondition& c) {
    Condition record{};
    record.target = c.target;
    record.directions = c.directions;
    record.vehicles = c.vehicles;
    record.flags = static_cast<uint8_t>((c.understood ? 0 : kNotUnderstood) | (c.only_if_known ? kOnlyIfKnown : 0) |
                                        c.key << 4);
    record.value = c.value;
    record.first_term = static_cast<uint16_t>(terms_.size());
    record.term_count = static_cast<uint16_t>(c.terms.size());
    record.text = name_index(c.text);
    terms_.insert(terms_.end(), c.terms.begin(), c.terms.end());
    conditions_.push_back(record);
  }

  void add_arcs() {
    std::vector<std::vector<Arc>> leaving(nodes_.size());
    for (uint32_t i = 0; i < segments_.size(); ++i) {
      leaving[segments_[i].from_node].push_back(static_cast<Arc>(i * 2));
      leaving[segments_[i].to_node].push_back(static_cast<Arc>(i * 2 + 1));
    }
    for (uint32_t n = 0; n < nodes_.size(); ++n) {
      std::sort(leaving[n].begin(), leaving[n].end());
      nodes_[n].first_arc = static_cast<uint16_t>(arcs_.size());
      nodes_[n].arc_count = static_cast<uint8_t>(std::min<size_t>(leaving[n].size(), 255));
      if (nodes_[n].arc_count >= 3) nodes_[n].flags |= kNodeJunction;
      arcs_.insert(arcs_.end(), leaving[n].begin(), leaving[n].begin() + nodes_[n].arc_count);
    }
  }

  /// The segment that an anchor means at its node in this tile, kNone16 when there is none.
  uint16_t segment_at(const Anchor& anchor, uint16_t node) const {
    const Node& n = nodes_[node];
    for (uint32_t i = 0; i < n.arc_count; ++i) {
      const Arc arc = arcs_[n.first_arc + i];
      const Segment& s = segments_[arc >> 1];
      const bool begins = (arc & 1) == 0;
      if (way_of_record_[s.way] == anchor.way && begins == (anchor.side > 0)) return arc >> 1;
    }
    return kNone16;
  }

  void add_restrictions() {
    for (const auto& [key, node] : node_index_) {
      if ((key & kCutBit) != 0) break;
      auto at = std::lower_bound(source_.restrictions.begin(), source_.restrictions.end(), key,
                                 [](const PlacedRestriction& r, NodeKey k) { return r.via_node < k; });
      for (; at != source_.restrictions.end() && at->via_node == key; ++at) add_restriction(*at, node);
    }
    std::stable_sort(restrictions_.begin(), restrictions_.end(), [](const Restriction& a, const Restriction& b) {
      if (a.via_node != b.via_node) return a.via_node < b.via_node;
      return a.from_segment < b.from_segment;
    });
  }

  void add_restriction(const PlacedRestriction& placed, uint16_t node) {
    Restriction r = placed.record;
    const bool via_way = (r.flags & kViaWay) != 0;
    r.via_node = node;
    r.from_segment = segment_at(placed.from, node);
    r.to_segment = via_way ? kNone16 : segment_at(placed.to, node);
    if (r.from_segment == kNone16 || (!via_way && r.to_segment == kNone16)) return;
    r.first_way = static_cast<uint16_t>(restriction_ways_.size());
    r.way_count = static_cast<uint16_t>(placed.path.size());
    restriction_ways_.insert(restriction_ways_.end(), placed.path.begin(), placed.path.end());
    const RawRestriction& raw = source_.network.restrictions[placed.raw];
    r.first_condition = static_cast<uint16_t>(conditions_.size());
    r.condition_count = static_cast<uint8_t>(std::min<size_t>(raw.conditions.size(), 255));
    for (size_t i = 0; i < r.condition_count; ++i) add_condition(raw.conditions[i]);
    nodes_[node].flags |= kNodeBanned;
    restrictions_.push_back(r);
  }

  void add_grid() {
    uint32_t log2 = 0;
    while (log2 < 5 && (points_.size() >> (2 * log2)) > 3) ++log2;
    grid_log2_ = log2;
    const uint32_t side = 1U << log2;
    std::vector<std::vector<uint16_t>> cells(size_t{side} * side);
    for (uint32_t p = 0; p + 1 < points_.size(); ++p) {
      if (point_segments_[p] == point_segments_[p + 1]) add_piece(static_cast<uint16_t>(p), &cells);
    }
    for (const auto& cell : cells) {
      grid_starts_.push_back(static_cast<uint32_t>(grid_pieces_.size()));
      grid_pieces_.insert(grid_pieces_.end(), cell.begin(), cell.end());
    }
    grid_starts_.push_back(static_cast<uint32_t>(grid_pieces_.size()));
  }

  void add_piece(uint16_t p, std::vector<std::vector<uint16_t>>* cells) const {
    const uint32_t shift = 16 - grid_log2_;
    const Point a = points_[p], b = points_[p + 1];
    const uint32_t x0 = std::min(a.x, b.x) >> shift, x1 = std::max(a.x, b.x) >> shift;
    const uint32_t y0 = std::min(a.y, b.y) >> shift, y1 = std::max(a.y, b.y) >> shift;
    for (uint32_t y = y0; y <= y1; ++y) {
      for (uint32_t x = x0; x <= x1; ++x) {
        if (meets(a, b, x, y, shift)) (*cells)[(size_t{y} << grid_log2_) + x].push_back(p);
      }
    }
  }

  /// Whether the line a-b meets the cell: no corner pattern of one sign (separating axis).
  static bool meets(const Point& a, const Point& b, uint32_t x, uint32_t y, uint32_t shift) {
    const int64_t dx = int64_t{b.x} - a.x, dy = int64_t{b.y} - a.y;
    bool below = false, above = false;
    for (uint32_t i = 0; i < 4; ++i) {
      const int64_t cx = (int64_t{x} + (i & 1)) << shift, cy = (int64_t{y} + (i >> 1)) << shift;
      const int64_t cross = dx * (cy - a.y) - dy * (cx - a.x);
      below = below || cross <= 0;
      above = above || cross >= 0;
    }
    return below && above;
  }

  template <typename T>
  void section(SectionId id, const std::vector<T>& items, std::vector<uint8_t>* bytes) {
    while (bytes->size() % 8 != 0) bytes->push_back(0);
    header_.sections[id] = {static_cast<uint32_t>(bytes->size()), static_cast<uint32_t>(items.size())};
    const auto* begin = reinterpret_cast<const uint8_t*>(items.data());
    bytes->insert(bytes->end(), begin, begin + items.size() * sizeof(T));
  }

  void write(BuiltTile* out) {
    header_.magic = kTileMagic;
    header_.x = cell_.x;
    header_.y = cell_.y;
    header_.level = static_cast<uint8_t>(cell_.level);
    header_.unit_shift = static_cast<uint8_t>(shift_);
    header_.grid_log2 = static_cast<uint8_t>(grid_log2_);
    std::vector<uint8_t>& b = out->bytes;
    b.assign(sizeof(TileHeader), 0);
    section(kNodes, nodes_, &b);
    section(kTwins, std::vector<Twin>(cuts_.size()), &b);
    section(kArcs, arcs_, &b);
    section(kSegments, segments_, &b);
    section(kPoints, points_, &b);
    section(kPointSegments, point_segments_, &b);
    section(kWays, ways_, &b);
    section(kAttributes, attributes_, &b);
    section(kRulePoints, rule_points_, &b);
    section(kRestrictions, restrictions_, &b);
    section(kRestrictionWays, restriction_ways_, &b);
    section(kConditions, conditions_, &b);
    section(kTerms, terms_, &b);
    section(kNames, names_, &b);
    section(kText, text_, &b);
    section(kGridStarts, grid_starts_, &b);
    section(kGridPieces, grid_pieces_, &b);
    while (b.size() % 8 != 0) b.push_back(0);
    std::memcpy(b.data(), &header_, sizeof(header_));
  }

  const Source& source_;
  Cell cell_;
  uint32_t shift_ = 0, grid_log2_ = 0;
  TileHeader header_{};
  std::map<NodeKey, uint16_t> node_index_;
  std::vector<NodeKey> cuts_;
  std::map<std::pair<uint32_t, uint32_t>, uint16_t> way_index_;
  std::map<uint32_t, uint16_t> facts_index_;
  std::map<std::string, uint16_t> text_index_;
  std::vector<uint32_t> way_of_record_;
  std::vector<Node> nodes_;
  std::vector<Arc> arcs_;
  std::vector<Segment> segments_;
  std::vector<Point> points_;
  std::vector<uint16_t> point_segments_;
  std::vector<Way> ways_;
  std::vector<Attributes> attributes_;
  std::vector<RulePoint> rule_points_;
  std::vector<Restriction> restrictions_;
  std::vector<int64_t> restriction_ways_;
  std::vector<Condition> conditions_;
  std::vector<Term> terms_;
  std::vector<Name> names_;
  std::vector<char> text_;
  std::vector<uint32_t> grid_starts_;
  std::vector<uint16_t> grid_pieces_;
};

}  // namespace

bool encode_tile(const Source& source, const Cell& cell, const std::vector<Piece>& pieces, BuiltTile* out) {
  return TileEncoder(source, cell).encode(pieces, out);
}

}  // namespace tomare::compiler
