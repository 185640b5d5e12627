// SPDX-License-Identifier: MIT
#include "wasm/trace_block.hpp"

#include "wasm/abi.h"
#include "wasm/records.hpp"

namespace tomare::boundary {
namespace {

tm_trace_fix fix_of(const TraceFix& f) { return {f.place.lat_e7, f.place.lon_e7, f.speed_kmh, f.stretch}; }

tm_trace_stretch stretch_of(const TraceStretch& s) {
  tm_trace_stretch r{};
  r.way = s.item.way;
  r.enter_ms = s.item.enter_ms;
  r.exit_ms = s.item.exit_ms;
  r.from_m = s.item.from_m;
  r.to_m = s.item.to_m;
  r.first_position = s.first_position;
  r.position_count = s.position_count;
  r.first_limit = s.first_limit;
  r.limit_count = s.limit_count;
  r.name_offset = s.name.offset;
  r.name_length = s.name.length;
  r.forward = s.item.forward ? 1 : 0;
  r.road_class = s.road_class;
  return r;
}

tm_trace_limit limit_of(const TraceLimit& l) {
  return {l.from_m, l.to_m, l.low, l.high, static_cast<uint8_t>(l.origin), {}};
}

}  // namespace

void write_trace(const DriveTrace& t, std::vector<uint8_t>* out) {
  BlockWriter block(sizeof(tm_trace), out);
  tm_trace head{};
  block.add(t.fixes, fix_of, &head.fix_count, &head.fixes);
  block.add(t.stretches, stretch_of, &head.stretch_count, &head.stretches);
  block.add(t.limits, limit_of, &head.limit_count, &head.limits);
  block.add(t.positions, position_of, &head.position_count, &head.positions);
  block.add_text(t.text, &head.text_bytes, &head.text);
  block.finish(head);
}

}  // namespace tomare::boundary
