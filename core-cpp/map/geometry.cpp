// SPDX-License-Identifier: MIT
#include "core-cpp/map/geometry.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/geo.hpp"

namespace tomare::map {
namespace {

constexpr double kApart = 0.01;  ///< metres; nearer points are one

/// A segment's points with their metres along it, as its length says.
class Measured {
 public:
  Measured(const Tile& tile, uint32_t segment) : tile_(tile), s_(tile.segments[segment]) {
    double total = 0;
    for (uint32_t i = 0; i + 1 < s_.point_count; ++i) total += piece_m(i);
    scale_ = total > 0 ? s_.length_cm * 0.01 / total : 0;
  }
  uint32_t count() const { return s_.point_count; }
  const Point& point(uint32_t i) const { return tile_.points[s_.first_point + i]; }
  /// Length of the piece from point i on.
  double length_m(uint32_t i) const { return piece_m(i) * scale_; }

 private:
  double piece_m(uint32_t i) const {
    const Point& a = point(i);
    const Point& b = point(i + 1);
    const double dx = (static_cast<double>(b.x) - a.x) * tile_.unit_x_m;
    const double dy = (static_cast<double>(b.y) - a.y) * tile_.unit_y_m;
    return std::sqrt(dx * dx + dy * dy);
  }

  const Tile& tile_;
  const Segment& s_;
  double scale_ = 0;
};

Position between(const Tile& tile, const Point& a, const Point& b, double share) {
  const double part = std::clamp(share, 0.0, 1.0);
  return position_of(tile, a.x + (static_cast<double>(b.x) - a.x) * part,
                     a.y + (static_cast<double>(b.y) - a.y) * part);
}

}  // namespace

Position position_of(const Tile& tile, double x, double y) {
  const auto unit = static_cast<double>(1U << tile.header->unit_shift);
  const double middle = (unit - 1) * 0.5;
  const auto at = [&](uint32_t origin, double c) { return origin + static_cast<uint32_t>(c * unit + middle + 0.5); };
  return {lat_of(at(tile.header->y, y)), lon_of(at(tile.header->x, x))};
}

Position place_on(const Tile& tile, uint32_t segment, double along_m) {
  const Measured line(tile, segment);
  double walked = 0;
  for (uint32_t i = 0; i + 1 < line.count(); ++i) {
    const double length = line.length_m(i);
    if (walked + length >= along_m || i + 2 == line.count()) {
      return between(tile, line.point(i), line.point(i + 1), length > 0 ? (along_m - walked) / length : 0);
    }
    walked += length;
  }
  return position_of(tile, line.point(0));
}

bool cut_at_corner(const Tile& tile, uint32_t segment, bool begin) {
  const Segment& s = tile.segments[segment];
  const uint32_t end = begin ? s.first_point : s.first_point + s.point_count - 1U;
  const Point &cut = tile.points[end], &beside = tile.points[begin ? end + 1 : end - 1];
  return cut.x == beside.x && cut.y == beside.y;
}

void append_part(const Tile& tile, uint32_t segment, double from_m, double to_m, std::vector<Position>* out) {
  const Measured line(tile, segment);
  const double low = std::min(from_m, to_m), high = std::max(from_m, to_m);
  const auto first = static_cast<std::ptrdiff_t>(out->size());
  out->push_back(place_on(tile, segment, low));
  double walked = 0;
  for (uint32_t i = 1; i + 1 < line.count(); ++i) {
    walked += line.length_m(i - 1);
    if (walked > low + kApart && walked < high - kApart) out->push_back(position_of(tile, line.point(i)));
  }
  out->push_back(place_on(tile, segment, high));
  if (from_m > to_m) std::reverse(out->begin() + first, out->end());
}

}  // namespace tomare::map
