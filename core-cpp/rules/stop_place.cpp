// SPDX-License-Identifier: MIT
#include "core-cpp/rules/stop_place.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/angle.hpp"
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

double bell(double z) { return static_cast<double>(exp_neg(static_cast<float>(match::error_cost(z)))); }

/// Even between two places, and beyond them as errors make it.
struct Spread {
  double from_m, to_m, breadth_m;

  Spread(double from, double to, double sigma_m) : from_m(from), to_m(to), breadth_m(to - from + kBreadth * sigma_m) {}
  double at(double at_m, double sigma_m) const {
    const double off = std::max({0.0, from_m - at_m, at_m - to_m});
    return (off > 0 ? bell(off / sigma_m) : 1) / breadth_m;
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

  double at(double at_m) const {
    double density = (1 - wrong_.before_junction - wrong_.anywhere) * right_.at(at_m, sigma_m_);
    if (wrong_.before_junction > 0) density += wrong_.before_junction * junction_.at(at_m, sigma_m_);
    return density + wrong_.anywhere * anywhere_.at(at_m, sigma_m_);
  }

 private:
  double sigma_m_;
  Misplaced wrong_;
  Spread right_, junction_, anywhere_;
};

/// Metres of road to a stop there that is for something else.
double elsewhere_m(const LinePlace& place, double at_m) { return queues(place, at_m) ? kQueueM : kStopsElsewhereM; }

}  // namespace

double stop_density(const LinePlace& place, double at_m, double sigma_m) { return Density(place, sigma_m).at(at_m); }

bool queues(const LinePlace& place, double at_m) { return at_m < place.from_m - kQueueBeginsM; }

double odds_at_line(const LinePlace& place, double at_m, double sigma_m) {
  return elsewhere_m(place, at_m) * stop_density(place, at_m, sigma_m);
}

double odds_at_line(const LinePlace& place, double from_m, double to_m, double sigma_m) {
  const Density density(place, sigma_m);
  const int steps = std::clamp(static_cast<int>(std::fabs(to_m - from_m) / kStepM) + 1, 1, kMostSteps);
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double at_m = from_m + (to_m - from_m) * (i + 0.5) / steps;
    sum += elsewhere_m(place, at_m) * density.at(at_m);
  }
  return sum / steps;
}

}  // namespace tomare::rules
