// SPDX-License-Identifier: MIT
// How well a way explains the fixes around it: their positions and their courses, by the distance that the speeds give.
#pragma once

#include <vector>

#include "core-cpp/base/geo.hpp"
#include "core-cpp/rules/drive.hpp"

namespace tomare::rules {

/// What a way costs the fixes, nats: less is likelier.
struct Fit {
  double cost = 1e9;       ///< of positions and courses together
  double position = 1e9;   ///< that of the positions alone
  double course_each = 0;  ///< mean of the courses
  double shift_m = 0;      ///< by which all positions lie ahead of their places on the way
};

/// The fixes of a run between two metres of its path, asked how far each way explains them.
class WayFit {
 public:
  /// `outer`: with the fixes next to them, too.
  WayFit(const Context& context, const match::Run& run, double from_m, double to_m, bool outer = false);

  /// Enough fixes with a logged speed and course, near enough to each other, show what shape was driven.
  bool tells() const;
  /// All speeds are the log's.
  bool logged() const { return logged_; }
  Range range() const { return range_; }
  /// Of the path up to the end of leg `leaves`, the legs, and the path from the start of leg `meets` on.
  Fit of(uint32_t leaves, const std::vector<match::Leg>& legs, uint32_t meets) const;
  /// What the same way costs, nats, by the distances of the fixes from it, and by its length between the first fix and
  /// the last against what the speeds say: for fixes however far apart.
  double near(uint32_t leaves, const std::vector<match::Leg>& legs, uint32_t meets) const;

 private:
  /// Places along a way, every kStepM metres: metres east and north of the first fix, and courses there.
  struct Line {
    std::vector<double> east, north, course_deg;
    double begins_m = 0;  ///< along the path
  };
  /// A fix, as the ways are asked for it.
  struct Asked {
    double gone_m;           ///< since the first fix, by the logged speeds
    double east_m, north_m;  ///< of the first fix, as logged
    double sigma_m;
    double course_deg;  ///< NaN: it has none that counts
  };

  struct Nearest {
    size_t at;  ///< place of the line
    double away_m;
  };
  /// The place of a line from `from` on that is nearest to a fix.
  static Nearest nearest(const Line& way, const Asked& fix, size_t from);

  void widen();
  Line line(uint32_t leaves, const std::vector<match::Leg>& legs, uint32_t meets) const;
  void draw(const match::Leg& leg, double* at_m, Line* line) const;
  static Line cut(const Line& line, size_t reach);
  static void add_courses(Line* line);
  Fit fit(const Line& line) const;
  Fit placed(const Line& line, double shift_m) const;

  const Context& c_;
  const match::Run& run_;
  double from_m_, to_m_;
  Range range_;
  std::vector<Asked> fixes_;
  double longest_s_ = 0;    ///< between two fixes
  double lasts_s_ = 0;      ///< from the first fix to the last
  bool logged_ = true;      ///< all speeds are the log's
  double independent_ = 0;  ///< share of the positions whose errors are independent
  int32_t lat_e7_ = 0, lon_e7_ = 0;
  MetreScale scale_{};
};

}  // namespace tomare::rules
