// SPDX-License-Identifier: MIT
// Turn bans of an overlay: the junction, the arm of the approach and the arms of the exits, by their bearings.
#include "mapdata/compiler/overlay/overlay_turns.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {
namespace {

constexpr double kReach = 25;     // metres from the position to the junction
constexpr double kTurn = 40;      // degrees
constexpr double kAlong = 12;     // metres of an arm that tell its bearing
constexpr double kStraight = 40;  // degrees

struct Arm {
  uint32_t way;
  int side;
  double bearing;  ///< away from the junction
  bool in, out;    ///< may be driven towards the junction, and away from it
};

struct Wanted {
  const OverlayRow* row;
  double approach;            ///< bearing of travel
  std::vector<double> exits;  ///< bearings of travel; of a U-turn: the approach turned round
  std::vector<uint32_t> nodes;
};

map::TurnKind kind_of(double approach, double exit) {
  const double off = angle_between_deg(approach, exit);
  if (off <= kStraight) return map::kTurnStraight;
  if (off >= 180 - kStraight / 2) return map::kTurnU;
  const double right = exit - approach - 360.0 * std::floor((exit - approach) / 360.0);
  return right < 180 ? map::kTurnRight : map::kTurnLeft;
}

class TurnSnapper {
 public:
  TurnSnapper(Network* network, const RoadIndex& index, const std::vector<const OverlayRow*>& rows,
              const std::vector<PlacedRestriction>& placed)
      : n_(*network), wanted_(wanted(*network, index, rows)), occurrences_(*network, nodes(wanted_)), placed_(placed) {}

  std::vector<PlacedRestriction> run(std::vector<const char*>* reasons) {
    for (const Wanted& w : wanted_) reasons->push_back(place(w));
    return std::move(out_);
  }

 private:
  static std::vector<Wanted> wanted(const Network& n, const RoadIndex& index,
                                    const std::vector<const OverlayRow*>& rows) {
    std::vector<Wanted> all;
    for (const OverlayRow* row : rows) {
      Wanted w{row, course_deg(row->line[0], row->line[1]), {}, {}};
      for (size_t i = 2; i < row->line.size(); ++i) w.exits.push_back(course_deg(row->line[1], row->line[i]));
      for (const NearRoad& road : index.near(*row, row->line[1], kReach)) {
        for (const uint32_t position : {road.position, road.position + 1}) {
          const double off = std::fabs(index.offsets(road.way)[position] - road.offset_m);
          if (index.junction(road.way, position) && off + road.aside_m <= kReach) {
            w.nodes.push_back(n.node_of(n.ways[road.way], position));
          }
        }
      }
      std::sort(w.nodes.begin(), w.nodes.end());
      w.nodes.erase(std::unique(w.nodes.begin(), w.nodes.end()), w.nodes.end());
      all.push_back(std::move(w));
    }
    return all;
  }

  static std::vector<uint32_t> nodes(const std::vector<Wanted>& all) {
    std::vector<uint32_t> nodes;
    for (const Wanted& w : all) nodes.insert(nodes.end(), w.nodes.begin(), w.nodes.end());
    return nodes;
  }

  double bearing_from(const RoadWay& way, uint32_t position, int side) const {
    const uint32_t node = n_.node_of(way, position);
    const MetreScale scale = metre_scale(lat_of(n_.y[node]));
    double dx = 0, dy = 0;
    for (auto i = static_cast<int64_t>(position) + side; i >= 0 && i < way.ref_count; i += side) {
      const uint32_t next = n_.node_of(way, static_cast<uint32_t>(i));
      if (!n_.placed(next)) break;
      dx = grid_east(n_.x[node], n_.x[next]) * scale.x;
      dy = (static_cast<double>(n_.y[next]) - n_.y[node]) * scale.y;
      if (dx * dx + dy * dy >= kAlong * kAlong) break;
    }
    return bearing_deg(dx, dy);
  }

  std::vector<Arm> arms(uint32_t node) const {
    std::vector<Arm> found;
    for (const Occurrence& o : occurrences_.at(node)) {
      const RoadWay& way = n_.ways[o.way];
      const uint8_t* against = n_.facts[way.facts].attributes.oneway_against;
      for (const int side : {-1, 1}) {
        const auto next = static_cast<int64_t>(o.position) + side;
        if (next < 0 || next >= way.ref_count || !n_.placed(n_.node_of(way, static_cast<uint32_t>(next)))) continue;
        const bool in = (against[side < 0 ? map::kForward : map::kBackward] & 1) == 0;
        const bool out = (against[side < 0 ? map::kBackward : map::kForward] & 1) == 0;
        found.push_back({o.way, side, bearing_from(way, o.position, side), in, out});
      }
    }
    return found;
  }

  double metres_to(const OverlayRow& row, uint32_t node) const {
    return distance_m(row.line[1].lat_e7, row.line[1].lon_e7, lat_of(n_.y[node]), lon_of(n_.x[node]));
  }

  /// The arm nearest to a bearing within kTurn; -1: none.
  template <typename Fit>
  static int nearest(const std::vector<Arm>& arms, double bearing, Fit&& fit) {
    int best = -1;
    double least = kTurn;
    for (size_t i = 0; i < arms.size(); ++i) {
      const double off = angle_between_deg(arms[i].bearing, bearing);
      if (!fit(static_cast<int>(i)) || off > least) continue;
      least = off;
      best = static_cast<int>(i);
    }
    return best;
  }

  const char* place(const Wanted& w) {
    std::vector<uint32_t> by_distance = w.nodes;
    std::stable_sort(by_distance.begin(), by_distance.end(),
                     [&](uint32_t a, uint32_t b) { return metres_to(*w.row, a) < metres_to(*w.row, b); });
    const char* reason = "no junction within 25 m";
    for (const uint32_t node : by_distance) {
      const std::vector<Arm> at = arms(node);
      if (at.size() < 2) continue;
      const int from = nearest(at, w.approach + 180, [&](int i) { return at[static_cast<size_t>(i)].in; });
      if (from < 0) {
        reason = "no road in the direction of approach";
        continue;
      }
      const std::vector<int> banned = banned_of(w, at, from);
      if (banned.empty()) {
        reason = "no such exit";
        continue;
      }
      return ban(w, node, at, from, banned);
    }
    return reason;
  }

  /// The exits that the row bans; empty where an exit that it names is not there.
  static std::vector<int> banned_of(const Wanted& w, const std::vector<Arm>& at, int from) {
    const auto leads_out = [&](int i) { return i != from && at[static_cast<size_t>(i)].out; };
    std::vector<int> named;
    for (const double exit : w.exits) {
      const bool back = kind_of(w.approach, exit) == map::kTurnU;
      const int arm = back ? from : nearest(at, exit, leads_out);
      if (arm < 0) return {};
      named.push_back(arm);
    }
    if ((w.row->flags & kOnlyExits) == 0) return named;
    std::vector<int> others;
    for (int i = 0; i < static_cast<int>(at.size()); ++i) {
      if (leads_out(i) && std::find(named.begin(), named.end(), i) == named.end()) others.push_back(i);
    }
    return others;
  }

  const char* ban(const Wanted& w, uint32_t node, const std::vector<Arm>& at, int from,
                  const std::vector<int>& banned) {
    const Arm& in = at[static_cast<size_t>(from)];
    size_t added = 0;
    for (const int exit : banned) {
      const Arm& out = at[static_cast<size_t>(exit)];
      PlacedRestriction r;
      r.via_node = node;
      r.from = {in.way, node, in.side};
      r.to = {out.way, node, out.side};
      r.record.turn = exit == from ? map::kTurnU : kind_of(in.bearing + 180, out.bearing);
      if (known(r)) continue;
      add_overlay_restriction(*w.row, &n_, &r);
      out_.push_back(r);
      ++added;
    }
    return added == 0 ? "the map has this turn ban" : nullptr;
  }

  bool known(const PlacedRestriction& r) const {
    const auto same_end = [](const StrandEnd& a, const StrandEnd& b) { return a.way == b.way && a.side == b.side; };
    return std::any_of(placed_.begin(), placed_.end(), [&](const PlacedRestriction& p) {
      return p.via_node == r.via_node && (p.record.flags & (map::kViaWay | map::kOnly)) == 0 &&
             same_end(p.from, r.from) && same_end(p.to, r.to);
    });
  }

  Network& n_;
  std::vector<Wanted> wanted_;
  Occurrences occurrences_;
  const std::vector<PlacedRestriction>& placed_;
  std::vector<PlacedRestriction> out_;
};

}  // namespace

void add_overlay_restriction(const OverlayRow& row, Network* network, PlacedRestriction* out) {
  RawRestriction raw;
  if (!row.condition.empty()) {
    ParsedCondition c;
    c.target = map::kConditionRestriction;
    c.vehicles = row.vehicles;
    c.value = 1;
    c.understood = parse_condition(row.condition, &c.terms);
    constexpr const char* kNames[] = {"", "left_turn", "right_turn", "straight_on", "u_turn"};
    c.text = "overlay:turn_ban=no_" + std::string(kNames[out->record.turn]) + " @ (" + row.condition + ")";
    raw.conditions.push_back(std::move(c));
  }
  out->record.flags =
      static_cast<uint8_t>(map::kRestrictionOverlay | (raw.conditions.empty() ? 0 : map::kRestrictionConditional));
  out->record.vehicles = row.vehicles;
  out->raw = static_cast<uint32_t>(network->restrictions.size());
  network->restrictions.push_back(std::move(raw));
}

std::vector<PlacedRestriction> snap_turns(Network* network, const RoadIndex& index,
                                          const std::vector<const OverlayRow*>& rows,
                                          const std::vector<PlacedRestriction>& placed,
                                          std::vector<const char*>* reasons) {
  if (rows.empty()) return {};
  return TurnSnapper(network, index, rows, placed).run(reasons);
}

}  // namespace tomare::compiler
