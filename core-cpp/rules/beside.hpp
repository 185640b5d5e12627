// SPDX-License-Identifier: MIT
// Whether an accusation holds on the positions as they were logged: a lawful road beside the accused one may have been
// driven instead (docs/RULES.md). The posterior knows smoothed positions; these are asked again without.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "core-cpp/match/candidates.hpp"
#include "core-cpp/rules/drive.hpp"
#include "core-cpp/rules/stretch.hpp"

namespace tomare::rules {

/// A road near a logged position, other than the path, that is driven in the same direction.
struct RoadBeside {
  uint32_t tile = 0;
  uint16_t segment = 0;
  bool forward = true;
  double distance_m = 0;           ///< from the logged position
  double east_m = 0, north_m = 0;  ///< of the position from it: the receiver's error, had the car been there
};

/// One logged position of a stretch.
struct RawFix {
  uint32_t fix = 0;                ///< index into the log
  double path_m = 0;               ///< from the accused path
  double east_m = 0, north_m = 0;  ///< of the position from it
  double sigma_m = 0;              ///< its standard error: of what the fix tells and the drive shows, the larger
  double time_s = 0;
  double right_x = 0, right_y = 0;  ///< unit vector to the right of the path: x east, y north
  std::vector<RoadBeside> roads;    ///< nearest first
};

/// The roads beside a stretch.
class Beside {
 public:
  /// Looks at a dozen of the stretch's fixes at the most.
  Beside(const Context& context, const match::Run& run, const Stretch& stretch, Range range);

  /// Probability that the accused path was driven, and not a lawful road beside it over the whole stretch. `odds`: of
  /// the lawful road over the accused one, before anything is seen. `lawful` says of a leg, whose road and time are
  /// set, whether driving it there would have been no offence.
  template <typename Lawful>
  double accused(double odds, Lawful&& lawful) const {
    LawfulRoads beside(fixes_.size());
    for (size_t i = 0; i < fixes_.size(); ++i) {
      for (const RoadBeside& road : fixes_[i].roads) {
        if (lawful(leg_of(fixes_[i], road))) beside.add(i, fixes_[i], road);
      }
    }
    return beside.arcs.empty() ? 1 : 1 / (1 + odds * lawful_odds(beside));
  }

 private:
  static constexpr double kNone = 1e9;

  match::Leg leg_of(const RawFix& fix, const RoadBeside& road) const;
  void look(uint32_t fix, match::CandidateFinder* finder);
  bool on_path(const map::ArcRef& road) const;
  bool on_stretch(const map::ArcRef& road) const;
  /// Of a position, metres.
  struct Error {
    double east_m = 0, north_m = 0;
  };
  /// Of some lawful roads, per fix the nearest one.
  struct Nearest {
    std::vector<double> metres;  ///< kNone where there is none
    std::vector<Error> errors;   ///< had the car been on it
  };
  /// The lawful roads beside the fixes.
  struct LawfulRoads {
    explicit LawfulRoads(size_t count);
    void add(size_t i, const RawFix& fix, const RoadBeside& road);
    double metres(size_t i) const { return std::min(left.metres[i], right.metres[i]); }  ///< of the nearest one
    std::vector<map::ArcRef> of_fix(size_t i) const;
    Nearest left, right;            ///< of the path
    std::vector<map::ArcRef> arcs;  ///< in the order of the fixes
    std::vector<size_t> fixes;      ///< of each arc, the one it lies beside
  };

  /// What the positions say for the lawful roads over the path, as odds.
  double lawful_odds(const LawfulRoads& lawful) const;
  double aside_odds(const Nearest& lawful) const;
  double goes_on(const Error& error, bool begin) const;
  double went_straight(const Nearest& lawful, bool begin) const;
  std::optional<double> likelier_around(const Error& error, bool begin, double from_s) const;
  bool joined(const LawfulRoads& lawful) const;
  bool in_tunnel() const;
  std::vector<map::ArcRef> legs(uint32_t first, uint32_t end) const;
  bool leads(const std::vector<map::ArcRef>& from, const std::vector<map::ArcRef>& to,
             const std::vector<map::ArcRef>& beside) const;

  const Context& c_;
  const match::Run& run_;
  uint32_t first_leg_, last_leg_;  ///< of the stretch
  Range range_;                    ///< its fixes
  std::vector<RawFix> fixes_;
  std::vector<map::ArcRef> path_;  ///< the stretch's roads, and those next to it
};

/// Odds that a lawful road beside was driven, before anything is seen: few drivers enter a closed road or drive against
/// a one-way street; many are too fast, and the path before and after speaks for the road.
inline constexpr double kFewDoIt = 3, kManyDoIt = 0.5;

/// The posterior has weighed the roads beside already: the car was surely on the path, the positions as logged lie on
/// it, and none tells an error less than the drive shows. Three fixes of the stretch are asked.
bool surely_here(const Context& context, const match::Run& run, Range range);

/// Odds from a cost against them, nats, of at most a million to one.
double odds_against(double cost);

/// Of so many fixes within so many seconds, those whose errors are independent: a receiver's errors drift together.
double independent(const Settings& settings, double seconds, double fixes);

/// Makes a claim as sure at the most as the accused road is against the lawful ones beside it.
void weigh_beside(double accused, Finding* finding);

}  // namespace tomare::rules
