// SPDX-License-Identifier: MIT
// One movement told twice: the way by the log's speeds and the way by its positions, between knots some two seconds
// apart. What both may be wrong by is known, so that a contradiction can be told from an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core-cpp/base/settings.hpp"
#include "core-cpp/match/trace.hpp"

namespace tomare::match {

/// Sums since the first knot. Metres, seconds; `logged_m` in whatever unit the log's speeds are, times seconds.
struct Knot {
  double time_s = 0;
  double x = 0, y = 0;     ///< place, east and north
  double logged_m = 0;     ///< way by the speeds
  double chords_m = 0;     ///< way by straight lines from knot to knot
  double bends_m = 0;      ///< what every second chord is shorter by than the two it spans
  double variance_m2 = 0;  ///< of the way by the speeds: between two fixes a car may brake and speed up
  float speed = 0;         ///< as logged, NaN unknown
  float sigma_m = 0;       ///< standard error of the place, each axis
  uint32_t fix = 0;
  uint32_t unknown = 0;  ///< steps without a speed at both ends
  uint32_t sparse = 0;   ///< steps so long that two speeds do not tell the way
  uint32_t still = 0;    ///< steps between knots in which not one digit of the position changed, at speed
};

/// Knots `from` < `to` that are at least so many seconds apart, the nearest such pair that ends there.
struct Window {
  size_t from = 0, to = 0;
};

/// What a window says of the two.
enum class Agreement : uint8_t { unknown, agree, contradict };

class Movement {
 public:
  /// `usable` as of usable.hpp; `told`: the fixes tell their accuracy. Linear in the fixes.
  Movement(const Fixes& fixes, const std::vector<uint8_t>& usable, const Settings& settings, bool told);

  const std::vector<Knot>& knots() const { return knots_; }
  /// The drive's standard error of a position, as its positions alone show it; 0 unknown.
  double noise_m() const { return noise_m_; }
  double total_s() const { return knots_.empty() ? 0 : knots_.back().time_s; }

  /// Calls visit(Window) for every knot that ends a window of `seconds`, in order.
  template <typename Visit>
  void windows(double seconds, Visit&& visit) const {
    size_t from = 0;
    for (size_t to = 1; to < knots_.size(); ++to) {
      while (from + 1 < to && knots_[to].time_s - knots_[from + 1].time_s >= seconds) ++from;
      if (knots_[to].time_s - knots_[from].time_s >= seconds) visit(Window{from, to});
    }
  }

  /// Whether the way by the speeds, times `scale`, can be the one that the positions show. Unknown where steps cannot
  /// be compared.
  Agreement compare(Window window, double scale);

  /// The receiver repeated one position while its speeds went on, or came back from that.
  bool frozen(Window w) const { return knots_[w.to].still > knots_[w.from > 0 ? w.from - 1 : 0].still; }

  bool told(Window w) const { return knots_[w.to].unknown == knots_[w.from].unknown; }
  /// So dense, and all speeds there, that the way by the speeds is known.
  bool comparable(Window w) const { return told(w) && knots_[w.to].sparse == knots_[w.from].sparse; }

  double net_m(Window window) const;
  double logged_m(Window w) const { return knots_[w.to].logged_m - knots_[w.from].logged_m; }
  /// The way by the positions: the straight lines, and what a smooth bend adds to them.
  double way_m(Window window) const;
  double seconds(Window w) const { return knots_[w.to].time_s - knots_[w.from].time_s; }

 private:
  /// `now`: the sums up to the fix, to which those over knots are added.
  void add(const Fixes& fixes, uint32_t fix, Knot* now);
  void learn_noise();
  float sigma_at(const Fixes& fixes, uint32_t fix) const;
  double bends_m(Window window) const;
  double way_sigma_m(Window window);

  const Settings& s_;
  std::vector<Knot> knots_;
  bool told_;
  double noise_m_ = 0;  ///< the drive's own standard error of a position, where that is more than expected
  double shares_for_s_ = -1, share_ = 0;  ///< of a position's error that is in a way over so many seconds
};

}  // namespace tomare::match
