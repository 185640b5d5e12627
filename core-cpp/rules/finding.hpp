// SPDX-License-Identifier: MIT
// The finding record: what a rule returns per place or stretch. Plain data, no text.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core-cpp/map/format.hpp"

#define TOMARE_RULES(X) \
  X(0, stop_sign) X(1, level_crossing) X(2, wrong_way) X(3, no_entry) X(4, turn_ban) X(5, speeding) X(6, minimum_speed)

// The closed list of reasons (bits of Finding::reasons); append only.
#define TOMARE_REASONS(X)            \
  X(0, gps_gap)                      \
  X(1, low_accuracy)                 \
  X(2, parallel_road)                \
  X(3, level_ambiguity)              \
  X(4, direction_inferred)           \
  X(5, limit_assumed)                \
  X(6, limit_interval)               \
  X(7, time_window_edge)             \
  X(8, condition_unparsed)           \
  X(9, holiday_unknown)              \
  X(10, permit_possible)             \
  X(11, signal_present)              \
  X(12, line_position_uncertain)     \
  X(13, direction_ambiguous)         \
  X(14, conditional_fact)            \
  X(15, stop_possible_between_fixes) \
  X(16, short_stretch)               \
  X(17, low_speed)                   \
  X(18, destination_possible)        \
  X(19, match_uncertain)             \
  X(20, limit_variable)              \
  X(21, map_contradiction)           \
  X(22, queue_before_line)           \
  X(23, vehicle_unknown) X(24, no_speed) X(25, condition_unknowable) X(26, permit_listed) X(27, congestion_possible) X(28, private_ground) \
  X(29, speed_contradicted) X(30, course_contradicted)

// What the evidence is: named measures with units; NaN where not measured. Append only.
#define TOMARE_MEASURES(X)  \
  X(0, lowest_observed_kmh) \
  X(1, lowest_possible_kmh) \
  X(2, fixes_in_window)     \
  X(3, longest_gap_s)       \
  X(4, sustained_kmh)       \
  X(5, peak_kmh)            \
  X(6, limit_kmh)           \
  X(7, limit_low_kmh)       \
  X(8, over_kmh)            \
  X(9, length_m)            \
  X(10, duration_s) X(11, fixes_before) X(12, fixes_after) X(13, mean_kmh) X(14, turn_deg) X(15, stop_band)

// What is said of a place: the rule was kept, broken, perhaps broken, or nobody can say. Append only.
#define TOMARE_VERDICTS(X) X(0, complied) X(1, violated) X(2, possible) X(3, undetermined)

// Which tag made the rule: X(number, name, form, "text"); append only. How the tag's text is composed (source_tag.hpp):
// fixed: the text itself. access: key=value by the detail AccessKey << 8 | Access; of the key kKeyHighway or none,
// highway= and the road's class. turn: the text, then no_ or only_, then the movement, by the detail
// TurnKind << 8 | (1 if only_). speed: key=value by the measured limit.
#define TOMARE_SOURCE_TAGS(X)                     \
  X(0, none, fixed, "")                           \
  X(1, stop, fixed, "highway=stop")               \
  X(2, crossing, fixed, "railway=level_crossing") \
  X(3, oneway, fixed, "oneway=yes")               \
  X(4, roundabout, fixed, "junction=roundabout")  \
  X(5, motorway, fixed, "highway=motorway")       \
  X(6, access, access, "")                        \
  X(7, restriction, turn, "restriction=")         \
  X(8, maxspeed, speed, "maxspeed")               \
  X(9, zone, fixed, "maxspeed:type")              \
  X(10, minspeed, speed, "minspeed")              \
  X(11, law, fixed, "law")                        \
  X(12, overlay_stop, fixed, "overlay:stop")      \
  X(13, overlay_oneway, fixed, "overlay:oneway")  \
  X(14, overlay_limit, fixed, "overlay:limit")    \
  X(15, overlay_turn, turn, "overlay:turn_ban=")  \
  X(16, overlay_crossing, fixed, "overlay:level_crossing") \
  X(17, traffic_sign, fixed, "traffic_sign")

namespace tomare::rules {

enum class Rule : uint8_t {
#define TOMARE_RULE_ENUM(index, name) name = index,
  TOMARE_RULES(TOMARE_RULE_ENUM)
#undef TOMARE_RULE_ENUM
};
#define TOMARE_COUNT(...) +1
inline constexpr int kRuleCount = 0 TOMARE_RULES(TOMARE_COUNT);

enum class Verdict : uint8_t {
#define TOMARE_VERDICT_ENUM(number, name) name = number,
  TOMARE_VERDICTS(TOMARE_VERDICT_ENUM)
#undef TOMARE_VERDICT_ENUM
};

enum Reason : uint32_t {
#define TOMARE_REASON_ENUM(bit, name) kReason_##name = 1U << bit,
  TOMARE_REASONS(TOMARE_REASON_ENUM)
#undef TOMARE_REASON_ENUM
};

enum Measure : uint8_t {
#define TOMARE_MEASURE_ENUM(index, name) kMeasure_##name = index,
  TOMARE_MEASURES(TOMARE_MEASURE_ENUM)
#undef TOMARE_MEASURE_ENUM
};
inline constexpr int kMeasureCount = 0 TOMARE_MEASURES(TOMARE_COUNT);
#undef TOMARE_COUNT

/// Which tag made the rule.
enum class SourceTag : uint8_t {
#define TOMARE_SOURCE_ENUM(number, name, form, text) name = number,
  TOMARE_SOURCE_TAGS(TOMARE_SOURCE_ENUM)
#undef TOMARE_SOURCE_ENUM
};

struct Finding {
  int64_t start_ms = 0, end_ms = 0;
  int64_t way = 0;
  int64_t node = 0;      ///< OSM node of the place, 0 none
  int64_t relation = 0;  ///< OSM relation of a restriction, 0 none
  int32_t lat_e7 = 0, lon_e7 = 0;
  uint32_t reasons = 0;
  uint32_t first_fix = 0, last_fix = 0;  ///< indexes into the log
  uint32_t tile = 0;                     ///< where `name` is looked up
  uint32_t text_tile = UINT32_MAX;       ///< where `tag_text` is, when it is another
  uint16_t segment = 0;
  uint16_t source_detail = 0;
  uint16_t tag_text = map::kNone16;  ///< name index of the tag that made the rule, where the source does not say it
  Rule rule = Rule::stop_sign;
  Verdict verdict = Verdict::undetermined;
  SourceTag source = SourceTag::none;
  uint8_t direction_source = map::kDirectionNone;  ///< map::DirectionSource
  bool forward = true;
  float match = 1, map = 1, observation = 1;  ///< factors; confidence is their product
  float measured[kMeasureCount];

  Finding() {
    for (float& value : measured) value = std::numeric_limits<float>::quiet_NaN();
  }
  void measure(Measure m, double value) { measured[m] = static_cast<float>(value); }
};

/// Whether somebody is accused.
inline bool claims(const Finding& f) { return f.verdict == Verdict::violated || f.verdict == Verdict::possible; }

/// Places or metres looked at, per rule.
struct Exposure {
  uint32_t passed = 0, complied = 0, violated = 0, undetermined = 0;
  double judged_m = 0;
};

struct Judgement {
  std::vector<Finding> findings;  ///< all verdicts, in order of start time, then rule
  Exposure exposure[kRuleCount];
};

}  // namespace tomare::rules
