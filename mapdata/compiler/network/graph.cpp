// SPDX-License-Identifier: MIT
#include "mapdata/compiler/network/graph.hpp"

#include <algorithm>

#include "core-cpp/base/geo.hpp"

namespace tomare::compiler {

const LengthScale::Kept& LengthScale::at(int32_t step) {
  Kept& kept = kept_[static_cast<uint32_t>(step) % kKept];
  if (kept.step == step) return kept;
  const MetreScale low = metre_scale(step * kStep - 900'000'000), high = metre_scale((step + 1) * kStep - 900'000'000);
  kept = {step, low, {(high.x - low.x) / kStep, (high.y - low.y) / kStep}};
  return kept;
}

double LengthScale::distance_m(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b) {
  const auto middle = static_cast<int32_t>((static_cast<int64_t>(lat_a) + lat_b) / 2 + 900'000'000);
  const int32_t step = middle / kStep;
  const Kept& scale = at(step);
  const auto beyond = static_cast<double>(middle - step * kStep);
  const double dx = east_e7(lon_a, lon_b) * (scale.base.x + scale.change.x * beyond);
  const double dy = static_cast<double>(static_cast<int64_t>(lat_b) - lat_a) * (scale.base.y + scale.change.y * beyond);
  return std::sqrt(dx * dx + dy * dy);
}

namespace {

constexpr uint32_t kTurn = 3'600'000'000;  ///< x of the 180th meridian from the west; from the east it is 0

/// The way from one node to the next is the short one, over the 180th meridian: no tile has both of its sides.
bool across_meridian(const Network& n, uint32_t a, uint32_t b) {
  return (n.x[a] > n.x[b] ? n.x[a] - n.x[b] : n.x[b] - n.x[a]) > kTurn / 2;
}

}  // namespace

void way_offsets(const Network& n, const RoadWay& way, LengthScale* scale, std::vector<double>* out) {
  out->resize(way.ref_count);
  uint32_t last = kMissing;
  double total = 0;
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    const uint32_t node = n.node_of(way, i);
    if (n.placed(node)) {
      if (last != kMissing) {
        total += scale->distance_m(lat_of(n.y[last]), lon_of(n.x[last]), lat_of(n.y[node]), lon_of(n.x[node]));
      }
      last = node;
    } else {
      last = kMissing;
    }
    (*out)[i] = total;
  }
}

std::vector<double> way_offsets(const Network& n, const RoadWay& way) {
  LengthScale scale;
  std::vector<double> offsets;
  way_offsets(n, way, &scale, &offsets);
  return offsets;
}

namespace {

constexpr uint32_t kMaxCorners = 200;

}  // namespace

void StrandMaker::add(uint32_t way, Strands* out) {
  way_ = way;
  out_ = out;
  const RoadWay& w = n_.ways[way];
  way_offsets(n_, w, &scale_, &offsets_);
  uint32_t begin = kMissing;
  End from;
  for (uint32_t i = 0; i < w.ref_count; ++i) {
    const uint32_t node = n_.node_of(w, i);
    if (!n_.placed(node)) {
      if (begin != kMissing && (begin + 1 < i || from.cut)) emit(begin, i - 1, from, {true});
      begin = kMissing;
      continue;
    }
    if (begin == kMissing) {
      begin = i;
      from = {i > 0};
      continue;
    }
    if (across_meridian(n_, n_.node_of(w, i - 1), node)) {
      End before, after;
      cut_before(i, &before, &after);
      emit(begin, i - 1, from, before);
      begin = i;
      from = after;
    }
    const bool last = i + 1 == w.ref_count;
    if (!last && n_.uses[node] < 2 && i - begin < kMaxCorners) continue;
    emit(begin, i, from, {});
    begin = i;
    from = {};
  }
}

/// The cut at the 180th meridian between a position and the one before: as the tiles on both sides have it.
void StrandMaker::cut_before(uint32_t i, End* before, End* after) const {
  const RoadWay& w = n_.ways[way_];
  const uint32_t a = n_.node_of(w, i - 1), b = n_.node_of(w, i);
  const bool eastward = n_.x[a] > n_.x[b];
  const double behind = eastward ? kTurn - n_.x[a] : n_.x[a], ahead = eastward ? n_.x[b] : kTurn - n_.x[b];
  const double share = behind + ahead > 0 ? behind / (behind + ahead) : 0;
  const auto along = [share](double from, double to) { return from + (to - from) * share; };
  before->cut = after->cut = true;
  before->key = after->key = meridian_key(uint64_t{w.first_ref} + i - 1);
  before->corner = {eastward ? kTurn : 0, static_cast<uint32_t>(along(n_.y[a], n_.y[b]) + 0.5),
                    along(offsets_[i - 1], offsets_[i]), i - 1};
  after->corner = before->corner;
  after->corner.x = kTurn - before->corner.x;
}

void StrandMaker::emit(uint32_t first, uint32_t last, const End& from, const End& to) {
  const RoadWay& w = n_.ways[way_];
  const bool loop = !from.cut && !to.cut && n_.node_of(w, first) == n_.node_of(w, last);
  if (loop && last - first >= 2) {
    const uint32_t middle = (first + last) / 2;
    emit(first, middle, from, {});
    emit(middle, last, {}, to);
    return;
  }
  if (loop) return;
  Strand strand;
  strand.way = way_;
  strand.from = from.cut ? from.key : n_.node_of(w, first);
  strand.to = to.cut ? to.key : n_.node_of(w, last);
  strand.from_open = from.open;
  strand.to_open = to.open;
  strand.first_corner = static_cast<uint32_t>(out_->corners.size());
  const auto put = [&](const Corner& c) {
    strand.box.add(c.x, c.y);
    out_->corners.push_back(c);
  };
  if (from.cut) put(from.corner);
  for (uint32_t i = first; i <= last; ++i) {
    const uint32_t node = n_.node_of(w, i);
    put({n_.x[node], n_.y[node], offsets_[i], i});
  }
  if (to.cut) put(to.corner);
  strand.corner_count = static_cast<uint32_t>(out_->corners.size()) - strand.first_corner;
  out_->list.push_back(strand);
}

namespace {

[[gnu::noinline]] uint64_t scan_nodes(Network* n, size_t first, size_t end) {
  uint64_t missing = 0;
  for (size_t i = first; i < end; ++i) {
    if (n->x[i] == 0 && n->y[i] == 0) {
      ++missing;
    } else {
      n->box.add(n->x[i], n->y[i]);
    }
  }
  return missing;
}

/// True: all its nodes are there. `any` is set where two that follow one another are.
[[gnu::noinline]] bool scan_way(const Network& n, const RoadWay& way, bool* any) {
  bool whole = true, before = false;
  uint32_t last = kMissing;
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    const uint32_t node = n.node_of(way, i);
    const bool here = n.placed(node);
    *any = *any || (before && here && node != last);
    whole = whole && here;
    before = here;
    last = node;
  }
  return whole;
}

}  // namespace

bool count_network(Network* network) {
  constexpr size_t kStretch = 1 << 16;
  uint64_t missing = 0;
  const size_t count = network->x.size();
  for (size_t i = 0; i < count; i += kStretch) missing += scan_nodes(network, i, std::min(count, i + kStretch));
  bool any = false;
  for (const RoadWay& way : network->ways) {
    if (any && missing == 0) break;
    if (!scan_way(*network, way, &any)) ++network->statistics[map::kStat_cut_ways_missing_nodes];
  }
  network->statistics[map::kStat_missing_nodes] = missing;
  network->statistics[map::kStat_road_ways] = network->ways.size();
  network->statistics[map::kStat_road_nodes] = count - missing;
  return any;
}

Occurrences::Occurrences(const Network& network, const std::vector<uint32_t>& wanted) : network_(network) {
  if (wanted.empty()) return;
  std::vector<bool> listed(network.x.size());  // most nodes are not: a bit is cheaper to ask than the map
  for (const uint32_t node : wanted) {
    map_[node];
    listed[node] = true;
  }
  for (uint32_t w = 0; w < network.ways.size(); ++w) add(w, listed);
}

[[gnu::noinline]] void Occurrences::add(uint32_t w, const std::vector<bool>& listed) {
  const RoadWay& way = network_.ways[w];
  for (uint32_t i = 0; i < way.ref_count; ++i) {
    const uint32_t node = network_.node_of(way, i);
    if (listed[node]) map_[node].push_back({w, i});
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
