// SPDX-License-Identifier: MIT
#include "core-cpp/match/prepare.hpp"

#include <algorithm>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

double between_m(const Fixes& f, uint32_t a, uint32_t b) {
  return distance_m(f.lat_e7[a], f.lon_e7[a], f.lat_e7[b], f.lon_e7[b]);
}

double between_s(const Fixes& f, uint32_t a, uint32_t b) {
  return static_cast<double>(f.time_ms[b] - f.time_ms[a]) * 0.001;
}

bool too_fast(const Fixes& f, uint32_t a, uint32_t b, double max_mps) {
  return between_m(f, a, b) > max_mps * between_s(f, a, b) + 60.0;
}

/// A spike is a fix that cannot be reached while the one after it can.
std::vector<uint8_t> usable_fixes(const Fixes& f, double max_mps) {
  std::vector<uint8_t> usable(f.count, 0);
  int64_t last = -1;
  for (uint32_t i = 0; i < f.count; ++i) {
    if (last < 0) {
      usable[i] = 1;
      last = i;
      continue;
    }
    const auto before = static_cast<uint32_t>(last);
    if (f.time_ms[i] <= f.time_ms[before]) continue;
    if (too_fast(f, before, i, max_mps) && i + 1 < f.count && f.time_ms[i + 1] > f.time_ms[i] &&
        !too_fast(f, before, i + 1, max_mps)) {
      continue;
    }
    usable[i] = 1;
    last = i;
  }
  return usable;
}

/// Direction of movement from the positions around an anchor, with the error that their distance
/// leaves; or the receiver's own heading when the car is fast enough for it to mean something.
void set_heading(const Fixes& f, const Settings& s, uint32_t before, uint32_t after, Anchor* a) {
  const float heading = f.heading_deg[a->fix];
  const float speed = f.speed_mps[a->fix];
  if (heading == heading && speed == speed && speed > 3.0F) {
    a->heading_deg = heading;
    a->heading_sigma_deg = static_cast<float>(s.match_heading_sigma_deg);
    return;
  }
  const double length = between_m(f, before, after);
  if (length < 2.0 * s.match_thin_m || between_s(f, before, after) > 12.0) return;
  const MetreScale scale = metre_scale(f.lat_e7[a->fix]);
  const double dx = (static_cast<double>(f.lon_e7[after]) - f.lon_e7[before]) * scale.x;
  const double dy = (static_cast<double>(f.lat_e7[after]) - f.lat_e7[before]) * scale.y;
  const double noise_deg = 57.3 * s.match_sigma_m / length;
  a->heading_deg = static_cast<float>(bearing_deg(dx, dy));
  a->heading_sigma_deg = static_cast<float>(s.match_heading_sigma_deg + 5.0 + noise_deg);
}

/// A silence is a gap when it is long for this log: one that has a fix a minute is not all gaps.
double gap_seconds(const Fixes& f, const std::vector<uint8_t>& usable, double least) {
  std::vector<int64_t> steps;
  int64_t last = -1;
  for (uint32_t i = 0; i < f.count; ++i) {
    if (usable[i] == 0) continue;
    if (last >= 0) steps.push_back(f.time_ms[i] - f.time_ms[last]);
    last = i;
  }
  if (steps.empty()) return least;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return std::max(least, 2.5 * 0.001 * static_cast<double>(*middle));
}

}  // namespace

void prepare(const Fixes& f, const Settings& s, Prepared* out) {
  const double max_mps = s.match_max_speed_kmh / 3.6;
  out->usable = usable_fixes(f, max_mps);
  const double gap_s = gap_seconds(f, out->usable, s.match_gap_s);
  out->anchors.clear();
  out->gaps = 0;
  uint32_t last_fix = 0;   // last usable
  double travelled = 0;
  bool speeds = true;
  for (uint32_t i = 0; i < f.count; ++i) {
    if (out->usable[i] == 0) continue;
    if (out->anchors.empty()) {
      out->anchors.push_back({});
      out->anchors.back().fix = i;
      out->anchors.back().starts_section = true;
      last_fix = i;
      continue;
    }
    const Anchor& previous = out->anchors.back();
    const double step_s = between_s(f, last_fix, i);
    const bool known = f.speed_mps[i] == f.speed_mps[i] && f.speed_mps[last_fix] == f.speed_mps[last_fix];
    speeds = speeds && known;
    if (known) travelled += 0.5 * (f.speed_mps[i] + f.speed_mps[last_fix]) * step_s;
    const bool gap = step_s > gap_s || too_fast(f, last_fix, i, max_mps);
    const double straight = between_m(f, previous.fix, i);
    const bool still = known && f.speed_mps[i] < 0.7F && travelled < s.match_thin_m;
    const bool last = i + 1 == f.count;
    if (gap || (straight >= s.match_thin_m && !still) || (last && i != previous.fix)) {
      Anchor a;
      a.fix = i;
      a.dt_s = static_cast<float>(between_s(f, previous.fix, i));
      a.straight_m = static_cast<float>(straight);
      a.travelled_m = speeds ? static_cast<float>(travelled) : -1.0F;
      a.starts_section = gap;
      out->gaps += gap ? 1 : 0;
      out->anchors.push_back(a);
      travelled = 0;
      speeds = true;
    }
    last_fix = i;
  }
  std::vector<Anchor>& anchors = out->anchors;
  for (size_t k = 0; k < anchors.size(); ++k) {
    const bool has_before = k > 0 && !anchors[k].starts_section;
    const bool has_after = k + 1 < anchors.size() && !anchors[k + 1].starts_section;
    const uint32_t before = anchors[has_before ? k - 1 : k].fix;
    const uint32_t after = anchors[has_after ? k + 1 : k].fix;
    set_heading(f, s, before, after, &anchors[k]);
  }
}

}  // namespace tomare::match
