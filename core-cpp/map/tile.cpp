// SPDX-License-Identifier: MIT
#include "core-cpp/map/tile.hpp"

#include <initializer_list>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::map {
namespace {

constexpr uint32_t kTileMagic = 0x454C4954;
constexpr uint32_t kElementBytes[kSectionCount] = {
    sizeof(Node), sizeof(Twin),       sizeof(Arc),       sizeof(Segment),     sizeof(Point),    sizeof(uint16_t),
    sizeof(Way),  sizeof(Attributes), sizeof(RulePoint), sizeof(Restriction), sizeof(int64_t),  sizeof(Condition),
    sizeof(Term), sizeof(Name),       sizeof(char),      sizeof(uint32_t),    sizeof(uint16_t), sizeof(Quote)};

/// FORMAT.md §4: §4.1 is the nodes, and so on in the order of SectionId.
ErrorDetail fault(SectionId section, uint32_t number, int64_t index) {
  return {Error::MAP_TILE, static_cast<int32_t>(401 + section), number, index};
}

bool in_range(uint32_t first, uint32_t count, uint32_t limit) { return first <= limit && count <= limit - first; }

ErrorDetail check_nodes(const Tile& t) {
  const uint32_t nodes = t.count(kNodes);
  const uint32_t first_cut = nodes - t.count(kTwins);
  for (uint32_t i = 0; i < nodes; ++i) {
    const Node& n = t.nodes[i];
    const bool cut = (n.flags & kNodeCut) != 0;
    const bool good =
        in_range(n.first_arc, n.arc_count, t.count(kArcs)) && cut == (i >= first_cut) && (!cut || n.arc_count == 1);
    if (!good) return fault(kNodes, t.number, i);
  }
  for (uint32_t i = 0; i < t.count(kArcs); ++i) {
    if ((t.arcs[i] >> 1) >= t.count(kSegments)) return fault(kArcs, t.number, i);
  }
  return {};
}

ErrorDetail check_segments(const Tile& t) {
  uint64_t points = 0;
  for (uint32_t i = 0; i < t.count(kSegments); ++i) {
    const Segment& s = t.segments[i];
    const bool good = s.from_node < t.count(kNodes) && s.to_node < t.count(kNodes) && s.point_count >= 2 &&
                      in_range(s.first_point, s.point_count, t.count(kPoints)) && s.way < t.count(kWays) &&
                      in_range(s.first_rule_point, s.rule_point_count, t.count(kRulePoints));
    if (!good) return fault(kSegments, t.number, i);
    points += s.point_count;
    for (uint32_t p = 0; p < s.point_count; ++p) {
      if (t.point_segments[s.first_point + p] != i) return fault(kPointSegments, t.number, i);
    }
  }
  if (points != t.count(kPoints)) return fault(kPoints, t.number, -1);  // each point has one segment
  for (uint32_t i = 0; i < t.count(kRulePoints); ++i) {
    const RulePoint& p = t.rule_points[i];
    if (p.segment >= t.count(kSegments) || p.offset_cm > t.segments[p.segment].length_cm) {
      return fault(kRulePoints, t.number, i);
    }
  }
  return {};
}

bool names(const Tile& t, uint16_t name) { return name == kNone16 || name < t.count(kNames); }

ErrorDetail check_ways(const Tile& t) {
  for (uint32_t i = 0; i < t.count(kWays); ++i) {
    const Way& w = t.ways[i];
    if (w.attributes >= t.count(kAttributes) || !names(t, w.name)) return fault(kWays, t.number, i);
  }
  return {};
}

ErrorDetail check_attributes(const Tile& t) {
  for (uint32_t i = 0; i < t.count(kAttributes); ++i) {
    const Attributes& a = t.attributes[i];
    if (a.road_class >= kRoadClassCount || !in_range(a.first_condition, a.condition_count, t.count(kConditions)) ||
        !in_range(a.first_quote, a.quote_count, t.count(kQuotes))) {
      return fault(kAttributes, t.number, i);
    }
  }
  for (uint32_t i = 0; i < t.count(kQuotes); ++i) {
    if (t.quotes[i].text >= t.count(kNames)) return fault(kQuotes, t.number, i);
  }
  return {};
}

ErrorDetail check_conditions(const Tile& t) {
  for (uint32_t i = 0; i < t.count(kConditions); ++i) {
    const Condition& c = t.conditions[i];
    const bool sized = c.target != kConditionSize || c.term_count > 0;
    if (!in_range(c.first_term, c.term_count, t.count(kTerms)) || !names(t, c.text) || !sized) {
      return fault(kConditions, t.number, i);
    }
  }
  return {};
}

ErrorDetail check_names(const Tile& t) {
  for (uint32_t i = 0; i < t.count(kNames); ++i) {
    if (!in_range(t.names[i].offset, t.names[i].length, t.count(kText))) {
      return fault(kNames, t.number, i);
    }
  }
  return {};
}

ErrorDetail check_restrictions(const Tile& t) {
  for (uint32_t i = 0; i < t.count(kRestrictions); ++i) {
    const Restriction& r = t.restrictions[i];
    const bool via_way = (r.flags & kViaWay) != 0;
    const bool good = r.via_node < t.count(kNodes) && r.from_segment < t.count(kSegments) &&
                      (via_way || r.to_segment < t.count(kSegments)) &&
                      in_range(r.first_way, r.way_count, t.count(kRestrictionWays)) && (!via_way || r.way_count >= 2) &&
                      in_range(r.first_condition, r.condition_count, t.count(kConditions)) &&
                      (i == 0 || t.restrictions[i - 1].via_node <= r.via_node);
    if (!good) return fault(kRestrictions, t.number, i);
  }
  return {};
}

ErrorDetail check_grid(const Tile& t) {
  const uint32_t cells = 1U << (2 * t.header->grid_log2);
  if (t.count(kGridStarts) != cells + 1) return fault(kGridStarts, t.number, -1);
  for (uint32_t i = 0; i <= cells; ++i) {
    const uint32_t previous = i == 0 ? 0 : t.grid_starts[i - 1];
    if (t.grid_starts[i] < previous || t.grid_starts[i] > t.count(kGridPieces)) {
      return fault(kGridStarts, t.number, i);
    }
  }
  for (uint32_t i = 0; i < t.count(kGridPieces); ++i) {
    const uint32_t p = t.grid_pieces[i];
    if (p + 1 >= t.count(kPoints) || t.point_segments[p] != t.point_segments[p + 1]) {
      return fault(kGridPieces, t.number, i);
    }
  }
  return {};
}

void set_sections(const uint8_t* const start[], Tile* tile) {
  Tile& t = *tile;
  t.nodes = reinterpret_cast<const Node*>(start[kNodes]);
  t.twins = reinterpret_cast<const Twin*>(start[kTwins]);
  t.arcs = reinterpret_cast<const Arc*>(start[kArcs]);
  t.segments = reinterpret_cast<const Segment*>(start[kSegments]);
  t.points = reinterpret_cast<const Point*>(start[kPoints]);
  t.point_segments = reinterpret_cast<const uint16_t*>(start[kPointSegments]);
  t.ways = reinterpret_cast<const Way*>(start[kWays]);
  t.attributes = reinterpret_cast<const Attributes*>(start[kAttributes]);
  t.rule_points = reinterpret_cast<const RulePoint*>(start[kRulePoints]);
  t.restrictions = reinterpret_cast<const Restriction*>(start[kRestrictions]);
  t.restriction_ways = reinterpret_cast<const int64_t*>(start[kRestrictionWays]);
  t.conditions = reinterpret_cast<const Condition*>(start[kConditions]);
  t.terms = reinterpret_cast<const Term*>(start[kTerms]);
  t.names = reinterpret_cast<const Name*>(start[kNames]);
  t.text = reinterpret_cast<const char*>(start[kText]);
  t.grid_starts = reinterpret_cast<const uint32_t*>(start[kGridStarts]);
  t.grid_pieces = reinterpret_cast<const uint16_t*>(start[kGridPieces]);
  t.quotes = reinterpret_cast<const Quote*>(start[kQuotes]);
}

}  // namespace

ErrorDetail view_tile(const uint8_t* bytes, uint32_t size, uint32_t number, uint32_t level, Tile* tile) {
  const ErrorDetail bad = {Error::MAP_TILE, 400, number, 0};
  if (size < sizeof(TileHeader)) return bad;
  const auto* h = reinterpret_cast<const TileHeader*>(bytes);
  if (h->magic != kTileMagic || h->number != number || h->level != level) return bad;
  if (level < kMinTileLevel || level > kMaxTileLevel || h->grid_log2 > 8) return bad;
  if (h->unit_shift != (level < 16 ? 16 - level : 0)) return bad;
  const uint8_t* start[kSectionCount];
  for (uint32_t i = 0; i < kSectionCount; ++i) {
    const Section& s = h->sections[i];
    const uint64_t length = uint64_t{s.count} * kElementBytes[i];
    if (s.offset % 8 != 0 || s.offset > size || length > size - s.offset) {
      return fault(static_cast<SectionId>(i), number, s.offset);
    }
    start[i] = bytes + s.offset;
  }
  Tile& t = *tile;
  t.header = h;
  set_sections(start, &t);
  t.number = number;
  t.span = 1U << (32 - level);
  const MetreScale scale = metre_scale(lat_of(h->y + t.span / 2));
  const auto unit = static_cast<double>(1U << h->unit_shift);
  t.unit_x_m = static_cast<float>(scale.x * unit);
  t.unit_y_m = static_cast<float>(scale.y * unit);
  return {};
}

namespace {

/// Numbers of nodes, points and arcs have 16 bits, and a segment has two arcs.
bool counts_fit(const Tile& t) {
  return t.count(kNodes) <= kNone16 && t.count(kTwins) <= t.count(kNodes) && t.count(kSegments) <= 32768 &&
         t.count(kPoints) <= kNone16 && t.count(kPointSegments) == t.count(kPoints) && t.count(kRulePoints) <= kNone16;
}

}  // namespace

ErrorDetail check_tile(const uint8_t* bytes, uint32_t size, uint32_t number, uint32_t level, uint32_t tile_count,
                       uint32_t place_count, Tile* tile) {
  ErrorDetail detail = view_tile(bytes, size, number, level, tile);
  if (detail.error != Error::OK) return detail;
  const Tile& t = *tile;
  if (!counts_fit(t)) return {Error::MAP_TILE, 400, number, -1};
  for (uint32_t i = 0; i < t.count(kTwins); ++i) {
    if (t.twins[i].tile >= tile_count) return fault(kTwins, number, i);
  }
  const auto known = [place_count](uint16_t place) { return place == kNone16 || place < place_count; };
  if (!known(t.header->place)) return {Error::MAP_TILE, 400, number, 20};
  for (uint32_t i = 0; i < t.count(kSegments); ++i) {
    if (!known(t.segments[i].place)) return fault(kSegments, number, i);
  }
  using Check = ErrorDetail (*)(const Tile&);
  for (const Check check : {check_nodes, check_segments, check_ways, check_attributes, check_conditions, check_names,
                            check_restrictions, check_grid}) {
    detail = check(t);
    if (detail.error != Error::OK) return detail;
  }
  return {};
}

uint16_t quote_of(const Tile& t, const Attributes& a, QuotedFact fact, int direction, Vehicle vehicle) {
  for (uint32_t i = 0; i < a.quote_count; ++i) {
    const Quote& q = t.quotes[a.first_quote + i];
    const bool here = q.fact == fact && (q.directions >> direction & 1) != 0 && (q.vehicles >> vehicle & 1) != 0;
    if (here) return q.text;
  }
  return kNone16;
}

bool opens_with(const Tile& t, const Restriction& r, uint32_t segment) {
  if ((r.flags & kViaWay) == 0) return r.to_segment == segment;
  return r.way_count > 0 && t.restriction_ways[r.first_way] == t.way_of(segment).id;
}

double Pose::bearing_deg() const { return tomare::bearing_deg(east_m, north_m); }

SegmentLine::SegmentLine(const Tile& tile, uint32_t segment) : tile_(tile), s_(tile.segments[segment]) {
  double total = 0;
  for (uint32_t i = 0; i + 1 < s_.point_count; ++i) total += length_of(i);
  scale_ = total > 0 ? s_.length_cm * 0.01 / total : 0;
}

double SegmentLine::length_of(uint32_t piece) const {
  const Point &a = tile_.points[s_.first_point + piece], &b = tile_.points[s_.first_point + piece + 1];
  const double dx = (static_cast<double>(b.x) - a.x) * tile_.unit_x_m;
  const double dy = (static_cast<double>(b.y) - a.y) * tile_.unit_y_m;
  return std::sqrt(dx * dx + dy * dy);
}

double SegmentLine::go_to(double along_m) {
  if (along_m <= walked_m_) {
    piece_ = 0;
    walked_m_ = 0;
  }
  for (; piece_ + 1 < s_.point_count; ++piece_) {
    const double length = length_of(piece_) * scale_;
    if (walked_m_ + length >= along_m || piece_ + 2 == s_.point_count) {
      const double part = length > 0 ? (along_m - walked_m_) / length : 0;
      return part < 0 ? 0 : (part > 1 ? 1 : part);
    }
    walked_m_ += length;
  }
  return 0;
}

Pose SegmentLine::pose(double along_m) {
  const double share = go_to(along_m);
  const Point& a = tile_.points[s_.first_point + piece_];
  const Point& b = tile_.points[s_.first_point + piece_ + 1];
  const double dx = static_cast<double>(b.x) - a.x, dy = static_cast<double>(b.y) - a.y;
  const auto unit = static_cast<double>(1U << tile_.header->unit_shift);
  const double x = (a.x + dx * share) * unit;
  const double y = (a.y + dy * share) * unit;
  return {lat_of(tile_.header->y + static_cast<uint32_t>(y + 0.5)),
          lon_of(tile_.header->x + static_cast<uint32_t>(x + 0.5)), dx * tile_.unit_x_m, dy * tile_.unit_y_m};
}

Pose pose_on(const Tile& tile, uint32_t segment, double along_m) { return SegmentLine(tile, segment).pose(along_m); }

void position_on(const Tile& tile, uint32_t segment, double along_m, int32_t* lat_e7, int32_t* lon_e7) {
  const Pose pose = pose_on(tile, segment, along_m);
  *lat_e7 = pose.lat_e7;
  *lon_e7 = pose.lon_e7;
}

double bearing_on(const Tile& tile, uint32_t segment, double along_m) {
  return pose_on(tile, segment, along_m).bearing_deg();
}

}  // namespace tomare::map
