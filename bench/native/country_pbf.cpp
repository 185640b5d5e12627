// SPDX-License-Identifier: MIT
// country_pbf OUT.osm.pbf NODES [houses]: a made country of about NODES road nodes, the same bytes on each run: a
// lattice of junctions 200 m apart, five bends between two of them, ways of three blocks, the tags of a
// street map. With `houses`, 2.5 nodes of houses for each road node, as in the extract of Malta, and every node
// with its version and time. Streams; for the scale of the map compiler, not for matching.
#include <zlib.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <vector>

namespace {

using protozero::pbf_writer;

constexpr int kBends = 5;
constexpr int64_t kPerJunction = 1 + 2 * kBends;  ///< the junction, the bends eastward and northward
constexpr int kBlock = 8000;
constexpr int64_t kLat = 350'000'000, kLon = 1'350'000'000;
constexpr int64_t kStepLat = 18'000, kStepLon = 22'000;  ///< e7, about 200 m

uint32_t noise(uint64_t seed) {
  seed = (seed ^ (seed >> 31)) * 0x9E3779B97F4A7C15ULL;
  return static_cast<uint32_t>((seed ^ (seed >> 29)) >> 16);
}

class PbfFile {
 public:
  explicit PbfFile(const char* path) : file_(std::fopen(path, "wb")) {}
  ~PbfFile() { std::fclose(file_); }
  PbfFile(const PbfFile&) = delete;
  PbfFile& operator=(const PbfFile&) = delete;

  void blob(const char* type, const std::string& data) {
    std::string packed(compressBound(data.size()), '\0');
    uLongf size = packed.size();
    compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(data.data()), data.size(),
              3);
    packed.resize(size);
    std::string body, head;
    pbf_writer b(body);
    b.add_int32(2, static_cast<int32_t>(data.size()));
    b.add_bytes(3, packed);
    pbf_writer h(head);
    h.add_string(1, type);
    h.add_int32(3, static_cast<int32_t>(body.size()));
    const auto n = static_cast<uint32_t>(head.size());
    const unsigned char length[4] = {static_cast<unsigned char>(n >> 24), static_cast<unsigned char>(n >> 16),
                                     static_cast<unsigned char>(n >> 8), static_cast<unsigned char>(n)};
    std::fwrite(length, 1, 4, file_);
    std::fwrite(head.data(), 1, head.size(), file_);
    std::fwrite(body.data(), 1, body.size(), file_);
  }

 private:
  std::FILE* file_;
};

std::string block_of(const std::vector<std::string>& strings, const std::string& group) {
  std::string table, block;
  pbf_writer t(table);
  for (const std::string& s : strings) t.add_string(1, s);
  pbf_writer b(block);
  b.add_message(1, table);
  b.add_message(2, group);
  return block;
}

class Country {
 public:
  Country(PbfFile* out, int64_t side, bool houses) : out_(*out), side_(side), houses_(houses) {}

  void nodes() {
    for (int64_t j = 0; j < side_ * side_; ++j) {
      for (int64_t k = 0; k < kPerJunction; ++k) node(j, k);
      if (static_cast<int>(ids_.size()) >= kBlock) flush_nodes();
    }
    flush_nodes();
    for (int64_t house = 0; houses_ && house < house_count(); ++house) {
      for (int64_t corner = 0; corner < kCorners; ++corner) house_node(house, corner);
      if (static_cast<int>(ids_.size()) >= kBlock) flush_nodes();
    }
    flush_nodes();
  }

  void ways() {
    for (const bool east : {true, false}) {
      for (int64_t line = 0; line < side_; ++line) {
        for (int64_t at = 0; at + 1 < side_; at += 3) way(east, line, at);
      }
    }
    for (int64_t house = 0; houses_ && house < house_count(); ++house) house_way(house);
    flush_ways();
  }

 private:
  static constexpr int64_t kCorners = 5;
  int64_t house_count() const { return side_ * side_ * kPerJunction / 2; }
  int64_t house_id(int64_t house, int64_t corner) const {
    return 1 + side_ * side_ * kPerJunction + house * kCorners + corner;
  }

  void house_node(int64_t house, int64_t corner) {
    const int64_t junction = house * 2 / kPerJunction;
    const uint32_t dice = noise(static_cast<uint64_t>(house_id(house, 0)));
    ids_.push_back(house_id(house, corner));
    lats_.push_back(kLat + junction / side_ * kStepLat + dice % kStepLat + corner % 3 * 900);
    lons_.push_back(kLon + junction % side_ * kStepLon + dice / kStepLat % kStepLon + corner / 2 * 1'100);
  }

  void house_way(int64_t house) {
    std::vector<int64_t> refs;
    for (int64_t corner = 0; corner <= kCorners; ++corner) refs.push_back(house_id(house, corner % kCorners));
    const std::vector<uint32_t> keys{9, 10};
    write_way(refs, keys, {6, text(std::to_string(noise(static_cast<uint64_t>(++ways_)) % 200))});
  }

  static int64_t id_of(int64_t junction, int64_t k) { return 1 + junction * kPerJunction + k; }

  void node(int64_t junction, int64_t k) {
    const int64_t row = junction / side_, column = junction % side_, id = id_of(junction, k);
    int64_t lat = kLat + row * kStepLat, lon = kLon + column * kStepLon;
    if (k >= 1) {
      const bool east = k <= kBends;
      const int64_t share = east ? k : k - kBends;
      (east ? lon : lat) += (east ? kStepLon : kStepLat) * share / (kBends + 1);
      (east ? lat : lon) += noise(static_cast<uint64_t>(id)) % 600;
    }
    ids_.push_back(id);
    lats_.push_back(lat);
    lons_.push_back(lon);
  }

  static std::vector<int64_t> deltas(const std::vector<int64_t>& v) {
    std::vector<int64_t> d(v);
    for (size_t i = v.size(); i-- > 1;) d[i] -= v[i - 1];
    return d;
  }

  void flush_nodes() {
    if (ids_.empty()) return;
    std::string dense, group;
    pbf_writer d(dense);
    const auto put = [&d](int tag, const std::vector<int64_t>& v) {
      const std::vector<int64_t> list = deltas(v);
      d.add_packed_sint64(tag, list.begin(), list.end());
    };
    put(1, ids_);
    put(8, lats_);
    put(9, lons_);
    if (houses_) {
      std::string info;
      pbf_writer i(info);
      std::vector<int32_t> versions(ids_.size());
      std::vector<int64_t> times(ids_.size());
      for (size_t k = 0; k < ids_.size(); ++k) {
        const uint32_t dice = noise(static_cast<uint64_t>(ids_[k]));
        versions[k] = static_cast<int32_t>(1 + dice % 3);
        times[k] = 1'500'000'000 + dice / 3 % 100'000'000;
      }
      const std::vector<int64_t> list = deltas(times);
      i.add_packed_int32(1, versions.begin(), versions.end());
      i.add_packed_sint64(2, list.begin(), list.end());
      d.add_message(5, info);
    }
    pbf_writer(group).add_message(2, dense);
    out_.blob("OSMData", block_of({""}, group));
    ids_.clear();
    lats_.clear();
    lons_.clear();
  }

  void way(bool east, int64_t line, int64_t at) {
    std::vector<int64_t> refs;
    for (int64_t step = 0; step < 3 && at + step + 1 < side_; ++step) {
      const int64_t junction = east ? line * side_ + at + step : (at + step) * side_ + line;
      for (int64_t k = 0; k <= kBends; ++k) refs.push_back(id_of(junction, k == 0 ? 0 : (east ? k : k + kBends)));
      if (step == 2 || at + step + 2 >= side_) refs.push_back(id_of(east ? junction + 1 : junction + side_, 0));
    }
    const uint32_t dice = noise(static_cast<uint64_t>(++ways_));
    std::vector<uint32_t> keys{1, 3}, values{2, text("Street " + std::to_string(dice % 20000))};
    if (dice % 5 == 0) values[0] = 4;
    if (dice % 7 == 0) keys.push_back(5), values.push_back(6);
    if (dice % 4 == 0) keys.push_back(7), values.push_back(8);
    write_way(refs, keys, values);
  }

  void write_way(const std::vector<int64_t>& refs, const std::vector<uint32_t>& keys,
                 const std::vector<uint32_t>& values) {
    std::string message;
    pbf_writer w(message);
    w.add_int64(1, ways_);
    w.add_packed_uint32(2, keys.begin(), keys.end());
    w.add_packed_uint32(3, values.begin(), values.end());
    const std::vector<int64_t> list = deltas(refs);
    w.add_packed_sint64(8, list.begin(), list.end());
    pbf_writer(group_).add_message(3, message);
    if (++in_block_ >= kBlock) flush_ways();
  }

  uint32_t text(std::string s) {
    strings_.push_back(std::move(s));
    return static_cast<uint32_t>(strings_.size() - 1);
  }

  void flush_ways() {
    if (in_block_ > 0) out_.blob("OSMData", block_of(strings_, group_));
    in_block_ = 0;
    group_.clear();
    strings_ = kStrings;
  }

  static inline const std::vector<std::string> kStrings = {
      "",    "highway",  "residential", "name",     "tertiary",        "oneway",
      "yes", "maxspeed", "40",          "building", "addr:housenumber"};
  PbfFile& out_;
  int64_t side_, ways_ = 0;
  bool houses_;
  int in_block_ = 0;
  std::vector<int64_t> ids_, lats_, lons_;
  std::string group_;
  std::vector<std::string> strings_ = kStrings;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) return 2;
  const auto side = static_cast<int64_t>(std::sqrt(std::strtod(argv[2], nullptr) / kPerJunction)) + 1;
  PbfFile out(argv[1]);
  std::string header;
  pbf_writer h(header);
  h.add_string(4, "OsmSchema-V0.6");
  h.add_string(4, "DenseNodes");
  h.add_string(5, "Sort.Type_then_ID");
  out.blob("OSMHeader", header);
  Country country(&out, side, argc == 4);
  country.nodes();
  country.ways();
  return 0;
}
