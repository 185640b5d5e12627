// SPDX-License-Identifier: MIT
#include "core-cpp/rules/ways_beside.hpp"

#include <algorithm>
#include <optional>

#include "core-cpp/match/costs.hpp"
#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/turn_force.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

constexpr double kNearM = 200;    ///< of a banned turn, where the ways are looked for
constexpr size_t kRoads = 10;     ///< of a way at most
constexpr uint32_t kTried = 400;  ///< exits of junctions that are looked at
constexpr uint32_t kExits = 32;   ///< of one junction
constexpr double kCmToM = 0.01;
constexpr size_t kFew = 32;  ///< junctions of a tile that are sooner asked than looked up

map::ArcRef arc_of(const Leg& leg) { return {leg.tile, leg.segment, static_cast<uint16_t>(leg.forward ? 0 : 1)}; }

bool same_road(const map::ArcRef& a, const map::ArcRef& b) { return a.tile == b.tile && a.segment == b.segment; }

class Search {
 public:
  Search(const Context& c, const match::Run& run, uint32_t leg, double most_m)
      : c_(c), run_(run), start_(leg), most_m_(most_m) {
    way_.leaves = leg;
  }

  std::vector<WayBeside> ways() {
    go_on(arc_of(c_.trace.legs[start_]), 0);
    return std::move(found_);
  }

 private:
  void go_on(const map::ArcRef& from, double gone_m) {
    map::ArcRef exits[kExits];
    const uint32_t count = c_.graph.leaving(from, exits, kExits);
    for (uint32_t k = 0; k < count && tried_ < kTried; ++k) {
      ++tried_;
      const bool driven = way_.legs.empty() && exits[k] == arc_of(c_.trace.legs[start_ + 1]);
      if (!same_road(exits[k], from) && !driven) take(from, exits[k], gone_m);
    }
  }

  void take(const map::ArcRef& from, const map::ArcRef& exit, double gone_m) {
    const std::optional<map::Restriction> bars = barring(from, exit);
    if (bars && way_.banned) return;
    const size_t roads = way_.legs.size();
    const bool banned_before = way_.banned;
    if (bars) {
      way_.banned = true;
      way_.turn = way_.legs.size();
      way_.restriction = *bars;
    }
    if (const uint32_t leg = on_path(exit); leg != 0) {
      way_.meets = leg;
      found_.push_back(way_);
    } else if (extend(exit, gone_m)) {
      go_on(exit, gone_m + way_.legs.back().length_m());
    }
    way_.legs.resize(roads);
    way_.banned = banned_before;
  }

  /// The way goes on by a road, where that is lawful and short enough.
  bool extend(const map::ArcRef& arc, double gone_m) {
    const map::Tile* tile = c_.graph.tile(arc.tile);
    if (tile == nullptr || way_.legs.size() >= kRoads) return false;
    const double metres = tile->segments[arc.segment].length_cm * kCmToM;
    const bool known = std::any_of(way_.legs.begin(), way_.legs.end(), [&](const Leg& l) { return arc_of(l) == arc; });
    if (known || gone_m + metres > most_m_) return false;
    Leg leg = c_.trace.legs[start_];
    leg.tile = arc.tile;
    leg.segment = arc.segment;
    leg.forward = arc.backward == 0;
    leg.path_m = leg.path_m + c_.trace.legs[start_].length_m() + gone_m;
    leg.from_m = leg.forward ? 0 : static_cast<float>(metres);
    leg.to_m = leg.forward ? static_cast<float>(metres) : 0;
    leg.enter_ms = leg.exit_ms;
    leg.illegal = match::standing(tile->attributes_of(arc.segment), c_.vehicle, arc.backward).illegal;
    if (access_state(c_, leg).standing != Standing::open || oneway_state(c_, leg).against != Truth::no) return false;
    way_.legs.push_back(leg);
    return true;
  }

  /// The leg of the path ahead that drives the arc; 0: none.
  uint32_t on_path(const map::ArcRef& arc) const {
    const Leg& start = c_.trace.legs[start_];
    const double left_m = start.path_m + start.length_m();
    for (uint32_t l = start_ + 1; l < run_.first_leg + run_.leg_count; ++l) {
      if (c_.trace.legs[l].path_m - left_m > most_m_) return 0;
      if (arc_of(c_.trace.legs[l]) == arc) return l;
    }
    return 0;
  }

  /// The restriction that bars a turn, or may.
  std::optional<map::Restriction> barring(const map::ArcRef& from, const map::ArcRef& to) const {
    const map::Tile* tile = c_.graph.tile(from.tile);
    if (tile == nullptr || to.tile != from.tile) return {};
    const map::Segment& s = tile->segments[from.segment];
    const uint16_t node = from.backward != 0 ? s.from_node : s.to_node;
    if ((tile->nodes[node].flags & map::kNodeBanned) == 0) return {};
    const Leg& approach = way_.legs.empty() ? c_.trace.legs[start_] : way_.legs.back();
    const auto [begin, end] = restrictions_at(*tile, node);
    for (uint32_t i = begin; tile != nullptr && i < end; ++i) {
      const map::Restriction r = tile->restrictions[i];
      const bool asked =
          r.from_segment == from.segment && (r.flags & map::kViaWay) == 0 && (r.vehicles >> c_.vehicle & 1) != 0;
      const bool names = r.to_segment == to.segment, only = (r.flags & map::kOnly) != 0;
      if (asked && names != only && force_of(c_, r, approach).truth != Truth::no) return r;
      tile = c_.graph.tile(from.tile);
    }
    return {};
  }

  const Context& c_;
  const match::Run& run_;
  uint32_t start_;
  double most_m_;
  uint32_t tried_ = 0;
  WayBeside way_;
  std::vector<WayBeside> found_;
};

}  // namespace

void BansNear::open(const map::Tile& tile) {
  const auto [known, fresh] = tiles_.try_emplace(tile.number);
  tile_ = tile.number;
  junctions_ = &known->second;
  if (!fresh) return;
  for (uint32_t i = 0; i < tile.count(map::kRestrictions); ++i) {
    const uint16_t node = tile.restrictions[i].via_node;
    if (i > 0 && tile.restrictions[i - 1].via_node == node) continue;
    const map::Node& via = tile.nodes[node];
    junctions_->push_back({square(via.y * tile.unit_y_m), square(via.x * tile.unit_x_m), via.x, via.y});
  }
  std::sort(junctions_->begin(), junctions_->end());
}

int32_t BansNear::square(double metres) {
  constexpr double kSideM = kNearM * 1.001;  // a neighbour's neighbour is farther away, however metres are rounded
  return static_cast<int32_t>(metres / kSideM);
}

bool BansNear::at_end_of(const Context& c, const Leg& leg) {
  const map::Tile* tile = c.graph.tile(leg.tile);
  if (tile == nullptr) return false;
  if (junctions_ == nullptr || tile_ != leg.tile) open(*tile);
  const map::Segment& s = tile->segments[leg.segment];
  const map::Node& end = tile->nodes[leg.forward ? s.to_node : s.from_node];
  const auto near = [&](const Junction& via) {
    const double dx = (static_cast<double>(via.x) - end.x) * tile->unit_x_m;
    const double dy = (static_cast<double>(via.y) - end.y) * tile->unit_y_m;
    return dx * dx + dy * dy < kNearM * kNearM;
  };
  if (junctions_->size() <= kFew) return std::any_of(junctions_->begin(), junctions_->end(), near);
  const int32_t row = square(end.y * tile->unit_y_m), column = square(end.x * tile->unit_x_m);
  for (int32_t y = row - 1; y <= row + 1; ++y) {
    const auto from = std::lower_bound(junctions_->begin(), junctions_->end(), Junction{y, column - 1, 0, 0});
    const auto to = std::lower_bound(from, junctions_->end(), Junction{y, column + 2, 0, 0});
    if (std::any_of(from, to, near)) return true;
  }
  return false;
}

std::vector<WayBeside> ways_beside(const Context& c, const match::Run& run, uint32_t leg, BansNear* bans,
                                   double most_m) {
  if (!bans->at_end_of(c, c.trace.legs[leg])) return {};
  return Search(c, run, leg, most_m).ways();
}

}  // namespace tomare::rules
