// SPDX-License-Identifier: MIT
// Nodes that carry a rule become points on ways, with the direction of travel that they are meant
// for: given by a tag, or inferred from the nearest junction (OSM wiki: Tag:highway=stop).
#include "mapdata/compiler/network/rule_points.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/network/junction_walk.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names, all of them used here

constexpr double kSameDistance = 5.0;  ///< metres: two junctions as near as this are a tie
constexpr double kBothNear = 30.0;
constexpr double kOnePlace = 0.5;    ///< metres between two nodes of one sign, at the most
constexpr double kSignOfLine = 30;   ///< metres between a line and the node of its sign, at the most
constexpr uint8_t kTwin = 0;         ///< no kind of point
constexpr double kAtLine = 20;       ///< a stop line lies no farther before its junction
constexpr double kSignalAhead = 30;  ///< metres behind a line: as the rule looks for signals
constexpr double kMayServe = 60;     ///< metres to the road that a sign behind a lesser road may be for, at the most
constexpr double kAlong = 60;  ///< degrees off the road's direction: a sign that faces farther off stands across it

/// Degrees that a sign faces, -1 when the text is no compass value.
double facing_of(const std::string& text) {
  constexpr std::array<const char*, 16> kCompass = {"n", "nne", "ne", "ene", "e", "ese", "se", "sse",
                                                    "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"};
  constexpr std::array<const char*, 8> kWords = {"north", "northeast", "east", "southeast",
                                                 "south", "southwest", "west", "northwest"};
  for (size_t i = 0; i < kCompass.size(); ++i) {
    if (text == kCompass[i] || (i % 2 == 0 && text == kWords[i / 2])) return 22.5 * static_cast<double>(i);
  }
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const std::string unit = end == text.c_str() ? "?" : lowered(end);
  const bool degrees = unit.empty() || unit == "°" || unit == "º" || unit == "deg" || unit == "degrees";
  return degrees && value >= 0 && value <= 360 ? value : -1;
}

class PointPlacer {
 public:
  explicit PointPlacer(Network* network)
      : n_(*network), occurrences_(*network, wanted_nodes(*network)), walk_(*network, occurrences_) {}

  std::vector<PlacedPoint> run() {
    std::stable_sort(n_.tagged.begin(), n_.tagged.end(), [](const TaggedNode& a, const TaggedNode& b) {
      return a.id != b.id ? a.id < b.id : a.kind < b.kind;
    });
    const auto same = [](const TaggedNode& a, const TaggedNode& b) { return a.id == b.id && a.kind == b.kind; };
    n_.tagged.erase(std::unique(n_.tagged.begin(), n_.tagged.end(), same), n_.tagged.end());
    std::sort(n_.crossing_signals.begin(), n_.crossing_signals.end());
    for (const TaggedNode& t : n_.tagged) place(t);
    settle_approaches();
    drop_twins();
    return std::move(out_);
  }

 private:
  /// A way into a junction: the way, the junction's node, the direction of travel.
  using Approach = std::tuple<uint32_t, uint32_t, uint8_t>;

  /// The junction that a sign of an approach is for.
  void remember(const Occurrence& o, int step, const RulePoint& point) {
    if (point.direction_source == kDirectionAmbiguous) return;
    const Ahead ahead = walk_.ahead(o, step, counted_from(o));
    if (ahead.junction_m > kMayServe) return;
    const Approach approach = {ahead.way, ahead.node, ahead.direction};
    if (point.kind == kGiveWay) yields_.insert(approach);
    if (point.kind == kStop) lines_.emplace(approach, out_.size());
  }

  /// An approach with a stop sign of its own is not bound by that in the junction's centre, too; of one with a give-way
  /// sign nobody knows whether it has to stop.
  void settle_approaches() {
    for (PlacedPoint& p : out_) {
      if (p.point.kind != kStop || (p.point.flags & kAtJunction) == 0) continue;
      const Approach approach = {p.anchor.way, p.anchor.node, p.point.directions};
      if (yields_.count(approach) != 0) p.point.flags |= kPointUnsure;
      if (lines_.count(approach) != 0) p.point.kind = kTwin;
    }
    for (const auto& [approach, index] : lines_) {
      if (yields_.count(approach) != 0) out_[index].point.flags |= kPointUnsure;
    }
  }

  /// Of two signs of one way, in their order along it.
  static bool are_twins(const PlacedPoint& a, const PlacedPoint& b) {
    return a.anchor.way == b.anchor.way && b.offset_m - a.offset_m < kOnePlace && a.point.detail == b.point.detail &&
           a.point.directions == b.point.directions && a.point.flags == b.point.flags &&
           a.point.direction_source == b.point.direction_source;
  }

  /// By its own node, the sign of a line that the way has, too. In their order along the ways.
  static void drop_signs_of_lines(const std::vector<PlacedPoint*>& stops) {
    const auto by_sign = [](const PlacedPoint& p) { return (p.point.detail & kPointBySign) != 0; };
    for (size_t i = 1; i < stops.size(); ++i) {
      PlacedPoint &a = *stops[i - 1], &b = *stops[i];
      const bool near = a.anchor.way == b.anchor.way && b.offset_m - a.offset_m < kSignOfLine &&
                        (a.point.directions & b.point.directions) != 0;
      if (!near || by_sign(a) == by_sign(b)) continue;
      (by_sign(a) ? a : b).point.kind = kTwin;
    }
  }

  /// A stop sign that the map has twice at one place is one.
  void drop_twins() {
    const auto inside = [](const PlacedPoint& p) { return p.point.kind == kStop && p.anchor.side == 0; };
    std::vector<PlacedPoint*> stops;
    for (PlacedPoint& p : out_) {
      if (inside(p)) stops.push_back(&p);
    }
    std::stable_sort(stops.begin(), stops.end(), [](const PlacedPoint* a, const PlacedPoint* b) {
      return a->anchor.way != b->anchor.way ? a->anchor.way < b->anchor.way : a->offset_m < b->offset_m;
    });
    drop_signs_of_lines(stops);
    const PlacedPoint* kept = nullptr;
    for (PlacedPoint* stop : stops) {
      if (stop->point.kind == kTwin) continue;
      if (kept != nullptr && are_twins(*kept, *stop)) {
        stop->point.kind = kTwin;
      } else {
        kept = stop;
      }
    }
    out_.erase(std::remove_if(out_.begin(), out_.end(), [](const PlacedPoint& p) { return p.point.kind == kTwin; }),
               out_.end());
  }

  static std::vector<uint32_t> wanted_nodes(const Network& n) {
    std::vector<uint32_t> wanted;
    for (const TaggedNode& t : n.tagged) {
      const uint32_t node = n.find_node(t.id);
      if (node != kMissing) wanted.push_back(node);
    }
    return wanted;
  }

  void count(const TaggedNode& t, DirectionSource source) {
    if (t.kind == kGiveWay) ++n_.statistics[kStat_give_ways];
    if (t.kind == kSignals) ++n_.statistics[kStat_signals];
    if (t.kind == kLevelCrossing) ++n_.statistics[kStat_level_crossings];
    if (t.kind == kBarrier) ++n_.statistics[kStat_barriers];
    if (t.kind != kStop) return;
    ++n_.statistics[kStat_stops];
    if (source == kDirectionGiven) ++n_.statistics[kStat_stops_direction_given];
    if (source == kDirectionInferred) ++n_.statistics[kStat_stops_direction_inferred];
    if (source == kDirectionAmbiguous) ++n_.statistics[kStat_stops_direction_ambiguous];
  }

  void place(const TaggedNode& t) {
    const uint32_t node = n_.find_node(t.id);
    const bool on_road = node != kMissing && !occurrences_.at(node).empty();
    if (!on_road) {
      count(t, kDirectionNone);
      if (t.kind == kStop) ++n_.statistics[kStat_stops_off_road];
      return;
    }
    RulePoint point{};
    point.node = t.id;
    point.kind = t.kind;
    point.flags = t.flags;
    point.access = t.access;
    point.detail = t.detail;
    if (signals_at(node)) point.detail |= kSignalBeside;
    point.directions = 3;
    point.direction_source = kDirectionGiven;
    if (t.kind == kLevelCrossing) {
      const auto on = [&t](const std::vector<int64_t>& nodes) {
        return std::binary_search(nodes.begin(), nodes.end(), t.id);
      };
      const bool used = on(n_.rails), perhaps = on(n_.doubtful_rails);
      if (!used && perhaps) point.detail |= kPointConditional;
      if ((on(n_.dead_rails) && !used && !perhaps) || above_or_below(node)) point.flags |= kCrossingInactive;
      if ((point.flags & kCrossingInactive) != 0) ++n_.statistics[kStat_level_crossings_inactive];
    }
    if (occurrences_.arms(node) >= 3) {
      at_junction(t, node, point);
    } else {
      on_way(t, node, point);
    }
  }

  /// Within a bridge or a tunnel of the road: its rails lie at another level.
  bool above_or_below(uint32_t node) const {
    const std::vector<Occurrence>& all = occurrences_.at(node);
    return std::any_of(all.begin(), all.end(), [&](const Occurrence& o) {
      const bool inside = o.position > 0 && o.position + 1 < n_.ways[o.way].ref_count;
      return inside && (attributes_at(o).flags & (kFlagBridge | kFlagTunnel)) != 0;
    });
  }

  void add(const Occurrence& o, uint32_t node, int side, const RulePoint& point) {
    out_.push_back({{o.way, node, side}, walk_.offset_m(o), point});
  }

  void at_junction(const TaggedNode& t, uint32_t node, RulePoint point) {
    point.flags |= kAtJunction;
    const bool clear = t.kind != kStop && t.kind != kGiveWay;
    const bool stated = (t.flags & (kStopAll | kStopMinor)) != 0;
    point.direction_source = clear || stated ? kDirectionGiven : kDirectionAmbiguous;
    const Through through = through_road(node);
    const bool minor = (t.flags & kStopMinor) != 0 && through.others;
    if ((t.flags & kStopMinor) != 0 && !minor) point.direction_source = kDirectionAmbiguous;  // of equal roads
    for (const Occurrence& o : occurrences_.at(node)) {
      const RoadWay& way = n_.ways[o.way];
      const Attributes& a = n_.facts[way.facts].attributes;
      if (minor && (is_drive(a) || a.road_class == through.best)) continue;
      RulePoint of_arm = point;
      if (minor && a.road_class <= through.second) of_arm.direction_source = kDirectionAmbiguous;
      of_arm.directions = 1;
      if (o.position > 0) add(o, node, -1, of_arm);
      of_arm.directions = 2;
      if (o.position + 1 < way.ref_count) add(o, node, 1, of_arm);
    }
    count(t, static_cast<DirectionSource>(point.direction_source));
  }

  const Attributes& attributes_at(const Occurrence& o) const { return n_.facts[n_.ways[o.way].facts].attributes; }

  /// The road that goes on through a junction, by the lowest numbers of the classes of its arms, drives left out.
  struct Through {
    uint8_t best = kRoadClassCount, second = kRoadClassCount;  ///< of its two arms: its class may change here
    bool others = false;                                       ///< some other arm is of a lower class
  };

  Through through_road(uint32_t node) const {
    std::vector<uint8_t> arms;
    for (const Occurrence& o : occurrences_.at(node)) {
      const bool inside = o.position > 0 && o.position + 1 < n_.ways[o.way].ref_count;
      if (!is_drive(attributes_at(o))) arms.insert(arms.end(), inside ? 2 : 1, attributes_at(o).road_class);
    }
    std::sort(arms.begin(), arms.end());
    Through found;
    if (!arms.empty()) found.best = arms[0];
    if (arms.size() > 1) found.second = arms[1];
    found.others = !arms.empty() && arms.back() > found.second;
    return found;
  }

  /// A node where two ways meet head to head: "forward" is towards it on both.
  bool head_to_head(const std::vector<Occurrence>& places) const {
    if (places.size() != 2 || places[0].way == places[1].way) return false;
    const auto first = [](const Occurrence& o) { return o.position == 0; };
    const auto last = [this](const Occurrence& o) { return o.position + 1 == n_.ways[o.way].ref_count; };
    return (first(places[0]) && first(places[1])) || (last(places[0]) && last(places[1]));
  }

  void on_way(const TaggedNode& t, uint32_t node, RulePoint point) {
    const std::vector<Occurrence>& places = occurrences_.at(node);
    Occurrence o = places.front();
    for (const Occurrence& other : places) {
      if (o.position == 0 && other.position > 0) o = other;
    }
    const RoadWay& way = n_.ways[o.way];
    const bool end = o.position == 0 || o.position + 1 == way.ref_count || n_.uses[node] >= 2;
    const int side = !end ? 0 : (o.position > 0 ? -1 : 1);
    if (t.kind == kStop || t.kind == kGiveWay || (t.kind == kSignals && !t.direction.empty())) {
      set_direction(t, o, head_to_head(places), &point);
    }
    count(t, static_cast<DirectionSource>(point.direction_source));
    const uint8_t out = leaving(o, point);
    if (out != 0) {
      RulePoint other = point;
      other.directions = out;
      other.direction_source = kDirectionAmbiguous;
      point.directions = static_cast<uint8_t>(point.directions & ~out);
      add_line(o, node, side, other);
    }
    add_line(o, node, side, point);
  }

  void add_line(const Occurrence& o, uint32_t node, int side, RulePoint point) {
    for (const int step : {1, -1}) {
      const bool travelled = (point.directions & (step > 0 ? 1 : 2)) != 0;
      if (point.kind == kStop && travelled && signals_ahead(o, step)) point.detail |= kSignalBeside;
      if (travelled) remember(o, step, point);
    }
    add(o, node, side, point);
  }

  /// The direction of those who come out of the junction that a sign of "both" stands at: for them, perhaps.
  uint8_t leaving(const Occurrence& o, const RulePoint& point) {
    if (point.kind != kStop || point.directions != 3 || point.direction_source != kDirectionGiven) return 0;
    return right_behind_junction(o, 1) ? 1 : (right_behind_junction(o, -1) ? 2 : 0);
  }

  bool signals_at(uint32_t node) const {
    return std::binary_search(n_.crossing_signals.begin(), n_.crossing_signals.end(), node);
  }

  /// A crosswalk with signals right behind the line, at the junction ahead at the most.
  bool signals_ahead(Occurrence o, int step) {
    if (n_.crossing_signals.empty()) return false;
    const RoadWay& way = n_.ways[o.way];
    const Counted counted = counted_from(o);
    double total = 0;
    for (uint32_t nodes = 0;
         nodes < JunctionWalk::kMostNodes && (step > 0 ? o.position + 1 < way.ref_count : o.position > 0); ++nodes) {
      const uint32_t node = n_.node_of(way, o.position);
      if (total > 0 && walk_.roads_at(node, counted) >= 2) return false;
      o.position += static_cast<uint32_t>(step);
      const uint32_t next = n_.node_of(way, o.position);
      if (!n_.placed(node) || !n_.placed(next)) return false;
      total += length_of(node, next);
      if (total > kSignalAhead) return false;
      if (signals_at(next)) return true;
    }
    return false;
  }

  void set_direction(const TaggedNode& t, const Occurrence& o, bool head_on, RulePoint* point) {
    read_direction(t, o, head_on, point);
    if (t.kind == kStop && point->directions == 3 && point->direction_source == kDirectionGiven) doubt_both(o, point);
    const int only = point->directions == 1 ? kForward : kBackward;
    if (t.kind != kStop || point->directions == 3 || attributes_at(o).oneway_against[only] != kEveryVehicle) return;
    point->direction_source = kDirectionAmbiguous;  // of cyclists against the arrow, or of those who come with it?
    point->directions = 3;
  }

  void read_direction(const TaggedNode& t, const Occurrence& o, bool head_on, RulePoint* point) {
    point->direction_source = kDirectionGiven;
    if (head_on && (t.direction == "forward" || t.direction == "backward")) {
      point->direction_source = kDirectionAmbiguous;  // of which way?
      point->directions = 3;
      return;
    }
    if (t.direction == "forward" || t.direction == "backward" || says_both(t.direction)) {
      point->directions = t.direction == "forward" ? 1 : (t.direction == "backward" ? 2 : 3);
      return;
    }
    const double facing = t.direction.empty() ? -1 : facing_of(t.direction);
    if (facing >= 0) {
      const double off = angle_between_deg(bearing_at(o), facing + 180.0);
      const bool across = off > kAlong && off < 180 - kAlong;
      if (across) point->direction_source = kDirectionAmbiguous;
      point->directions = across ? 3 : (off < 90 ? 1 : 2);
      return;
    }
    if (!t.direction.empty() && t.direction != "unknown") {
      point->direction_source = kDirectionAmbiguous;  // a word that nobody understands
      point->directions = 3;
      return;
    }
    infer_direction(o, point);
  }

  /// "both" on a one-way street right behind its junction: of those who come against the arrow, perhaps.
  void doubt_both(const Occurrence& o, RulePoint* point) {
    const Attributes& a = attributes_at(o);
    const bool forward_only = (a.oneway_against[kBackward] & 1) != 0;
    if (forward_only == ((a.oneway_against[kForward] & 1) != 0)) return;
    if (right_behind_junction(o, forward_only ? 1 : -1)) point->direction_source = kDirectionAmbiguous;
  }

  static bool says_both(std::string_view direction) {
    return direction == "both" || direction == "all" || direction == "forward;backward" ||
           direction == "backward;forward";
  }

  double bearing_at(const Occurrence& o) const {
    const RoadWay& way = n_.ways[o.way];
    const uint32_t a = n_.node_of(way, o.position > 0 ? o.position - 1 : 0);
    const uint32_t b = n_.node_of(way, o.position + 1 < way.ref_count ? o.position + 1 : o.position);
    const MetreScale scale = metre_scale(lat_of(n_.y[a]));
    return bearing_deg(grid_east(n_.x[a], n_.x[b]) * scale.x, (static_cast<double>(n_.y[b]) - n_.y[a]) * scale.y);
  }

  double length_of(uint32_t a, uint32_t b) const {
    return distance_m(lat_of(n_.y[a]), lon_of(n_.x[a]), lat_of(n_.y[b]), lon_of(n_.x[b]));
  }

  /// Drives make no junction with a road that is none itself.
  Counted counted_from(const Occurrence& o) const {
    return is_drive(attributes_at(o)) ? Counted::every : Counted::no_drives;
  }

  /// Who comes out of a junction and has none ahead: of cyclists against the arrow, perhaps.
  bool right_behind_junction(const Occurrence& o, int step) {
    const Counted counted = counted_from(o);
    const Ahead ahead = walk_.ahead(o, step, counted);
    return std::min(ahead.junction_m, ahead.perhaps_m) > kBothNear &&
           walk_.ahead(o, -step, counted).junction_m <= kAtLine;
  }

  /// The nearest junction lies the other way, but only with a service or a closed road: who comes this way comes to a
  /// proper one, which the sign may be for.
  bool for_proper_road(const Occurrence& o, int step) {
    if (!is_proper(attributes_at(o))) return false;
    const double here = walk_.ahead(o, step, Counted::proper).junction_m;
    return here <= kMayServe && here < walk_.ahead(o, -step, Counted::proper).junction_m;
  }

  void infer_direction(const Occurrence& o, RulePoint* point) {
    const RoadWay& way = n_.ways[o.way];
    const Attributes& a = n_.facts[way.facts].attributes;
    point->direction_source = kDirectionInferred;
    const bool forward_only = (a.oneway_against[kBackward] & 1) != 0;
    const bool backward_only = (a.oneway_against[kForward] & 1) != 0;
    if (forward_only != backward_only) {
      point->directions = forward_only ? 1 : 2;
      if (right_behind_junction(o, forward_only ? 1 : -1)) {
        point->direction_source = kDirectionAmbiguous;
        point->directions = 3;
      }
      return;
    }
    if ((point->detail & kPointBySign) != 0) {  // the wiki's rule is that of highway=stop
      point->direction_source = kDirectionAmbiguous;
      point->directions = 3;
      return;
    }
    const Counted counted = counted_from(o);
    const Ahead there = walk_.ahead(o, 1, counted), back = walk_.ahead(o, -1, counted);
    const double ahead = there.junction_m, behind = back.junction_m;
    const bool none = ahead == kNoJunction && behind == kNoJunction;
    const bool tie = std::fabs(ahead - behind) < kSameDistance || (ahead < kBothNear && behind < kBothNear);
    // far from the junction, a crosswalk or a gate on the other side may be what the sign is for
    const bool other =
        std::min(ahead, behind) > kAtLine && (ahead < behind ? back : there).perhaps_m < std::min(ahead, behind);
    if (none || tie || other || for_proper_road(o, ahead < behind ? -1 : 1)) {
      point->direction_source = kDirectionAmbiguous;
      point->directions = 3;
      return;
    }
    point->directions = ahead < behind ? 1 : 2;
  }

  Network& n_;
  Occurrences occurrences_;
  JunctionWalk walk_;
  std::vector<PlacedPoint> out_;
  std::set<Approach> yields_;              ///< with a give-way sign
  std::multimap<Approach, size_t> lines_;  ///< with stop signs, by their places in out_
};

}  // namespace

std::vector<PlacedPoint> place_points(Network* network) { return PointPlacer(network).run(); }

}  // namespace tomare::compiler
