// SPDX-License-Identifier: MIT
#include "wasm/abi.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "core-cpp/analyzer.hpp"
#include "wasm/host_file.hpp"
#include "wasm/memory.hpp"

namespace {

using namespace tomare;  // NOLINT: this file is the core's outer face

constexpr size_t kSettingCount = sizeof(Settings) / sizeof(double);
static_assert(sizeof(tm_utc_offset) == sizeof(rules::UtcOffset) && sizeof(tm_permit) == sizeof(rules::Permit) &&
              sizeof(tm_permit_area) == sizeof(rules::PermitArea) &&
              sizeof(tm_area_position) == sizeof(rules::AreaPosition) &&
              sizeof(tm_default_limit) == sizeof(rules::DefaultLimit) && TM_QUANTITIES == map::kQuantityCount);
constexpr size_t kWorkingBytes = 16 << 20;  ///< beside the arena: what a drive of some hours takes
constexpr double kMaxSetting = 100000;      ///< as src/settings allows
static_assert(rules::kRuleCount == TM_RULES && rules::kMeasureCount <= TM_MEASURES);

struct Instance {
  std::unique_ptr<Analyzer> analyzer;
  ErrorDetail error;
  std::vector<uint8_t> result;
};

Instance& instance() {
  static Instance the_one;
  return the_one;
}

int32_t report(const ErrorDetail& detail) {
  if (detail.error != Error::OK) instance().error = detail;
  return static_cast<int32_t>(detail.error);
}

struct Drive {
  match::Fixes fixes;
  Settings settings;
  map::Vehicle vehicle = map::kCar;
  rules::Law law;
  bool with_route = false;
};

template <typename Array>
void read_law(const tm_drive& head, Array&& array, rules::Law* law) {
  law->offset_count = head.offset_count;
  law->offsets = reinterpret_cast<const rules::UtcOffset*>(array(sizeof(tm_utc_offset), head.offset_count));
  law->limit_count = head.limit_count;
  law->limits = reinterpret_cast<const rules::DefaultLimit*>(array(sizeof(tm_default_limit), head.limit_count));
  law->permit_count = head.permit_count;
  law->permits = reinterpret_cast<const rules::Permit*>(array(sizeof(tm_permit), head.permit_count));
  law->area_count = head.area_count;
  law->areas = reinterpret_cast<const rules::PermitArea*>(array(sizeof(tm_permit_area), head.area_count));
  law->area_positions =
      reinterpret_cast<const rules::AreaPosition*>(array(sizeof(tm_area_position), head.area_position_count));
  law->holiday_count = head.holiday_count;
  law->holidays = reinterpret_cast<const int32_t*>(array(sizeof(int32_t), head.holiday_count));
  law->holidays_from = head.holidays_from;
  law->holidays_to = head.holidays_to;
  law->level_crossing_stop = (head.flags & TM_LEVEL_CROSSING_STOP) != 0;
  std::memcpy(law->vehicle_low, head.vehicle_low, sizeof(law->vehicle_low));
  std::memcpy(law->vehicle_high, head.vehicle_high, sizeof(law->vehicle_high));
}

/// Each area's positions are there, and make an area.
bool areas_fit(const rules::Law& law, uint32_t positions) {
  for (uint32_t i = 0; i < law.area_count; ++i) {
    const rules::PermitArea& a = law.areas[i];
    const bool shape = a.position_count == 1 || a.position_count >= 3;
    if (!shape || uint64_t{a.first_position} + a.position_count > positions) return false;
  }
  return true;
}

bool read_drive(const void* block, uint32_t size, Drive* out) {
  tm_drive head;
  if (size < sizeof(head)) return false;
  std::memcpy(&head, block, sizeof(head));
  const auto* start = static_cast<const uint8_t*>(block);
  uint64_t at = sizeof(head);
  const auto take = [&](uint64_t bytes, uint64_t count) {  // beyond the block: seen at the end, before any read
    const uint64_t here = at;
    at += bytes * count;
    return start + (here < size ? here : 0);
  };
  const auto array = [&](uint64_t bytes, uint64_t count) {
    at = (at + 7) / 8 * 8;
    return take(bytes, count);
  };
  out->fixes.count = head.count;
  out->fixes.time_ms = reinterpret_cast<const int64_t*>(take(8, head.count));
  out->fixes.lat_e7 = reinterpret_cast<const int32_t*>(take(4, head.count));
  out->fixes.lon_e7 = reinterpret_cast<const int32_t*>(take(4, head.count));
  out->fixes.speed_mps = reinterpret_cast<const float*>(take(4, head.count));
  out->fixes.heading_deg = reinterpret_cast<const float*>(take(4, head.count));
  out->fixes.accuracy_m = reinterpret_cast<const float*>(take(4, head.count));
  const uint8_t* settings = array(8, head.settings);
  read_law(head, array, &out->law);
  const bool good = at == size && head.vehicle < map::kVehicleCount && head.settings == kSettingCount;
  if (!good || !areas_fit(out->law, head.area_position_count)) return false;
  std::memcpy(&out->settings, settings, sizeof(Settings));
  double values[kSettingCount];
  std::memcpy(values, settings, sizeof(Settings));
  for (const double value : values) {
    if (!(value >= 0 && value <= kMaxSetting)) return false;
  }
  out->vehicle = static_cast<map::Vehicle>(head.vehicle);
  out->with_route = (head.flags & TM_WITH_ROUTE) != 0;
  out->fixes.speed_unit_open = (head.flags & TM_SPEED_UNIT_OPEN) != 0;
  return true;
}

class ResultWriter {
 public:
  ResultWriter(const Analysis& analysis, map::Graph* graph, bool with_route, std::vector<uint8_t>* out)
      : a_(analysis), graph_(graph), with_route_(with_route), out_(out) {}

  void write() {
    const auto& findings = a_.judgement.findings;
    tm_result head{};
    head.start_ms = a_.summary.start_ms;
    head.end_ms = a_.summary.end_ms;
    head.mean_error_m = a_.summary.mean_error_m;
    head.distance_m = a_.summary.distance_m;
    head.fixes = a_.summary.fixes;
    head.matched = a_.summary.matched;
    head.off_road = a_.summary.off_road;
    head.unmatched = a_.summary.unmatched;
    head.gaps = a_.summary.gaps;
    head.finding_count = static_cast<uint32_t>(findings.size());
    head.route_count = with_route_ ? static_cast<uint32_t>(a_.route.size()) : 0;
    head.findings = sizeof(tm_result);
    head.route = head.findings + head.finding_count * sizeof(tm_finding);
    head.text = head.route + head.route_count * sizeof(tm_route_item);
    for (int r = 0; r < TM_RULES; ++r) {
      const rules::Exposure& e = a_.judgement.exposure[r];
      head.exposure[r] = {e.passed, e.complied, e.violated, e.undetermined, e.judged_m};
    }
    const match::Channels& channels = a_.channels;
    head.speed_ratio = channels.speed_ratio;
    head.speed_factor = channels.speed_factor;
    head.speed_fixes = channels.speed_fixes;
    head.speed_aside = channels.speed_aside;
    head.course_fixes = channels.course_fixes;
    head.course_aside = channels.course_aside;
    head.channel_notes = channels.notes;
    out_->assign(head.text, 0);
    for (size_t i = 0; i < findings.size(); ++i) put(head.findings + i * sizeof(tm_finding), finding(findings[i]));
    for (size_t i = 0; i < head.route_count; ++i) {
      const RouteItem& r = a_.route[i];
      const tm_route_item item = {r.way, r.enter_ms, r.exit_ms, r.from_m, r.to_m, r.forward ? 1U : 0U, 0};
      put(head.route + i * sizeof(tm_route_item), item);
    }
    out_->insert(out_->end(), text_.begin(), text_.end());
    head.text_bytes = static_cast<uint32_t>(text_.size());
    put(0, head);
  }

 private:
  template <typename T>
  void put(size_t offset, const T& value) {
    std::memcpy(out_->data() + offset, &value, sizeof(T));
  }

  tm_finding finding(const rules::Finding& f) {
    tm_finding r;
    std::memset(&r, 0, sizeof(r));
    r.start_ms = f.start_ms;
    r.end_ms = f.end_ms;
    r.way = f.way;
    r.node = f.node;
    r.relation = f.relation;
    r.lat_e7 = f.lat_e7;
    r.lon_e7 = f.lon_e7;
    r.reasons = f.reasons;
    r.first_fix = f.first_fix;
    r.last_fix = f.last_fix;
    r.match = f.match;
    r.map = f.map;
    r.observation = f.observation;
    for (int i = 0; i < TM_MEASURES; ++i) {
      r.measured[i] = i < rules::kMeasureCount ? f.measured[i] : std::numeric_limits<float>::quiet_NaN();
    }
    r.source_detail = f.source_detail;
    r.rule = static_cast<uint8_t>(f.rule);
    r.verdict = static_cast<uint8_t>(f.verdict);
    r.source = static_cast<uint8_t>(f.source);
    r.direction_source = f.direction_source;
    r.forward = f.forward ? 1 : 0;
    const map::Tile* tile = graph_->tile(f.tile);
    if (tile == nullptr) return r;
    r.road_class = tile->attributes_of(f.segment).road_class;
    text_of(*tile, tile->way_of(f.segment).name, &r.name_offset, &r.name_length);
    text_of(*tile, f.condition_text, &r.tag_offset, &r.tag_length);
    return r;
  }

  void text_of(const map::Tile& tile, uint16_t index, uint32_t* offset, uint32_t* length) {
    if (index >= tile.count(map::kNames)) return;  // kNone16: none
    const map::Name& n = tile.names[index];
    *offset = static_cast<uint32_t>(text_.size());
    *length = n.length;
    text_.insert(text_.end(), tile.text + n.offset, tile.text + n.offset + n.length);
  }

  const Analysis& a_;
  map::Graph* graph_;
  bool with_route_;
  std::vector<uint8_t>* out_;
  std::vector<char> text_;
};

}  // namespace

extern "C" {

uint32_t tomare_abi_version(void) { return TM_ABI_VERSION; }
void* tomare_alloc(uint32_t size) { return std::malloc(size); }
void tomare_free(void* pointer) { std::free(pointer); }

int32_t tomare_open(const char* path, uint32_t arena_bytes) {
  Instance& i = instance();
  i.analyzer = nullptr;
  auto file = host::open_file(path);
  if (!file) return report({Error::MAP_OPEN, 0, -1, -1});
  host::reserve_heap(size_t{arena_bytes} + kWorkingBytes);
  auto analyzer = std::make_unique<Analyzer>();
  const ErrorDetail detail = analyzer->open(std::move(file), arena_bytes);
  if (detail.error == Error::OK) i.analyzer = std::move(analyzer);
  return report(detail);
}

int32_t tomare_analyze(const void* block, uint32_t size) {
  Instance& i = instance();
  i.result.clear();
  if (!i.analyzer) return report({Error::MAP_OPEN, 0, -1, -1});
  Drive drive;
  if (!read_drive(block, size, &drive)) return report({Error::BAD_BLOCK, 0, -1, -1});
  Analysis analysis;
  const ErrorDetail detail = i.analyzer->analyze(drive.fixes, drive.settings, drive.vehicle, drive.law, &analysis);
  if (detail.error != Error::OK) return report(detail);
  map::Graph graph(i.analyzer->map());
  ResultWriter(analysis, &graph, drive.with_route, &i.result).write();
  return 0;
}

const void* tomare_result(uint32_t* size) {
  *size = static_cast<uint32_t>(instance().result.size());
  return instance().result.data();
}

int32_t tomare_map_info(void) {
  Instance& i = instance();
  if (!i.analyzer) return report({Error::MAP_OPEN, 0, -1, -1});
  const map::FileHeader& header = i.analyzer->map().header();
  const uint64_t read = i.analyzer->map().bytes_read();
  i.result.resize(sizeof(header) + 8);
  std::memcpy(i.result.data(), &header, sizeof(header));
  std::memcpy(i.result.data() + sizeof(header), &read, 8);
  return 0;
}

int32_t tomare_verify_tile(uint32_t number) {
  Instance& i = instance();
  if (!i.analyzer) return report({Error::MAP_OPEN, 0, -1, -1});
  return report(i.analyzer->verify_tile(number));
}

void tomare_error(tm_error* error) {
  const ErrorDetail& d = instance().error;
  *error = {d.tile, d.offset, static_cast<int32_t>(d.error), d.section};
}
}
