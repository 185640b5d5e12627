// SPDX-License-Identifier: MIT
#include "core-cpp/rules/spells.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tomare::rules {
namespace {

/// Seconds from a spell to a fix that may be a slip: two fixes of a second are a car that slowed down.
constexpr double kSlipS = 1.5;
constexpr int kHeld = 4;  ///< of so many points of a spell one may be no faster than limit and tolerance

class SpellFinder {
 public:
  SpellFinder(const std::vector<SpeedPoint>& points, const EventNeeds& needs) : p_(points), needs_(needs) {}

  std::vector<SpeedEvent> events() {
    for (size_t k = 0; k < p_.size();) {
      if (!above(k)) {
        ++k;
        continue;
      }
      const size_t end = spell_end(k);
      add(k, end);
      k = end;
    }
    return std::move(found_);
  }

 private:
  bool above(size_t k) const { return p_[k].kmh > needs_.above_kmh; }

  /// Slower than hysteresis lets pass: no part of a spell, though it may lie between two.
  bool dip(size_t k) const { return p_[k].kmh <= needs_.above_kmh - needs_.hysteresis_kmh; }

  /// A spell goes on over the slip of one fix, and over a dip in which the car was faster than the limit on average.
  size_t spell_end(size_t begin) const {
    size_t end = begin + 1;
    double dip_kmh = 0;
    for (size_t k = begin + 1; k < p_.size(); ++k) {
      if (dip(k)) {
        dip_kmh += p_[k].kmh;
        if (p_[k].time_s - p_[end - 1].time_s > needs_.merge_gap_s) break;
        continue;
      }
      const bool fast = dip_kmh > static_cast<double>(k - end) * needs_.limit_kmh;
      if (k > end && !fast && p_[k - 1].time_s - p_[end - 1].time_s > kSlipS) break;
      end = k + 1;
      dip_kmh = 0;
    }
    return end;
  }

  struct Part {
    size_t begin = 0, end = 0;
  };

  /// The longest part over which the sum does not fall.
  static Part longest(const std::vector<std::ptrdiff_t>& sum) {
    std::vector<size_t> falling;  // where the sum is less than ever before: only from there a part can be longest
    for (size_t i = 0; i < sum.size(); ++i) {
      if (falling.empty() || sum[i] < sum[falling.back()]) falling.push_back(i);
    }
    Part best;
    for (size_t i = sum.size(); i-- > 0 && !falling.empty();) {
      while (!falling.empty() && sum[falling.back()] <= sum[i]) {
        if (i - falling.back() > best.end - best.begin) best = {falling.back(), i};
        falling.pop_back();
      }
    }
    return best;
  }

  /// What a point counts for: what is above, less so many times what is not.
  std::ptrdiff_t held(size_t k) const { return above(k) ? 1 : (dip(k) ? 0 : 1 - kHeld); }

  /// Shortens a spell to its longest part of which enough is above.
  void hold(size_t* begin, size_t* end) const {
    std::ptrdiff_t all = 0;
    for (size_t k = *begin; k < *end; ++k) all += held(k);
    if (all >= 0) return;
    std::vector<std::ptrdiff_t> sum;
    sum.reserve(*end - *begin + 1);
    sum.push_back(0);
    for (size_t k = *begin; k < *end; ++k) sum.push_back(sum.back() + held(k));
    const Part part = longest(sum);
    *end = *begin + part.end;
    *begin += part.begin;
    while (*begin < *end && !above(*begin)) ++*begin;
    while (*begin < *end && !above(*end - 1)) --*end;
  }

  /// Share of the way from an outer point to the one beside it at which the speed rises above; 1 where nobody knows.
  double crossing(size_t outside, size_t inside) const {
    const SpeedPoint &a = p_[outside], &b = p_[inside];
    const bool even = a.logged && b.logged && std::fabs(b.time_s - a.time_s) <= needs_.merge_gap_s;
    return even && b.kmh > a.kmh ? std::clamp((needs_.above_kmh - a.kmh) / (b.kmh - a.kmh), 0.0, 1.0) : 1;
  }

  SpeedEvent measured(size_t begin, size_t end) const {
    SpeedEvent event = {begin, end, p_[end - 1].time_s - p_[begin].time_s, p_[end - 1].path_m - p_[begin].path_m};
    if (begin > 0) {
      const double share = 1 - crossing(begin - 1, begin);
      event.seconds += share * (p_[begin].time_s - p_[begin - 1].time_s);
      event.metres += share * (p_[begin].path_m - p_[begin - 1].path_m);
    }
    if (end < p_.size()) {
      const double share = 1 - crossing(end, end - 1);
      event.seconds += share * (p_[end].time_s - p_[end - 1].time_s);
      event.metres += share * (p_[end].path_m - p_[end - 1].path_m);
    }
    return event;
  }

  void add(size_t begin, size_t end) {
    hold(&begin, &end);
    if (end < begin + 2) return;
    const SpeedEvent event = measured(begin, end);
    if (event.seconds < needs_.least_s || event.metres < needs_.least_m) return;
    if (!found_.empty()) {
      SpeedEvent& last = found_.back();
      const bool near = p_[begin].time_s - p_[last.end - 1].time_s <= needs_.merge_gap_s;
      if (near) {
        last = measured(last.begin, end);
        return;
      }
    }
    found_.push_back(event);
  }

  const std::vector<SpeedPoint>& p_;
  const EventNeeds& needs_;
  std::vector<SpeedEvent> found_;
};

}  // namespace

std::vector<SpeedEvent> events_in(const std::vector<SpeedPoint>& points, const EventNeeds& needs) {
  return SpellFinder(points, needs).events();
}

}  // namespace tomare::rules
