// SPDX-License-Identifier: MIT
#include "core-cpp/match/candidates.hpp"

#include <algorithm>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/float4.hpp"
#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/budget.hpp"

namespace tomare::match {

using map::Tile;

constexpr uint32_t kEastEnd = 3'600'000'000;  ///< x of the 180th meridian from the west; from the east it is 0

/// Within so many metres of a place on each axis.
CandidateFinder::Box CandidateFinder::Box::around(uint32_t x, uint32_t y, float metres, const MetreScale& scale) {
  const auto rx = static_cast<uint32_t>(metres / scale.x + 1.0), ry = static_cast<uint32_t>(metres / scale.y + 1.0);
  // x begins and ends at the 180th meridian
  return {x - std::min(x, rx), y - ry, x + std::min(UINT32_MAX - x, rx), y + ry};
}

void CandidateFinder::cover(uint32_t x, uint32_t y, float radius_m, const MetreScale& scale) {
  constexpr float kAroundM = 480;  // where the next fixes are

  // of small tiles only those near
  for (const float metres : {std::max(4 * radius_m, kAroundM), radius_m}) {
    covered_ = Box::around(x, y, metres, scale);
    graph_.tiles_in(covered_.min_x, covered_.min_y, covered_.max_x, covered_.max_y, &tiles_);
    if (tiles_.size() <= kMostTiles) break;
  }
  only_ = {};
  if (tiles_.size() != 1) return;
  const map::TileCell& cell = tiles_[0];
  only_ = {cell.x, cell.y, cell.x + (cell.side - 1), cell.y + (cell.side - 1)};
}

/// That of the segment's hit, or where it belongs.
inline CandidateFinder::Slot& CandidateFinder::slot_of(uint32_t tile, uint16_t segment) {
  const auto last = static_cast<uint32_t>(slots_.size() - 1);
  uint32_t at = (tile * 61 + segment) & last;
  for (; slots_[at].search == search_; at = (at + 1) & last) {
    const Hit& hit = hits_[slots_[at].hit];
    if (hit.segment == segment && hit.tile == tile) break;
  }
  return slots_[at];
}

[[gnu::noinline]] void CandidateFinder::make_more_slots() {
  slots_.assign(2 * slots_.size(), {});
  for (uint32_t i = 0; i < hits_.size(); ++i) slot_of(hits_[i].tile, hits_[i].segment) = {search_, i};
}

void CandidateFinder::add_hit(const Tile& tile, uint32_t piece, float distance2, float share) {
  const uint16_t segment = tile.point_segments[piece];
  Slot& slot = slot_of(tile.number, segment);
  if (slot.search == search_) {
    Hit& hit = hits_[slot.hit];
    if (distance2 < hit.distance2) {
      hit.distance2 = distance2;
      hit.share = share;
      hit.piece = static_cast<uint16_t>(piece);
    }
    return;
  }
  slot = {search_, static_cast<uint32_t>(hits_.size())};
  hits_.emplace_back();
  Hit& hit = hits_.back();
  hit.distance2 = distance2;
  hit.share = share;
  hit.tile = tile.number;
  hit.segment = segment;
  hit.piece = static_cast<uint16_t>(piece);
  if (2 * hits_.size() > slots_.size()) make_more_slots();
}

namespace {

struct CellRange {
  int32_t first, last;
};

LocalFrame frame_of(const Tile& tile, uint32_t x, uint32_t y) {
  const auto unit = static_cast<float>(1U << tile.header->unit_shift);
  constexpr int64_t kTurn = kEastEnd;
  int64_t east = static_cast<int64_t>(x) - tile.header->x;  // the short way, also over the 180th meridian
  if (east > kTurn / 2) east -= kTurn;
  if (east < -kTurn / 2) east += kTurn;
  return {static_cast<float>(east) / unit, static_cast<float>(static_cast<int64_t>(y) - tile.header->y) / unit,
          tile.unit_x_m, tile.unit_y_m};
}

struct Near {
  Float4 distance2, share;  ///< share: of the piece's length, 0..1
};

/// 2^23 in each lane, from memory: as a constant V8 would make it anew at each use.
Float4 bias_of_wholes() {
  static constexpr float kBias[4] = {8388608, 8388608, 8388608, 8388608};
  const float* bias = kBias;
  asm("" : "+r"(bias));  // else the compiler would know it
  return load4(bias);
}

using Short4 = uint16_t __attribute__((vector_size(8)));
using Short8 = uint16_t __attribute__((vector_size(16)));

/// x and y of a piece's two ends.
Short4 ends_of(const map::Point* piece) {
  static_assert(sizeof(map::Point) == 4);
  Short4 ends;
  std::memcpy(&ends, piece, sizeof(ends));
  return ends;
}

/// Four of the whole numbers, each added to 2^23, whose low bits they become: V8 is slow at whole numbers made floats.
template <int kFirst>
Float4 biased(Short8 wholes, Float4 bias) {
  const auto high = (Short8)((Mask4)bias | (Mask4)bias >> 16);  // its upper half in every place
  return (Float4)__builtin_shufflevector(wholes, high, kFirst, kFirst + 8, kFirst + 1, kFirst + 9, kFirst + 2,
                                         kFirst + 10, kFirst + 3, kFirst + 11);
}

/// The nearest place on each of four pieces.
Near nearest_of_four(const map::Point* const ends[4], const LocalFrame& f, Float4 bias) {
  const Short4 a = ends_of(ends[0]), b = ends_of(ends[1]), c = ends_of(ends[2]), d = ends_of(ends[3]);
  const auto ab = (Mask4)__builtin_shufflevector(a, b, 0, 4, 1, 5, 2, 6, 3, 7);
  const auto cd = (Mask4)__builtin_shufflevector(c, d, 0, 4, 1, 5, 2, 6, 3, 7);
  const auto begin = (Short8)__builtin_shufflevector(ab, cd, 0, 4, 1, 5);  // x of all four, then y
  const auto end = (Short8)__builtin_shufflevector(ab, cd, 2, 6, 3, 7);
  const Float4 x0 = biased<0>(begin, bias), y0 = biased<4>(begin, bias);
  const Float4 ax = (x0 - bias - f.x) * f.unit_x, ay = (y0 - bias - f.y) * f.unit_y;
  const Float4 dx = (biased<0>(end, bias) - x0) * f.unit_x, dy = (biased<4>(end, bias) - y0) * f.unit_y;
  const Float4 zero = {0, 0, 0, 0};
  const Float4 length2 = dx * dx + dy * dy;
  const Float4 dot = -(ax * dx + ay * dy);
  const Float4 clamped = min4(max4(zero, dot), length2);
  const Float4 share = select4(length2 > zero, clamped / length2, zero);
  const Float4 qx = ax + share * dx, qy = ay + share * dy;
  return {qx * qx + qy * qy, share};
}

CellRange cells(float low, float high, uint32_t grid_log2) {
  const float side = 65536.0F / static_cast<float>(1U << grid_log2);
  const int32_t top = (1 << grid_log2) - 1;
  const auto first = static_cast<int32_t>(std::floor(low / side));
  const auto last = static_cast<int32_t>(std::floor(high / side));
  return {first < 0 ? 0 : first, last > top ? top : last};
}

}  // namespace

bool CandidateFinder::scan(const Tile& tile, const LocalFrame& frame, float radius_m) {
  const uint32_t log2 = tile.header->grid_log2;
  const CellRange columns = cells(frame.x - radius_m / frame.unit_x, frame.x + radius_m / frame.unit_x, log2);
  const CellRange rows = cells(frame.y - radius_m / frame.unit_y, frame.y + radius_m / frame.unit_y, log2);
  if (columns.first > columns.last) return true;
  const float radius2 = radius_m * radius_m;
  const Float4 bias = bias_of_wholes();
  const uint32_t pieces = tile.count(map::kGridPieces);
  for (int32_t row = rows.first; row <= rows.last; ++row) {
    const uint32_t* starts = tile.grid_starts + (static_cast<uint32_t>(row) << log2);
    const uint32_t begin = starts[columns.first];
    const uint32_t end = std::min(starts[columns.last + 1], begin + (allowed_ - measured_));
    if (end != starts[columns.last + 1] && !partly_) return false;
    measured_ += end - begin;
    for (uint32_t i = begin; i < end; i += 4) {
      const uint16_t* four = tile.grid_pieces + i;  // those of the next cell fill the lanes, but do not count
      uint16_t last[4];
      if (i + 4 > pieces) [[unlikely]] {
        for (uint32_t lane = 0; lane < 4; ++lane) last[lane] = four[std::min(lane, pieces - 1 - i)];
        four = last;
      }
      const map::Point* ends[4];
      for (uint32_t lane = 0; lane < 4; ++lane) ends[lane] = tile.points + four[lane];
      const Near near = nearest_of_four(ends, frame, bias);
      const uint32_t count = end - i < 4 ? end - i : 4;
      uint32_t within = bits_of(near.distance2 <= all4(radius2)) & ((1U << count) - 1);
      if (within == 0) continue;
      float distance2[4], share[4];
      store4(distance2, near.distance2);
      store4(share, near.share);
      for (; within != 0; within &= within - 1) {
        const auto lane = static_cast<uint32_t>(__builtin_ctz(within));
        add_hit(tile, tile.grid_pieces[i + lane], distance2[lane], share[lane]);
      }
    }
  }
  return true;
}

namespace {

constexpr float kOnRoad = 0.5F;  ///< metres: a fix as near as this has no side

struct Metres {
  float x, y;
};

/// From a point of a tile to the next one.
Metres between(const Tile& tile, uint32_t piece) {
  const map::Point &a = tile.points[piece], &b = tile.points[piece + 1];
  return {(static_cast<float>(b.x) - static_cast<float>(a.x)) * tile.unit_x_m,
          (static_cast<float>(b.y) - static_cast<float>(a.y)) * tile.unit_y_m};
}

/// Whether two pieces of a segment go so different ways that a fix may be near both, at places far apart.
bool turned_from(Metres a, Metres b) {
  constexpr float kCos2 = 0.25F;  // of 60 degrees
  const float dot = a.x * b.x + a.y * b.y;
  return dot < 0 || dot * dot < kCos2 * (a.x * a.x + a.y * a.y) * (b.x * b.x + b.y * b.y);
}

}  // namespace

const CandidateFinder::Piece& CandidateFinder::piece_of(const Tile& tile, uint16_t segment, uint32_t piece) {
  Piece& kept = pieces_[(tile.number * 67 + piece) % kPieces];
  if (kept.tile == tile.number && kept.piece == piece) return kept;
  const map::Segment& s = tile.segments[segment];
  kept.tile = tile.number;
  kept.piece = piece;
  kept.before_m = kept.total_m = 0;
  kept.turned = false;
  const Metres along = between(tile, piece);
  for (uint32_t i = s.first_point; i + 1 < s.first_point + uint32_t{s.point_count}; ++i) {
    const auto [dx, dy] = between(tile, i);
    const float length = std::sqrt(dx * dx + dy * dy);
    if (turned_from({dx, dy}, along)) kept.turned = true;
    if (i < piece) kept.before_m += length;
    if (i == piece) {
      kept.x = static_cast<float>(tile.points[i].x);
      kept.y = static_cast<float>(tile.points[i].y);
      kept.dx = dx;
      kept.dy = dy;
      kept.length_m = length;
      kept.bearing_deg = static_cast<float>(bearing_deg(dx, dy));
    }
    kept.total_m += length;
  }
  kept.segment_m = static_cast<float>(s.length_cm) * 0.01F;
  return kept;
}

bool CandidateFinder::turned(const Tile& tile, const Hit& hit, const LocalFrame& frame, float radius_m, Hit* other) {
  const map::Segment& s = tile.segments[hit.segment];
  if (measured_ + s.point_count > allowed_) {
    cut_ = true;
    return false;
  }
  measured_ += s.point_count;
  const Metres along = between(tile, hit.piece);
  const Float4 bias = bias_of_wholes();
  *other = hit;
  other->distance2 = radius_m * radius_m;
  bool found = false;
  for (uint32_t i = s.first_point; i + 1 < s.first_point + uint32_t{s.point_count}; ++i) {
    if (!turned_from(between(tile, i), along)) continue;
    const map::Point* const end = tile.points + i;
    const map::Point* const ends[4] = {end, end, end, end};
    const Near near = nearest_of_four(ends, frame, bias);
    if (near.distance2[0] >= other->distance2) continue;
    other->distance2 = near.distance2[0];
    other->share = near.share[0];
    other->piece = static_cast<uint16_t>(i);
    found = true;
  }
  return found;
}

bool CandidateFinder::place(const Tile& tile, const Hit& hit, const LocalFrame& f, Candidate* c) {
  const Piece& p = piece_of(tile, hit.segment, hit.piece);
  c->tile = tile.number;
  c->segment = hit.segment;
  c->distance_m = std::sqrt(hit.distance2);
  c->bearing_deg = p.bearing_deg;
  c->length_m = p.segment_m;
  c->along_m = p.total_m > 0 ? (p.before_m + p.length_m * hit.share) / p.total_m * p.segment_m : 0;
  float aside_x = (f.x - p.x) * f.unit_x - hit.share * p.dx;
  float aside_y = (f.y - p.y) * f.unit_y - hit.share * p.dy;
  if (c->distance_m < kOnRoad) {
    aside_x = -p.dy;
    aside_y = p.dx;
  }
  const float length = std::sqrt(aside_x * aside_x + aside_y * aside_y);
  if (length > 0) {
    c->aside_x = aside_x / length;
    c->aside_y = aside_y / length;
  }
  return p.turned;
}

void CandidateFinder::gather(uint32_t x, uint32_t y, float radius_m, const MetreScale& scale) {
  constexpr float kLeastM = 1;  // of a radius that is halved; then not all that is within is measured
  if (radius_m > kMostRadiusM) cut_ = true;
  partly_ = false;
  for (float within_m = std::min(radius_m, kMostRadiusM);; within_m *= 0.5F) {
    if (gather_all(x, y, within_m, scale)) return;
    cut_ = true;
    if (partly_) return;  // tiles that no compiler writes
    partly_ = within_m < kLeastM;
  }
}

bool CandidateFinder::gather_all(uint32_t x, uint32_t y, float radius_m, const MetreScale& scale) {
  hits_.clear();
  ++search_;
  measured_ = 0;
  const auto reach = static_cast<uint32_t>(radius_m / scale.x + 1.0);
  if (x <= reach && !gather_around(kEastEnd, x, y, radius_m, scale)) return false;
  if (x >= kEastEnd - reach && !gather_around(0, x, y, radius_m, scale)) return false;
  return gather_around(x, x, y, radius_m, scale);
}

bool CandidateFinder::gather_around(uint32_t middle_x, uint32_t x, uint32_t y, float radius_m,
                                    const MetreScale& scale) {
  const Box around = Box::around(middle_x, y, radius_m, scale);
  if (!covered_.holds(around) && !only_.holds(around)) cover(middle_x, y, radius_m, scale);
  if (tiles_.size() > kMostTiles) return false;
  for (const map::TileCell& cell : tiles_) {
    if (!around.meets(cell)) continue;
    const Tile* tile = graph_.tile(cell.number);
    if (tile != nullptr && !scan(*tile, frame_of(*tile, x, y), radius_m)) return false;
  }
  return true;
}

/// Fewer than `most` in all: that many would say that there are more.
void CandidateFinder::add_turned(uint32_t x, uint32_t y, float radius_m, size_t most, std::vector<Candidate>* out) {
  for (const Hit& hit : hits_) {
    const Tile* tile = graph_.tile(hit.tile);
    Hit other;
    if (tile == nullptr || !piece_of(*tile, hit.segment, hit.piece).turned) continue;
    const LocalFrame frame = frame_of(*tile, x, y);
    if (out->size() + 1 >= most || !turned(*tile, hit, frame, radius_m, &other)) continue;
    out->emplace_back();
    place(*tile, other, frame, &out->back());
  }
}

void CandidateFinder::find(int32_t lat_e7, int32_t lon_e7, const SearchRadius& radius, const SearchCount& wanted,
                           std::vector<Candidate>* out) {
  out->clear();
  cut_ = false;
  allowed_ = wanted.pieces;
  const uint32_t x = grid_x(lon_e7);
  const uint32_t y = grid_y(lat_e7);
  const MetreScale& scale = scale_.at(lat_e7);
  gather(x, y, radius.near_m, scale);
  const auto nearer = [](const Hit& a, const Hit& b) {
    if (a.distance2 != b.distance2) return a.distance2 < b.distance2;
    return a.tile != b.tile ? a.tile < b.tile : a.segment < b.segment;
  };
  const float content2 = radius.content_m * radius.content_m;
  const bool enough =
      std::any_of(hits_.begin(), hits_.end(), [content2](const Hit& hit) { return hit.distance2 <= content2; });
  if (!enough && radius.far_m > radius.near_m) gather(x, y, radius.far_m, scale);
  std::sort(hits_.begin(), hits_.end(), nearer);
  const float anyway2 = wanted.anyway_m * wanted.anyway_m;
  size_t count = std::min<size_t>(hits_.size(), wanted.nearest);
  while (count < hits_.size() && count < wanted.most && hits_[count].distance2 <= anyway2) ++count;
  hits_.resize(count);
  bool turned = false;
  const Tile* tile = nullptr;
  LocalFrame frame{};
  for (const Hit& hit : hits_) {
    if (tile == nullptr || tile->number != hit.tile) {
      tile = graph_.tile(hit.tile);
      if (tile == nullptr) continue;
      frame = frame_of(*tile, x, y);
    }
    out->emplace_back();
    turned |= place(*tile, hit, frame, &out->back());
  }
  if (turned && wanted.turned) add_turned(x, y, enough ? radius.near_m : radius.far_m, wanted.most, out);
}

}  // namespace tomare::match
