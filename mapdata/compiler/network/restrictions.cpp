// SPDX-License-Identifier: MIT
// Turn restrictions (OSM wiki: Relation:restriction) resolved to road ends at their via node.
#include "mapdata/compiler/network/restrictions.hpp"

#include <algorithm>

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

class RestrictionPlacer {
 public:
  explicit RestrictionPlacer(Network* network) : n_(*network), occurrences_(*network, wanted_nodes(*network)) {}

  std::vector<PlacedRestriction> run() {
    for (uint32_t i = 0; i < n_.restrictions.size(); ++i) {
      const size_t before = out_.size();
      const Statistic reason = place(i);
      if (out_.size() == before) {
        ++n_.statistics[reason];
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
    bool missing = false;
  };

  Parts collect(const RawRestriction& r) const {
    Parts parts;
    for (const RawRestriction::Part& p : r.parts) {
      if (p.role == 'o') continue;
      if (p.type == MemberType::node) {
        const uint32_t node = n_.find_node(p.ref);
        const bool here = node != kMissing && n_.placed(node);
        parts.missing = parts.missing || !here;
        if (here && p.role == 'v') parts.via_nodes.push_back(node);
      } else if (p.type == MemberType::way) {
        const uint32_t way = n_.find_way(p.ref);
        parts.missing = parts.missing || way == kMissing;
        if (way == kMissing) continue;
        (p.role == 'f' ? parts.from : p.role == 't' ? parts.to : parts.via_ways).push_back(way);
      }
    }
    return parts;
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

  Statistic via_node(const Parts& parts, const PlacedRestriction& base) {
    Statistic reason = kStat_restrictions_dropped_not_connected;
    const uint32_t node = parts.via_nodes.front();
    for (const uint32_t from : parts.from) {
      for (const uint32_t to : parts.to) {
        const std::vector<int> in = sides(from, node, true);
        std::vector<int> out = sides(to, node, false);
        if (in.empty() || out.empty()) continue;
        if (in.size() > 1) {
          reason = kStat_restrictions_dropped_ambiguous;
          continue;
        }
        if (from == to) out = {in.front()};
        if (out.size() > 1) {
          reason = kStat_restrictions_dropped_ambiguous;
          continue;
        }
        PlacedRestriction r = base;
        r.via_node = node;
        r.from = {from, node, in.front()};
        r.to = {to, node, out.front()};
        out_.push_back(std::move(r));
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

  Statistic via_way(const Parts& parts, const PlacedRestriction& base) {
    if (parts.from.size() != 1 || parts.to.size() != 1) return kStat_restrictions_dropped_ambiguous;
    const RoadWay& from = n_.ways[parts.from.front()];
    std::vector<uint32_t> via = parts.via_ways;
    for (int turn = 0; turn < 2; ++turn, std::reverse(via.begin(), via.end())) {
      for (const uint32_t end : {n_.node_of(from, from.ref_count - 1), n_.node_of(from, 0)}) {
        if (!touches(via.front(), end)) continue;
        const std::vector<int> in = sides(parts.from.front(), end, true);
        if (in.size() != 1) return kStat_restrictions_dropped_ambiguous;
        PlacedRestriction r = base;
        r.via_node = end;
        r.from = {parts.from.front(), end, in.front()};
        r.record.flags |= kViaWay;
        for (const uint32_t w : via) r.path.push_back(n_.ways[w].id);
        r.path.push_back(n_.ways[parts.to.front()].id);
        out_.push_back(std::move(r));
        return {};
      }
    }
    return kStat_restrictions_dropped_not_connected;
  }

  Statistic place(uint32_t index) {
    const RawRestriction& raw = n_.restrictions[index];
    bool only = false;
    const TurnKind turn = turn_kind(raw.kind, &only);
    if (turn == kTurnNone) return kStat_restrictions_dropped_unknown_kind;
    if (raw.vehicles == 0) return kStat_restrictions_dropped_other_vehicle;
    const Parts parts = collect(raw);
    const bool whole =
        !parts.from.empty() && !parts.to.empty() && (parts.via_nodes.size() == 1) != !parts.via_ways.empty();
    if (parts.missing) return kStat_restrictions_dropped_missing_member;
    if (!whole) return kStat_restrictions_dropped_ambiguous;
    PlacedRestriction base;
    base.raw = index;
    base.record.relation = raw.id;
    base.record.turn = turn;
    base.record.flags =
        static_cast<uint8_t>((only ? kOnly : 0) | (raw.conditions.empty() ? 0 : kRestrictionConditional));
    base.record.vehicles = raw.vehicles;
    base.record.to_segment = kNone16;
    return parts.via_ways.empty() ? via_node(parts, base) : via_way(parts, base);
  }

  Network& n_;
  Occurrences occurrences_;
  std::vector<PlacedRestriction> out_;
};

}  // namespace

std::vector<PlacedRestriction> place_restrictions(Network* network) { return RestrictionPlacer(network).run(); }

}  // namespace tomare::compiler
