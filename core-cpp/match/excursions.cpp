// SPDX-License-Identifier: MIT
#include "core-cpp/match/excursions.hpp"

#include <algorithm>

#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

constexpr float kWalkMps = 2.5F;    ///< nobody walks faster for long …
constexpr float kWalkM = 100;       ///< … and a car that goes so far against a one-way street is faster somewhere …
constexpr uint32_t kWalkSteps = 5;  ///< … of so many steps: one long step may hide that it stood

/// A stretch off the road: its steps, and what it lasts up to the step after it.
struct Stretch {
  uint32_t begin = 0, end = 0;
  float seconds = 0;
  bool bridges = false;  ///< one of its steps does already
};

Stretch stretch_from(uint32_t begin, const std::vector<uint8_t>& off_road, const Anchor* section) {
  Stretch s{begin, begin};
  for (; s.end < off_road.size(); ++s.end) {
    s.seconds += section[s.end].dt_s;
    s.bridges = s.bridges || section[s.end].bridges;
    if (off_road[s.end] == 0) break;
  }
  return s;
}

}  // namespace

bool mark_short_excursions(const std::vector<uint8_t>& off_road, uint32_t first, double longest_s,
                           std::vector<Anchor>* anchors) {
  Anchor* const section = anchors->data() + first;
  bool any = false;
  for (uint32_t k = 1; k < off_road.size(); ++k) {
    if (off_road[k] == 0 || off_road[k - 1] != 0) continue;
    const Stretch stretch = stretch_from(k, off_road, section);
    const bool returns = stretch.end < off_road.size();
    if (returns && !stretch.bridges && stretch.seconds <= longest_s) {
      for (uint32_t i = stretch.begin; i < stretch.end; ++i) section[i].left_out = true;
      any = true;
    }
    k = stretch.end;
  }
  return any;
}

void leave_out_marked(const Fixes& fixes, uint32_t first, std::vector<Anchor>* all) {
  std::vector<Anchor>& anchors = *all;
  uint32_t kept = first + 1, k = first + 1;
  float seconds = 0, travelled = 0;
  for (; k < anchors.size() && !anchors[k].starts_section; ++k) {
    Anchor anchor = anchors[k];
    seconds += anchor.dt_s;
    travelled += anchor.travelled_m < 0 ? anchor.straight_m : anchor.travelled_m;
    if (anchor.left_out) continue;
    const uint32_t from = anchors[kept - 1].fix;
    if (seconds > anchor.dt_s) {
      anchor.bridges = true;
      anchor.travelled_m = travelled;
      anchor.straight_m = static_cast<float>(
          distance_m(fixes.lat_e7[from], fixes.lon_e7[from], fixes.lat_e7[anchor.fix], fixes.lon_e7[anchor.fix]));
    }
    anchor.dt_s = seconds;
    anchors[kept++] = anchor;
    seconds = travelled = 0;
  }
  anchors.erase(anchors.begin() + kept, anchors.begin() + k);
}

bool mark_walks(const std::vector<uint8_t>& against, uint32_t first, const std::vector<Anchor>& anchors,
                std::vector<uint8_t>* walks) {
  const auto count = static_cast<uint32_t>(against.size());
  walks->assign(count, 0);
  bool any = false;
  for (uint32_t begin = 0; begin < count; ++begin) {
    if (against[begin] == 0) continue;
    float metres = 0;
    bool slow = true;
    uint32_t end = begin + 1;
    for (; end < count && against[end] != 0; ++end) {
      const Anchor& anchor = anchors[first + end];
      const float way_m = std::max(anchor.straight_m, anchor.travelled_m);
      metres += way_m;
      slow = slow && way_m <= kWalkMps * anchor.dt_s;
    }
    if (slow && metres >= kWalkM && end - begin > kWalkSteps) {
      std::fill(walks->begin() + begin, walks->begin() + end, uint8_t{1});
      any = true;
    }
    begin = end;
  }
  return any;
}

}  // namespace tomare::match
