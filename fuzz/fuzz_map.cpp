// SPDX-License-Identifier: MIT
// A whole map from hostile bytes, checksums made good again, so that the structure behind them is met:
// opened both ways, verified, and driven on.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "core-cpp/analyzer.hpp"
#include "core-cpp/base/crc32c.hpp"

namespace {

using namespace tomare;       // NOLINT: a fuzzer of the whole core
using namespace tomare::map;  // NOLINT

/// Renews every checksum that lies where the header says.
void restamp(std::vector<uint8_t>* file) {
  uint8_t* bytes = file->data();
  const uint64_t size = file->size();
  FileHeader h;
  std::memcpy(&h, bytes, sizeof(h));
  const auto inside = [&](uint64_t at, uint64_t length) { return at <= size && length <= size - at; };
  for (uint64_t p = 0; p < h.directory_pages && p < 64; ++p) {
    const uint64_t at = h.directory_offset + p * kPageSize;
    if (h.directory_offset > size || !inside(at, kPageSize)) break;
    for (uint32_t e = 0; e < kEntriesPerPage; ++e) {
      DirectoryEntry entry;
      uint8_t* place = bytes + at + offsetof(DirectoryPage, entries) + e * sizeof(entry);
      std::memcpy(&entry, place, sizeof(entry));
      if (entry.length == 0 || !inside(entry.offset, entry.length)) continue;
      entry.crc = crc32c(bytes + entry.offset, entry.length);
      std::memcpy(place, &entry, sizeof(entry));
    }
    std::memset(bytes + at, 0, 4);
    const uint32_t crc = crc32c(bytes + at, kPageSize);
    std::memcpy(bytes + at, &crc, 4);
  }
  if (inside(h.root_offset, uint64_t{h.directory_pages} * 8)) {
    h.root_crc = crc32c(bytes + h.root_offset, h.directory_pages * 8);
  }
  h.file_size = size;
  h.header_crc = 0;
  std::memcpy(bytes, &h, sizeof(h));
  h.header_crc = crc32c(bytes, kPageSize);
  std::memcpy(bytes, &h, sizeof(h));
}

/// A drive across the middle of the map's bounds, to and fro.
struct Drive {
  static constexpr uint32_t kFixes = 80;
  std::vector<int64_t> time_ms;
  std::vector<int32_t> lat, lon;
  std::vector<float> speed, heading, accuracy;

  explicit Drive(const FileHeader& h) {
    for (uint32_t i = 0; i < kFixes; ++i) {
      const double share = i < kFixes / 2 ? i / 40.0 : (kFixes - i) / 40.0;
      const auto between = [&](int32_t a, int32_t b) { return static_cast<int32_t>(a + share * (0.0 + b - a)); };
      time_ms.push_back(1'790'000'000'000 + 1000 * int64_t{i});
      lat.push_back(between(h.min_lat_e7, h.max_lat_e7));
      lon.push_back(between(h.min_lon_e7, h.max_lon_e7));
      speed.push_back(8);
      heading.push_back(i % 3 == 0 ? NAN : 90.0F);
      accuracy.push_back(5);
    }
  }
  match::Fixes fixes() const {
    return {kFixes, time_ms.data(), lat.data(), lon.data(), speed.data(), heading.data(), accuracy.data()};
  }
};

struct Outcome {
  Error open = Error::OK, analyze = Error::OK, trace = Error::OK, roads = Error::OK;
  std::vector<Error> tiles;
  size_t findings = 0, positions = 0, lines = 0, corners = 0;
  double distance_m = 0;
  bool operator==(const Outcome&) const = default;
};

Outcome use(const std::vector<uint8_t>& file, bool as_mapped) {
  Outcome outcome;
  Analyzer analyzer;
  auto source = std::make_unique<MemoryFile>(file.data(), file.size(), as_mapped);
  outcome.open = analyzer.open(std::move(source), 80 * PagedTiles::kFrameBytes).error;
  if (outcome.open != Error::OK) return outcome;
  const uint32_t tiles = std::min<uint32_t>(analyzer.map().header().tile_count, 50);
  for (uint32_t i = 0; i < tiles; ++i) outcome.tiles.push_back(analyzer.verify_tile(i).error);
  Analysis analysis;
  const rules::Law law;
  rules::Laws laws;
  laws.laws = &law;
  laws.law_count = 1;
  const Drive drive(analyzer.map().header());
  outcome.analyze = analyzer.analyze(drive.fixes(), Settings{}, kCar, laws, &analysis).error;
  outcome.findings = analysis.judgement.findings.size();
  outcome.distance_m = analysis.summary.distance_m;
  DriveTrace trace;
  outcome.trace = analyzer.trace(drive.fixes(), Settings{}, kCar, laws, &trace).error;
  outcome.positions = trace.positions.size();
  Roads roads;
  const RoadsRequest everywhere = {-900'000'000, -1'800'000'000, 900'000'000, 1'800'000'000, 0, 20'000, kCar};
  outcome.roads = analyzer.roads(everywhere, &roads).error;
  outcome.lines = roads.lines.size();
  outcome.corners = roads.positions.size();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<uint8_t> file(data, data + size);
  file.resize((size + 7) / 8 * 8);
  if (file.size() < kPageSize) {
    use(file, true);
    return 0;
  }
  restamp(&file);
  if (!(use(file, true) == use(file, false))) __builtin_trap();
  return 0;
}
