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
double spread(double from_m, double to_m, double at_m, double sigma_m) {
  const double off = std::max({0.0, from_m - at_m, at_m - to_m});
  return bell(off / sigma_m) / (to_m - from_m + kBreadth * sigma_m);
}

Misplaced misplaced(const LinePlace& place) {
  if (place.junction_m > 1e6) return kNoJunction;
  return place.to_m < place.junction_m - kLineBeforeM ? kFarFromJunction : kUsual;
}

}  // namespace

double stop_density(const LinePlace& place, double at_m, double sigma_m) {
  const double sigma = std::sqrt(sigma_m * sigma_m + kMapM * kMapM);
  const Misplaced wrong = misplaced(place);
  const double right = 1 - wrong.before_junction - wrong.anywhere;
  double density = right * spread(place.from_m - kStopsBeforeM, place.to_m, at_m, sigma);
  if (wrong.before_junction > 0) {
    density +=
        wrong.before_junction * spread(place.junction_m - kLineBeforeM, place.junction_m - kLineBeyondM, at_m, sigma);
  }
  const double last = std::max(place.to_m, std::min(place.to_m + kAnywhereM, place.junction_m));
  return density + wrong.anywhere * spread(place.from_m - kAnywhereM, last, at_m, sigma);
}

bool queues(const LinePlace& place, double at_m) { return at_m < place.from_m - kQueueBeginsM; }

double odds_at_line(const LinePlace& place, double at_m, double sigma_m) {
  return (queues(place, at_m) ? kQueueM : kStopsElsewhereM) * stop_density(place, at_m, sigma_m);
}

double odds_at_line(const LinePlace& place, double from_m, double to_m, double sigma_m) {
  const int steps = std::clamp(static_cast<int>(std::fabs(to_m - from_m) / kStepM) + 1, 1, kMostSteps);
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    sum += odds_at_line(place, from_m + (to_m - from_m) * (i + 0.5) / steps, sigma_m);
  }
  return sum / steps;
}

}  // namespace tomare::rules
