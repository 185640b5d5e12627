// SPDX-License-Identifier: MIT
#include "mapdata/compiler/graph.hpp"

#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {

std::vector<double> way_offsets(const Network& n, const RoadWay& way) {
  std::vector<double> offsets(way.ref_count, 0);
  uint32_t last = kMissing;
  double total = 0;
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    const uint32_t node = n.node_of(way, i);
    if (n.placed(node)) {
      if (last != kMissing) total += distance_m(lat_of(n.y[last]), lon_of(n.x[last]), lat_of(n.y[node]), lon_of(n.x[node]));
      last = node;
    } else {
      last = kMissing;
    }
    offsets[i] = total;
  }
  return offsets;
}

namespace {

constexpr uint32_t kMaxCorners = 200;

class PieceMaker {
 public:
  PieceMaker(const Network& network, std::vector<Piece>* out) : n_(network), out_(out) {}

  bool way(uint32_t index) {
    const RoadWay& w = n_.ways[index];
    const std::vector<double> offsets = way_offsets(n_, w);
    bool missing = false;
    uint32_t begin = kMissing;
    for (uint32_t i = 0; i < w.ref_count; ++i) {
      const uint32_t node = n_.node_of(w, i);
      if (!n_.placed(node)) {
        missing = true;
        if (begin != kMissing && begin + 1 < i) emit(index, offsets, begin, i - 1, begin_open_, true);
        begin = kMissing;
        continue;
      }
      if (begin == kMissing) {
        begin = i;
        begin_open_ = i > 0;
        continue;
      }
      const bool last = i + 1 == w.ref_count;
      if (!last && n_.uses[node] < 2 && i - begin < kMaxCorners) continue;
      emit(index, offsets, begin, i, begin_open_, false);
      begin = i;
      begin_open_ = false;
    }
    return missing;
  }

 private:
  void emit(uint32_t way, const std::vector<double>& offsets, uint32_t first, uint32_t last,
            bool from_open, bool to_open) {
    const RoadWay& w = n_.ways[way];
    const bool loop = n_.node_of(w, first) == n_.node_of(w, last);
    if (loop && last - first >= 2) {
      const uint32_t middle = (first + last) / 2;
      emit(way, offsets, first, middle, from_open, false);
      emit(way, offsets, middle, last, false, to_open);
      return;
    }
    if (loop) return;
    Piece piece;
    piece.way = way;
    piece.from = n_.node_of(w, first);
    piece.to = n_.node_of(w, last);
    piece.from_open = from_open;
    piece.to_open = to_open;
    piece.corners.reserve(last - first + 1);
    for (uint32_t i = first; i <= last; ++i) {
      const uint32_t node = n_.node_of(w, i);
      piece.corners.push_back({n_.x[node], n_.y[node], offsets[i], i});
    }
    out_->push_back(std::move(piece));
  }

  const Network& n_;
  std::vector<Piece>* out_;
  bool begin_open_ = false;
};

}  // namespace

bool make_pieces(const Network& network, uint32_t way, std::vector<Piece>* out) {
  return PieceMaker(network, out).way(way);
}

uint64_t count_pieces(Network* network) {
  uint64_t count = 0, missing = 0;
  double length = 0;
  std::vector<Piece> pieces;
  for (uint32_t i = 0; i < network->ways.size(); ++i) {
    pieces.clear();
    if (make_pieces(*network, i, &pieces)) ++network->statistics[map::kStat_cut_ways_missing_nodes];
    count += pieces.size();
    for (const Piece& p : pieces) length += p.corners.back().offset_m - p.corners.front().offset_m;
  }
  for (uint32_t i = 0; i < network->x.size(); ++i) missing += network->placed(i) ? 0 : 1;
  network->statistics[map::kStat_missing_nodes] = missing;
  network->statistics[map::kStat_road_ways] = network->ways.size();
  network->statistics[map::kStat_road_nodes] = network->x.size() - missing;
  network->statistics[map::kStat_length_m] = static_cast<uint64_t>(length);
  return count;
}

Occurrences::Occurrences(const Network& network, const std::vector<uint32_t>& wanted) : network_(network) {
  std::vector<bool> listed(network.x.size());  // most nodes are not: a bit is cheaper to ask than the map
  for (const uint32_t node : wanted) {
    map_[node];
    listed[node] = true;
  }
  for (uint32_t w = 0; w < network.ways.size(); ++w) {
    const RoadWay& way = network.ways[w];
    for (uint32_t i = 0; i < way.ref_count; ++i) {
      const uint32_t node = network.node_of(way, i);
      if (listed[node]) map_[node].push_back({w, i});
    }
  }
}

const std::vector<Occurrence>& Occurrences::at(uint32_t node) const {
  static const std::vector<Occurrence> kNone;
  const auto found = map_.find(node);
  return found == map_.end() ? kNone : found->second;
}

uint32_t Occurrences::arms(uint32_t node) const {
  uint32_t count = 0;
  for (const Occurrence& o : at(node)) {
    const RoadWay& way = network_.ways[o.way];
    if (o.position > 0 && network_.placed(network_.node_of(way, o.position - 1))) ++count;
    if (o.position + 1 < way.ref_count && network_.placed(network_.node_of(way, o.position + 1))) ++count;
  }
  return count;
}

}  // namespace tomare::compiler
