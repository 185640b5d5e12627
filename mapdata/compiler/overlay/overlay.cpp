// SPDX-License-Identifier: MIT
#include "mapdata/compiler/overlay/overlay.hpp"

#include <algorithm>
#include <unordered_map>

#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/overlay/overlay_lines.hpp"
#include "mapdata/compiler/overlay/overlay_points.hpp"
#include "mapdata/compiler/overlay/overlay_turns.hpp"
#include "mapdata/compiler/overlay/overlay_unsure.hpp"
#include "mapdata/compiler/overlay/road_index.hpp"

namespace tomare::compiler {
namespace {

using map::Attributes;

constexpr double kSameNode = 1;  // metres: a regulation that begins so near a node begins at it

/// A row on a part of one way.
struct Edit {
  OverlayStretch at;
  uint32_t row;  ///< index into the rows
};

uint8_t directions_of(const OverlayRow& row, bool forward) {
  return (row.flags & kAlongOnly) == 0 ? 3 : (forward ? 1 : 2);
}

void add_condition(const OverlayRow& row, map::ConditionTarget target, uint8_t directions, uint16_t value,
                   const std::string& text, WayFacts* facts) {
  ParsedCondition c;
  c.target = target;
  c.directions = directions;
  c.vehicles = row.vehicles;
  c.key = map::kKeyOverlay;
  c.value = value;
  c.understood = parse_condition(row.condition, &c.terms);
  c.text = "overlay:" + text + " @ (" + row.condition + ")";
  facts->conditions.push_back(std::move(c));
}

void set_oneway(const OverlayRow& row, bool forward, WayFacts* facts) {
  Attributes& a = facts->attributes;
  if (!row.condition.empty()) {
    add_condition(row, map::kConditionOneway, 3, forward ? 1 : 2, "oneway=yes", facts);
    return;
  }
  a.oneway_source = map::kOnewayOverlay;
  const int against = forward ? map::kBackward : map::kForward;
  a.oneway_against[against] = static_cast<uint8_t>(a.oneway_against[against] | row.vehicles);
}

void set_closure(const OverlayRow& row, bool forward, WayFacts* facts) {
  const uint8_t directions = directions_of(row, forward);
  if (!row.condition.empty()) {
    add_condition(row, map::kConditionAccess, directions, row.value,
                  "closure=" + std::string(map::kAccessTexts[row.value]), facts);
    return;
  }
  for (int d = 0; d < 2; ++d) {
    if ((directions >> d & 1) == 0) continue;
    map::set_access(&facts->attributes, d, row.vehicles, static_cast<map::Access>(row.value), map::kKeyOverlay);
  }
}

void set_limit(const OverlayRow& row, bool forward, WayFacts* facts) {
  const uint8_t directions = directions_of(row, forward);
  if (!row.condition.empty()) {
    const std::string kmh = row.value == map::kLimitUnlimited  ? "none"
                            : row.value == map::kLimitVariable ? "variable"
                                                               : std::to_string(row.value / 10);
    add_condition(row, map::kConditionLimit, directions, row.value, "limit=" + kmh, facts);
    return;
  }
  Attributes& a = facts->attributes;
  for (int d = 0; d < 2; ++d) {
    if ((directions >> d & 1) == 0) continue;
    for (int v = 0; v < map::kVehicleCount; ++v) {
      if ((row.vehicles >> v & 1) != 0) a.limit_low[d][v] = a.limit_high[d][v] = row.value;
    }
    a.limit_source[d] = map::kLimitOverlay;
  }
}

void change(const OverlayRow& row, bool forward, WayFacts* facts) {
  switch (row.kind) {
    case OverlayKind::oneway:
      set_oneway(row, forward, facts);
      break;
    case OverlayKind::closure:
      set_closure(row, forward, facts);
      break;
    case OverlayKind::limit:
      set_limit(row, forward, facts);
      break;
    case OverlayKind::centre_line:
      facts->attributes.centre_line = map::kYes;
      break;
    case OverlayKind::expressway:
      facts->attributes.flags |= map::kFlagExpressway;
      break;
    default:
      break;
  }
}

/// What the map says already, or the contrary: a line drawn the other way round is more likely than that.
const char* oneway_conflict(const Network& n, const std::vector<OverlayStretch>& stretches) {
  bool all_known = true;
  for (const OverlayStretch& s : stretches) {
    const Attributes& a = n.facts[n.ways[s.way].facts].attributes;
    const int along = s.forward ? map::kForward : map::kBackward;
    if ((a.oneway_against[along] & 1) != 0) return "the map has the opposite direction";
    all_known = all_known && (a.oneway_against[1 - along] & 1) != 0;
  }
  return all_known ? "the map has this one-way street" : nullptr;
}

bool shut(const Network& n, const OverlayStretch& s) {
  return (n.facts[n.ways[s.way].facts].attributes.oneway_against[s.forward ? map::kForward : map::kBackward] & 1) != 0;
}

map::Statistic statistic_of(OverlayKind kind) {
  switch (kind) {
    case OverlayKind::oneway:
      return map::kStat_overlay_oneways;
    case OverlayKind::closure:
      return map::kStat_overlay_closures;
    case OverlayKind::limit:
      return map::kStat_overlay_limits;
    case OverlayKind::turn_ban:
    case OverlayKind::u_turn_ban:
      return map::kStat_overlay_turn_bans;
    case OverlayKind::level_crossing:
      return map::kStat_overlay_level_crossings;
    case OverlayKind::centre_line:
      return map::kStat_overlay_centre_lines;
    case OverlayKind::expressway:
      return map::kStat_overlay_expressways;
    case OverlayKind::unsure:
      return map::kStat_overlay_unsure;
    default:
      return map::kStat_overlay_stops;
  }
}

class Merger {
 public:
  Merger(const std::vector<OverlayRow>& rows, Network* network, std::vector<PlacedPoint>* points,
         std::vector<PlacedRestriction>* restrictions)
      : rows_(rows),
        n_(*network),
        points_(*points),
        restrictions_(*restrictions),
        index_(*network, rows),
        snapper_(*network, index_, *points) {}

  std::string run() {
    reasons_.assign(rows_.size(), nullptr);
    for (uint32_t i = 0; i < rows_.size(); ++i) {
      reasons_[i] = fault_of(rows_[i]);
      if (reasons_[i] == nullptr) reasons_[i] = place(i);
    }
    place_turns();
    cut();
    mark_unsure(rows_, &n_, &points_, &restrictions_, &reasons_);
    std::string left_out;
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (reasons_[i] == nullptr) {
        ++n_.statistics[statistic_of(rows_[i].kind)];
      } else {
        left_out += std::to_string(rows_[i].row) + "\t" + reasons_[i] + "\n";
      }
    }
    return left_out;
  }

 private:
  const char* place(uint32_t i) {
    const OverlayRow& row = rows_[i];
    PlacedPoint point;
    const char* reason = nullptr;
    switch (row.kind) {
      case OverlayKind::stop:
        reason = snapper_.stop(row, &point);
        break;
      case OverlayKind::level_crossing:
        reason = snapper_.crossing(row, &point);
        break;
      case OverlayKind::turn_ban:
        return nullptr;  // all at once, in place_turns
      case OverlayKind::unsure:
        return nullptr;  // in mark_unsure, once all facts are there
      default:
        return row.line.size() == 1 ? place_mouth(i) : place_line(i);
    }
    if (reason == nullptr) points_.push_back(point);
    return reason;
  }

  const char* place_mouth(uint32_t i) {
    OverlayStretch stretch;
    const char* reason = snapper_.mouth(rows_[i], &stretch);
    if (reason != nullptr) return reason;
    if (shut(n_, stretch)) return "the map has this one-way street";
    edits_.push_back({stretch, i});
    return nullptr;
  }

  const char* place_line(uint32_t i) {
    const OverlayRow& row = rows_[i];
    const char* reason = nullptr;
    const std::vector<OverlayStretch> stretches = snap_line(n_, index_, row, &reason);
    if (reason != nullptr) return reason;
    if (row.kind == OverlayKind::u_turn_ban) return ban_u_turns(row, stretches);
    if (row.kind == OverlayKind::oneway && row.condition.empty()) {
      if (const char* conflict = oneway_conflict(n_, stretches)) return conflict;
    }
    for (const OverlayStretch& s : stretches) edits_.push_back({s, i});
    return nullptr;
  }

  /// At each junction along the line, for both ways of coming to it unless the line has one.
  const char* ban_u_turns(const OverlayRow& row, const std::vector<OverlayStretch>& stretches) {
    size_t added = 0;
    for (const OverlayStretch& s : stretches) {
      const uint8_t directions = directions_of(row, s.forward);
      const std::vector<double> at = index_.offsets(s.way);
      for (uint32_t i = 0; i < at.size(); ++i) {
        if (!index_.junction(s.way, i) || at[i] < s.from_m - kSameNode || at[i] > s.to_m + kSameNode) continue;
        const uint32_t node = n_.node_of(n_.ways[s.way], i);
        if ((directions & 1) != 0 && i > 0 && at[i] > s.from_m + kSameNode) added += ban_u_turn(row, s.way, node, -1);
        if ((directions & 2) != 0 && i + 1 < at.size() && at[i] < s.to_m - kSameNode) {
          added += ban_u_turn(row, s.way, node, 1);
        }
      }
    }
    return added == 0 ? "no junction along the line" : nullptr;
  }

  size_t ban_u_turn(const OverlayRow& row, uint32_t way, uint32_t node, int side) {
    PlacedRestriction r;
    r.via_node = node;
    r.from = r.to = {way, node, side};
    r.record.turn = map::kTurnU;
    add_overlay_restriction(row, &n_, &r);
    restrictions_.push_back(r);
    return 1;
  }

  void place_turns() {
    std::vector<const OverlayRow*> turns;
    std::vector<uint32_t> of;
    for (uint32_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].kind != OverlayKind::turn_ban || reasons_[i] != nullptr) continue;
      turns.push_back(&rows_[i]);
      of.push_back(i);
    }
    std::vector<const char*> reasons;
    const std::vector<PlacedRestriction> placed = snap_turns(&n_, index_, turns, restrictions_, &reasons);
    for (size_t k = 0; k < reasons.size(); ++k) reasons_[of[k]] = reasons[k];
    restrictions_.insert(restrictions_.end(), placed.begin(), placed.end());
  }

  /// Cuts the ways at the ends of the stretches, and gives each part the facts that all its rows make.
  void cut() {
    for (size_t i = 0; i < points_.size(); ++i) points_of_[points_[i].anchor.way].push_back(i);
    std::stable_sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.at.way < b.at.way; });
    for (size_t i = 0; i < edits_.size();) {
      size_t end = i + 1;
      while (end < edits_.size() && edits_[end].at.way == edits_[i].at.way) ++end;
      cut_way(edits_.data() + i, edits_.data() + end);
      i = end;
    }
  }

  void cut_way(const Edit* begin, const Edit* end) {
    const uint32_t way = begin->at.way;
    std::vector<double> bounds;
    for (const Edit* e = begin; e != end; ++e) {
      bounds.push_back(e->at.from_m);
      bounds.push_back(e->at.to_m);
    }
    std::sort(bounds.begin(), bounds.end());
    // `marks[k]` is where bound k lies once the way has a node there
    const std::vector<double> marks = insert_nodes(way, bounds);
    for (size_t k = 0; k + 1 < bounds.size(); ++k) {
      if (marks[k + 1] - marks[k] < 0.01) continue;
      std::vector<std::pair<uint32_t, bool>> rows;
      for (const Edit* e = begin; e != end; ++e) {
        if (e->at.from_m <= bounds[k] && e->at.to_m >= bounds[k + 1]) rows.emplace_back(e->row, e->at.forward);
      }
      if (!rows.empty()) n_.stretches.push_back({way, marks[k], marks[k + 1], facts_of(n_.ways[way].facts, rows)});
    }
  }

  uint32_t facts_of(uint32_t base, const std::vector<std::pair<uint32_t, bool>>& rows) {
    WayFacts facts = n_.facts[base];
    for (const auto& [row, forward] : rows) change(rows_[row], forward, &facts);
    return n_.intern(std::move(facts));
  }

  /// The way gets a node at each bound that has none; placed points of the way move with it.
  std::vector<double> insert_nodes(uint32_t index, const std::vector<double>& bounds) {
    RoadWay& way = n_.ways[index];
    const std::vector<double> old = way_offsets(n_, way);
    std::vector<uint32_t> refs, place(way.ref_count), of_bound(bounds.size());
    size_t b = 0;
    for (uint32_t i = 0; i < way.ref_count; ++i) {
      const uint32_t node = n_.node_of(way, i);
      place[i] = static_cast<uint32_t>(refs.size());
      refs.push_back(node);
      const double next = i + 1 < way.ref_count ? old[i + 1] : 1e18;
      for (; b < bounds.size() && (bounds[b] < next - kSameNode || i + 1 == way.ref_count); ++b) {
        const bool here = bounds[b] <= old[i] + kSameNode || i + 1 == way.ref_count;
        const bool again = b > 0 && bounds[b] - bounds[b - 1] < kSameNode && of_bound[b - 1] + 1 == refs.size();
        if (here) {
          if (n_.uses[node] < 2) n_.uses[node] = 2;
        } else if (!again) {
          refs.push_back(new_node(node, n_.node_of(way, i + 1), (bounds[b] - old[i]) / (next - old[i])));
        }
        of_bound[b] = here ? place[i] : static_cast<uint32_t>(refs.size() - 1);
      }
    }
    way.first_ref = static_cast<uint32_t>(n_.refs.size());
    way.ref_count = static_cast<uint32_t>(refs.size());
    n_.refs.insert(n_.refs.end(), refs.begin(), refs.end());
    const std::vector<double> now = way_offsets(n_, way);
    move_points(index, old, place, now);
    std::vector<double> marks;
    for (const uint32_t position : of_bound) marks.push_back(now[position]);
    return marks;
  }

  uint32_t new_node(uint32_t a, uint32_t b, double share) {
    const auto between = [share](uint32_t from, uint32_t to) {
      return static_cast<uint32_t>(from + share * (static_cast<double>(to) - from) + 0.5);
    };
    n_.x.push_back(between(n_.x[a], n_.x[b]));
    n_.y.push_back(between(n_.y[a], n_.y[b]));
    n_.uses.push_back(2);
    return static_cast<uint32_t>(n_.x.size() - 1);
  }

  void move_points(uint32_t way, const std::vector<double>& old, const std::vector<uint32_t>& place,
                   const std::vector<double>& now) {
    for (const size_t point : points_of_[way]) {
      PlacedPoint& p = points_[point];
      const auto after = std::upper_bound(old.begin(), old.end(), p.offset_m + 1e-6);
      const auto i = static_cast<size_t>(std::max<std::ptrdiff_t>(after - old.begin() - 1, 0));
      const double beyond = p.offset_m - old[i];
      p.offset_m = now[place[i]] + (beyond > 1e-6 ? beyond : 0);
    }
  }

  const std::vector<OverlayRow>& rows_;
  Network& n_;
  std::vector<PlacedPoint>& points_;
  std::vector<PlacedRestriction>& restrictions_;
  RoadIndex index_;
  PointSnapper snapper_;
  std::vector<const char*> reasons_;
  std::vector<Edit> edits_;
  std::unordered_map<uint32_t, std::vector<size_t>> points_of_;  ///< by way
};

}  // namespace

std::string merge_overlay(const std::vector<OverlayRow>& rows, Network* network, std::vector<PlacedPoint>* points,
                          std::vector<PlacedRestriction>* restrictions) {
  if (rows.empty()) return {};
  return Merger(rows, network, points, restrictions).run();
}

}  // namespace tomare::compiler
