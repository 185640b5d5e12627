// SPDX-License-Identifier: MIT
#include "core-cpp/map/place_finder.hpp"

#include <algorithm>

#include "core-cpp/base/geo.hpp"

namespace tomare::map {
namespace {

constexpr uint32_t kAround[] = {0, 20'000, 2'000'000};  ///< e7: in the cell itself, within 200 m, within 20 km

uint32_t less(uint32_t value, uint32_t by) { return value > by ? value - by : 0; }
uint32_t more(uint32_t value, uint32_t by) { return value < UINT32_MAX - by ? value + by : UINT32_MAX; }

/// Square of the distance from (x, y) to the piece a-b, in the units of all six.
double square_to(double x, double y, double ax, double ay, double bx, double by) {
  const double dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
  double share = length > 0 ? ((x - ax) * dx + (y - ay) * dy) / length : 0;
  share = share < 0 ? 0 : (share > 1 ? 1 : share);
  const double ex = ax + share * dx - x, ey = ay + share * dy - y;
  return ex * ex + ey * ey;
}

}  // namespace

/// x, y: the position, in metres from the tile's origin.
void PlaceFinder::look(const Tile& t, double x, double y, Nearest* nearest) const {
  for (uint32_t p = 0; p + 1 < t.count(kPoints); ++p) {
    if (t.point_segments[p] != t.point_segments[p + 1]) continue;
    const Point &a = t.points[p], &b = t.points[p + 1];
    const double square = square_to(x, y, a.x * static_cast<double>(t.unit_x_m), a.y * static_cast<double>(t.unit_y_m),
                                    b.x * static_cast<double>(t.unit_x_m), b.y * static_cast<double>(t.unit_y_m));
    if (nearest->any && square >= nearest->square) continue;
    *nearest = {square, t.segments[t.point_segments[p]].place, true};
  }
}

uint16_t PlaceFinder::at(int32_t lat_e7, int32_t lon_e7) {
  const uint32_t x = grid_x(lon_e7), y = grid_y(lat_e7);
  if (shift_ < 32 && (x ^ x_) >> shift_ == 0 && (y ^ y_) >> shift_ == 0) return place_;
  Nearest nearest;
  for (const uint32_t around : kAround) {
    graph_.tiles_in(less(x, around), less(y, around), more(x, around), more(y, around), &tiles_);
    for (const TileCell& cell : tiles_) {
      const Tile* t = graph_.tile(cell.number);
      if (t == nullptr) continue;
      if (around == 0 && t->header->place != kNone16) {
        x_ = t->header->x;
        y_ = t->header->y;
        shift_ = 32 - t->header->level;
        return place_ = t->header->place;
      }
      const double unit = static_cast<double>(1U << t->header->unit_shift);
      look(*t, (static_cast<double>(x) - t->header->x) / unit * t->unit_x_m,
           (static_cast<double>(y) - t->header->y) / unit * t->unit_y_m, &nearest);
    }
    if (nearest.any) return nearest.place;
  }
  return kNone16;
}

}  // namespace tomare::map
