// SPDX-License-Identifier: MIT
#include "wasm/abi.h"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "core-cpp/analyzer.hpp"
#include "wasm/drive_block.hpp"
#include "wasm/host_file.hpp"
#include "wasm/memory.hpp"
#include "wasm/result_block.hpp"
#include "wasm/roads_block.hpp"
#include "wasm/trace_block.hpp"

struct tomare_map {
  std::shared_ptr<const tomare::map::MapHead> head;
};

struct tomare_analyzer {
  tomare::Analyzer core;
  std::vector<uint8_t> result;
};

namespace {

using namespace tomare;  // NOLINT: this file is the core's outer face

constexpr size_t kWorkingBytes = 16 << 20;  ///< beside the arena: what a drive of some hours takes

int32_t report(const ErrorDetail& d, tm_error* error) {
  const auto code = static_cast<int32_t>(d.error);
  if (error != nullptr) *error = {d.tile, d.offset, code, d.section};
  return code;
}

}  // namespace

extern "C" {

uint32_t tomare_abi_version(void) { return TM_ABI_VERSION; }
void* tomare_alloc(uint32_t size) { return std::malloc(size); }
void tomare_free(void* pointer) { std::free(pointer); }

tomare_map* tomare_map_open(const char* path, tm_error* error) {
  std::unique_ptr<map::File> file = host::open_file(path);
  auto head = std::make_shared<map::MapHead>();
  const ErrorDetail detail = file ? head->open(std::move(file)) : ErrorDetail{Error::MAP_OPEN, 0, -1, -1};
  return report(detail, error) == 0 ? new tomare_map{std::move(head)} : nullptr;
}

void tomare_map_close(tomare_map* map) { delete map; }

void tomare_map_info(const tomare_map* map, tm_map_info* info) {
  const map::FileHeader& h = map->head->header();
  static_assert(sizeof(info->name) == sizeof(h.name) && sizeof(info->sha256) == sizeof(h.source_sha256) &&
                sizeof(info->statistics) == sizeof(h.statistics));
  std::memset(info, 0, sizeof(*info));
  info->file_bytes = h.file_size;
  info->osm_time_s = h.osm_time_s;
  info->format = h.version;
  info->tiles = h.tile_count;
  info->min_lat_e7 = h.min_lat_e7;
  info->min_lon_e7 = h.min_lon_e7;
  info->max_lat_e7 = h.max_lat_e7;
  info->max_lon_e7 = h.max_lon_e7;
  std::memcpy(info->sha256, h.source_sha256, sizeof(info->sha256));
  std::memcpy(info->name, h.name, sizeof(info->name));
  std::memcpy(info->statistics, h.statistics, sizeof(info->statistics));
  info->places = h.place_count;
}

void tomare_map_place(const tomare_map* map, uint32_t number, tm_place* place) {
  static_assert(sizeof(tm_place) == sizeof(map::Place) && offsetof(tm_place, zone) == offsetof(map::Place, zone) &&
                offsetof(tm_place, min_lat_e7) == offsetof(map::Place, min_lat_e7));
  std::memcpy(place, &map->head->places()[number], sizeof(*place));
}

tomare_analyzer* tomare_analyzer_open(const tomare_map* map, uint32_t arena_bytes, tm_error* error) {
  host::reserve_heap(size_t{arena_bytes} + kWorkingBytes);
  auto analyzer = std::make_unique<tomare_analyzer>();
  return report(analyzer->core.open(map->head, arena_bytes), error) == 0 ? analyzer.release() : nullptr;
}

void tomare_analyzer_close(tomare_analyzer* analyzer) { delete analyzer; }

int32_t tomare_analyze(tomare_analyzer* analyzer, const void* block, uint32_t size, tm_error* error) {
  analyzer->result.clear();
  boundary::Drive drive;
  if (!boundary::read_drive(block, size, &drive)) return report({Error::BAD_BLOCK, 0, -1, -1}, error);
  Analysis analysis;
  const ErrorDetail detail = analyzer->core.analyze(drive.fixes, drive.settings, drive.vehicle, drive.laws, &analysis);
  if (detail.error == Error::OK) boundary::write_result(analysis, drive.with_route, &analyzer->result);
  return report(detail, error);
}

int32_t tomare_trace(tomare_analyzer* analyzer, const void* block, uint32_t size, tm_error* error) {
  analyzer->result.clear();
  boundary::Drive drive;
  if (!boundary::read_drive(block, size, &drive)) return report({Error::BAD_BLOCK, 0, -1, -1}, error);
  DriveTrace trace;
  const ErrorDetail detail = analyzer->core.trace(drive.fixes, drive.settings, drive.vehicle, drive.laws, &trace);
  if (detail.error == Error::OK) boundary::write_trace(trace, &analyzer->result);
  return report(detail, error);
}

int32_t tomare_roads(tomare_analyzer* analyzer, const void* block, uint32_t size, tm_error* error) {
  analyzer->result.clear();
  map::RoadsRequest request;
  if (!boundary::read_roads_request(block, size, &request)) return report({Error::BAD_BLOCK, 0, -1, -1}, error);
  map::Roads roads;
  const ErrorDetail detail = analyzer->core.roads(request, &roads);
  if (detail.error == Error::OK) boundary::write_roads(roads, &analyzer->result);
  return report(detail, error);
}

const void* tomare_result(const tomare_analyzer* analyzer, uint32_t* size) {
  *size = static_cast<uint32_t>(analyzer->result.size());
  return analyzer->result.data();
}

int32_t tomare_places(tomare_analyzer* analyzer, const tm_area_position* positions, uint32_t count, tm_error* error) {
  std::vector<uint16_t> places(count);
  const auto* at = reinterpret_cast<const rules::AreaPosition*>(positions);
  const ErrorDetail detail = analyzer->core.places(at, count, places.data());
  analyzer->result.resize(count * sizeof(uint16_t));
  if (count > 0) std::memcpy(analyzer->result.data(), places.data(), analyzer->result.size());
  return report(detail, error);
}

int32_t tomare_verify_tile(tomare_analyzer* analyzer, uint32_t number, tm_error* error) {
  return report(analyzer->core.verify_tile(number), error);
}

uint64_t tomare_bytes_read(const tomare_analyzer* analyzer) { return analyzer->core.map().bytes_read(); }
}
