// SPDX-License-Identifier: MIT
#include "wasm/result_block.hpp"

#include <cstring>
#include <limits>

#include "wasm/abi.h"

namespace tomare::boundary {
namespace {

static_assert(rules::kRuleCount == TM_RULES && rules::kMeasureCount <= TM_MEASURES);

template <typename T>
void append(const T& value, std::vector<uint8_t>* out) {
  const auto* const bytes = reinterpret_cast<const uint8_t*>(&value);
  out->insert(out->end(), bytes, bytes + sizeof(T));
}

tm_result head_of(const Analysis& a, bool with_route) {
  tm_result head{};
  head.start_ms = a.summary.start_ms;
  head.end_ms = a.summary.end_ms;
  head.mean_error_m = a.summary.mean_error_m;
  head.distance_m = a.summary.distance_m;
  head.fixes = a.summary.fixes;
  head.matched = a.summary.matched;
  head.off_road = a.summary.off_road;
  head.unmatched = a.summary.unmatched;
  head.gaps = a.summary.gaps;
  head.finding_count = static_cast<uint32_t>(a.judgement.findings.size());
  head.route_count = with_route ? static_cast<uint32_t>(a.route.size()) : 0;
  head.text_bytes = static_cast<uint32_t>(a.citations.text.size());
  head.findings = sizeof(tm_result);
  head.route = head.findings + head.finding_count * sizeof(tm_finding);
  head.text = head.route + head.route_count * sizeof(tm_route_item);
  for (int r = 0; r < TM_RULES; ++r) {
    const rules::Exposure& e = a.judgement.exposure[r];
    head.exposure[r] = {e.passed, e.complied, e.violated, e.undetermined, e.judged_m};
  }
  head.speed_ratio = a.channels.speed_ratio;
  head.speed_factor = a.channels.speed_factor;
  head.speed_fixes = a.channels.speed_fixes;
  head.speed_aside = a.channels.speed_aside;
  head.course_fixes = a.channels.course_fixes;
  head.course_aside = a.channels.course_aside;
  head.channel_notes = a.channels.notes;
  return head;
}

tm_finding finding_of(const rules::Finding& f, const Citation& citation) {
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
  r.name_offset = citation.name.offset;
  r.name_length = citation.name.length;
  r.tag_offset = citation.tag.offset;
  r.tag_length = citation.tag.length;
  r.match = f.match;
  r.map = f.map;
  r.observation = f.observation;
  for (int i = 0; i < TM_MEASURES; ++i) {
    r.measured[i] = i < rules::kMeasureCount ? f.measured[i] : std::numeric_limits<float>::quiet_NaN();
  }
  r.rule = static_cast<uint8_t>(f.rule);
  r.verdict = static_cast<uint8_t>(f.verdict);
  r.source = static_cast<uint8_t>(f.source);
  r.direction_source = f.direction_source;
  r.forward = f.forward ? 1 : 0;
  r.road_class = citation.road_class;
  r.place = citation.place;
  return r;
}

}  // namespace

void write_result(const Analysis& a, bool with_route, std::vector<uint8_t>* out) {
  const tm_result head = head_of(a, with_route);
  out->clear();
  out->reserve(size_t{head.text} + head.text_bytes);
  append(head, out);
  for (size_t i = 0; i < head.finding_count; ++i) {
    append(finding_of(a.judgement.findings[i], a.citations.of[i]), out);
  }
  for (size_t i = 0; i < head.route_count; ++i) {
    const RouteItem& r = a.route[i];
    const tm_route_item item = {r.way, r.enter_ms, r.exit_ms, r.from_m, r.to_m, r.forward ? 1U : 0U, 0};
    append(item, out);
  }
  out->insert(out->end(), a.citations.text.begin(), a.citations.text.end());
}

}  // namespace tomare::boundary
