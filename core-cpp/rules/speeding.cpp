// SPDX-License-Identifier: MIT
// Speeding against the limit of the road that was driven (Road Traffic Act of Japan, article 22).
#include <algorithm>
#include <cmath>
#include <optional>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/rules/beside.hpp"
#include "core-cpp/rules/corroboration.hpp"
#include "core-cpp/rules/facts.hpp"
#include "core-cpp/rules/limits.hpp"
#include "core-cpp/rules/spells.hpp"

namespace tomare::rules {
namespace {

using match::Leg;

constexpr double kAsLikely = 0.4;  ///< of a lawful road over this one, above which the two are not told apart
constexpr double kLongest = 120;   ///< seconds; over more, a mean says little of how the car drove
constexpr double kShortRoad = 30;  ///< metres of a road whose limit may be its neighbours': a bridge, a mapper's slip
constexpr double kLeastStep = 0.1, kLeastBase = 1;  ///< seconds; over less, acceleration and mean speed are noise
/// Share of the way that bends take, of which its standard error is made: it lies between the straight line and all.
constexpr double kBendShare = 0.5;
/// Of how sure a speed is: at the limit nothing but the receiver speaks, and many standard errors above it nothing
/// against.
constexpr double kDoubtAtLimit = 0.2;
/// Metres beyond the limit by positions alone: less may be a jump of the receiver along the road.
constexpr double kJumpM = 25;
constexpr double kSpikeS = 2.5;  ///< seconds up to a spike, and down again
constexpr double kDense = 2.5;   ///< seconds between fixes whose speeds scatter by their errors, not by the driving
/// Seconds between fixes in which a driver can stop and go on, so that a way tells little of the speeds at its ends …
constexpr double kSparse = 12;
constexpr double kFarLess = 0.6;  ///< … but one of less than this share of the way that they tell contradicts them
constexpr double kBentSigmas = 0.6745 * 2.449489743;  ///< median of |a - 2b + c| for errors of one: 0.67 of its sqrt(6)

struct Sample {
  uint32_t fix;
  double path_m, time_s, kmh;
  double sigma_kmh;  ///< its standard error
  double doubt_kmh;  ///< that a speed taken from positions may be too high by
  bool disputed;     ///< the logged speed and the positions contradict each other; `kmh` is the higher one
  Limit limit;
};

class SpeedJudge {
 public:
  SpeedJudge(const Context& c, const match::Run& run, Judgement* out)
      : c_(c), run_(run), s_(c.settings), out_(out), run_fixes_(run.fixes) {
    limits_.reserve(run.leg_count);
    samples_.reserve(run_fixes_.size());
    for (uint32_t l = run.first_leg; l < run.first_leg + run.leg_count; ++l) {
      limits_.push_back(limit_of(c, c.trace.legs[l]));
    }
    smooth_short(run);
    sample(run);
  }

  void run() {
    Exposure& e = out_->exposure[static_cast<int>(Rule::speeding)];
    for (size_t k = 1; k < samples_.size(); ++k) {
      if (samples_[k].limit.known != Known::number || samples_[k].disputed) continue;
      e.judged_m += samples_[k].path_m - samples_[k - 1].path_m;
    }
    for (size_t k = 0; k < samples_.size();) {
      size_t end = k + 1;
      while (end < samples_.size() && alike(samples_[k], samples_[end])) ++end;
      judge_within({k, end});
      k = end;
    }
  }

 private:
  /// Whether what positions may be wrong by counts for the driver.
  enum class Doubt : uint8_t { counted, left_out };

  /// Of one limit, and their logged speeds as good.
  static bool alike(const Sample& a, const Sample& b) { return a.limit.same(b.limit) && a.disputed == b.disputed; }

  void judge_within(Range stretch) {
    if (samples_[stretch.begin].limit.known != Known::number) return;
    for (const SpeedEvent& e : events(stretch, Doubt::left_out)) {
      if (samples_[e.begin].disputed) {
        event(e, Doubt::left_out);
      } else if (!doubted(e)) {
        event(e, Doubt::counted);
      } else {
        const std::vector<SpeedEvent> sure = events({e.begin, e.end}, Doubt::counted);
        for (const SpeedEvent& part : sure) event(part, Doubt::counted);
        if (sure.empty()) event(e, Doubt::left_out);
      }
    }
  }

  bool doubted(const SpeedEvent& e) const {
    return std::any_of(samples_.begin() + static_cast<std::ptrdiff_t>(e.begin),
                       samples_.begin() + static_cast<std::ptrdiff_t>(e.end),
                       [](const Sample& x) { return x.doubt_kmh > 0; });
  }

  /// Events among samples of one limit.
  std::vector<SpeedEvent> events(Range range, Doubt doubt) {
    points_.clear();
    points_.reserve(samples_.size());
    for (size_t k = range.begin; k < range.end; ++k) {
      const Sample& x = samples_[k];
      points_.push_back({x.time_s, x.path_m, doubt == Doubt::counted ? x.kmh - x.doubt_kmh : x.kmh,
                         !c_.trace.fixes[x.fix].speed_derived});
    }
    const double limit = samples_[range.begin].limit.low_kmh;
    std::vector<SpeedEvent> found =
        events_in(points_, {limit, limit + tolerance(limit), s_.speeding_hysteresis_kmh, s_.speeding_merge_gap_s,
                            s_.speeding_min_duration_s, s_.speeding_min_distance_m});
    for (SpeedEvent& e : found) {
      e.begin += range.begin;
      e.end += range.begin;
    }
    return found;
  }

  /// Short roads whose limit differs from two agreeing neighbours take theirs.
  void smooth_short(const match::Run& run) {
    for (size_t i = 1; i + 1 < limits_.size(); ++i) {
      const double length = c_.trace.legs[run.first_leg + i].length_m();
      const Limit& a = limits_[i - 1];
      const Limit& b = limits_[i + 1];
      const bool agree = a.known == b.known && a.high_kmh == b.high_kmh;
      if (length < kShortRoad && agree && a.known == Known::number && limits_[i].known == Known::number) limits_[i] = a;
    }
  }

  void sample(const match::Run& run) {
    for (const uint32_t i : run_fixes_) {
      const match::MatchedFix& fix = c_.trace.fixes[i];
      Sample sample{i,
                    fix.path_m,
                    static_cast<double>(c_.fixes.time_ms[i]) * 0.001,
                    fix.speed_mps * 3.6,
                    s_.stop_sigma_speed_mps * 3.6,
                    0,
                    c_.channels.disputed_at(i),
                    limits_[fix.leg - run.first_leg]};
      soften_edges(run, fix, &sample.limit);
      samples_.push_back(sample);
    }
    const auto derived = [this](const Sample& x) { return c_.trace.fixes[x.fix].speed_derived; };
    if (std::any_of(samples_.begin(), samples_.end(), derived)) average_all();
    for (size_t k = 0; k < samples_.size() && !c_.channels.disputed.empty(); ++k) {
      Sample& x = samples_[k];
      if (x.disputed) x.kmh = std::max(x.kmh, 3.6 * c_.channels.told_mps(c_.log, x.fix));
    }
    measure_noise();
    reject_spikes();
  }

  /// By how much more than the settings expect the logged speeds scatter about their neighbours.
  void measure_noise() {
    std::vector<double> bends;
    bends.reserve(samples_.size());
    for (size_t k = 1; k + 1 < samples_.size(); ++k) {
      const Sample &a = samples_[k - 1], &b = samples_[k], &c = samples_[k + 1];
      const bool logged = !c_.trace.fixes[a.fix].speed_derived && !c_.trace.fixes[b.fix].speed_derived &&
                          !c_.trace.fixes[c.fix].speed_derived;
      if (logged && b.kmh > 0 && c.time_s - a.time_s <= 2 * kDense)
        bends.push_back(std::fabs(a.kmh - 2 * b.kmh + c.kmh));
    }
    if (bends.empty()) return;
    const auto middle = bends.begin() + static_cast<std::ptrdiff_t>(bends.size() / 2);
    std::nth_element(bends.begin(), middle, bends.end());
    const double sigma = *middle / kBentSigmas, expected = 3.6 * s_.stop_sigma_speed_mps;
    noise_kmh_ = std::sqrt(std::max(0.0, sigma * sigma - expected * expected));
  }

  /// Whether the mean of all its logged speeds, the dips too, is above what ends an event by more than they scatter.
  bool above_noise(Range range, double least_kmh) const {
    double sum = 0;
    for (size_t k = range.begin; k < range.end; ++k) {
      if (c_.trace.fixes[samples_[k].fix].speed_derived) return true;
      sum += samples_[k].kmh;
    }
    const auto n = static_cast<double>(range.end - range.begin);
    return sum / n - s_.speeding_k_sigma * noise_kmh_ / std::sqrt(n) > least_kmh;
  }

  void average_all() {
    missed_.assign(1, 0);
    for (const Sample& x : samples_) {
      const double off = c_.trace.fixes[x.fix].error_m;
      missed_.push_back(missed_.back() + off * off);
    }
    for (size_t k = 0; k < samples_.size();) {
      size_t end = k + 1;
      while (end < samples_.size() && samples_[end].limit.same(samples_[k].limit)) ++end;
      for (size_t i = k; i < end; ++i) average({k, end}, i);
      k = end;
    }
  }

  /// Near a change of limit the higher one counts: a sign's place is known to tens of metres.
  void soften_edges(const match::Run& run, const match::MatchedFix& fix, Limit* limit) const {
    if (limit->known != Known::number) return;
    for (const bool back : {true, false}) {
      const uint32_t end = back ? run.first_leg : run.first_leg + run.leg_count - 1;
      uint32_t l = fix.leg;
      while (l != end) {
        const Leg& edge = c_.trace.legs[back ? l : l + 1];
        if (std::fabs(fix.path_m - edge.path_m) > s_.speeding_edge_m) break;
        l = back ? l - 1 : l + 1;
        const Limit& other = limits_[l - run.first_leg];
        if (other.known == Known::unlimited) *limit = other;
        if (other.known == Known::number && other.high_kmh > limit->high_kmh) *limit = other;
        if (limit->known != Known::number) return;
      }
    }
  }

  /// A speed taken from positions is a mean over so long that their errors tell little, within one limit: what was
  /// driven before and after it is another matter.
  void average(Range stretch, size_t k) {
    Sample& now = samples_[k];
    if (!c_.trace.fixes[now.fix].speed_derived) return;
    const double sigma_m = c_.trace.error.of(c_.fixes.accuracy_m[now.fix]);
    const double base_s = base_for(sigma_m);
    const double latest = samples_[stretch.end - 1].time_s - base_s;
    const double from_s = std::max(samples_[stretch.begin].time_s, std::min(now.time_s - base_s / 2, latest));
    const auto at = [&](double time_s) {
      return std::partition_point(samples_.begin() + static_cast<ptrdiff_t>(stretch.begin),
                                  samples_.begin() + static_cast<ptrdiff_t>(stretch.end),
                                  [&](const Sample& x) { return x.time_s < time_s; }) -
             samples_.begin();
    };
    size_t a = static_cast<size_t>(at(from_s));
    size_t b = std::min(static_cast<size_t>(at(from_s + base_s)), stretch.end - 1);
    a = std::min(a, k > stretch.begin ? k - 1 : k);
    b = std::max(b, std::min(k + 1, stretch.end - 1));
    const double seconds = samples_[b].time_s - samples_[a].time_s;
    if (seconds > 0) now.kmh = 3.6 * (samples_[b].path_m - samples_[a].path_m) / seconds;
    now.sigma_kmh = 3.6 * way_error(a, b, sigma_m) / std::max(kLeastBase, seconds);
    now.doubt_kmh = s_.speeding_k_sigma * now.sigma_kmh;
  }

  /// Standard error of the way between two samples: of the positions, as bad as they are just here, and of the way
  /// itself, which may be as short as the straight line where it bends.
  double way_error(size_t a, size_t b, double sigma_m) const {
    const double missed = std::sqrt((missed_[b + 1] - missed_[a]) / static_cast<double>(b + 1 - a));
    const double seconds = samples_[b].time_s - samples_[a].time_s;
    const double ends = way_sigma(s_, std::max(sigma_m, missed), std::max(kLeastBase, seconds));
    const uint32_t i = samples_[a].fix, j = samples_[b].fix;
    const double straight = distance_m(c_.fixes.lat_e7[i], c_.fixes.lon_e7[i], c_.fixes.lat_e7[j], c_.fixes.lon_e7[j]);
    const double bends = kBendShare * std::max(0.0, samples_[b].path_m - samples_[a].path_m - straight);
    return std::sqrt(ends * ends + bends * bends);
  }

  /// Seconds over which the mean speed from positions is as exact as the settings ask.
  double base_for(double sigma_m) {
    if (sigma_m == base_sigma_m_) return base_s_;
    base_sigma_m_ = sigma_m;
    base_s_ = 1;
    while (way_sigma(s_, sigma_m, base_s_) > s_.stop_sigma_derived_mps * base_s_ && base_s_ < kLongest) base_s_ += 1;
    return base_s_;
  }

  /// The highest speed before the sample, or after it, from which no car gets to its speed in the time between; none
  /// where one can.
  std::optional<double> shoulder_kmh(size_t k, bool before) const {
    const Sample& now = samples_[k];
    const size_t step = before ? SIZE_MAX : 1;
    std::optional<double> highest;
    for (size_t i = k + step; i < samples_.size(); i += step) {
      const double seconds = std::fabs(now.time_s - samples_[i].time_s);
      if (seconds > kSpikeS && i != k + step) break;
      if (rises(samples_[i], now, seconds)) highest = std::max(highest.value_or(0), samples_[i].kmh);
    }
    return highest;
  }

  /// A speed between two shoulders is the faster one: positions that jump, and speeds taken from them, rise and fall so
  /// within seconds. Some step up to it is as steep as the whole.
  void reject_spikes() {
    double steep_s = -1e18;
    for (size_t k = 1; k + 1 < samples_.size(); ++k) {
      const Sample &last = samples_[k - 1], &now = samples_[k];
      if (rises(last, now, now.time_s - last.time_s)) steep_s = now.time_s;
      if (now.time_s - steep_s > kSpikeS) continue;
      const std::optional<double> before = shoulder_kmh(k, true);
      const std::optional<double> after = before ? shoulder_kmh(k, false) : std::nullopt;
      if (after) samples_[k].kmh = std::max(*before, *after);
    }
  }

  /// Whether from one speed to the other, so many seconds away, no car gets.
  bool rises(const Sample& from, const Sample& to, double seconds) const {
    return to.kmh - from.kmh > accel_kmh_ * std::max(kLeastStep, seconds);
  }

  double tolerance(double limit_kmh) const {
    return std::max(s_.speeding_tolerance_kmh, s_.speeding_tolerance_pct * 0.01 * limit_kmh);
  }

  /// What the samples of an event say, without the dips between its spells.
  struct Spell {
    double median_kmh, sustained_kmh, peak_kmh;
    double surely_kmh;  ///< the median of what remains when doubts are taken off
    double sigma_kmh;   ///< the largest
  };

  /// Below it a speed is a dip between two spells.
  double least_kmh(const Limit& limit) const {
    return limit.low_kmh + tolerance(limit.low_kmh) - s_.speeding_hysteresis_kmh;
  }

  Spell spell_of(const SpeedEvent& e, Doubt counted) {
    const double least = least_kmh(samples_[e.begin].limit);
    speeds_.clear();
    sure_.clear();
    double sigma = 0;
    bool doubtful = false;
    for (size_t k = e.begin; k < e.end; ++k) {
      const double surely = samples_[k].kmh - (counted == Doubt::counted ? samples_[k].doubt_kmh : 0);
      if (surely <= least) continue;
      speeds_.push_back(samples_[k].kmh);
      sigma = std::max(sigma, samples_[k].sigma_kmh);
      sure_.push_back(surely);
      doubtful = doubtful || surely < samples_[k].kmh;
    }
    std::sort(speeds_.begin(), speeds_.end());
    const double median = speeds_[speeds_.size() / 2];
    double surely_median = median;
    if (doubtful) {
      std::sort(sure_.begin(), sure_.end());
      surely_median = sure_[sure_.size() / 2];
    }
    return {median, speeds_[speeds_.size() / 4], speeds_.back(), surely_median, sigma};
  }

  /// Where and when the event was, and what was measured.
  Finding described(const SpeedEvent& e, const Spell& spell) const {
    const Limit& limit = samples_[e.begin].limit;
    Finding f;
    f.rule = Rule::speeding;
    f.source = limit.source;
    f.tag_text = limit.text;
    f.text_tile = limit.text_tile;
    const match::MatchedFix& fix = c_.trace.fixes[samples_[e.begin].fix];
    const Leg& leg = c_.trace.legs[fix.leg];
    locate(c_, leg, leg.along_m(fix.path_m - leg.path_m), &f);
    const Passage passage = {c_, run_fixes_, {e.begin, e.end}};
    passage.bracket(&f);
    f.match = passage.match().mean;
    f.measure(kMeasure_sustained_kmh, spell.sustained_kmh);
    f.measure(kMeasure_peak_kmh, spell.peak_kmh);
    f.measure(kMeasure_limit_kmh, limit.high_kmh);
    if (limit.low_kmh != limit.high_kmh) f.measure(kMeasure_limit_low_kmh, limit.low_kmh);
    f.measure(kMeasure_over_kmh, spell.sustained_kmh - limit.high_kmh);
    f.measure(kMeasure_duration_s, e.seconds);
    f.measure(kMeasure_length_m, e.metres);
    f.measure(kMeasure_fixes_in_window, static_cast<double>(e.end - e.begin));
    const double margin = (spell.median_kmh - limit.high_kmh) / spell.sigma_kmh;
    f.observation = static_cast<float>(1 - (margin > 0 ? kDoubtAtLimit / (1 + margin * margin) : kDoubtAtLimit));
    return f;
  }

  void event(const SpeedEvent& e, Doubt counted) {
    const Sample& first = samples_[e.begin];
    const Range range{e.begin, e.end};
    const Spell spell = spell_of(e, counted);
    Finding f = described(e, spell);
    decide(first.limit, spell.surely_kmh, &f);
    if (first.limit.private_ground) undetermine(kReason_private_ground, &f);
    if (counted == Doubt::counted && f.verdict != Verdict::undetermined && denied(range)) {
      undetermine(kReason_speed_contradicted, &f);
    }
    const bool derived = c_.trace.fixes[first.fix].speed_derived;
    if (derived && claims(f) && (spell.median_kmh - first.limit.high_kmh) / 3.6 * e.seconds < kJumpM) {
      undetermine(kReason_no_speed, &f);
    }
    if (noise_kmh_ > 0 && claims(f) && !above_noise(range, least_kmh(first.limit))) {
      undetermine(kReason_low_accuracy, &f);
    }
    if (counted == Doubt::left_out) undetermine(first.disputed ? kReason_speed_contradicted : kReason_no_speed, &f);
    if (claims(f)) weigh_roads_beside(on_this_road(range, spell.sustained_kmh), &f);
    ++out_->exposure[static_cast<int>(Rule::speeding)].passed;
    settle(c_, f, out_);
  }

  static void undetermine(Reason reason, Finding* f) {
    f->verdict = Verdict::undetermined;
    f->reasons |= reason;
  }

  /// A road where it would be no event and that explains the fixes as well, as where the map has a road twice, decides.
  static void weigh_roads_beside(double here, Finding* f) {
    weigh_beside(here, f);
    if (here < 1 / (1 + kManyDoIt * kAsLikely)) undetermine(kReason_parallel_road, f);
  }

  /// Probability that the event was on this road, and not on one beside it where it would have been none.
  double on_this_road(Range range, double sustained_kmh) const {
    if (surely_here(c_, run_, range)) return 1;
    const uint32_t from = c_.trace.fixes[run_fixes_[range.begin]].leg,
                   to = c_.trace.fixes[run_fixes_[range.end - 1]].leg;
    const Stretch stretch = {from, to, samples_[range.begin].path_m, samples_[range.end - 1].path_m};
    return Beside(c_, run_, stretch, range).accused(kManyDoIt, [&](const Leg& other) {
      const Limit limit = limit_of(c_, other);
      const bool allowed = limit.known != Known::number || sustained_kmh <= limit.high_kmh + tolerance(limit.high_kmh);
      return allowed && access_state(c_, other).standing == Standing::open &&
             oneway_state(c_, other).against == Truth::no;
    });
  }

  /// By the positions the car was within the limit, and slower than the logged speeds by more than both may be wrong
  /// by.
  bool denied(Range range) const {
    const auto derived = [this](const Sample& x) { return c_.trace.fixes[x.fix].speed_derived; };
    const auto begin = samples_.begin() + static_cast<std::ptrdiff_t>(range.begin);
    if (std::any_of(begin, samples_.begin() + static_cast<std::ptrdiff_t>(range.end), derived)) return false;
    const double low = begin->limit.low_kmh, allowed_mps = (low + tolerance(low)) / 3.6;
    if (mps_by_positions(c_, run_fixes_, range.begin, range.end - 1) > allowed_mps) return false;
    const TwoWays ways = two_ways(c_, run_fixes_, range.begin, range.end - 1);
    const double less_m = ways.told_m - ways.way_m;
    const double seconds = samples_[range.end - 1].time_s - begin->time_s;
    const bool sparse = seconds > kSparse * static_cast<double>(range.size() - 1);
    return less_m > ways.error_m || (sparse && ways.way_m < kFarLess * ways.told_m && less_m > ways.positions_m);
  }

  void decide(const Limit& limit, double median_kmh, Finding* f) const {
    f->verdict = limit.assumed ? Verdict::possible : Verdict::violated;
    if (limit.assumed) f->reasons |= kReason_limit_assumed;
    if (median_kmh > limit.high_kmh + tolerance(limit.high_kmh)) return;
    f->verdict = Verdict::possible;
    f->reasons |= kReason_limit_interval;
    if (!limit.assumed && limit.reasons == 0) return;
    // between the law's limits lawful drivers are wherever the map does not say which one holds
    f->verdict = Verdict::undetermined;
    f->reasons |= limit.reasons;
  }

  const Context& c_;
  const match::Run& run_;
  const Settings& s_;
  Judgement* out_;
  const std::vector<uint32_t>& run_fixes_;
  std::vector<Limit> limits_;
  std::vector<Sample> samples_;
  std::vector<SpeedPoint> points_;
  std::vector<double> speeds_, sure_;  ///< of an event, km/h: room that the next one takes again
  std::vector<double> missed_;         ///< squares of the distances to the path, summed up to each sample
  const double accel_kmh_ = 3.6 * s_.speeding_max_accel_mps2;  ///< within a second
  double noise_kmh_ = 0;                   ///< scatter of the logged speeds, beyond what is expected
  double base_sigma_m_ = -1, base_s_ = 0;  ///< the last answer of base_for
};

}  // namespace

void judge_speeding(const Context& c, Judgement* out) {
  for (const match::Run& run : c.trace.runs) SpeedJudge(c, run, out).run();
}

}  // namespace tomare::rules
