// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_place.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core-cpp/base/float4.hpp"
#include "core-cpp/match/error_cost.hpp"

namespace tomare::rules {
namespace {

constexpr double kBreadth = 2.5;          ///< of the bell, in standard errors: the root of two pi
constexpr double kLineBeforeM = 22;       ///< of a junction's middle lies its line at the farthest …
constexpr double kLineBeyondM = 2;        ///< … and at the nearest
constexpr double kAnywhereM = 30;         ///< signs of the map lie no farther off
constexpr double kStopsElsewhereM = 400;  ///< metres of road to a stop that is for something else …
constexpr double kQueueM = 200;           ///< … and before a line, where cars queue
constexpr double kStepM = 6;              ///< between the places that stand for a stretch …
constexpr int kMostSteps = 32;            ///< … and no more of them
constexpr double kQueueBeginsM = 12;      ///< before the line: a car's length and the gap to the next

/// Of the signs of the map, those that stand in the wrong place before their junction, and those that stand anywhere.
struct Misplaced {
  double before_junction, anywhere;
};
constexpr Misplaced kUsual = {0.06, 0.02};
constexpr Misplaced kFarFromJunction = {0.15, 0.05};  ///< that no line is so far before its junction tells against it
constexpr Misplaced kNoJunction = {0, 0.1};

/// Of four places that are asked at once.
using Four = std::array<double, 4>;

/// Even between two places, and beyond them as errors make it.
struct Spread {
  double from_m, to_m, breadth_m;

  Spread(double from, double to, double sigma_m) : from_m(from), to_m(to), breadth_m(to - from + kBreadth * sigma_m) {}
  /// Adds so much of it to the densities at four places.
  void add(double share, const Four& at_m, double sigma_m, const ExpNeg4& exp_neg, Four* density) const {
    float costs[4], bells[4];
    for (size_t i = 0; i < 4; ++i) {
      const double off = std::max(std::max(0.0, from_m - at_m[i]), at_m[i] - to_m);
      costs[i] = static_cast<float>(match::error_cost(off / sigma_m));
    }
    store4(bells, exp_neg(load4(costs)));
    for (size_t i = 0; i < 4; ++i) (*density)[i] += share * (static_cast<double>(bells[i]) / breadth_m);
  }
};

Misplaced misplaced(const LinePlace& place) {
  if (place.junction_m > 1e6) return kNoJunction;
  return place.to_m < place.junction_m - kLineBeforeM ? kFarFromJunction : kUsual;
}

double last_of(const LinePlace& place) {
  return std::max(place.to_m, std::min(place.to_m + kAnywhereM, place.junction_m));
}

/// Of one line, for many places.
class Density {
 public:
  Density(const LinePlace& place, double sigma_m)
      : sigma_m_(std::sqrt(sigma_m * sigma_m + kMapM * kMapM)),
        wrong_(misplaced(place)),
        right_(place.from_m - kStopsBeforeM, place.to_m, sigma_m_),
        junction_(place.junction_m - kLineBeforeM, place.junction_m - kLineBeyondM, sigma_m_),
        anywhere_(place.from_m - kAnywhereM, last_of(place), sigma_m_) {}

  Four at(const Four& at_m) const {
    Four density = {};
    right_.add(1 - wrong_.before_junction - wrong_.anywhere, at_m, sigma_m_, exp_neg_, &density);
    if (wrong_.before_junction > 0) junction_.add(wrong_.before_junction, at_m, sigma_m_, exp_neg_, &density);
    anywhere_.add(wrong_.anywhere, at_m, sigma_m_, exp_neg_, &density);
    return density;
  }

 private:
  double sigma_m_;
  Misplaced wrong_;
  Spread right_, junction_, anywhere_;
  ExpNeg4 exp_neg_;
};

/// Metres of road to a stop there that is for something else.
double elsewhere_m(const LinePlace& place, double at_m) { return queues(place, at_m) ? kQueueM : kStopsElsewhereM; }

}  // namespace

double stop_density(const LinePlace& place, double at_m, double sigma_m) {
  return Density(place, sigma_m).at({at_m, at_m, at_m, at_m})[0];
}

bool queues(const LinePlace& place, double at_m) { return at_m < place.from_m - kQueueBeginsM; }

double odds_at_line(const LinePlace& place, double at_m, double sigma_m) {
  return elsewhere_m(place, at_m) * stop_density(place, at_m, sigma_m);
}

double odds_at_line(const LinePlace& place, double from_m, double to_m, double sigma_m) {
  const Density density(place, sigma_m);
  const int steps = std::clamp(static_cast<int>(std::fabs(to_m - from_m) / kStepM) + 1, 1, kMostSteps);
  double sum = 0;
  for (int first = 0; first < steps; first += 4) {
    Four at_m;
    for (int i = 0; i < 4; ++i) at_m[static_cast<size_t>(i)] = from_m + (to_m - from_m) * (first + i + 0.5) / steps;
    const Four here = density.at(at_m);
    for (size_t i = 0; i < static_cast<size_t>(std::min(4, steps - first)); ++i) {
      sum += elsewhere_m(place, at_m[i]) * here[i];
    }
  }
  return sum / steps;
}

}  // namespace tomare::rules
