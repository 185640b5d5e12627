// SPDX-License-Identifier: MIT
#include "core-cpp/match/movement.hpp"

#include <algorithm>
#include <cmath>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/match/way_error.hpp"

namespace tomare::match {
namespace {

constexpr double kKnotS = 1.9;      ///< shorter chords sum up the noise of positions
constexpr double kLongestS = 20;    ///< over a longer step two speeds do not tell the way
constexpr double kLagS = 2;         ///< a receiver's speeds may lag behind its positions, or these behind the speeds
constexpr double kShare = 0.05;     ///< of the way: wheels, speedometers and rounding
constexpr double kBraking = 0.3;    ///< m/s2: how the mean speed of a step departs from that of its ends, per second
constexpr double kSparseS = 7;      ///< a longer step may hide a turn, too, and errs twice as much
constexpr double kSigmas = 4;       ///< of all errors, beyond which the two contradict each other
constexpr float kMostSigmas = 5;    ///< times the expected error of a position: a receiver may tell that it is so bad
constexpr size_t kAsked = 1000;     ///< knots that tell the noise at the most …
constexpr size_t kLeastAside = 10;  ///< … and at the least
constexpr double kNearS = 3;        ///< seconds from knot to knot there
constexpr double kLineM = 15;       ///< a shorter line has no side
constexpr double kSigmaPerAside = 4.5;  ///< 1.48 for the median, and 3 for errors that drift over twenty seconds
constexpr double kStillMps = 1.5;       ///< slower, a car may stand where the receiver says it does

}  // namespace

Movement::Movement(const Fixes& f, const std::vector<uint8_t>& usable, const Settings& settings, bool told)
    : s_(settings), told_(told) {
  knots_.reserve(f.count);
  LocalScale scale;
  Knot now;
  uint32_t before = 0;
  for (uint32_t i = 0; i < f.count; ++i) {
    if (usable[i] == 0) continue;
    now.speed = f.speed_mps[i];
    if (knots_.empty()) {
      now.fix = i;
      now.sigma_m = sigma_at(f, i);
      knots_.push_back(now);
      before = i;
      continue;
    }
    const MetreScale& metres = scale.at(f.lat_e7[i]);
    const double dt = static_cast<double>(f.time_ms[i] - f.time_ms[before]) * 0.001;
    now.x += east_e7(f.lon_e7[before], f.lon_e7[i]) * metres.x;
    now.y += (static_cast<double>(f.lat_e7[i]) - f.lat_e7[before]) * metres.y;
    now.time_s += dt;
    const double sum = static_cast<double>(f.speed_mps[before]) + f.speed_mps[i];
    const bool known = sum == sum;
    if (known) now.logged_m += 0.5 * sum * dt;
    now.unknown += known ? 0 : 1;
    now.sparse += dt > kLongestS ? 1 : 0;
    const double braking = (dt > kSparseS ? kBraking : 0.5 * kBraking) * dt * dt;
    now.variance_m2 += braking * braking;
    before = i;
    if (now.time_s - knots_.back().time_s < kKnotS) continue;
    add(f, i, &now);
  }
  if (!knots_.empty() && knots_.back().fix != before) add(f, before, &now);
  learn_noise();
}

/// By how far knots lie beside the line of their neighbours: on a straight road that is noise, and most roads are
/// straight. It does not ask the speeds.
void Movement::learn_noise() {
  std::vector<double> aside;
  const size_t stride = knots_.size() / kAsked + 1;
  for (size_t k = 2; k < knots_.size(); k += stride) {
    const Knot &a = knots_[k - 2], &b = knots_[k - 1], &c = knots_[k];
    if (c.time_s - a.time_s > 2 * kNearS) continue;
    const double dx = c.x - a.x, dy = c.y - a.y, line = std::sqrt(dx * dx + dy * dy);
    if (line < kLineM) continue;
    aside.push_back(std::fabs((b.x - a.x) * dy - (b.y - a.y) * dx) / line);
  }
  if (aside.size() < kLeastAside) return;
  const auto middle = aside.begin() + static_cast<std::ptrdiff_t>(aside.size() / 2);
  std::nth_element(aside.begin(), middle, aside.end());
  noise_m_ = std::min(*middle * kSigmaPerAside, kMostSigmas * s_.match_sigma_m);
}

void Movement::add(const Fixes& f, uint32_t fix, Knot* now) {
  Knot& next = *now;
  const Knot& last = knots_.back();
  next.fix = fix;
  next.sigma_m = sigma_at(f, fix);
  const double dx = next.x - last.x, dy = next.y - last.y;
  const double chord = std::sqrt(dx * dx + dy * dy);
  next.chords_m += chord;
  if (knots_.size() > 1) {
    const Knot& other = knots_[knots_.size() - 2];
    const double ox = next.x - other.x, oy = next.y - other.y;
    next.bends_m += std::max(0.0, next.chords_m - other.chords_m - std::sqrt(ox * ox + oy * oy));
  }
  const bool same = f.lat_e7[fix] == f.lat_e7[last.fix] && f.lon_e7[fix] == f.lon_e7[last.fix];
  next.still += same && next.logged_m - last.logged_m > kStillMps * (next.time_s - last.time_s) ? 1 : 0;
  knots_.push_back(next);
}

double Movement::net_m(Window w) const {
  const double dx = knots_[w.to].x - knots_[w.from].x, dy = knots_[w.to].y - knots_[w.from].y;
  return std::sqrt(dx * dx + dy * dy);
}

/// Every bend within the window lies in two pairs of chords.
double Movement::bends_m(Window w) const {
  return w.to - w.from < 2 ? 0 : 0.5 * (knots_[w.to].bends_m - knots_[w.from + 1].bends_m);
}

double Movement::way_m(Window w) const {
  return knots_[w.to].chords_m - knots_[w.from].chords_m +
         bends_m(w) / 3;  // chords miss h² of a bend, doubled ones 4 h²
}

float Movement::sigma_at(const Fixes& f, uint32_t fix) const {
  const auto sigma = static_cast<float>(s_.match_sigma_m);
  const float told = f.accuracy_m[fix];
  return told_ && told > sigma ? std::min(told, kMostSigmas * sigma) : sigma;
}

double Movement::way_sigma_m(Window w) {
  const double over_s = seconds(w);
  if (over_s != shares_for_s_) {
    shares_for_s_ = over_s;
    share_ = way_sigma(s_, 1, over_s);
  }
  return share_ * std::max<double>(noise_m_, std::max(knots_[w.from].sigma_m, knots_[w.to].sigma_m));
}

Agreement Movement::compare(Window w, double scale) {
  const Knot &a = knots_[w.from], &b = knots_[w.to];
  if (!comparable(w)) return Agreement::unknown;
  const double told = logged_m(w) * scale;
  const double most = b.chords_m - a.chords_m + bends_m(w);
  const double off = std::max(told - most, net_m(w) - told);
  const double slack = kLagS * scale * std::fabs(static_cast<double>(b.speed) - a.speed) + kShare * told;
  const double over = off - slack;
  if (over <= 0) return Agreement::agree;
  const double sigma = way_sigma_m(w);
  const double error2 = sigma * sigma + b.variance_m2 - a.variance_m2;
  return over * over > kSigmas * kSigmas * error2 ? Agreement::contradict : Agreement::agree;
}

}  // namespace tomare::match
