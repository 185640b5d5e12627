// SPDX-License-Identifier: MIT
#include "core-cpp/match/sigma.hpp"

#include <algorithm>
#include <cmath>

namespace tomare::match {
namespace {

constexpr float kPriorWeight = 3.0F;     ///< anchors that the expected value counts for
constexpr float kSigmaOfMedian = 1.48F;  ///< standard errors in the median distance from a normal error's middle
constexpr size_t kAsked = 32;            ///< anchors that are asked for their nearest road
constexpr float kNearestM = 20.0F;       ///< metres within which it is looked for first

}  // namespace

float shown_sigma(const Settings& settings, const Smoothed& smoothed, float most_m, std::vector<float>* distances) {
  const float expected = smoothed.error_m;
  if (distances->empty()) return expected;
  const auto middle = distances->begin() + static_cast<std::ptrdiff_t>(distances->size() / 2);
  std::nth_element(distances->begin(), middle, distances->end());
  const auto count = static_cast<float>(distances->size());
  const float shown = *middle * kSigmaOfMedian;
  const float both = (expected * expected * kPriorWeight + shown * shown * count) / (kPriorWeight + count);
  const auto low = static_cast<float>(settings.match_sigma_low_m * smoothed.finer(settings.match_sigma_m));
  return std::clamp(std::sqrt(both), low, most_m);
}

float sigma_by_roads(const Settings& settings, const Fixes& fixes, const Prepared& prepared, CandidateFinder* finder) {
  const std::vector<Anchor>& anchors = prepared.anchors;
  const auto radius = static_cast<float>(settings.match_radius_m);
  std::vector<float> nearest;
  nearest.reserve(kAsked);
  std::vector<Candidate> candidates;
  for (size_t k = 0; k < anchors.size(); k += anchors.size() / kAsked + 1) {
    const uint32_t fix = anchors[k].fix;
    finder->find(fixes.lat_e7[fix], fixes.lon_e7[fix], {kNearestM, kNearestM, radius}, {1}, &candidates);
    if (!candidates.empty()) nearest.push_back(candidates[0].distance_m);
  }
  return shown_sigma(settings, prepared.smoothed, static_cast<float>(settings.match_sigma_high_m), &nearest);
}

float sigma_by_path(const Settings& settings, const Prepared& prepared, const Trace& trace) {
  std::vector<float> distances;
  distances.reserve(prepared.anchors.size());
  for (const Anchor& anchor : prepared.anchors) {
    const MatchedFix& fix = trace.fixes[anchor.fix];
    if (fix.state == FixState::matched) distances.push_back(fix.error_m);
  }
  return shown_sigma(settings, prepared.smoothed, static_cast<float>(settings.match_sigma_path_m), &distances);
}

}  // namespace tomare::match
