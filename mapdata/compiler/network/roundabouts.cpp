// SPDX-License-Identifier: MIT
// Which way round the nodes of roundabouts run: by the middle of the ways that make one, also where it lies in pieces.
#include <map>

#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/network/graph.hpp"

namespace tomare::compiler {
namespace {

struct Middle {
  uint32_t begin = 0;   ///< x of the first node: a ring may lie over the 180th meridian
  double x = 0, y = 0;  ///< sums; x east of `begin`
  uint32_t count = 0;
};

class Rings {
 public:
  explicit Rings(Network* network) : n_(*network) {
    for (uint32_t w = 0; w < n_.ways.size(); ++w) collect(w);
  }

  void wind() {
    std::map<uint32_t, Middle> middles;
    for (const auto& [node, ring] : ring_of_) add(node, &middles[root(ring)]);
    for (uint32_t i = 0; i < ways_.size(); ++i) {
      const Middle& m = middles[root(i)];
      n_.ways[ways_[i]].winding = winding(n_.ways[ways_[i]], m);
    }
  }

 private:
  [[gnu::noinline]] void collect(uint32_t w) {
    const RoadWay& way = n_.ways[w];
    if ((n_.facts[way.facts].attributes.flags & map::kFlagRoundabout) == 0) return;
    const auto index = static_cast<uint32_t>(ways_.size());
    ways_.push_back(w);
    parent_.push_back(index);
    for (uint32_t i = 0; i < way.ref_count; ++i) {
      const uint32_t node = n_.node_of(way, i);
      if (!n_.placed(node)) continue;
      const auto [at, fresh] = ring_of_.emplace(node, index);
      if (!fresh) parent_[root(at->second)] = root(index);
    }
  }

  uint32_t root(uint32_t i) const {
    while (parent_[i] != i) i = parent_[i];
    return i;
  }

  void add(uint32_t node, Middle* m) const {
    if (m->count == 0) m->begin = n_.x[node];
    m->x += grid_east(m->begin, n_.x[node]);
    m->y += n_.y[node];
    ++m->count;
  }

  uint8_t winding(const RoadWay& way, const Middle& m) const {
    const double cx = m.x / m.count, cy = m.y / m.count;
    double swept = 0;
    uint32_t before = kMissing;
    for (uint32_t i = 0; i < way.ref_count; ++i) {
      const uint32_t node = n_.node_of(way, i);
      if (!n_.placed(node)) continue;
      if (before != kMissing) {
        const double ax = grid_east(m.begin, n_.x[before]) - cx, bx = grid_east(m.begin, n_.x[node]) - cx;
        swept += ax * (n_.y[node] - cy) - bx * (n_.y[before] - cy);
      }
      before = node;
    }
    if (swept == 0) return map::kWindingUnknown;
    return swept > 0 ? map::kCounterClockwise : map::kClockwise;
  }

  Network& n_;
  std::vector<uint32_t> ways_;
  std::vector<uint32_t> parent_;  ///< of each of ways_, a forest over shared nodes
  std::map<uint32_t, uint32_t> ring_of_;
};

}  // namespace

void wind_roundabouts(Network* network) { Rings(network).wind(); }

}  // namespace tomare::compiler
