// SPDX-License-Identifier: MIT
#include "core-cpp/drive_trace.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "core-cpp/rules/limits.hpp"

namespace tomare {
namespace {

using match::FixState;
using match::Leg;

uint16_t tenths(double kmh) { return static_cast<uint16_t>(std::floor(kmh * 10 + 0.5)); }

/// Whether the tag that gave it has a condition; a plain tag's text is quoted too.
bool conditional(const rules::Context& c, const rules::Limit& limit) {
  if (limit.text == map::kNone16) return false;
  const map::Tile* tile = c.graph.tile(limit.text_tile);
  return tile != nullptr && tile->text_of(limit.text).find('@') != std::string_view::npos;
}

LimitOrigin origin_of(const rules::Context& c, const rules::Limit& limit, const map::Attributes& a, int direction) {
  if (limit.known == rules::Known::none) return LimitOrigin::none;
  if (limit.known == rules::Known::unknowable) return LimitOrigin::unknown;
  if (conditional(c, limit)) return LimitOrigin::condition;
  switch (limit.source) {
    case rules::SourceTag::overlay_limit:
      return LimitOrigin::overlay;
    case rules::SourceTag::law:
      return LimitOrigin::law;
    case rules::SourceTag::zone:
      return LimitOrigin::zone;
    default:
      return a.limit_source[direction] == map::kLimitZone ? LimitOrigin::zone : LimitOrigin::sign;
  }
}

TraceLimit limit_on(const rules::Context& c, const map::Tile& tile, const Leg& leg) {
  const rules::Limit limit = rules::limit_of(c, leg);
  TraceLimit out;
  const double offset = tile.segments[leg.segment].way_offset_cm * 0.01;
  out.from_m = offset + std::min(leg.from_m, leg.to_m);
  out.to_m = offset + std::max(leg.from_m, leg.to_m);
  out.origin = origin_of(c, limit, tile.attributes_of(leg.segment), rules::direction_of(leg));
  if (limit.known == rules::Known::number) {
    out.low = tenths(limit.low_kmh);
    out.high = tenths(limit.high_kmh);
  } else if (limit.known == rules::Known::unlimited) {
    out.low = limit.low_kmh > 0 ? tenths(limit.low_kmh) : map::kLimitUnlimited;
    out.high = map::kLimitUnlimited;
  }
  return out;
}

class TraceWriter {
 public:
  TraceWriter(const rules::Context& c, DriveTrace* out) : c_(c), out_(out) {}

  void write() {
    std::vector<RouteItem> items;
    collect_route(c_.graph, c_.trace, &items, &item_of_leg_);
    out_->stretches.reserve(items.size());
    for (size_t l = 0; l < c_.trace.legs.size(); ++l) {
      if (item_of_leg_[l] == kNoItem) continue;
      const Leg& leg = c_.trace.legs[l];
      const map::Tile* tile = c_.graph.tile(leg.tile);
      if (tile == nullptr) continue;
      if (item_of_leg_[l] == out_->stretches.size()) {
        close();
        open(items[item_of_leg_[l]], *tile);
        append(leg, *tile);
      } else {
        join(leg, *tile);
      }
      add_limit(limit_on(c_, *tile, leg), leg.forward);
      ended_at_cut_ = cut_at(leg, *tile, false);
    }
    close();
    fill_legs();
    write_fixes();
  }

 private:
  void open(const RouteItem& item, const map::Tile& tile) {
    TraceStretch s;
    s.item = item;
    s.first_position = static_cast<uint32_t>(out_->positions.size());
    s.first_limit = static_cast<uint32_t>(out_->limits.size());
    s.road_class = static_cast<map::RoadClass>(tile.attributes_of(item.segment).road_class);
    const std::string_view name = tile.text_of(tile.way_of(item.segment).name);
    const TextRange before = out_->stretches.empty() ? TextRange{} : out_->stretches.back().name;
    if (name == std::string_view(out_->text).substr(before.offset, before.length)) {
      s.name = before;
    } else {
      s.name = {static_cast<uint32_t>(out_->text.size()), static_cast<uint32_t>(name.size())};
      out_->text.append(name);
    }
    out_->stretches.push_back(s);
  }

  /// A road that crosses a tile's edge has a point there which the way does not have: it goes.
  void join(const Leg& leg, const map::Tile& tile) {
    std::vector<map::Position>& all = out_->positions;
    if (ended_at_cut_) all.pop_back();
    const size_t seam = all.size();
    append(leg, tile);
    if (cut_at(leg, tile, true) || all[seam] == all[seam - 1]) {
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(seam));
    }
  }

  /// Whether a leg begins, or ends, at the edge of its tile where the way has no corner.
  static bool cut_at(const Leg& leg, const map::Tile& tile, bool begin) {
    const map::Segment& s = tile.segments[leg.segment];
    const bool at_from = leg.forward == begin;
    return (tile.nodes[at_from ? s.from_node : s.to_node].flags & map::kNodeCut) != 0 &&
           !map::cut_at_corner(tile, leg.segment, at_from);
  }

  void append(const Leg& leg, const map::Tile& tile) {
    map::append_part(tile, leg.segment, leg.from_m, leg.to_m, &out_->positions);
  }

  /// In the order of travel; limits that are alike become one.
  void add_limit(const TraceLimit& limit, bool forward) {
    TraceStretch& s = out_->stretches.back();
    TraceLimit* last = out_->limits.size() > s.first_limit ? &out_->limits.back() : nullptr;
    const bool same =
        last != nullptr && last->low == limit.low && last->high == limit.high && last->origin == limit.origin;
    if (last != nullptr) (forward ? last->to_m : last->from_m) = forward ? limit.from_m : limit.to_m;
    if (same) {
      (forward ? last->to_m : last->from_m) = forward ? limit.to_m : limit.from_m;
    } else {
      out_->limits.push_back(limit);
    }
  }

  void close() {
    if (out_->stretches.empty()) return;
    TraceStretch& s = out_->stretches.back();
    s.position_count = static_cast<uint32_t>(out_->positions.size()) - s.first_position;
    s.limit_count = static_cast<uint32_t>(out_->limits.size()) - s.first_limit;
    if (!s.item.forward) std::reverse(out_->limits.begin() + s.first_limit, out_->limits.end());
  }

  /// A leg without length belongs to its neighbour in the run.
  void fill_legs() {
    const std::vector<Leg>& legs = c_.trace.legs;
    for (size_t l = 1; l < legs.size(); ++l) {
      if (item_of_leg_[l] == kNoItem && legs[l].run == legs[l - 1].run) item_of_leg_[l] = item_of_leg_[l - 1];
    }
    for (size_t l = legs.size(); l-- > 1;) {
      if (item_of_leg_[l - 1] == kNoItem && legs[l].run == legs[l - 1].run) item_of_leg_[l - 1] = item_of_leg_[l];
    }
  }

  void write_fixes() {
    out_->fixes.resize(c_.fixes.count);
    for (uint32_t i = 0; i < c_.fixes.count; ++i) {
      TraceFix& out = out_->fixes[i];
      const match::MatchedFix& fix = c_.trace.fixes[i];
      out.speed_kmh = c_.fixes.speed_mps[i] * 3.6F;
      if (fix.state != FixState::matched) continue;
      const Leg& leg = c_.trace.legs[fix.leg];
      const bool alone = fix.speed_derived && c_.trace.runs[leg.run].fixes.size() < 2;
      out.speed_kmh = alone ? std::numeric_limits<float>::quiet_NaN() : fix.speed_mps * 3.6F;
      const map::Tile* tile = c_.graph.tile(leg.tile);
      if (tile == nullptr) continue;
      const double walked = fix.path_m - leg.path_m;
      out.place = map::place_on(*tile, leg.segment, leg.along_m(walked));
      out.stretch = item_of_leg_[fix.leg] == kNoItem ? -1 : static_cast<int32_t>(item_of_leg_[fix.leg]);
    }
  }

  const rules::Context& c_;
  DriveTrace* out_;
  std::vector<uint32_t> item_of_leg_;
  bool ended_at_cut_ = false;
};

}  // namespace

void write_trace(const rules::Context& context, DriveTrace* out) { TraceWriter(context, out).write(); }

}  // namespace tomare
