// SPDX-License-Identifier: MIT
// The policy as the core sees it: one number per key of settings.yaml, in this order. The values
// here are those of the shipped settings.yaml (a test holds them equal) and serve native tests.
#pragma once

#include <cstddef>

// X(group, name, value): key `group.name` in settings.yaml, units there and in docs.
#define TOMARE_SETTINGS(X)                \
  X(match, sigma_m, 6.0)                  \
  X(match, sigma_low_m, 5.0)              \
  X(match, sigma_high_m, 10.0)            \
  X(match, sigma_path_m, 25.0)            \
  X(match, error_share, 0.9)              \
  X(match, error_time_s, 20.0)            \
  X(match, beta_m, 7.0)                   \
  X(match, beta_second_m, 0.2)            \
  X(match, radius_m, 62.0)                \
  X(match, max_candidates, 9)             \
  X(match, thin_m, 16.0)                  \
  X(match, gap_s, 300.0)                  \
  X(match, gap_m, 1000.0)                 \
  X(match, max_speed_kmh, 220.0)          \
  X(match, heading_sigma_deg, 30.0)       \
  X(match, oneway_cost, 12.0)             \
  X(match, oneway_metre_cost, 0.025)      \
  X(match, closed_cost, 6.0)              \
  X(match, private_cost, 1.5)             \
  X(match, turn_cost, 6.0)                \
  X(match, uturn_cost, 8.0)               \
  X(match, bend_cost, 0.5)                \
  X(match, junction_cost, 0.05)           \
  X(match, jump_m, 350.0)                 \
  X(match, minor_road_cost, 0.7)          \
  X(match, side_street_metre_cost, 0.008) \
  X(match, off_road_cost, 2.0)            \
  X(match, off_road_second_cost, 0.5)     \
  X(match, off_road_switch_cost, 50.0)    \
  X(match, off_road_end_cost, 7.0)        \
  X(match, bridge_s, 180.0)               \
  X(match, velocity_sigma_mps, 0.5)       \
  X(rules, stop_sign, 1)                  \
  X(rules, level_crossing, 1)             \
  X(rules, wrong_way, 1)                  \
  X(rules, no_entry, 1)                   \
  X(rules, turn_ban, 1)                   \
  X(rules, speeding, 1)                   \
  X(rules, minimum_speed, 0)              \
  X(rules, private_ground, 0)             \
  X(stop, decel_mps2, 3.5)                \
  X(stop, accel_mps2, 2.5)                \
  X(stop, stop_speed_mps, 0.5)            \
  X(stop, window_before_m, 40.0)          \
  X(stop, window_after_m, 25.0)           \
  X(stop, line_before_m, 15.0)            \
  X(stop, line_after_m, 10.0)             \
  X(stop, sigma_speed_mps, 0.3)           \
  X(stop, sigma_derived_mps, 1.0)         \
  X(stop, max_gap_s, 15.0)                \
  X(stop, signal_radius_m, 30.0)          \
  X(speeding, tolerance_kmh, 5.0)         \
  X(speeding, tolerance_pct, 5.0)         \
  X(speeding, hysteresis_kmh, 2.0)        \
  X(speeding, k_sigma, 2.0)               \
  X(speeding, min_duration_s, 5.0)        \
  X(speeding, min_distance_m, 50.0)       \
  X(speeding, merge_gap_s, 5.0)           \
  X(speeding, edge_m, 30.0)               \
  X(speeding, max_accel_mps2, 3.5)        \
  X(speeding, exclude_assumed, 0)         \
  X(wrong_way, min_length_m, 40.0)        \
  X(wrong_way, min_fixes, 3)              \
  X(wrong_way, min_speed_kmh, 7.0)        \
  X(wrong_way, min_duration_s, 4.0)       \
  X(wrong_way, max_offset_m, 6.0)         \
  X(no_entry, min_length_m, 30.0)         \
  X(no_entry, min_fixes, 3)               \
  X(no_entry, min_speed_kmh, 7.0)         \
  X(no_entry, end_zone_m, 30.0)           \
  X(no_entry, stand_s, 120.0)             \
  X(turn_ban, min_fixes_each_side, 2)     \
  X(turn_ban, min_length_m, 10.0)         \
  X(minimum_speed, tolerance_kmh, 10.0)   \
  X(minimum_speed, min_duration_s, 60.0)  \
  X(confidence, violated_min, 0.5)        \
  X(confidence, direction_inferred, 0.85) \
  X(doubt, sigma_m, 20.0)                 \
  X(doubt, stop_sign, 0.0)                \
  X(doubt, level_crossing, 0.04)          \
  X(doubt, wrong_way, 0.0)                \
  X(doubt, no_entry, 0.0)                 \
  X(doubt, turn_ban, 0.0)                 \
  X(doubt, speeding, 0.04)

namespace tomare {

struct Settings {
#define TOMARE_SETTINGS_FIELD(group, name, value) double group##_##name = value;
  TOMARE_SETTINGS(TOMARE_SETTINGS_FIELD)
#undef TOMARE_SETTINGS_FIELD
};

}  // namespace tomare
