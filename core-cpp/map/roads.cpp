// SPDX-License-Identifier: MIT
#include "core-cpp/map/roads.hpp"

#include <algorithm>
#include <unordered_map>

#include "core-cpp/base/geo.hpp"

namespace tomare::map {
namespace {

constexpr uint32_t kSeamCm = 2;  ///< offsets are rounded on both sides of a seam
constexpr int64_t kSeamE7 = 48;  ///< two of the coarsest units and a half

/// A part of a segment that meets the box.
struct Part {
  RoadLine line;                              ///< its positions are in Collector::corners_
  uint32_t from_cm = 0, to_cm = 0;            ///< from the way's first node
  bool whole_from = false, whole_to = false;  ///< begins, ends with its segment
  bool cut_from = false, cut_to = false;      ///< at the edge of a tile, where the way has no corner
};

class Collector {
 public:
  Collector(Graph* graph, const RoadsRequest& request, Roads* out) : graph_(*graph), r_(request), out_(out) {}

  void collect() {
    std::vector<TileCell> tiles;
    graph_.tiles_in(grid_x(r_.min_lon_e7), grid_y(r_.min_lat_e7), grid_x(r_.max_lon_e7), grid_y(r_.max_lat_e7), &tiles);
    for (const TileCell& cell : tiles) {
      const Tile* tile = graph_.tile(cell.number);
      if (tile != nullptr) add_tile(*tile);
      if (out_->cut || graph_.error().error != Error::OK) break;
    }
    std::stable_sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) {
      if (a.line.way != b.line.way) return a.line.way < b.line.way;
      return a.from_cm != b.from_cm ? a.from_cm < b.from_cm : a.to_cm < b.to_cm;
    });
    for (const Part& part : parts_) join(part);
    close();
  }

 private:
  /// Whether there is room for `count` more.
  bool take(uint32_t count) {
    if (count > r_.most - used_) out_->cut = true;
    if (!out_->cut) used_ += count;
    return !out_->cut;
  }

  bool wanted(const Attributes& a) const { return r_.classes == 0 || (r_.classes >> a.road_class & 1) != 0; }

  bool in_box(const Position& p) const {
    return p.lat_e7 >= r_.min_lat_e7 && p.lat_e7 <= r_.max_lat_e7 && p.lon_e7 >= r_.min_lon_e7 &&
           p.lon_e7 <= r_.max_lon_e7;
  }

  bool meets_box(const Position& a, const Position& b) const {
    return std::max(a.lat_e7, b.lat_e7) >= r_.min_lat_e7 && std::min(a.lat_e7, b.lat_e7) <= r_.max_lat_e7 &&
           std::max(a.lon_e7, b.lon_e7) >= r_.min_lon_e7 && std::min(a.lon_e7, b.lon_e7) <= r_.max_lon_e7;
  }

  void add_tile(const Tile& tile) {
    for (uint32_t s = 0; s < tile.count(kSegments) && !out_->cut; ++s) {
      if (wanted(tile.attributes_of(s))) add_segment(tile, s);
    }
    for (uint32_t i = 0; i < tile.count(kRulePoints) && !out_->cut; ++i) add_point(tile, tile.rule_points[i]);
    for (uint32_t i = 0; i < tile.count(kRestrictions) && !out_->cut; ++i) add_restriction(tile, tile.restrictions[i]);
  }

  /// The runs of pieces that meet the box, each a part.
  void add_segment(const Tile& tile, uint32_t segment) {
    const Segment& s = tile.segments[segment];
    const uint32_t last = s.first_point + s.point_count - 1U;
    for (uint32_t i = s.first_point; i < last && !out_->cut;) {
      uint32_t end = i;
      while (end < last && meets_box(position_of(tile, tile.points[end]), position_of(tile, tile.points[end + 1])))
        ++end;
      if (end > i) add_part(tile, segment, i, end);
      i = end > i ? end : i + 1;
    }
  }

  void add_part(const Tile& tile, uint32_t segment, uint32_t from, uint32_t to) {
    if (!take(to - from + 1)) return;
    const Segment& s = tile.segments[segment];
    const uint32_t last = s.first_point + s.point_count - 1U;
    Part part;
    part.line = look_of(tile, segment);
    part.whole_from = from == s.first_point;
    part.whole_to = to == last;
    const auto cut = [&](uint16_t node, bool begin) {
      return (tile.nodes[node].flags & kNodeCut) != 0 && !cut_at_corner(tile, segment, begin);
    };
    part.cut_from = part.whole_from && cut(s.from_node, true);
    part.cut_to = part.whole_to && cut(s.to_node, false);
    // of a part that is not whole, places among the way's other parts are all that counts
    part.from_cm = s.way_offset_cm + (part.whole_from ? 0 : std::min(s.length_cm, from - s.first_point));
    part.to_cm = s.way_offset_cm + s.length_cm;
    part.line.first_position = static_cast<uint32_t>(corners_.size());
    part.line.position_count = to - from + 1;
    for (uint32_t i = from; i <= to; ++i) corners_.push_back(position_of(tile, tile.points[i]));
    parts_.push_back(part);
  }

  RoadLine look_of(const Tile& tile, uint32_t segment) {
    const Attributes& a = tile.attributes_of(segment);
    RoadLine line;
    line.way = tile.way_of(segment).id;
    const auto name = name_of(tile.text_of(tile.way_of(segment).name));
    line.name_offset = name.first;
    line.name_length = name.second;
    const bool no_forward = (a.oneway_against[kForward] >> r_.vehicle & 1) != 0;
    const bool no_backward = (a.oneway_against[kBackward] >> r_.vehicle & 1) != 0;
    line.oneway = static_cast<int8_t>((no_backward ? 1 : 0) - (no_forward ? 1 : 0));
    line.limit = limit_of(a, line.oneway);
    line.flags = a.flags;
    line.layer = a.layer;
    line.road_class = static_cast<RoadClass>(a.road_class);
    return line;
  }

  uint16_t limit_of(const Attributes& a, int oneway) const {
    const auto exact = [&](int direction) {
      const uint16_t low = a.limit_low[direction][r_.vehicle], high = a.limit_high[direction][r_.vehicle];
      const bool number = high < kLimitUnparsed || high == kLimitUnlimited;
      return low == high && number ? high : kLimitUnset;
    };
    if (oneway != 0) return exact(oneway > 0 ? kForward : kBackward);
    return exact(kForward) == exact(kBackward) ? exact(kForward) : kLimitUnset;
  }

  std::pair<uint32_t, uint32_t> name_of(std::string_view name) {
    const auto [at, fresh] = names_.emplace(name, static_cast<uint32_t>(out_->text.size()));
    if (fresh) out_->text.append(name);
    return {at->second, static_cast<uint32_t>(name.size())};
  }

  void add_point(const Tile& tile, const RulePoint& p) {
    const Position place = place_on(tile, p.segment, p.offset_cm * 0.01);
    const bool shown = (p.flags & kCrossingInactive) == 0 && wanted(tile.attributes_of(p.segment)) && in_box(place);
    if (!shown || !take(1)) return;
    out_->points.push_back(
        {p.node, tile.way_of(p.segment).id, place, static_cast<RulePointKind>(p.kind), p.directions});
  }

  void add_restriction(const Tile& tile, const Restriction& r) {
    const Node& via = tile.nodes[r.via_node];
    const Position place = position_of(tile, via.x, via.y);
    const bool shown =
        (r.vehicles >> r_.vehicle & 1) != 0 && wanted(tile.attributes_of(r.from_segment)) && in_box(place);
    if (!shown) return;
    const RoadRestriction one = {r.relation, tile.way_of(r.from_segment).id, place, static_cast<TurnKind>(r.turn),
                                 (r.flags & kOnly) != 0};
    const bool again = !out_->restrictions.empty() && out_->restrictions.back() == one;
    if (!again && take(1)) out_->restrictions.push_back(one);
  }

  bool continues(const Part& b) const {
    if (out_->lines.empty()) return false;
    const Position& end = out_->positions.back();
    const Position& begin = corners_[b.line.first_position];
    const auto near = [](int64_t x, int64_t y) { return x - y <= kSeamE7 && y - x <= kSeamE7; };
    return out_->lines.back().alike(b.line) && last_.whole_to && b.whole_from && b.from_cm <= last_.to_cm + kSeamCm &&
           last_.to_cm <= b.from_cm + kSeamCm && near(end.lat_e7, begin.lat_e7) && near(end.lon_e7, begin.lon_e7);
  }

  /// A road that crosses a tile's edge has a point there which the way does not have: it goes.
  void join(const Part& part) {
    uint32_t skip = 0;
    if (continues(part)) {
      if (last_.cut_to && out_->positions.size() - out_->lines.back().first_position > 1) out_->positions.pop_back();
      skip = part.cut_from ? 1 : 0;
    } else {
      close();
      out_->lines.push_back(part.line);
      out_->lines.back().first_position = static_cast<uint32_t>(out_->positions.size());
    }
    const size_t first = out_->lines.back().first_position;
    for (uint32_t i = skip; i < part.line.position_count; ++i) {
      const Position& p = corners_[part.line.first_position + i];
      if (out_->positions.size() == first || !(out_->positions.back() == p)) out_->positions.push_back(p);
    }
    last_ = part;
  }

  /// A line of one place is none.
  void close() {
    if (out_->lines.empty()) return;
    RoadLine& line = out_->lines.back();
    line.position_count = static_cast<uint32_t>(out_->positions.size()) - line.first_position;
    if (line.position_count > 1) return;
    out_->positions.resize(line.first_position);
    out_->lines.pop_back();
    last_.whole_to = false;
  }

  Graph& graph_;
  const RoadsRequest& r_;
  Roads* out_;
  uint32_t used_ = 0;
  std::vector<Part> parts_;
  std::vector<Position> corners_;
  std::unordered_map<std::string, uint32_t> names_;
  Part last_;
};

}  // namespace

void collect_roads(Graph* graph, const RoadsRequest& request, Roads* out) {
  *out = {};
  Collector(graph, request, out).collect();
}

}  // namespace tomare::map
