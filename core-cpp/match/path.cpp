// SPDX-License-Identifier: MIT
#include "core-cpp/match/path.hpp"

#include <algorithm>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/budget.hpp"

namespace tomare::match {

using map::ArcRef;

void PathBuilder::open_leg(ArcRef arc, float travelled_m, float length_m) {
  const map::Tile* tile = graph_.tile(arc.tile);
  trace_->legs.emplace_back();
  Leg& leg = trace_->legs.back();
  leg.path_m = path_m_;
  leg.from_m = arc.backward != 0 ? length_m - travelled_m : travelled_m;
  leg.to_m = leg.from_m;
  leg.tile = arc.tile;
  leg.run = static_cast<uint32_t>(trace_->runs.size()) - 1;
  leg.segment = arc.segment;
  leg.forward = arc.backward == 0;
  if (tile != nullptr) {
    leg.illegal = standing(tile->attributes_of(arc.segment), costs_.vehicle(), arc.backward).illegal;
  }
  trace_->runs.back().leg_count += 1;
  arc_ = arc;
  arc_length_ = length_m;
  travelled_ = travelled_m;
}

void PathBuilder::move_to(float travelled_m) {
  const float to = travelled_m > arc_length_ ? arc_length_ : travelled_m;
  if (to <= travelled_) return;
  path_m_ += static_cast<double>(to) - travelled_;
  travelled_ = to;
  trace_->legs.back().to_m = arc_.backward != 0 ? arc_length_ - to : to;
}

void PathBuilder::start_run(const ArcInfo& at, float travelled_m, uint32_t fix) {
  path_m_ = 0;
  Run run;
  run.first_leg = static_cast<uint32_t>(trace_->legs.size());
  run.first_fix = fix;
  run.last_fix = fix;
  trace_->runs.push_back(run);
  open_leg(at.arc, travelled_m, at.length_m);
}

void PathBuilder::advance(const std::vector<ArcRef>& arcs, float travelled_m, uint32_t fix) {
  for (size_t i = 0; i < arcs.size(); ++i) {
    const ArcRef arc = arcs[i];
    if (i == 0 && arc == arc_) continue;
    const bool back = arc.tile == arc_.tile && arc.segment == arc_.segment;
    const map::Tile* tile = graph_.tile(arc.tile);
    if (tile == nullptr) return;
    const float length = static_cast<float>(tile->segments[arc.segment].length_cm) * 0.01F;
    uint8_t extra = 0;
    float start = 0;
    if (back && i == 0) {
      start = arc_length_ - travelled_;
    } else {
      move_to(arc_length_);
      const map::Tile* before = graph_.tile(arc_.tile);
      if (before != nullptr && arc.tile == arc_.tile) {
        const map::Segment& s = before->segments[arc_.segment];
        const uint32_t node = arc_.backward != 0 ? s.from_node : s.to_node;
        const bool banned = (before->nodes[node].flags & map::kNodeBanned) != 0 &&
                            turn_banned(*before, node, arc_.segment, arc.segment, costs_.vehicle());
        if (banned) extra |= kBannedTurn;
      }
    }
    if (back) extra |= kUTurn;
    open_leg(arc, start, length);
    trace_->legs.back().illegal |= extra;
  }
  move_to(travelled_m);
  trace_->runs.back().last_fix = fix;
}

namespace {

struct Place {
  double along_m = 0, distance2 = 1e30;
};

}  // namespace

const Placer::Shape& Placer::shape_of(uint32_t leg, const Leg& of, const map::Tile& tile) {
  Shape& shape = shapes_[leg % kShapes];
  if (shape.leg == leg) return shape;
  shape.leg = leg;
  shape.pieces.clear();
  const map::Segment& s = tile.segments[of.segment];
  double total = 0;
  for (uint32_t i = s.first_point; i + 1 < s.first_point + uint32_t{s.point_count}; ++i) {
    Piece p;
    p.x = tile.points[i].x;
    p.y = tile.points[i].y;
    p.dx = (static_cast<double>(tile.points[i + 1].x) - tile.points[i].x) * tile.unit_x_m;
    p.dy = (static_cast<double>(tile.points[i + 1].y) - tile.points[i].y) * tile.unit_y_m;
    p.length2 = p.dx * p.dx + p.dy * p.dy;
    p.length_m = std::sqrt(p.length2);
    total += p.length_m;
    shape.pieces.push_back(p);
  }
  const double scale = total > 0 ? s.length_cm * 0.01 / total : 1;
  for (Piece& p : shape.pieces) p.length_m *= scale;
  return shape;
}

namespace {

/// Nearest place to a position on metres lo..hi of a segment.
template <typename Pieces>
Place nearest_on(const map::Tile& tile, const Pieces& pieces, int32_t lat_e7, int32_t lon_e7, double lo, double hi) {
  const auto unit = static_cast<double>(1U << tile.header->unit_shift);
  const double fx = east_e7(lon_of(tile.header->x), lon_e7) / unit;
  const double fy = static_cast<double>(static_cast<int64_t>(grid_y(lat_e7)) - tile.header->y) / unit;
  const double unit_x_m = tile.unit_x_m, unit_y_m = tile.unit_y_m;
  Place best;
  double walked = 0;
  for (const auto& p : pieces) {
    const double from = lo - walked, to = hi - walked, begin = walked;
    double low = 0, high = 0;  // shares of the piece; most are whole, and a division is slow
    if (p.length_m > 0) {
      low = from > 0 ? from / p.length_m : 0;
      high = to < p.length_m ? to / p.length_m : 1;
    }
    walked += p.length_m;
    if (high < 0 || low > 1) continue;
    const double ax = (p.x - fx) * unit_x_m;
    const double ay = (p.y - fy) * unit_y_m;
    double share = p.length2 > 0 ? -(ax * p.dx + ay * p.dy) / p.length2 : 0;
    share = std::clamp(share, low, high);
    const double qx = ax + share * p.dx;
    const double qy = ay + share * p.dy;
    const double distance2 = qx * qx + qy * qy;
    if (distance2 < best.distance2) best = {begin + share * p.length_m, distance2};
  }
  return best;
}

}  // namespace

bool Placer::joined(const MatchedFix& before, const MatchedFix& after) const {
  return before.state == FixState::matched && after.state == FixState::matched &&
         trace_->legs[before.leg].run == trace_->legs[after.leg].run;
}

void Placer::place_all(const Fixes& fixes, const std::vector<uint8_t>& usable, const std::vector<Anchor>& anchors) {
  for (size_t k = 0; k < anchors.size(); ++k) {
    const uint32_t first = anchors[k].fix;
    const bool last = k + 1 == anchors.size();
    const uint32_t end = last ? fixes.count : anchors[k + 1].fix;
    const MatchedFix here = trace_->fixes[first];
    if (!last && joined(here, trace_->fixes[end])) {
      place_between(fixes, usable, first, end);
      continue;
    }
    for (uint32_t i = first + 1; i < end; ++i) {
      if (usable[i] == 0) continue;
      trace_->fixes[i] = here;
      if (here.state == FixState::matched) trace_->runs[trace_->legs[here.leg].run].last_fix = i;
    }
  }
}

void Placer::place_between(const Fixes& fixes, const std::vector<uint8_t>& usable, uint32_t first, uint32_t last) {
  const MatchedFix from = trace_->fixes[first];
  const MatchedFix to = trace_->fixes[last];
  const double far = std::max(radius_m_, 2.0 * std::max(from.error_m, to.error_m));
  double floor_m = from.path_m;
  for (uint32_t i = first + 1; i < last; ++i) {
    if (usable[i] == 0) continue;
    MatchedFix placed = from;
    double best = 1e30;
    for (uint32_t l = from.leg; l <= std::min(to.leg, from.leg + kMostLegs); ++l) {
      const Leg& leg = trace_->legs[l];
      const double length = leg.length_m();
      const double begin = std::max(floor_m, from.path_m) - leg.path_m;
      const double end = to.path_m - leg.path_m;
      if (begin > length || end < 0) continue;
      const map::Tile* tile = graph_.tile(leg.tile);
      if (tile == nullptr) continue;
      const double sign = leg.forward ? 1 : -1;
      const double a = leg.from_m + sign * std::clamp(begin, 0.0, length);
      const double b = leg.from_m + sign * std::clamp(end, 0.0, length);
      const Place place = nearest_on(*tile, shape_of(l, leg, *tile).pieces, fixes.lat_e7[i], fixes.lon_e7[i],
                                     std::min(a, b), std::max(a, b));
      if (place.distance2 < best) {
        best = place.distance2;
        placed.leg = l;
        placed.path_m = leg.path_m + sign * (place.along_m - leg.from_m);
      }
    }
    if (best > far * far) {
      trace_->fixes[i].state = FixState::off_road;
      continue;
    }
    placed.path_m = std::clamp(placed.path_m, floor_m, std::max(floor_m, to.path_m));
    placed.error_m = static_cast<float>(std::sqrt(best));
    placed.posterior = std::min(from.posterior, to.posterior);
    placed.state = FixState::matched;
    floor_m = placed.path_m;
    trace_->fixes[i] = placed;
  }
}

namespace {

int64_t time_at(const Fixes& fixes, const Trace& trace, uint32_t before, uint32_t after, double path_m) {
  const double a = trace.fixes[before].path_m;
  const double b = trace.fixes[after].path_m;
  const auto span = static_cast<double>(fixes.time_ms[after] - fixes.time_ms[before]);
  const double share = b > a ? std::clamp((path_m - a) / (b - a), 0.0, 1.0) : 0;
  return fixes.time_ms[before] + static_cast<int64_t>(share * span);
}

void time_legs(const Fixes& fixes, const Run& run, Trace* trace) {
  const std::vector<uint32_t>& run_fixes = run.fixes;
  size_t k = 0;
  for (uint32_t l = run.first_leg; l < run.first_leg + run.leg_count; ++l) {
    Leg& leg = trace->legs[l];
    while (k + 2 < run_fixes.size() && trace->fixes[run_fixes[k + 1]].path_m < leg.path_m) ++k;
    const size_t next = std::min(k + 1, run_fixes.size() - 1);
    leg.enter_ms = time_at(fixes, *trace, run_fixes[k], run_fixes[next], leg.path_m);
    if (l > run.first_leg) trace->legs[l - 1].exit_ms = leg.enter_ms;
    leg.posterior = std::min(trace->fixes[run_fixes[k]].posterior, trace->fixes[run_fixes[next]].posterior);
    leg.first_fix = run_fixes[next];
  }
  trace->legs[run.first_leg + run.leg_count - 1].exit_ms = fixes.time_ms[run_fixes.back()];
  for (const uint32_t i : run_fixes) {
    Leg& leg = trace->legs[trace->fixes[i].leg];
    if (leg.fix_count == 0) leg.first_fix = i;
    leg.fix_count += 1;
    leg.posterior = std::min(leg.posterior, trace->fixes[i].posterior);
  }
}

void derive_speeds(const Fixes& fixes, const std::vector<uint32_t>& run_fixes, Trace* trace) {
  for (size_t k = 0; k < run_fixes.size(); ++k) {
    MatchedFix& fix = trace->fixes[run_fixes[k]];
    const float given = fixes.speed_mps[run_fixes[k]];
    if (given == given) {
      fix.speed_mps = given;
      continue;
    }
    const uint32_t a = run_fixes[k > 0 ? k - 1 : k];
    const uint32_t b = run_fixes[k + 1 < run_fixes.size() ? k + 1 : k];
    const double seconds = static_cast<double>(fixes.time_ms[b] - fixes.time_ms[a]) * 0.001;
    const double metres = trace->fixes[b].path_m - trace->fixes[a].path_m;
    fix.speed_mps = seconds > 0 ? static_cast<float>(metres / seconds) : 0;
    fix.speed_derived = true;
  }
}

}  // namespace

void finish_runs(const Fixes& fixes, Trace* trace) {
  for (Run& run : trace->runs) {
    run.fixes.reserve(run.last_fix - run.first_fix + 1);
    for (uint32_t i = run.first_fix; i <= run.last_fix; ++i) {
      if (trace->fixes[i].state == FixState::matched) run.fixes.push_back(i);
    }
    if (run.fixes.empty()) continue;
    time_legs(fixes, run, trace);
    derive_speeds(fixes, run.fixes, trace);
  }
}

}  // namespace tomare::match
