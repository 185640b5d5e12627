// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/divided.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {
namespace {

constexpr double kReach = 30;        // metres between the carriageways, centre to centre
constexpr double kStep = 20;         // metres between the places where a way is asked
constexpr double kTurn = 30;         // degrees off the opposite direction
constexpr double kLongest = 2e6;     // e7 units, 20 km: straights beyond are no streets
constexpr uint32_t kCellShift = 13;  // about 90 m of latitude

/// One straight of a one-way road, in its direction of travel.
struct Stretch {
  uint64_t cell;
  uint32_t way;
  uint32_t ax, ay, bx, by;
  bool operator<(const Stretch& o) const { return cell < o.cell; }
};

/// The roads of one name at a time: memory grows with the longest of them alone.
class Pairs {
 public:
  explicit Pairs(const Network& network) : n_(network) {}

  /// The one-way roads of a name, among which the pairs are looked for.
  [[gnu::noinline]] void take(const uint32_t* begin, const uint32_t* end) {
    stretches_.clear();
    for (const uint32_t* way = begin; way != end; ++way) {
      each_stretch(*way, [&](const Stretch& s) { add(s); });
    }
    std::sort(stretches_.begin(), stretches_.end());
  }

  /// One direction alone is open to cars, it has a name, and no tag says more.
  [[gnu::noinline]] bool one_way(const RoadWay& way) const {
    const map::Attributes& a = n_.facts[way.facts].attributes;
    const bool single = ((a.oneway_against[0] ^ a.oneway_against[1]) & 1) != 0;
    return single && way.name != kNoName && a.divided == map::kNotDivided && a.oneway_source != map::kOnewayUnknown &&
           (a.flags & (map::kFlagLink | map::kFlagRoundabout)) == 0;
  }

  [[gnu::noinline]] bool half_of_a_pair(uint32_t way) {
    uint32_t asked = 0, beside = 0;
    each_stretch(way, [&](const Stretch& s) {
      const MetreScale scale = scale_.at(lat_of(s.ay));
      const double dx = span(s.ax, s.bx) * scale.x, dy = span(s.ay, s.by) * scale.y;
      const double bearing = bearing_deg(dx, dy);
      const auto parts = static_cast<uint32_t>(std::sqrt(dx * dx + dy * dy) / kStep) + 1;
      for (uint32_t i = 0; i < parts; ++i) {
        const double share = (i + 0.5) / parts;
        ++asked;
        if (counterpart(s, share, bearing, scale)) ++beside;
      }
    });
    return asked > 0 && beside * 2 >= asked;
  }

 private:
  static double span(uint32_t from, uint32_t to) { return static_cast<double>(to) - from; }

  template <typename F>
  void each_stretch(uint32_t index, F&& take) const {
    const RoadWay& way = n_.ways[index];
    const bool forward = (n_.facts[way.facts].attributes.oneway_against[map::kForward] & 1) == 0;
    for (uint32_t i = 0; i + 1 < way.ref_count; ++i) {
      const uint32_t a = n_.node_of(way, forward ? i : i + 1), b = n_.node_of(way, forward ? i + 1 : i);
      if (!n_.placed(a) || !n_.placed(b)) continue;
      if (std::max(std::fabs(span(n_.x[a], n_.x[b])), std::fabs(span(n_.y[a], n_.y[b]))) > kLongest) continue;
      take(Stretch{0, index, n_.x[a], n_.y[a], n_.x[b], n_.y[b]});
    }
  }

  /// Into the cells along it, every half cell: those beside are looked into when it is asked for.
  void add(Stretch s) {
    const double dx = span(s.ax, s.bx), dy = span(s.ay, s.by);
    const auto steps = static_cast<uint32_t>(std::max(std::fabs(dx), std::fabs(dy)) / (1U << (kCellShift - 1))) + 1;
    for (uint32_t i = 0; i <= steps; ++i) {
      const double share = static_cast<double>(i) / steps;
      const uint64_t cell = cell_of(s.ax + dx * share, s.ay + dy * share);
      if (i > 0 && cell == s.cell) continue;
      s.cell = cell;
      stretches_.push_back(s);
    }
  }

  static uint64_t cell_of(double x, double y) {
    return uint64_t{static_cast<uint32_t>(x) >> kCellShift} << 32 | static_cast<uint32_t>(y) >> kCellShift;
  }

  bool counterpart(const Stretch& own, double share, double bearing, const MetreScale& scale) const {
    const double px = own.ax + span(own.ax, own.bx) * share, py = own.ay + span(own.ay, own.by) * share;
    const uint32_t cx = static_cast<uint32_t>(px) >> kCellShift, cy = static_cast<uint32_t>(py) >> kCellShift;
    for (uint32_t x = cx - 1; x <= cx + 1; ++x) {
      for (uint32_t y = cy - 1; y <= cy + 1; ++y) {
        const Stretch first{uint64_t{x} << 32 | y, 0, 0, 0, 0, 0};
        const auto [begin, end] = std::equal_range(stretches_.begin(), stretches_.end(), first);
        for (auto s = begin; s != end; ++s) {
          if (s->way != own.way && beside(*s, px, py, bearing, scale)) return true;
        }
      }
    }
    return false;
  }

  static bool beside(const Stretch& s, double px, double py, double bearing, const MetreScale& scale) {
    const double dx = span(s.ax, s.bx) * scale.x, dy = span(s.ay, s.by) * scale.y;
    const double length = std::sqrt(dx * dx + dy * dy);
    if (length <= 0 || angle_between_deg(bearing, bearing_deg(dx, dy)) < 180 - kTurn) return false;
    const double ex = (px - s.ax) * scale.x, ey = (py - s.ay) * scale.y;
    const double along = std::clamp((ex * dx + ey * dy) / length, 0.0, length);
    const double ox = ex - dx * along / length, oy = ey - dy * along / length;
    return ox * ox + oy * oy <= kReach * kReach;
  }

  const Network& n_;
  std::vector<Stretch> stretches_;
  LocalScale scale_;
};

}  // namespace

void infer_divided(Network* network) {
  Pairs pairs(*network);
  std::vector<uint32_t> one_ways;  // by name
  for (uint32_t w = 0; w < network->ways.size(); ++w) {
    if (pairs.one_way(network->ways[w])) one_ways.push_back(w);
  }
  const auto name = [network](uint32_t w) { return network->ways[w].name; };
  std::sort(one_ways.begin(), one_ways.end(),
            [&](uint32_t a, uint32_t b) { return name(a) != name(b) ? name(a) < name(b) : a < b; });
  std::vector<uint32_t> inferred(network->facts.size(), kMissing);  // the same facts, as half of a divided road
  const uint32_t* const end = one_ways.data() + one_ways.size();
  for (const uint32_t *first = one_ways.data(), *next = first; first != end; first = next) {
    while (next != end && name(*next) == name(*first)) ++next;
    if (next - first < 2) continue;
    pairs.take(first, next);
    for (const uint32_t* w = first; w != next; ++w) {
      if (!pairs.half_of_a_pair(*w)) continue;
      uint32_t& facts = network->ways[*w].facts;
      if (inferred[facts] == kMissing) {
        inferred[facts] = static_cast<uint32_t>(network->facts.size());
        WayFacts half = network->facts[facts];
        half.attributes.divided = map::kDividedInferred;
        network->facts.push_back(std::move(half));
      }
      facts = inferred[facts];
    }
  }
}

}  // namespace tomare::compiler
