// SPDX-License-Identifier: MIT
// Made by wasm/layout.ts from the C++ headers; do not edit.

export const CONSTANTS = {
  "TM_ABI_VERSION": 7,
  "TM_MEASURES": 16,
  "TM_RULES": 7,
  "TM_QUANTITIES": 10,
  "TM_STATISTICS": 96,
  "TM_NO_PLACE": 65535,
  "TM_WITH_ROUTE": 1,
  "TM_SPEED_UNIT_OPEN": 2,
  "TM_LEVEL_CROSSING_STOP": 1,
  "TM_NO_ALL_WAY_STOP": 2,
  "TM_DRIVES_LEFT": 4,
  "TM_DRIVES_RIGHT": 8,
  "TM_ROAD_TUNNEL": 1,
  "TM_ROAD_BRIDGE": 2,
  "TOMAP_ABI_VERSION": 4,
  "TOMAP_BLOCK_HEADER": 0,
  "TOMAP_BLOCK_DATA": 1,
  "TOMAP_BLOCK_ROWS": 2,
  "TOMAP_BLOCK_PLACES": 3,
  "TOMAP_HAS_NODES": 1,
  "TOMAP_HAS_OTHERS": 2
} as const;

export const STRUCTS = {
  "tm_error": {
    "size": 24,
    "tile": 0,
    "offset": 8,
    "code": 16,
    "section": 20
  },
  "tm_map_info": {
    "size": 912,
    "file_bytes": 0,
    "osm_time_s": 8,
    "format": 16,
    "tiles": 20,
    "min_lat_e7": 24,
    "min_lon_e7": 28,
    "max_lat_e7": 32,
    "max_lon_e7": 36,
    "sha256": 40,
    "name": 72,
    "statistics": 136,
    "places": 904,
    "reserved": 908
  },
  "tm_place": {
    "size": 64,
    "country": 0,
    "reserved": 4,
    "zone": 8,
    "min_lat_e7": 48,
    "min_lon_e7": 52,
    "max_lat_e7": 56,
    "max_lon_e7": 60
  },
  "tm_drive": {
    "size": 56,
    "count": 0,
    "vehicle": 4,
    "settings": 8,
    "flags": 12,
    "law_count": 16,
    "place_count": 20,
    "offset_count": 24,
    "limit_count": 28,
    "permit_count": 32,
    "area_count": 36,
    "area_position_count": 40,
    "holiday_count": 44,
    "reserved": 48
  },
  "tm_law": {
    "size": 200,
    "first_offset": 0,
    "offset_count": 4,
    "first_limit": 8,
    "limit_count": 12,
    "first_holiday": 16,
    "holiday_count": 20,
    "holidays_from": 24,
    "holidays_to": 28,
    "flags": 32,
    "country": 36,
    "vehicle_low": 40,
    "vehicle_high": 120
  },
  "tm_utc_offset": {
    "size": 16,
    "from_ms": 0,
    "minutes": 8
  },
  "tm_default_limit": {
    "size": 40,
    "from_ms": 0,
    "until_ms": 8,
    "classes": 16,
    "zones": 20,
    "low": 22,
    "high": 24,
    "vehicles": 26,
    "link": 27,
    "motorroad": 28,
    "oneway": 29,
    "marked": 30,
    "divided": 31,
    "expressway": 32,
    "multilane": 33,
    "reserved": 34
  },
  "tm_permit": {
    "size": 24,
    "way": 0,
    "from_ms": 8,
    "until_ms": 16
  },
  "tm_permit_area": {
    "size": 32,
    "from_ms": 0,
    "until_ms": 8,
    "first_position": 16,
    "position_count": 20,
    "radius_cm": 24,
    "reserved": 28
  },
  "tm_area_position": {
    "size": 8,
    "lat_e7": 0,
    "lon_e7": 4
  },
  "tm_exposure": {
    "size": 24,
    "passed": 0,
    "complied": 4,
    "violated": 8,
    "undetermined": 12,
    "judged_m": 16
  },
  "tm_result": {
    "size": 288,
    "start_ms": 0,
    "end_ms": 8,
    "mean_error_m": 16,
    "distance_m": 24,
    "fixes": 32,
    "matched": 36,
    "off_road": 40,
    "unmatched": 44,
    "gaps": 48,
    "finding_count": 52,
    "route_count": 56,
    "text_bytes": 60,
    "findings": 64,
    "route": 68,
    "text": 72,
    "reserved": 76,
    "exposure": 80,
    "speed_ratio": 248,
    "speed_factor": 256,
    "speed_fixes": 264,
    "speed_aside": 268,
    "course_fixes": 272,
    "course_aside": 276,
    "channel_notes": 280,
    "channels_reserved": 284
  },
  "tm_finding": {
    "size": 160,
    "start_ms": 0,
    "end_ms": 8,
    "way": 16,
    "node": 24,
    "relation": 32,
    "lat_e7": 40,
    "lon_e7": 44,
    "reasons": 48,
    "first_fix": 52,
    "last_fix": 56,
    "name_offset": 60,
    "name_length": 64,
    "tag_offset": 68,
    "tag_length": 72,
    "match": 76,
    "map": 80,
    "observation": 84,
    "measured": 88,
    "place": 152,
    "rule": 154,
    "verdict": 155,
    "source": 156,
    "direction_source": 157,
    "forward": 158,
    "road_class": 159
  },
  "tm_route_item": {
    "size": 48,
    "way": 0,
    "enter_ms": 8,
    "exit_ms": 16,
    "from_m": 24,
    "to_m": 32,
    "forward": 40,
    "reserved": 44
  },
  "tm_position": {
    "size": 8,
    "lat_e7": 0,
    "lon_e7": 4
  },
  "tm_trace": {
    "size": 48,
    "fix_count": 0,
    "stretch_count": 4,
    "limit_count": 8,
    "position_count": 12,
    "text_bytes": 16,
    "fixes": 20,
    "stretches": 24,
    "limits": 28,
    "positions": 32,
    "text": 36,
    "reserved": 40
  },
  "tm_trace_fix": {
    "size": 16,
    "lat_e7": 0,
    "lon_e7": 4,
    "speed_kmh": 8,
    "stretch": 12
  },
  "tm_trace_stretch": {
    "size": 72,
    "way": 0,
    "enter_ms": 8,
    "exit_ms": 16,
    "from_m": 24,
    "to_m": 32,
    "first_position": 40,
    "position_count": 44,
    "first_limit": 48,
    "limit_count": 52,
    "name_offset": 56,
    "name_length": 60,
    "forward": 64,
    "road_class": 65,
    "reserved": 66
  },
  "tm_trace_limit": {
    "size": 24,
    "from_m": 0,
    "to_m": 8,
    "low": 16,
    "high": 18,
    "origin": 20,
    "reserved": 21
  },
  "tm_roads_request": {
    "size": 32,
    "min_lat_e7": 0,
    "min_lon_e7": 4,
    "max_lat_e7": 8,
    "max_lon_e7": 12,
    "vehicle": 16,
    "classes": 20,
    "most": 24,
    "reserved": 28
  },
  "tm_roads": {
    "size": 48,
    "line_count": 0,
    "point_count": 4,
    "restriction_count": 8,
    "position_count": 12,
    "text_bytes": 16,
    "lines": 20,
    "points": 24,
    "restrictions": 28,
    "positions": 32,
    "text": 36,
    "cut": 40,
    "reserved": 44
  },
  "tm_road_line": {
    "size": 32,
    "way": 0,
    "first_position": 8,
    "position_count": 12,
    "name_offset": 16,
    "name_length": 20,
    "limit": 24,
    "oneway": 26,
    "layer": 27,
    "road_class": 28,
    "flags": 29,
    "reserved": 30
  },
  "tm_road_point": {
    "size": 32,
    "node": 0,
    "way": 8,
    "lat_e7": 16,
    "lon_e7": 20,
    "kind": 24,
    "directions": 25,
    "reserved": 26
  },
  "tm_road_restriction": {
    "size": 32,
    "relation": 0,
    "from_way": 8,
    "lat_e7": 16,
    "lon_e7": 20,
    "turn": 24,
    "only": 25,
    "reserved": 26
  },
  "tomap_piece": {
    "size": 24,
    "offset": 0,
    "data": 8,
    "bytes": 16,
    "reserved": 20
  },
  "tomap_source": {
    "size": 104,
    "name": 0,
    "sha256": 64,
    "tile_target": 96,
    "reserved": 100
  },
  "OverlayRecord": {
    "size": 32,
    "row": 0,
    "kind": 4,
    "vehicles": 5,
    "flags": 6,
    "object": 7,
    "value": 8,
    "bearing": 10,
    "point_count": 12,
    "text_bytes": 16,
    "reserved": 20,
    "object_id": 24
  },
  "OverlayPosition": {
    "size": 8,
    "lat_e7": 0,
    "lon_e7": 4
  }
} as const;

export const PAGE_SIZE = 4096 as const;

export const FILE_HEADER = {
  "size": 960,
  "magic": 0,
  "version": 8,
  "header_crc": 12,
  "file_size": 16,
  "directory_offset": 24,
  "directory_pages": 32,
  "tile_count": 36,
  "root_offset": 40,
  "root_crc": 48,
  "flags": 52,
  "min_lat_e7": 56,
  "min_lon_e7": 60,
  "max_lat_e7": 64,
  "max_lon_e7": 68,
  "osm_time_s": 72,
  "source_sha256": 80,
  "name": 112,
  "statistics": 176,
  "places_offset": 944,
  "place_count": 952,
  "places_crc": 956
} as const;

export const CORE_ERRORS = [
  {
    "code": 1,
    "name": "ABI_VERSION",
    "text": "The host and the module speak different versions of the boundary"
  },
  {
    "code": 2,
    "name": "BAD_BLOCK",
    "text": "A block handed over the boundary has the wrong size or form"
  },
  {
    "code": 3,
    "name": "OUT_OF_MEMORY",
    "text": "There is not enough memory for this work"
  },
  {
    "code": 10,
    "name": "MAP_OPEN",
    "text": "The map file cannot be opened"
  },
  {
    "code": 11,
    "name": "MAP_READ",
    "text": "The map file cannot be read"
  },
  {
    "code": 12,
    "name": "MAP_MAGIC",
    "text": "The file is not a .tmap map"
  },
  {
    "code": 13,
    "name": "MAP_VERSION",
    "text": "The map was written in a format version that is not known here"
  },
  {
    "code": 14,
    "name": "MAP_TRUNCATED",
    "text": "The map file is shorter than its header says"
  },
  {
    "code": 15,
    "name": "MAP_HEADER",
    "text": "The header of the map file is damaged"
  },
  {
    "code": 16,
    "name": "MAP_DIRECTORY",
    "text": "The directory of the map file is damaged"
  },
  {
    "code": 17,
    "name": "MAP_TILE",
    "text": "A tile of the map file is damaged"
  },
  {
    "code": 18,
    "name": "MAP_EMPTY",
    "text": "The map has no road"
  },
  {
    "code": 19,
    "name": "ARENA_SIZE",
    "text": "The arena is too small for the tiles of this map"
  },
  {
    "code": 20,
    "name": "LOG_EMPTY",
    "text": "The log has no fix"
  },
  {
    "code": 21,
    "name": "LOG_VALUE",
    "text": "A fix has a value that is not a number or out of range"
  },
  {
    "code": 22,
    "name": "LOG_OUTSIDE_MAP",
    "text": "No fix of the log lies on the map"
  },
  {
    "code": 30,
    "name": "PBF_BLOCK",
    "text": "A block of the OSM file is damaged"
  },
  {
    "code": 31,
    "name": "PBF_FEATURE",
    "text": "The OSM file needs a feature that is not supported"
  },
  {
    "code": 32,
    "name": "PBF_NO_ROADS",
    "text": "The OSM file has no drivable road"
  },
  {
    "code": 33,
    "name": "COMPILER_STATE",
    "text": "The map compiler was called out of order"
  },
  {
    "code": 34,
    "name": "TILE_LIMIT",
    "text": "A tile would exceed the limits of the format"
  }
] as const;

export const SETTINGS = [
  {
    "group": "match",
    "name": "sigma_m",
    "value": 6
  },
  {
    "group": "match",
    "name": "sigma_low_m",
    "value": 5
  },
  {
    "group": "match",
    "name": "sigma_high_m",
    "value": 10
  },
  {
    "group": "match",
    "name": "sigma_path_m",
    "value": 25
  },
  {
    "group": "match",
    "name": "error_share",
    "value": 0.9
  },
  {
    "group": "match",
    "name": "error_time_s",
    "value": 20
  },
  {
    "group": "match",
    "name": "beta_m",
    "value": 7
  },
  {
    "group": "match",
    "name": "beta_second_m",
    "value": 0.2
  },
  {
    "group": "match",
    "name": "radius_m",
    "value": 62
  },
  {
    "group": "match",
    "name": "max_candidates",
    "value": 9
  },
  {
    "group": "match",
    "name": "thin_m",
    "value": 16
  },
  {
    "group": "match",
    "name": "gap_s",
    "value": 300
  },
  {
    "group": "match",
    "name": "gap_m",
    "value": 1000
  },
  {
    "group": "match",
    "name": "max_speed_kmh",
    "value": 220
  },
  {
    "group": "match",
    "name": "heading_sigma_deg",
    "value": 30
  },
  {
    "group": "match",
    "name": "oneway_cost",
    "value": 12
  },
  {
    "group": "match",
    "name": "oneway_metre_cost",
    "value": 0.025
  },
  {
    "group": "match",
    "name": "closed_cost",
    "value": 6
  },
  {
    "group": "match",
    "name": "private_cost",
    "value": 1.5
  },
  {
    "group": "match",
    "name": "turn_cost",
    "value": 6
  },
  {
    "group": "match",
    "name": "uturn_cost",
    "value": 8
  },
  {
    "group": "match",
    "name": "bend_cost",
    "value": 0.5
  },
  {
    "group": "match",
    "name": "junction_cost",
    "value": 0.05
  },
  {
    "group": "match",
    "name": "jump_m",
    "value": 350
  },
  {
    "group": "match",
    "name": "minor_road_cost",
    "value": 0.7
  },
  {
    "group": "match",
    "name": "side_street_metre_cost",
    "value": 0.008
  },
  {
    "group": "match",
    "name": "off_road_cost",
    "value": 2
  },
  {
    "group": "match",
    "name": "off_road_second_cost",
    "value": 0.5
  },
  {
    "group": "match",
    "name": "off_road_switch_cost",
    "value": 50
  },
  {
    "group": "match",
    "name": "off_road_end_cost",
    "value": 7
  },
  {
    "group": "match",
    "name": "bridge_s",
    "value": 180
  },
  {
    "group": "match",
    "name": "velocity_sigma_mps",
    "value": 0.5
  },
  {
    "group": "rules",
    "name": "stop_sign",
    "value": 1
  },
  {
    "group": "rules",
    "name": "level_crossing",
    "value": 1
  },
  {
    "group": "rules",
    "name": "wrong_way",
    "value": 1
  },
  {
    "group": "rules",
    "name": "no_entry",
    "value": 1
  },
  {
    "group": "rules",
    "name": "turn_ban",
    "value": 1
  },
  {
    "group": "rules",
    "name": "speeding",
    "value": 1
  },
  {
    "group": "rules",
    "name": "minimum_speed",
    "value": 0
  },
  {
    "group": "rules",
    "name": "private_ground",
    "value": 0
  },
  {
    "group": "stop",
    "name": "decel_mps2",
    "value": 3.5
  },
  {
    "group": "stop",
    "name": "accel_mps2",
    "value": 2.5
  },
  {
    "group": "stop",
    "name": "stop_speed_mps",
    "value": 0.5
  },
  {
    "group": "stop",
    "name": "window_before_m",
    "value": 40
  },
  {
    "group": "stop",
    "name": "window_after_m",
    "value": 25
  },
  {
    "group": "stop",
    "name": "line_before_m",
    "value": 15
  },
  {
    "group": "stop",
    "name": "line_after_m",
    "value": 10
  },
  {
    "group": "stop",
    "name": "sigma_speed_mps",
    "value": 0.3
  },
  {
    "group": "stop",
    "name": "sigma_derived_mps",
    "value": 1
  },
  {
    "group": "stop",
    "name": "max_gap_s",
    "value": 15
  },
  {
    "group": "stop",
    "name": "signal_radius_m",
    "value": 30
  },
  {
    "group": "speeding",
    "name": "tolerance_kmh",
    "value": 5
  },
  {
    "group": "speeding",
    "name": "tolerance_pct",
    "value": 5
  },
  {
    "group": "speeding",
    "name": "hysteresis_kmh",
    "value": 2
  },
  {
    "group": "speeding",
    "name": "k_sigma",
    "value": 2
  },
  {
    "group": "speeding",
    "name": "min_duration_s",
    "value": 5
  },
  {
    "group": "speeding",
    "name": "min_distance_m",
    "value": 50
  },
  {
    "group": "speeding",
    "name": "merge_gap_s",
    "value": 5
  },
  {
    "group": "speeding",
    "name": "edge_m",
    "value": 30
  },
  {
    "group": "speeding",
    "name": "max_accel_mps2",
    "value": 3.5
  },
  {
    "group": "speeding",
    "name": "exclude_assumed",
    "value": 0
  },
  {
    "group": "wrong_way",
    "name": "min_length_m",
    "value": 40
  },
  {
    "group": "wrong_way",
    "name": "min_fixes",
    "value": 3
  },
  {
    "group": "wrong_way",
    "name": "min_speed_kmh",
    "value": 7
  },
  {
    "group": "wrong_way",
    "name": "min_duration_s",
    "value": 4
  },
  {
    "group": "wrong_way",
    "name": "max_offset_m",
    "value": 6
  },
  {
    "group": "no_entry",
    "name": "min_length_m",
    "value": 30
  },
  {
    "group": "no_entry",
    "name": "min_fixes",
    "value": 3
  },
  {
    "group": "no_entry",
    "name": "min_speed_kmh",
    "value": 7
  },
  {
    "group": "no_entry",
    "name": "end_zone_m",
    "value": 30
  },
  {
    "group": "no_entry",
    "name": "stand_s",
    "value": 120
  },
  {
    "group": "turn_ban",
    "name": "min_fixes_each_side",
    "value": 2
  },
  {
    "group": "turn_ban",
    "name": "min_length_m",
    "value": 10
  },
  {
    "group": "minimum_speed",
    "name": "tolerance_kmh",
    "value": 10
  },
  {
    "group": "minimum_speed",
    "name": "min_duration_s",
    "value": 60
  },
  {
    "group": "confidence",
    "name": "violated_min",
    "value": 0.5
  },
  {
    "group": "confidence",
    "name": "direction_inferred",
    "value": 0.85
  },
  {
    "group": "doubt",
    "name": "sigma_m",
    "value": 20
  },
  {
    "group": "doubt",
    "name": "stop_sign",
    "value": 0
  },
  {
    "group": "doubt",
    "name": "level_crossing",
    "value": 0.04
  },
  {
    "group": "doubt",
    "name": "wrong_way",
    "value": 0
  },
  {
    "group": "doubt",
    "name": "no_entry",
    "value": 0
  },
  {
    "group": "doubt",
    "name": "turn_ban",
    "value": 0
  },
  {
    "group": "doubt",
    "name": "speeding",
    "value": 0.04
  }
] as const;

export const VEHICLES = [
  "car",
  "light_goods",
  "large_goods",
  "trailer",
  "bus",
  "motorcycle",
  "moped"
] as const;

export const ROAD_CLASSES = [
  "motorway",
  "trunk",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "living_street",
  "service",
  "track",
  "pedestrian",
  "busway",
  "road",
  "construction",
  "raceway"
] as const;

export const ACCESS_VALUES = [
  "",
  "yes",
  "permissive",
  "designated",
  "no",
  "private",
  "destination",
  "delivery",
  "customers",
  "permit",
  "forestry",
  "other",
  "uncertain"
] as const;

export const ACCESS_KEYS = [
  "",
  "access",
  "vehicle",
  "motor_vehicle",
  "motorcar",
  "goods",
  "hgv",
  "trailer",
  "psv",
  "bus",
  "motorcycle",
  "moped",
  "highway",
  "overlay:closure"
] as const;

export const ZONES = [
  "",
  "urban",
  "rural",
  "motorway",
  "trunk",
  "living_street",
  "zone20",
  "zone30",
  "other"
] as const;

export const DIRECTION_SOURCES = [
  "",
  "given",
  "inferred",
  "ambiguous"
] as const;

export const TURNS = [
  "",
  "left_turn",
  "right_turn",
  "straight_on",
  "u_turn",
  "entry",
  "exit"
] as const;

export const QUANTITIES = [
  "",
  "weight",
  "weightrating",
  "axleload",
  "length",
  "width",
  "height",
  "wheels",
  "occupants",
  "loadcapacity"
] as const;

export const KEYWORDS = [
  "",
  "wet",
  "snow",
  "winter",
  "summer",
  "destination",
  "delivery",
  "residents",
  "emergency",
  "disabled",
  "hazmat",
  "purpose"
] as const;

export const STATISTICS = [
  "nodes_read",
  "ways_read",
  "relations_read",
  "road_ways",
  "road_nodes",
  "segments",
  "points",
  "length_m",
  "cut_ways_missing_nodes",
  "missing_nodes",
  "stops",
  "stops_direction_given",
  "stops_direction_inferred",
  "stops_direction_ambiguous",
  "give_ways",
  "signals",
  "level_crossings",
  "barriers",
  "restrictions",
  "restrictions_kept",
  "restrictions_via_way",
  "restrictions_dropped_missing_member",
  "restrictions_dropped_not_road",
  "restrictions_dropped_not_connected",
  "restrictions_dropped_ambiguous",
  "restrictions_dropped_unknown_kind",
  "restrictions_dropped_other_vehicle",
  "oneway_ways",
  "limit_signed_ways",
  "conditional_ways",
  "conditions",
  "conditions_not_understood",
  "dropped_short_ways",
  "tile_bytes",
  "level_crossings_inactive",
  "stops_off_road",
  "overlay_stops",
  "overlay_oneways",
  "overlay_closures",
  "overlay_limits",
  "overlay_turn_bans",
  "overlay_level_crossings",
  "overlay_centre_lines",
  "overlay_expressways",
  "ways_superseded",
  "overlay_unsure"
] as const;

export const LIMITS = {
  "unset": 0,
  "unlimited": 65535,
  "variable": 65534,
  "unparsed": 65533,
  "of_zone": 65504
} as const;

export const RULES = [
  "stop-sign",
  "level-crossing",
  "wrong-way",
  "no-entry",
  "turn-ban",
  "speeding",
  "minimum-speed"
] as const;

export const REASONS = [
  "gps_gap",
  "low_accuracy",
  "parallel_road",
  "level_ambiguity",
  "direction_inferred",
  "limit_assumed",
  "limit_interval",
  "time_window_edge",
  "condition_unparsed",
  "holiday_unknown",
  "permit_possible",
  "signal_present",
  "line_position_uncertain",
  "direction_ambiguous",
  "conditional_fact",
  "stop_possible_between_fixes",
  "short_stretch",
  "low_speed",
  "destination_possible",
  "match_uncertain",
  "limit_variable",
  "map_contradiction",
  "queue_before_line",
  "vehicle_unknown",
  "no_speed",
  "condition_unknowable",
  "permit_listed",
  "congestion_possible",
  "private_ground",
  "speed_contradicted",
  "course_contradicted"
] as const;

export const MEASURES = [
  "lowest_observed_kmh",
  "lowest_possible_kmh",
  "fixes_in_window",
  "longest_gap_s",
  "sustained_kmh",
  "peak_kmh",
  "limit_kmh",
  "limit_low_kmh",
  "over_kmh",
  "length_m",
  "duration_s",
  "fixes_before",
  "fixes_after",
  "mean_kmh",
  "turn_deg",
  "stop_band"
] as const;

export const CHANNEL_NOTES = [
  "speed_converted",
  "speed_unit",
  "speed_unit_unknown",
  "speed_constant",
  "speed_contradicted",
  "speed_contradicted_all_along",
  "course_constant",
  "course_contradicted",
  "accuracy_constant",
  "course_contradicted_in_places",
  "speed_late",
  "speed_lag"
] as const;

export const VERDICTS = [
  "complied",
  "violated",
  "possible",
  "undetermined"
] as const;

export const SOURCE_TAGS = [
  {
    "name": "none",
    "form": "fixed",
    "text": ""
  },
  {
    "name": "stop",
    "form": "fixed",
    "text": "highway=stop"
  },
  {
    "name": "crossing",
    "form": "fixed",
    "text": "railway=level_crossing"
  },
  {
    "name": "oneway",
    "form": "fixed",
    "text": "oneway=yes"
  },
  {
    "name": "roundabout",
    "form": "fixed",
    "text": "junction=roundabout"
  },
  {
    "name": "motorway",
    "form": "fixed",
    "text": "highway=motorway"
  },
  {
    "name": "access",
    "form": "access",
    "text": ""
  },
  {
    "name": "restriction",
    "form": "turn",
    "text": "restriction="
  },
  {
    "name": "maxspeed",
    "form": "speed",
    "text": "maxspeed"
  },
  {
    "name": "zone",
    "form": "fixed",
    "text": "maxspeed:type"
  },
  {
    "name": "minspeed",
    "form": "speed",
    "text": "minspeed"
  },
  {
    "name": "law",
    "form": "fixed",
    "text": "law"
  },
  {
    "name": "overlay_stop",
    "form": "fixed",
    "text": "overlay:stop"
  },
  {
    "name": "overlay_oneway",
    "form": "fixed",
    "text": "overlay:oneway"
  },
  {
    "name": "overlay_limit",
    "form": "fixed",
    "text": "overlay:limit"
  },
  {
    "name": "overlay_turn",
    "form": "turn",
    "text": "overlay:turn_ban="
  },
  {
    "name": "overlay_crossing",
    "form": "fixed",
    "text": "overlay:level_crossing"
  },
  {
    "name": "traffic_sign",
    "form": "fixed",
    "text": "traffic_sign"
  }
] as const;

export const LIMIT_ORIGINS = [
  "none",
  "signed",
  "zone",
  "default",
  "overlay",
  "condition",
  "unknown"
] as const;

export const RULE_POINT_KINDS = [
  "stop",
  "give_way",
  "signals",
  "level_crossing",
  "barrier"
] as const;

export const ROW_NEEDS = [
  "any",
  "yes",
  "no"
] as const;

export const TRUTHS = [
  "no",
  "yes",
  "unknown"
] as const;

export const OVERLAY_KINDS = {
  "stop": 1,
  "oneway": 2,
  "closure": 3,
  "limit": 4,
  "turn_ban": 5,
  "u_turn_ban": 6,
  "level_crossing": 7,
  "centre_line": 8,
  "expressway": 9,
  "unsure": 10
} as const;

export const OSM_OBJECTS = {
  "node": 1,
  "way": 2,
  "relation": 3
} as const;

export const UNSURE_RULES = {
  "wrong-way": {
    "bit": 1,
    "object": "way"
  },
  "no-entry": {
    "bit": 2,
    "object": "way"
  },
  "stop-sign": {
    "bit": 4,
    "object": "node"
  },
  "level-crossing": {
    "bit": 8,
    "object": "node"
  },
  "turn-ban": {
    "bit": 16,
    "object": "relation"
  }
} as const;

export const OVERLAY_FLAGS = {
  "along_only": 1,
  "only_exits": 2,
  "motorways": 4,
  "ordinary": 8
} as const;

export const NO_BEARING = 65535 as const;
