// SPDX-License-Identifier: MIT
#include "core-cpp/match/usable.hpp"

#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

constexpr double kSpikeS = 4;         ///< seconds in which no car goes there and back …
constexpr double kSpikeDetourM = 60;  ///< … this many metres

class Finder {
 public:
  Finder(const Fixes& fixes, const Settings& settings) : f_(fixes), max_mps_(settings.match_max_speed_kmh / 3.6) {}

  void run(std::vector<uint8_t>* usable) {
    usable->assign(f_.count, 0);
    if (f_.count == 0) return;
    (*usable)[0] = 1;
    uint32_t before = 0, measured = 0;  // `to_m` leads from `before` to this fix
    double to_m = 0;
    for (uint32_t i = 1; i < f_.count; ++i) {
      if (f_.time_ms[i] <= f_.time_ms[before]) continue;
      if (i + 1 < f_.count && f_.time_ms[i + 1] > f_.time_ms[i]) {
        const double here_m = measured == i ? to_m : between_m(before, i);
        if (too_fast(here_m, before, i) && !too_fast(between_m(before, i + 1), before, i + 1)) continue;
        if (between_s(before, i + 1) <= kSpikeS) {
          const double on_m = between_m(i, i + 1), both_m = here_m + on_m;
          if (both_m > kSpikeDetourM && both_m - between_m(before, i + 1) > kSpikeDetourM) continue;
          to_m = on_m;
          measured = i + 1;
        }
      }
      (*usable)[i] = 1;
      before = i;
    }
  }

 private:
  double between_m(uint32_t a, uint32_t b) {
    return scale_.distance_m(f_.lat_e7[a], f_.lon_e7[a], f_.lat_e7[b], f_.lon_e7[b]);
  }
  double between_s(uint32_t a, uint32_t b) const { return static_cast<double>(f_.time_ms[b] - f_.time_ms[a]) * 0.001; }
  bool too_fast(double metres, uint32_t a, uint32_t b) const { return metres > max_mps_ * between_s(a, b) + 60.0; }

  const Fixes& f_;
  const double max_mps_;
  LocalScale scale_;
};

}  // namespace

void find_usable(const Fixes& fixes, const Settings& settings, std::vector<uint8_t>* usable) {
  Finder(fixes, settings).run(usable);
}

}  // namespace tomare::match
