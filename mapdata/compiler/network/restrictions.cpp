// SPDX-License-Identifier: MIT
// Turn restrictions (OSM wiki: Relation:restriction) resolved to road ends at their via node.
#include "mapdata/compiler/network/restrictions.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {
namespace {

using namespace map;  // NOLINT: the format's names, all of them used here

TurnKind turn_kind(std::string_view kind, bool* only) {
  *only = kind.substr(0, 5) == "only_";
  if (!*only && kind.substr(0, 3) != "no_") return kTurnNone;
  const int turn = index_of(kTurnTexts, kind.substr(*only ? 5 : 3));
  const bool banned_alone = turn == kTurnEntry || turn == kTurnExit;
  return turn < 0 || (*only && banned_alone) ? kTurnNone : static_cast<TurnKind>(turn);
}

struct Kind {
  TurnKind turn{};
  bool only = false;
};

/// `no_left_turn`, or several parted by ";" that are all bans, or all only_*; empty where one is not known.
std::vector<Kind> kinds_of(std::string_view text) {
  std::vector<Kind> kinds;
  while (!text.empty()) {
    const size_t end = std::min(text.find(';'), text.size());
    Kind kind;
    kind.turn = turn_kind(trimmed(text.substr(0, end)), &kind.only);
    if (kind.turn == TurnKind{} || (!kinds.empty() && kinds.front().only != kind.only)) return {};
    kinds.push_back(kind);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return kinds;
}

constexpr double kReach = 20;      ///< metres over which a road's direction is taken
constexpr double kLeastTurn = 20;  ///< degrees
constexpr double kMostStraight = 60;
constexpr double kLeastUTurn = 120;

bool fits(TurnKind kind, double turn) {
  switch (kind) {
    case kTurnLeft:
      return turn < -kLeastTurn;
    case kTurnRight:
      return turn > kLeastTurn;
    case kTurnStraight:
      return std::fabs(turn) < kMostStraight;
    case kTurnU:
      return std::fabs(turn) > kLeastUTurn;
    default:
      return true;
  }
}

class RestrictionPlacer {
 public:
  explicit RestrictionPlacer(Network* network) : n_(*network), occurrences_(*network, wanted_nodes(*network)) {}

  std::vector<PlacedRestriction> run() {
    for (uint32_t i = 0; i < n_.restrictions.size(); ++i) {
      const size_t before = out_.size();
      const Statistic reason = place(i);
      if (out_.size() == before) {
        ++n_.statistics[reason];
        n_.dropped.push_back({n_.restrictions[i].id, reason});
        continue;
      }
      ++n_.statistics[kStat_restrictions_kept];
      if ((out_.back().record.flags & kViaWay) != 0) ++n_.statistics[kStat_restrictions_via_way];
    }
    return std::move(out_);
  }

 private:
  /// Via nodes, and the ends of the ways that restrictions name.
  static std::vector<uint32_t> wanted_nodes(const Network& n) {
    std::vector<uint32_t> wanted;
    for (const RawRestriction& r : n.restrictions) {
      for (const RawRestriction::Part& p : r.parts) {
        if (p.type == MemberType::node) {
          const uint32_t node = n.find_node(p.ref);
          if (node != kMissing) wanted.push_back(node);
        } else if (p.type == MemberType::way && n.find_way(p.ref) != kMissing) {
          const RoadWay& way = n.ways[n.find_way(p.ref)];
          wanted.push_back(n.node_of(way, 0));
          wanted.push_back(n.node_of(way, way.ref_count - 1));
        }
      }
    }
    return wanted;
  }

  struct Parts {
    std::vector<uint32_t> from, via_ways, to;
    std::vector<uint32_t> via_nodes;
    bool via_missing = false, end_missing = false;
  };

  Parts collect(const RawRestriction& r) const {
    Parts parts;
    for (const RawRestriction::Part& p : r.parts) {
      if (p.role == 'o') continue;
      if (p.type == MemberType::node) {
        const uint32_t node = n_.find_node(p.ref);
        const bool here = node != kMissing && n_.placed(node);
        parts.via_missing = parts.via_missing || !here;
        if (here && p.role == 'v') add_once(node, &parts.via_nodes);
      } else if (p.type == MemberType::way) {
        const uint32_t way = n_.find_way(p.ref);
        bool& missing = p.role == 'v' ? parts.via_missing : parts.end_missing;
        missing = missing || way == kMissing;
        if (way == kMissing) continue;
        add_once(way, p.role == 'f' ? &parts.from : p.role == 't' ? &parts.to : &parts.via_ways);
      }
    }
    return parts;
  }

  /// Where a relation names no via, its roads may meet in one node alone. Whether that is the one, nobody knows.
  bool infer_via(Parts* parts) const {
    if (!parts->via_nodes.empty() || !parts->via_ways.empty() || parts->via_missing) return false;
    for (const uint32_t from : parts->from) {
      const RoadWay& way = n_.ways[from];
      for (const uint32_t end : {n_.node_of(way, 0), n_.node_of(way, way.ref_count - 1)}) {
        const bool meets = std::any_of(parts->to.begin(), parts->to.end(),
                                       [&](uint32_t to) { return n_.placed(end) && touches(to, end); });
        if (meets) add_once(end, &parts->via_nodes);
      }
    }
    return parts->via_nodes.size() == 1;
  }

  /// A member that is listed twice is a slip of the mapper's. No sign has more than kMostMembers.
  static void add_once(uint32_t member, std::vector<uint32_t>* members) {
    if (members->size() > kMostMembers) return;
    if (std::find(members->begin(), members->end(), member) == members->end()) members->push_back(member);
  }

  /// Sides of a node from which the way can be driven towards it (or away from it), -1 and +1.
  std::vector<int> sides(uint32_t way, uint32_t node, bool towards) const {
    std::vector<int> all, legal;
    const RoadWay& w = n_.ways[way];
    const Attributes& a = n_.facts[w.facts].attributes;
    for (const Occurrence& o : occurrences_.at(node)) {
      if (o.way != way) continue;
      for (const int side : {-1, 1}) {
        const bool exists = side < 0 ? o.position > 0 : o.position + 1 < w.ref_count;
        if (!exists) continue;
        const bool forward = (side < 0) == towards;
        all.push_back(side);
        if ((a.oneway_against[forward ? kForward : kBackward] & 1) == 0) legal.push_back(side);
      }
    }
    return legal.empty() ? all : legal;
  }

  /// Bearing of the road from the node to a place some metres along one side of a way.
  double bearing_from(const StrandEnd& end) const {
    const RoadWay& way = n_.ways[end.way];
    uint32_t at = 0;
    for (const Occurrence& o : occurrences_.at(end.node)) {
      if (o.way == end.way && (end.side < 0 ? o.position > 0 : o.position + 1 < way.ref_count)) at = o.position;
    }
    const MetreScale scale = metre_scale(lat_of(n_.y[end.node]));
    double dx = 0, dy = 0;
    for (uint32_t i = at; end.side < 0 ? i > 0 : i + 1 < way.ref_count;) {
      i = end.side < 0 ? i - 1 : i + 1;
      const uint32_t node = n_.node_of(way, i);
      if (!n_.placed(node)) break;
      dx = grid_east(n_.x[end.node], n_.x[node]) * scale.x;
      dy = (static_cast<double>(n_.y[node]) - n_.y[end.node]) * scale.y;
      if (dx * dx + dy * dy > kReach * kReach) break;
    }
    return bearing_deg(dx, dy);
  }

  /// Degrees that the direction changes, to the right above 0.
  double turn_of(const StrandEnd& from, const StrandEnd& to) const {
    const double change = bearing_from(to) - bearing_from(from) - 180;
    return change - 360 * std::floor((change + 180) / 360);
  }

  /// Where the ways of a pair allow several readings, the one that is a turn of the kind.
  struct Reading {
    StrandEnd from, to;
    Kind kind;
  };

  std::vector<Reading> readings(uint32_t from, uint32_t to, uint32_t in_node, uint32_t out_node,
                                const std::vector<Kind>& kinds, bool must_fit) const {
    std::vector<Reading> all, good;
    for (const int in : sides(from, in_node, true)) {
      std::vector<int> out = sides(to, out_node, false);
      if (from == to && in_node == out_node && std::find(out.begin(), out.end(), in) != out.end()) out = {in};
      for (const int side : out) {
        const Reading reading = {{from, in_node, in}, {to, out_node, side}, kinds.front()};
        all.push_back(reading);
        for (const Kind& kind : kinds) {
          if (!fits(kind.turn, turn_of(reading.from, reading.to))) continue;
          good.push_back(reading);
          good.back().kind = kind;
          break;
        }
      }
    }
    const bool named = kinds.front().turn != kTurnEntry && kinds.front().turn != kTurnExit;
    if (all.size() == 1 && !must_fit) return good.empty() ? all : good;
    return named || all.size() == 1 ? good : std::vector<Reading>();
  }

  void add(const Reading& reading, PlacedRestriction r) {
    r.via_node = reading.from.node;
    r.from = reading.from;
    r.to = reading.to;
    r.record.turn = reading.kind.turn;
    out_.push_back(std::move(r));
  }

  Statistic via_node(const Parts& parts, const std::vector<Kind>& kinds, bool must_fit, const PlacedRestriction& base) {
    Statistic reason = kStat_restrictions_dropped_not_connected;
    const uint32_t node = parts.via_nodes.front();
    for (const uint32_t from : parts.from) {
      for (const uint32_t to : parts.to) {
        if (!touches(from, node) || !touches(to, node)) continue;
        const std::vector<Reading> found = readings(from, to, node, node, kinds, must_fit);
        if (found.size() == 1) {
          add(found.front(), base);
        } else {
          reason = kStat_restrictions_dropped_ambiguous;
        }
      }
    }
    return reason;
  }

  bool touches(uint32_t way, uint32_t node) const {
    for (const Occurrence& o : occurrences_.at(node)) {
      if (o.way == way) return true;
    }
    return false;
  }

  /// The via ways in the order in which they lead from a node to a road, and the node where it is reached.
  bool chain(uint32_t node, uint32_t to, std::vector<uint32_t>* left, std::vector<uint32_t>* order,
             uint32_t* last) const {
    if (left->empty()) {
      *last = node;
      return touches(to, node);
    }
    for (size_t i = 0; i < left->size(); ++i) {
      const uint32_t w = (*left)[i];
      const RoadWay& way = n_.ways[w];
      const uint32_t ends[2] = {n_.node_of(way, 0), n_.node_of(way, way.ref_count - 1)};
      for (const int side : {0, 1}) {
        if (ends[side] != node) continue;
        left->erase(left->begin() + static_cast<ptrdiff_t>(i));
        order->push_back(w);
        if (chain(ends[1 - side], to, left, order, last)) return true;
        order->pop_back();
        left->insert(left->begin() + static_cast<ptrdiff_t>(i), w);
      }
    }
    return false;
  }

  /// Nodes where the via ways may leave a road: its ends, then those where it is not split.
  std::vector<uint32_t> begins(uint32_t from, const Parts& parts) const {
    const RoadWay& road = n_.ways[from];
    std::vector<uint32_t> nodes = {n_.node_of(road, road.ref_count - 1), n_.node_of(road, 0)};
    for (const uint32_t via : parts.via_ways) {
      const RoadWay& way = n_.ways[via];
      for (const uint32_t end : {n_.node_of(way, 0), n_.node_of(way, way.ref_count - 1)}) {
        const bool here = std::find(nodes.begin(), nodes.end(), end) != nodes.end();
        if (!here && touches(from, end)) nodes.push_back(end);
      }
    }
    return nodes;
  }

  Statistic via_pair(uint32_t from, uint32_t to, const Parts& parts, const std::vector<Kind>& kinds, bool must_fit,
                     const PlacedRestriction& base) {
    for (const uint32_t end : begins(from, parts)) {
      std::vector<uint32_t> left = parts.via_ways, order;
      uint32_t last = 0;
      if (!chain(end, to, &left, &order, &last)) continue;
      const std::vector<Reading> found = readings(from, to, end, last, kinds, must_fit);
      if (found.size() != 1) return kStat_restrictions_dropped_ambiguous;
      PlacedRestriction r = base;
      r.record.flags |= kViaWay;
      for (const uint32_t w : order) r.path.push_back(n_.ways[w].id);
      r.path.push_back(n_.ways[to].id);
      add(found.front(), std::move(r));
      return {};
    }
    return kStat_restrictions_dropped_not_connected;
  }

  Statistic via_way(const Parts& parts, const std::vector<Kind>& kinds, bool must_fit, const PlacedRestriction& base) {
    if (parts.via_ways.size() > kMostViaWays) return kStat_restrictions_dropped_ambiguous;
    Statistic reason = kStat_restrictions_dropped_not_connected;
    for (const uint32_t from : parts.from) {
      for (const uint32_t to : parts.to) {
        const Statistic one = via_pair(from, to, parts, kinds, must_fit, base);
        if (one == kStat_restrictions_dropped_ambiguous) reason = one;
      }
    }
    return reason;
  }

  /// More members of a role than the kind allows: only those pairs count that are a turn of the kind.
  static bool too_many(const Parts& parts, const Kind& kind) {
    const bool several = kind.turn == kTurnEntry || kind.turn == kTurnExit;
    const bool from = parts.from.size() > 1 && kind.turn != kTurnEntry;
    const bool to = parts.to.size() > 1 && kind.turn != kTurnExit && !kind.only;
    return from || to || (parts.end_missing && !several);
  }

  /// A ban of several roads holds for those that the extract has. What is missing of only_* may be the lawful way.
  static bool lacks_member(const Parts& parts, const Kind& kind) {
    const bool left = !parts.from.empty() && !parts.to.empty();
    return parts.via_missing || (parts.end_missing && (kind.only || !left));
  }

  Statistic place(uint32_t index) {
    RawRestriction& raw = n_.restrictions[index];
    const std::vector<Kind> kinds = kinds_of(raw.kind);
    if (kinds.empty()) return kStat_restrictions_dropped_unknown_kind;
    if (raw.vehicles == 0) return kStat_restrictions_dropped_other_vehicle;
    Parts parts = collect(raw);
    const bool inferred = infer_via(&parts);
    const bool whole =
        !parts.from.empty() && !parts.to.empty() && (parts.via_nodes.size() == 1) != !parts.via_ways.empty();
    if (lacks_member(parts, kinds.front())) return kStat_restrictions_dropped_missing_member;
    const size_t most = std::max({parts.from.size(), parts.to.size(), parts.via_ways.size()});
    if (!whole || most > kMostMembers) return kStat_restrictions_dropped_ambiguous;
    PlacedRestriction base;
    base.raw = index;
    base.record.relation = raw.id;
    base.record.flags =
        static_cast<uint8_t>((kinds.front().only ? kOnly : 0) | (raw.conditions.empty() ? 0 : kRestrictionConditional));
    if (inferred) base.record.flags |= kRestrictionUnsure;
    base.record.vehicles = raw.vehicles;
    base.record.to_segment = kNone16;
    quote(&raw, kinds.size() > 1);
    const bool must_fit = inferred || too_many(parts, kinds.front());
    return parts.via_ways.empty() ? via_node(parts, kinds, must_fit, base) : via_way(parts, kinds, must_fit, base);
  }

  /// A tag that is not the turn's plain one is kept as the text of a clause, which nobody evaluates.
  static void quote(RawRestriction* raw, bool list) {
    if (!raw->conditions.empty()) return;
    if (raw->text.empty() && list) raw->text = "restriction=" + raw->kind;
    if (raw->text.empty()) return;
    if (raw->texts.empty()) raw->texts.emplace_back(ParsedCondition().vehicles, raw->text);
    for (auto& [vehicles, text] : raw->texts) {
      ParsedCondition c;
      c.target = kConditionRestriction;
      c.vehicles = vehicles;
      c.value = 1;
      c.text = std::move(text);
      raw->conditions.push_back(std::move(c));
    }
  }

  static constexpr size_t kMostViaWays = 12, kMostMembers = 64;

  Network& n_;
  Occurrences occurrences_;
  std::vector<PlacedRestriction> out_;
};

}  // namespace

std::vector<PlacedRestriction> place_restrictions(Network* network) { return RestrictionPlacer(network).run(); }

}  // namespace tomare::compiler
