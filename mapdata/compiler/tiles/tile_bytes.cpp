// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tiles/tile_bytes.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

constexpr uint32_t kTileMagic = 0x454C4954;
constexpr NodeKey kFree = ~NodeKey{0};
constexpr size_t kMost = 65534;

uint32_t centimetres(double metres) { return static_cast<uint32_t>(metres * 100.0 + 0.5); }

Point local(const Corner& c, const Cell& cell, uint32_t shift) {
  return {static_cast<uint16_t>(std::min((c.x - cell.x) >> shift, 65535U)),
          static_cast<uint16_t>(std::min((c.y - cell.y) >> shift, 65535U))};
}

/// About three points a cell, at most 32 cells a side.
uint32_t grid_log2_of(size_t points) {
  uint32_t log2 = 0;
  while (log2 < 5 && (points >> (2 * log2)) > 3) ++log2;
  return log2;
}

/// Whether the line a-b meets the cell: no corner pattern of one sign (separating axis).
bool meets(const Point& a, const Point& b, uint32_t x, uint32_t y, uint32_t shift) {
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

}  // namespace

void TileNodes::collect(const std::vector<Strand>& strands) {
  size_t room = 64;
  while (room < 4 * strands.size()) room *= 2;
  table_.assign(room, kFree);
  numbers_.resize(room);
  slots_.clear();
  order_.clear();
  for (const Strand& p : strands) {
    slots_.push_back(slot_of(p.from));
    slots_.push_back(slot_of(p.to));
  }
  std::sort(order_.begin(), order_.end());  // cuts have the top bit: they come last
  sorted_.clear();
  cuts_ = 0;
  for (const auto& [key, slot] : order_) {
    numbers_[slot] = static_cast<uint16_t>(sorted_.size());
    sorted_.push_back(key);
    if ((key & kCutBit) != 0) ++cuts_;
  }
}

uint32_t TileNodes::slot_of(NodeKey key) {
  const size_t mask = table_.size() - 1;
  size_t at = (key * 0x9E3779B97F4A7C15ULL >> 32) & mask;
  while (table_[at] != key) {
    if (table_[at] == kFree) {
      table_[at] = key;
      order_.emplace_back(key, static_cast<uint32_t>(at));
      break;
    }
    at = (at + 1) & mask;
  }
  return static_cast<uint32_t>(at);
}

TileEncoder::TileEncoder(const Source& source)
    : source_(source),
      name_slots_(source.network.names.size(), kNone16),
      facts_slots_(source.network.facts.size(), kNone16) {}

bool TileEncoder::encode(const Cell& cell, const std::vector<Strand>& strands, const std::vector<Corner>& corners,
                         uint64_t limit, BuiltTile* out) {
  if (strands.size() > 32767) return false;
  begin(cell);
  node_index_.collect(strands);
  if (node_index_.sorted().size() > kMost || least_bytes(strands) > limit) return false;
  add_nodes();
  for (const Strand& p : strands) {
    if (!add_segment(p, corners.data() + p.first_corner)) return false;
  }
  add_arcs();
  add_restrictions();
  add_grid();
  if (rule_points_.size() > kMost || conditions_.size() > kMost || terms_.size() > kMost || names_.size() > kMost ||
      quotes_.size() > kMost) {
    return false;
  }
  write(out);
  out->cell = cell;
  out->cuts.assign(node_index_.sorted().end() - static_cast<int64_t>(node_index_.cuts()), node_index_.sorted().end());
  out->length_cm = length_cm_;
  return out->bytes.size() <= std::min<uint64_t>(limit, kMaxTileBytes);
}

void TileEncoder::begin(const Cell& cell) {
  cell_ = cell;
  shift_ = cell.level < 16 ? 16 - cell.level : 0;
  length_cm_ = 0;
  header_ = {};
  if (!text_index_.empty()) text_index_.clear();
  for (const uint32_t name : used_names_) name_slots_[name] = kNone16;
  for (const uint32_t facts : used_facts_) facts_slots_[facts] = kNone16;
  used_names_.clear();
  used_facts_.clear();
  points_way_ = kMissing;
  place_ = kNone16;
  one_place_ = source_.places == nullptr || source_.places->uniform(cell.x, cell.y, cell.level, &place_);
  const auto clear = [](auto&... lists) { (lists.clear(), ...); };
  clear(way_of_record_, facts_of_record_, nodes_, arcs_, segments_, points_, point_segments_, ways_, attributes_,
        rule_points_, restrictions_, restriction_ways_, conditions_, terms_, names_, text_, grid_starts_, grid_pieces_,
        quotes_);
}

/// A tile of these strands has no fewer bytes: what is too large for sure is not worth making.
uint64_t TileEncoder::least_bytes(const std::vector<Strand>& strands) const {
  uint64_t corners = 0, ways = 0;
  for (size_t i = 0; i < strands.size(); ++i) {
    corners += strands[i].corner_count;
    ways += i == 0 || strands[i].way != strands[i - 1].way ? 1 : 0;
  }
  const uint64_t cells = uint64_t{1} << (2 * grid_log2_of(corners));
  return sizeof(TileHeader) + node_index_.sorted().size() * sizeof(Node) + node_index_.cuts() * sizeof(Twin) +
         strands.size() * sizeof(Segment) + corners * (sizeof(Point) + sizeof(uint16_t)) + ways * sizeof(Way) +
         cells * sizeof(uint32_t) + (corners - strands.size()) * sizeof(uint16_t);
}

void TileEncoder::add_nodes() {
  const size_t roads = node_index_.sorted().size() - node_index_.cuts();
  nodes_.resize(node_index_.sorted().size());
  for (size_t i = roads; i < nodes_.size(); ++i) nodes_[i].flags = kNodeCut;
}

bool TileEncoder::add_segment(const Strand& p, const Corner* corners) {
  const size_t index = segments_.size(), first = points_.size();
  if (first + p.corner_count > kMost) return false;
  points_.resize(first + p.corner_count);
  for (uint32_t i = 0; i < p.corner_count; ++i) points_[first + i] = local(corners[i], cell_, shift_);
  point_segments_.resize(first + p.corner_count, static_cast<uint16_t>(index));
  Segment s{};
  s.from_node = node_index_.index(2 * index);
  s.to_node = node_index_.index(2 * index + 1);
  s.first_point = static_cast<uint16_t>(first);
  s.point_count = static_cast<uint16_t>(p.corner_count);
  const double from = corners[0].offset_m, to = corners[p.corner_count - 1].offset_m;
  s.way = way_index(p.way, source_.network.facts_at(p.way, (from + to) * 0.5));
  s.way_offset_cm = centimetres(from);
  s.length_cm = centimetres(to) - s.way_offset_cm;
  length_cm_ += s.length_cm;
  s.place = place_of(p, corners);
  place_node(s.from_node, points_[first], p.from_open);
  place_node(s.to_node, points_.back(), p.to_open);
  s.first_rule_point = static_cast<uint16_t>(rule_points_.size());
  const size_t before = rule_points_.size();
  add_points(p, from, to, static_cast<uint16_t>(index), s);
  if (rule_points_.size() - before > 255) return false;
  s.rule_point_count = static_cast<uint8_t>(rule_points_.size() - before);
  segments_.push_back(s);
  return true;
}

void TileEncoder::place_node(uint16_t index, const Point& at, bool open) {
  nodes_[index].x = at.x;
  nodes_[index].y = at.y;
  if (open) nodes_[index].flags |= kNodeDataEnd;
}

/// Where the middle of the strand lies.
uint16_t TileEncoder::place_of(const Strand& p, const Corner* corners) {
  if (one_place_) return place_;
  const double middle = (corners[0].offset_m + corners[p.corner_count - 1].offset_m) * 0.5;
  uint32_t i = 0;
  while (i + 2 < p.corner_count && corners[i + 1].offset_m < middle) ++i;
  const Corner &a = corners[i], &b = corners[i + 1];
  const double length = b.offset_m - a.offset_m, share = length > 0 ? (middle - a.offset_m) / length : 0;
  const auto between = [share](uint32_t from, uint32_t to) {
    return static_cast<uint32_t>(from + (static_cast<double>(to) - from) * share);
  };
  return source_.places->at(between(a.x, b.x), between(a.y, b.y));
}

void TileEncoder::add_points(const Strand& p, double from, double to, uint16_t index, const Segment& s) {
  const std::vector<PlacedPoint>& all = source_.points;
  if (points_way_ != p.way) {
    points_way_ = p.way;
    const auto before = [](const PlacedPoint& placed, uint32_t way) { return placed.anchor.way < way; };
    way_points_ = static_cast<size_t>(std::lower_bound(all.begin(), all.end(), p.way, before) - all.begin());
  }
  const size_t first = rule_points_.size();
  for (size_t i = way_points_; i < all.size() && all[i].anchor.way == p.way; ++i) {
    const PlacedPoint& placed = all[i];
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
  std::stable_sort(rule_points_.begin() + static_cast<int64_t>(first), rule_points_.end(),
                   [](const RulePoint& a, const RulePoint& b) {
                     return a.offset_cm != b.offset_cm ? a.offset_cm < b.offset_cm : a.node < b.node;
                   });
}

/// A way has a record for each set of facts that parts of it have. Strands come by way: its records are the last.
uint16_t TileEncoder::way_index(uint32_t way, uint32_t facts) {
  for (size_t i = ways_.size(); i-- > 0 && way_of_record_[i] == way;) {
    if (facts_of_record_[i] == facts) return static_cast<uint16_t>(i);
  }
  const RoadWay& w = source_.network.ways[way];
  Way record{};
  record.id = w.id;
  record.winding = w.winding;
  record.name = w.name == kNoName ? kNone16 : name_index(w.name);
  record.attributes = attributes_index(facts);
  ways_.push_back(record);
  way_of_record_.push_back(way);
  facts_of_record_.push_back(facts);
  return static_cast<uint16_t>(ways_.size() - 1);
}

uint16_t TileEncoder::name_index(uint32_t name) {
  uint16_t& slot = name_slots_[name];
  if (slot == kNone16) {
    slot = add_text(source_.network.names[name]);
    used_names_.push_back(name);
  }
  return slot;
}

uint16_t TileEncoder::text_index(std::string_view text) {
  const auto [at, fresh] = text_index_.emplace(text, 0);
  if (fresh) at->second = add_text(text);
  return at->second;
}

uint16_t TileEncoder::add_text(std::string_view text) {
  names_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(text.size())});
  text_.insert(text_.end(), text.begin(), text.end());
  return static_cast<uint16_t>(names_.size() - 1);
}

uint16_t TileEncoder::attributes_index(uint32_t facts) {
  uint16_t& slot = facts_slots_[facts];
  if (slot == kNone16) {
    slot = static_cast<uint16_t>(attributes_.size());
    used_facts_.push_back(facts);
    const WayFacts& found = source_.network.facts[facts];
    Attributes a = found.attributes;
    a.first_condition = static_cast<uint16_t>(conditions_.size());
    a.condition_count = static_cast<uint8_t>(std::min<size_t>(found.conditions.size(), 255));
    for (size_t i = 0; i < a.condition_count; ++i) add_condition(found.conditions[i]);
    a.first_quote = static_cast<uint16_t>(quotes_.size());
    a.quote_count = static_cast<uint8_t>(std::min<size_t>(found.quotes.size(), 255));
    for (size_t i = 0; i < a.quote_count; ++i) {
      const QuotedTag& q = found.quotes[i];
      quotes_.push_back({q.fact, q.directions, q.vehicles, 0, text_index(q.text)});
    }
    attributes_.push_back(a);
  }
  return slot;
}

void TileEncoder::add_condition(const ParsedCondition& c) {
  Condition record{};
  record.target = c.target;
  record.directions = c.directions;
  record.vehicles = c.vehicles;
  record.flags = static_cast<uint8_t>((c.understood ? 0 : kNotUnderstood) | c.key << 4);
  record.value = c.value;
  record.first_term = static_cast<uint16_t>(terms_.size());
  record.term_count = static_cast<uint16_t>(c.terms.size());
  record.text = text_index(c.text);
  terms_.insert(terms_.end(), c.terms.begin(), c.terms.end());
  conditions_.push_back(record);
}

/// Arcs by node; of a node those of a lower segment first, at most 255.
void TileEncoder::add_arcs() {
  std::vector<uint32_t> counts(nodes_.size() + 1), next(nodes_.size());
  for (const Segment& s : segments_) {
    ++counts[s.from_node];
    ++counts[s.to_node];
  }
  uint32_t first = 0;
  for (size_t n = 0; n < nodes_.size(); ++n) {
    const auto count = static_cast<uint8_t>(std::min(counts[n], 255U));
    nodes_[n].first_arc = static_cast<uint16_t>(first);
    nodes_[n].arc_count = count;
    if (count >= 3) nodes_[n].flags |= kNodeJunction;
    next[n] = first;
    first += count;
  }
  arcs_.resize(first);
  const auto put = [&](uint16_t node, size_t arc) {
    const Node& n = nodes_[node];
    if (next[node] < uint32_t{n.first_arc} + n.arc_count) arcs_[next[node]++] = static_cast<Arc>(arc);
  };
  for (size_t i = 0; i < segments_.size(); ++i) {
    put(segments_[i].from_node, 2 * i);
    put(segments_[i].to_node, 2 * i + 1);
  }
}

/// The segment that an anchor means at its node in this tile, kNone16 when there is none.
uint16_t TileEncoder::segment_at(const StrandEnd& anchor, uint16_t node) const {
  const Node& n = nodes_[node];
  for (uint32_t i = 0; i < n.arc_count; ++i) {
    const Arc arc = arcs_[n.first_arc + i];
    const Segment& s = segments_[arc >> 1];
    const bool begins = (arc & 1) == 0;
    if (way_of_record_[s.way] == anchor.way && begins == (anchor.side > 0)) return arc >> 1;
  }
  return kNone16;
}

void TileEncoder::add_restrictions() {
  if (source_.restrictions.empty()) return;
  const size_t roads = node_index_.sorted().size() - node_index_.cuts();
  for (size_t i = 0; i < roads; ++i) {
    const auto key = static_cast<uint32_t>(node_index_.sorted()[i]);
    if (!source_.via[key]) continue;
    auto at = std::lower_bound(source_.restrictions.begin(), source_.restrictions.end(), key,
                               [](const PlacedRestriction& r, uint32_t k) { return r.via_node < k; });
    for (; at != source_.restrictions.end() && at->via_node == key; ++at)
      add_restriction(*at, static_cast<uint16_t>(i));
  }
  std::stable_sort(restrictions_.begin(), restrictions_.end(), [](const Restriction& a, const Restriction& b) {
    if (a.via_node != b.via_node) return a.via_node < b.via_node;
    return a.from_segment < b.from_segment;
  });
}

void TileEncoder::add_restriction(const PlacedRestriction& placed, uint16_t node) {
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

void TileEncoder::add_grid() {
  grid_log2_ = grid_log2_of(points_.size());
  grid_lines_.clear();
  for (uint32_t p = 0; p + 1 < points_.size(); ++p) {
    if (point_segments_[p] == point_segments_[p + 1]) add_line(p);
  }
  grid_starts_.assign((size_t{1} << (2 * grid_log2_)) + 1, 0);
  for (const uint32_t line : grid_lines_) ++grid_starts_[(line >> 16) + 1];
  for (size_t cell = 1; cell < grid_starts_.size(); ++cell) grid_starts_[cell] += grid_starts_[cell - 1];
  grid_pieces_.resize(grid_lines_.size());
  std::vector<uint32_t> next(grid_starts_);
  for (const uint32_t line : grid_lines_) grid_pieces_[next[line >> 16]++] = static_cast<uint16_t>(line);
}

/// The cells that the line from a point to the next meets.
void TileEncoder::add_line(uint32_t p) {
  const uint32_t shift = 16 - grid_log2_;
  const Point a = points_[p], b = points_[p + 1];
  const uint32_t x0 = std::min(a.x, b.x) >> shift, x1 = std::max(a.x, b.x) >> shift;
  const uint32_t y0 = std::min(a.y, b.y) >> shift, y1 = std::max(a.y, b.y) >> shift;
  const bool straight = x0 == x1 || y0 == y1;  // a row of cells: the line meets each of them
  for (uint32_t y = y0; y <= y1; ++y) {
    for (uint32_t x = x0; x <= x1; ++x) {
      if (straight || meets(a, b, x, y, shift)) grid_lines_.push_back(((y << grid_log2_) + x) << 16 | p);
    }
  }
}

void TileEncoder::write(BuiltTile* out) {
  header_.magic = kTileMagic;
  header_.x = cell_.x;
  header_.y = cell_.y;
  header_.level = static_cast<uint8_t>(cell_.level);
  header_.unit_shift = static_cast<uint8_t>(shift_);
  header_.grid_log2 = static_cast<uint8_t>(grid_log2_);
  header_.place = segments_.front().place;
  for (const Segment& s : segments_) header_.place = s.place == header_.place ? s.place : kNone16;
  const std::vector<Twin> twins(node_index_.cuts());
  const auto each = [&](auto&& take) {
    take(kNodes, nodes_), take(kTwins, twins), take(kArcs, arcs_), take(kSegments, segments_), take(kPoints, points_);
    take(kPointSegments, point_segments_), take(kWays, ways_), take(kAttributes, attributes_);
    take(kRulePoints, rule_points_), take(kRestrictions, restrictions_), take(kRestrictionWays, restriction_ways_);
    take(kConditions, conditions_), take(kTerms, terms_), take(kNames, names_), take(kText, text_);
    take(kGridStarts, grid_starts_), take(kGridPieces, grid_pieces_), take(kQuotes, quotes_);
  };
  size_t size = sizeof(TileHeader);
  each([&](SectionId id, const auto& items) {
    size = (size + 7) / 8 * 8;
    header_.sections[id] = {static_cast<uint32_t>(size), static_cast<uint32_t>(items.size())};
    size += items.size() * sizeof(items[0]);
  });
  out->bytes.assign((size + 7) / 8 * 8, 0);
  std::memcpy(out->bytes.data(), &header_, sizeof(header_));
  each([&](SectionId id, const auto& items) {
    if (!items.empty())
      std::memcpy(out->bytes.data() + header_.sections[id].offset, items.data(), items.size() * sizeof(items[0]));
  });
}

}  // namespace tomare::compiler
