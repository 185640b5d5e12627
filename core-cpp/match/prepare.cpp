// SPDX-License-Identifier: MIT
#include "core-cpp/match/prepare.hpp"

#include <algorithm>

#include "core-cpp/base/angle.hpp"
#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

constexpr float kHeadingSpeed = 3.0F;        ///< m/s; slower, a receiver's heading means nothing
constexpr double kHeadingContradicted = 60;  ///< degrees from the movement: the heading is not believed
constexpr float kSlowMps = 0.7F;             ///< a car that is slower may stand: more fixes of the place say nothing
constexpr double kTurnDeg = 20;              ///< since the anchor before: the next one is taken as soon as it says more
constexpr double kCourseShare = 0.5;         ///< of a heading's error, that of a receiver's course …
constexpr double kCourseS = 2;               ///< … but for fixes so near that a bend, or a lag, is in several of them
constexpr double kGain = 3;                  ///< m/s2: between two fixes a car may speed up and brake …
constexpr double kLagS = 2;                  ///< … its receiver's speeds may lag behind …
constexpr double kShare = 0.1;               ///< … and be so much too low
constexpr size_t kFewAnchors = 512;          ///< of a short drive: there is room for them at once
constexpr double kMovementS = 12;            ///< a movement over more seconds is no direction

class Preparer {
 public:
  Preparer(const Fixes& fixes, const std::vector<uint8_t>& usable, const Settings& settings, Prepared* out)
      : f_(fixes), usable_(usable), s_(settings), out_(*out), max_mps_(settings.match_max_speed_kmh / 3.6) {}

  void run() {
    smooth(f_, usable_, s_, &out_.smoothed);
    f_.lat_e7 = out_.smoothed.lat_e7.data();
    f_.lon_e7 = out_.smoothed.lon_e7.data();
    place_anchors();
    std::vector<Anchor>& anchors = out_.anchors;
    for (size_t k = 0; k < anchors.size(); ++k) {
      const bool has_before = k > 0 && !anchors[k].starts_section;
      const bool has_after = k + 1 < anchors.size() && !anchors[k + 1].starts_section;
      set_heading(anchors[has_before ? k - 1 : k].fix, anchors[has_after ? k + 1 : k].fix, &anchors[k]);
    }
  }

 private:
  double between_m(uint32_t a, uint32_t b) {
    return scale_.distance_m(f_.lat_e7[a], f_.lon_e7[a], f_.lat_e7[b], f_.lon_e7[b]);
  }
  double between_s(uint32_t a, uint32_t b) const { return static_cast<double>(f_.time_ms[b] - f_.time_ms[a]) * 0.001; }
  bool too_fast(double metres, uint32_t a, uint32_t b) const { return metres > max_mps_ * between_s(a, b) + 60.0; }

  /// A silence is a gap when it is long for this log: one that has a fix a minute is not all gaps.
  double gap_seconds() const {
    std::vector<int64_t> steps;
    steps.reserve(f_.count);
    int64_t last = -1;
    size_t ordinary = 0;  // shorter than what is a gap in any log
    for (uint32_t i = 0; i < f_.count; ++i) {
      if (usable_[i] == 0) continue;
      if (last >= 0) {
        steps.push_back(f_.time_ms[i] - f_.time_ms[last]);
        ordinary += gap_after(steps.back()) <= s_.match_gap_s ? 1 : 0;
      }
      last = i;
    }
    if (ordinary > steps.size() / 2 || steps.empty()) return s_.match_gap_s;
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return gap_after(*middle);
  }
  static double gap_after(int64_t median_ms) { return 2.5 * 0.001 * static_cast<double>(median_ms); }

  /// What the logged speeds say of the way since the last anchor.
  struct Since {
    double travelled_m = 0, gained_m = 0;
    bool speeds = true;  ///< every fix has one
  };

  bool has_speed(uint32_t i) const { return f_.speed_mps[i] == f_.speed_mps[i]; }

  void go_on(uint32_t last, uint32_t i, Since* since) const {
    const double step_s = between_s(last, i);
    const bool known = has_speed(i) && has_speed(last);
    since->speeds = since->speeds && known;
    if (known) {
      since->travelled_m += 0.5 * out_.smoothed.speed_scale * (f_.speed_mps[i] + f_.speed_mps[last]) * step_s;
    }
    since->gained_m += 0.25 * kGain * step_s * step_s;
  }

  /// The way so far is worth an anchor: sooner where the car turns, later where it stands.
  bool far_enough(uint32_t before, uint32_t last, uint32_t i, double straight, double travelled_m) const {
    const bool slow = has_speed(i) && has_speed(last) && f_.speed_mps[i] < kSlowMps;
    const bool asked = straight >= fine_m_ && (slow || straight < s_.match_thin_m);  // else all turns are the same
    const double thin_m = asked && turns(before, i) ? fine_m_ : s_.match_thin_m;
    return straight >= thin_m && !(slow && travelled_m < thin_m);
  }

  void place_anchors() {
    const double gap_s = gap_seconds();
    fine_m_ = s_.match_thin_m * out_.smoothed.finer(s_.match_sigma_m);
    out_.anchors.clear();
    out_.anchors.reserve(std::min<size_t>(f_.count, kFewAnchors));
    out_.gaps = 0;
    uint32_t last = 0;  // of the usable
    Since since;
    for (uint32_t i = 0; i < f_.count; ++i) {
      if (usable_[i] == 0) continue;
      if (out_.anchors.empty()) {
        add_anchor(i, 0, 0, -1, true);
        out_.gaps = 0;  // the beginning is none
        last = i;
        continue;
      }
      go_on(last, i, &since);
      const uint32_t before = out_.anchors.back().fix;
      const double straight = between_m(before, i);
      const double hop_m = last == before ? straight : between_m(last, i);
      const bool gap = (between_s(last, i) > gap_s && hop_m > s_.match_gap_m) || too_fast(hop_m, last, i);
      if (gap || far_enough(before, last, i, straight, since.travelled_m) || (i + 1 == f_.count && i != before)) {
        add_anchor(i, between_s(before, i), straight, since.speeds ? since.travelled_m : -1, gap);
        if (since.speeds) out_.anchors.back().most_m = most_m(before, i, since);
        since = {};
      }
      last = i;
    }
  }

  /// The longest way that the speeds allow.
  float most_m(uint32_t before, uint32_t i, const Since& since) const {
    const double lag = kLagS * std::fabs(static_cast<double>(f_.speed_mps[i]) - f_.speed_mps[before]);
    return static_cast<float>((1 + kShare) * since.travelled_m + since.gained_m + lag);
  }

  void add_anchor(uint32_t fix, double dt_s, double straight_m, double travelled_m, bool starts_section) {
    out_.anchors.emplace_back();
    Anchor& a = out_.anchors.back();
    a.fix = fix;
    a.dt_s = static_cast<float>(dt_s);
    a.straight_m = static_cast<float>(straight_m);
    a.travelled_m = static_cast<float>(travelled_m);
    a.starts_section = starts_section;
    out_.gaps += starts_section ? 1 : 0;
  }

  bool turns(uint32_t from, uint32_t to) const {
    return angle_between_deg(f_.heading_deg[from], f_.heading_deg[to]) > kTurnDeg;
  }

  /// The receiver's heading when the car is fast enough for it to mean something and the movement
  /// around the anchor does not contradict it; else the direction of that movement, with the error
  /// that its length leaves.
  void set_heading(uint32_t before, uint32_t after, Anchor* a) {
    const float heading = f_.heading_deg[a->fix];
    const float speed = f_.speed_mps[a->fix];
    const bool given = heading == heading && speed == speed && speed > kHeadingSpeed;
    if (given) {
      a->heading_deg = heading;
      const double share = a->dt_s > kCourseS ? std::max(kCourseShare, kCourseS / a->dt_s) : 1;
      a->heading_sigma_deg = static_cast<float>(share * s_.match_heading_sigma_deg);
    }
    const double length = between_m(before, after);
    if (length < 2.0 * s_.match_thin_m || between_s(before, after) > kMovementS) return;
    const MetreScale& scale = scale_.at(f_.lat_e7[a->fix]);
    const double dx = east_e7(f_.lon_e7[before], f_.lon_e7[after]) * scale.x;
    const double dy = (static_cast<double>(f_.lat_e7[after]) - f_.lat_e7[before]) * scale.y;
    const double movement = bearing_deg(dx, dy);
    if (given && angle_between_deg(movement, heading) < kHeadingContradicted) return;
    a->heading_deg = static_cast<float>(movement);
    a->heading_sigma_deg = static_cast<float>(s_.match_heading_sigma_deg + 5.0 + 57.3 * s_.match_sigma_m / length);
  }

  Fixes f_;  ///< with the positions of the log, then with the smoothed ones
  const std::vector<uint8_t>& usable_;
  const Settings& s_;
  Prepared& out_;
  const double max_mps_;
  double fine_m_ = 0;  ///< between anchors at a turn
  LocalScale scale_;
};

}  // namespace

void prepare(const Fixes& fixes, const std::vector<uint8_t>& usable, const Settings& settings, Prepared* out) {
  Preparer(fixes, usable, settings, out).run();
}

}  // namespace tomare::match
