// SPDX-License-Identifier: MIT
#include "core-cpp/match/speed_check.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace tomare::match {
namespace {

constexpr double kNarrowS = 8, kWideS = 24;   ///< windows: gross contradictions are placed well, small ones are seen
constexpr double kWidestS = 130;              ///< of a window that tells the ratio
constexpr double kMovedM = 30;                ///< in a window that tells the ratio
constexpr size_t kLeastWindows = 5;           ///< that tell a ratio, or that most of a drive is contradicted
constexpr size_t kLeastSparse = 10;           ///< that tell a ratio where fixes are far apart
constexpr size_t kLeastMoved = 3;             ///< windows that show a column of noughts to be none
constexpr size_t kAsked = 1000;               ///< windows that tell the ratio at the most
constexpr double kDenseS = 5;                 ///< seconds a step, up to which windows tell it well …
constexpr double kOwnScale = 1.1;             ///< … and speeds within this factor of the positions are in their unit
constexpr double kOwnScaleSparse = 1.6;       ///< … where fixes are farther apart, for chords cut corners
constexpr double kUnitError = 1.04;           ///< factor between a ratio and the unit that it shows
constexpr uint32_t kAllAlong = 4;             ///< a channel that is wrong for more than one part in so many is none
constexpr size_t kAskedShifted = 300;         ///< windows that are compared with others, at the most …
constexpr size_t kLeastShifted = 20;          ///< … and at the least
constexpr double kReachS = 12;                ///< seconds to both sides
constexpr double kMuchM = 20;                 ///< metres that a window can be missed by
constexpr double kMissedM = 3;                ///< in a window of eight seconds: less is no lag that matters
constexpr double kLateS = 3;                  ///< seconds that no receiver filters its speeds by
constexpr double kExplained = 0.6;            ///< of what is missed remains, where another moment explains it
constexpr double kSpeedUp = 6, kBrake = 9;    ///< m/s2, more than cars do …
constexpr double kJumpS = 0.9, kJumpMps = 2;  ///< … over so many seconds, beyond the noise of two speeds
constexpr double kAroundJumpS = 4;            ///< seconds before and after a jump
constexpr double kSameSpeed = 0.02;           ///< m/s, and share of the speed, that a constant one varies by

/// Values per m/s that speeds are logged in …
constexpr double kUnits[] = {3.6, 1.943844, 2.236936, 3.280840, 100, 1000};
/// … and what is more than 1 of one named unit that was taken for another: then the positions show too slow a car at
/// the worst. Any other factor may be the clock's, which makes them too fast.
constexpr double kMistaken[] = {3.6, 1.943844, 2.236936, 1.609344, 1.852, 1.150779};

/// The one of `units` that is nearest to the ratio, and near; 0: none.
template <size_t N>
double nearest(const double (&units)[N], double ratio) {
  double unit = 0;
  for (const double u : units) {
    const bool near = ratio < u * kUnitError && u < ratio * kUnitError;
    if (near && (unit == 0 || std::fabs(u - ratio) < std::fabs(unit - ratio))) unit = u;
  }
  return unit;
}

class SpeedCheck {
 public:
  SpeedCheck(const Fixes& log, KnownSpeeds known, Movement* movement, Channels* out)
      : f_(log), out_(*out), movement_(*movement), narrow_s_(std::min(kNarrowS, movement->total_s())), known_(known) {}

  void run() {
    learn_ratio();
    if (off_ || constant()) {
      const Tally own = tally(1);
      if (constant() && (off_ || own.contradicted > 0 || standing())) return leave_out(kNote_speed_constant);
      if (off_ && by_a_factor(own)) return other_unit();
    }
    if (f_.speed_unit_open && (off_ || ratio_ != ratio_)) return leave_out(kNote_speed_unit_unknown);
    find_disputed();
  }

 private:
  struct Tally {
    uint32_t compared = 0, contradicted = 0;
  };

  /// Of the windows in which the receiver gives places at all.
  Tally tally(double scale) {
    Tally t;
    movement_.windows(narrow_s_, [&](Window w) { count(w, movement_.compare(w, scale), &t); });
    return t;
  }
  void count(Window w, Agreement found, Tally* t) const {
    if (found == Agreement::unknown || movement_.frozen(w)) return;
    ++t->compared;
    t->contradicted += found == Agreement::contradict ? 1 : 0;
  }

  /// Logged ways per way: by the chords, which noise lengthens, and by the straight line, which bends shorten.
  struct Ratios {
    std::vector<double> by_chords, by_line;
    size_t size() const { return by_line.size(); }
    void make_room(size_t windows) {
      by_chords.reserve(windows);
      by_line.reserve(windows);
    }
    void add(const Ratios& more) {
      by_chords.insert(by_chords.end(), more.by_chords.begin(), more.by_chords.end());
      by_line.insert(by_line.end(), more.by_line.begin(), more.by_line.end());
    }
    static double middle(std::vector<double>* values) {
      const auto at = values->begin() + static_cast<std::ptrdiff_t>(values->size() / 2);
      std::nth_element(values->begin(), at, values->end());
      return *at;
    }
  };

  void learn_ratio() {
    Ratios dense, sparse;
    const std::vector<Knot>& knots = movement_.knots();
    const size_t stride = knots.size() / kAsked + 1;
    dense.make_room(knots.size() / stride);
    movement_.windows(narrow_s_, [&](Window w) {
      const double seconds = movement_.seconds(w);
      if (w.to % stride != 0 || !movement_.told(w) || seconds > kWidestS) return;
      const double line_m = movement_.net_m(w);
      if (line_m < kMovedM || movement_.frozen(w)) return;
      const double told = movement_.logged_m(w);
      Ratios& those = seconds > kDenseS * static_cast<double>(w.to - w.from) ? sparse : dense;
      those.by_chords.push_back(told / movement_.way_m(w));
      those.by_line.push_back(told / line_m);
    });
    moved_ = dense.size() + sparse.size();
    const bool is_dense = dense.size() >= kLeastWindows;
    if (!is_dense) dense.add(sparse);
    if (dense.size() < (is_dense ? kLeastWindows : kLeastSparse)) return;
    const double tolerance = is_dense ? kOwnScale : kOwnScaleSparse;
    const double low = Ratios::middle(&dense.by_chords), high = Ratios::middle(&dense.by_line);
    off_ = low > tolerance || high * tolerance < 1;
    ratio_ = std::sqrt(low * high);
    out_.speed_ratio = ratio_;
  }

  bool constant() const {
    float least = 1e9F, most = 0;
    for (uint32_t i = 0; i < f_.count; ++i) {
      const float speed = f_.speed_mps[i];
      if (out_.usable[i] == 0 || speed != speed) continue;
      least = std::min(least, speed);
      most = std::max(most, speed);
      if (most - least > kSameSpeed * (1 + most)) return false;
    }
    return true;
  }

  /// No fix has a speed, and yet the car moved.
  bool standing() const { return movement_.knots().back().logged_m == 0 && moved_ >= kLeastMoved; }

  /// The drive agrees with its speeds once they are divided by the ratio.
  bool by_a_factor(Tally own) {
    const Tally scaled = tally(1 / std::max(ratio_, 1e-6));
    return scaled.contradicted * 2 <= own.contradicted || scaled.contradicted * 10 <= scaled.compared;
  }

  void other_unit() {
    const double unit = f_.speed_unit_open ? nearest(kUnits, ratio_) : nearest(kMistaken, ratio_);
    if (unit == 0) return another_pace();
    out_.speed_factor = unit;
    if (!f_.speed_unit_open) return leave_out(kNote_speed_unit);
    out_.scale = static_cast<float>(1 / unit);
    out_.notes |= kNote_speed_converted;
    find_disputed();
  }
  /// The unit is another one, or the times are: neither channel is believed.
  void another_pace() {
    out_.notes |= kNote_speed_contradicted_all_along;
    dispute(0, f_.count - 1);
    out_.speed_mps.assign(f_.speed_mps, f_.speed_mps + f_.count);
    leave_disputed_out();
  }

  void leave_out(ChannelNote why) {
    out_.notes |= why;
    out_.speed_aside = out_.speed_fixes;
    out_.speed_mps.assign(f_.count, std::numeric_limits<float>::quiet_NaN());
  }

  /// Leaves the speeds aside where they and the positions contradict each other.
  void find_disputed() {
    const bool shifted = known_.late || of_another_moment();
    if (known_.windows_agree && out_.scale == 1 && !shifted) return;
    if (shifted) out_.notes |= kNote_speed_late;
    const bool all_along = shifted || dispute_gross();
    if (all_along) {
      dispute(0, f_.count - 1);
      out_.notes |= kNote_speed_contradicted_all_along;
    } else {
      find_slight();
      find_jumps();
    }
    if (out_.disputed.empty() && out_.scale == 1) return;
    out_.speed_mps.assign(f_.speed_mps, f_.speed_mps + f_.count);
    for (uint32_t i = 0; i < f_.count; ++i) out_.speed_mps[i] *= out_.scale;
    if (out_.disputed.empty()) return;
    if (!all_along) out_.notes |= kNote_speed_contradicted;
    leave_disputed_out();
  }

  /// Gross contradictions. True where they are in much of the drive.
  bool dispute_gross() {
    Tally t;
    movement_.windows(narrow_s_, [&](Window w) {
      const Agreement found = movement_.compare(w, out_.scale);
      count(w, found, &t);
      if (found == Agreement::contradict) dispute(movement_.knots()[w.from].fix, movement_.knots()[w.to].fix);
    });
    return t.compared >= kLeastWindows && t.contradicted * kAllAlong > t.compared;
  }

  void leave_disputed_out() {
    for (uint32_t i = 0; i < f_.count; ++i) {
      if (out_.disputed[i] == 0) continue;
      out_.speed_aside += out_.speed_mps[i] == out_.speed_mps[i] ? 1 : 0;
      out_.speed_mps[i] = std::numeric_limits<float>::quiet_NaN();
    }
  }

  /// A window whose speeds are asked how well they tell its way, and those of its neighbours.
  struct Asked {
    Window window;
    double way_m = 0;
  };

  /// One that misses much counts as one that misses some: a few gross errors are no lag.
  double missed_m(const Asked& asked, int later) const {
    const auto moved = [later](size_t k) { return static_cast<size_t>(static_cast<int64_t>(k) + later); };
    const double told_m = movement_.logged_m({moved(asked.window.from), moved(asked.window.to)}) * out_.scale;
    return std::min(std::fabs(told_m - asked.way_m), kMuchM);
  }

  /// Windows with comparable knots to both sides, `reach` of them, so that every shift is asked of the same; and the
  /// metres by which their own speeds miss them, in all.
  double ask(size_t reach, std::vector<Asked>* asked) const {
    const std::vector<Knot>& knots = movement_.knots();
    const size_t stride = knots.size() / kAskedShifted + 1;
    double sum = 0;
    asked->reserve(knots.size() / stride);
    movement_.windows(narrow_s_, [&](Window w) {
      if (w.to % stride != 0 || w.from < reach || w.to + reach >= knots.size()) return;
      if (!movement_.comparable({w.from - reach, w.to + reach})) return;
      asked->push_back({w, movement_.way_m(w)});
      sum += missed_m(asked->back(), 0);
    });
    return sum;
  }

  /// Metres by which the speeds `later` knots on miss the windows in all; at least `most_m` where that is more.
  double missed_m(const std::vector<Asked>& asked, int later, double most_m) const {
    double sum = 0;
    for (size_t i = 0; i < asked.size() && sum < most_m; ++i) sum += missed_m(asked[i], later);
    return sum;
  }

  /// The speeds are those of the drive, some seconds before or after.
  bool of_another_moment() const {
    const double step_s = movement_.total_s() / static_cast<double>(movement_.knots().size());
    const int reach = static_cast<int>(kReachS / std::max(step_s, 1.0));
    std::vector<Asked> asked;
    const double own_m = ask(static_cast<size_t>(reach), &asked);
    const auto count = static_cast<double>(asked.size());
    if (asked.size() < kLeastShifted || own_m / count < kMissedM) return false;
    const double most_m = kExplained * own_m;
    int best = 0;
    double least_m = most_m;
    for (int later = -reach; later <= reach; ++later) {
      const double m = missed_m(asked, later, least_m);
      if (m < least_m) best = later;
      least_m = std::min(least_m, m);
    }
    return std::abs(best) * step_s > kLateS;
  }

  /// Small contradictions that last: in wide windows beside the gross ones, which would spoil these.
  void find_slight() {
    const std::vector<Knot>& knots = movement_.knots();
    std::vector<uint32_t> gross(knots.size() + 1, 0);  // disputed knots before each
    for (size_t k = 0; k < knots.size(); ++k) gross[k + 1] = gross[k] + (out_.disputed_at(knots[k].fix) ? 1 : 0);
    movement_.windows(kWideS, [&](Window w) {
      if (gross[w.to + 1] != gross[w.from]) return;
      if (movement_.compare(w, out_.scale) == Agreement::contradict) dispute(knots[w.from].fix, knots[w.to].fix);
    });
  }

  /// Speeds that no car can have had one after the other: what shows one is not believed some seconds around it.
  void find_jumps() {
    uint32_t before = 0, from = 0, to = 0;
    for (uint32_t i = 1; i < f_.count; ++i) {
      if (out_.usable[i] == 0) continue;
      while (before + 1 < i && (out_.usable[before] == 0 || seconds_between(before + 1, i) >= kJumpS)) ++before;
      if (out_.usable[before] == 0 || !jumped(before, i)) continue;
      while (seconds_between(from, before) > kAroundJumpS) ++from;
      while (to + 1 < f_.count && seconds_between(i, to + 1) <= kAroundJumpS) ++to;
      dispute(from, std::max(i, to));
    }
  }
  bool jumped(uint32_t a, uint32_t b) const {
    const double dt = seconds_between(a, b);
    const double gained = static_cast<double>(out_.scale) * (static_cast<double>(f_.speed_mps[b]) - f_.speed_mps[a]);
    return dt >= kJumpS && (gained > kSpeedUp * dt + kJumpMps || -gained > kBrake * dt + kJumpMps);
  }
  double seconds_between(uint32_t a, uint32_t b) const {
    return static_cast<double>(f_.time_ms[b] - f_.time_ms[a]) * 0.001;
  }

  /// Ranges come in order, and one that overlaps the last is written from its end on.
  void dispute(uint32_t from, uint32_t to) {
    if (out_.disputed.empty()) out_.disputed.assign(f_.count, 0);
    for (uint32_t i = from >= disputed_from_ ? std::max(from, disputed_to_) : from; i <= to; ++i) out_.disputed[i] = 1;
    disputed_from_ = from;
    disputed_to_ = to;
  }

  const Fixes& f_;
  Channels& out_;
  Movement& movement_;
  const double narrow_s_;
  const KnownSpeeds known_;
  size_t moved_ = 0;  ///< windows in which the positions do
  uint32_t disputed_from_ = 0, disputed_to_ = 0;
  double ratio_ = std::numeric_limits<double>::quiet_NaN();
  bool off_ = false;  ///< the ratio is that of no honest receiver
};

}  // namespace

void check_speeds(const Fixes& log, KnownSpeeds known, Movement* movement, Channels* out) {
  SpeedCheck(log, known, movement, out).run();
}

}  // namespace tomare::match
