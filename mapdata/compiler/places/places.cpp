// SPDX-License-Identifier: MIT
#include "mapdata/compiler/places/places.hpp"

#include <algorithm>
#include <cstring>

#include "core-cpp/base/geo.hpp"
#include "mapdata/compiler/places/cells.hpp"

namespace tomare::compiler {
namespace {

constexpr char kMagic[8] = {'T', 'O', 'M', 'A', 'P', 'L', 'A', 'C'};
constexpr uint16_t kVersion = 1;
constexpr uint32_t kDeepest = 20;   ///< level of the smallest square
constexpr size_t kKeptBlocks = 64;  ///< decoded at the same time, 256 KiB each
enum Kind : uint8_t { kNothing, kSplit, kWhole, kCells };

}  // namespace

/// Reads the parts of the file one after another, and never beyond its end.
class PlaceIndex::Parser {
 public:
  Parser(std::string_view bytes, PlaceIndex* index) : left_(bytes), index_(*index) {}

  bool parse() {
    if (left_.size() < 24 || std::memcmp(left_.data(), kMagic, 8) != 0) return false;
    left_.remove_prefix(8);
    const uint32_t version = u16(), places = u16(), tree = u32(), blocks = u32(), cells = u32();
    if (version != kVersion) return false;
    for (uint32_t i = 0; i < places; ++i) name();
    for (uint32_t i = 0; i < kProbabilities; ++i) index_.probabilities_.push_back(static_cast<uint16_t>(u16()));
    const size_t before = left_.size();
    square(0, 0, 0);
    if (!good_ || before - left_.size() != tree) return false;
    uint32_t offset = 0, count = 0;
    for (Square& s : index_.squares_) {
      if (s.labels.empty()) continue;
      s.offset = offset;
      s.size = u16();
      offset += s.size;
      ++count;
    }
    const bool fits = good_ && count == blocks && offset == cells && left_.size() == cells;
    index_.bytes_ = fits ? std::string(left_) : std::string();
    return fits;
  }

 private:
  uint32_t u8() {
    if (left_.empty()) good_ = false;
    if (!good_) return 0;
    const auto value = static_cast<uint8_t>(left_.front());
    left_.remove_prefix(1);
    return value;
  }
  uint32_t u16() {
    const uint32_t low = u8();
    return low | u8() << 8;
  }
  uint32_t u32() {
    const uint32_t low = u16();
    return low | u16() << 16;
  }
  std::string text(size_t size) {
    good_ = good_ && size <= left_.size();
    if (!good_) return {};
    std::string value(left_.substr(0, size));
    left_.remove_prefix(size);
    return value;
  }
  void name() {
    std::string country = text(2);
    if (good_ && country[0] == '\0') country.clear();
    std::string zone = text(u8());
    index_.names_.push_back({std::move(country), std::move(zone)});
  }
  uint16_t place() {
    const uint32_t value = u16();
    good_ = good_ && value < index_.names_.size();
    return static_cast<uint16_t>(value);
  }

  void square(uint32_t level, uint32_t x, uint32_t y) {
    const uint32_t kind = u8();
    if (!good_ || kind == kNothing) return;
    if (kind == kSplit) {
      good_ = level < kDeepest - kBlockLog2;
      for (uint32_t i = 0; i < 4 && good_; ++i) {
        const uint32_t half = 1U << (31 - level);
        square(level + 1, x + ((i & 1) != 0 ? half : 0), y + ((i & 2) != 0 ? half : 0));
      }
      return;
    }
    Square s;
    s.key = z_order(x, y);
    s.x = x;
    s.y = y;
    s.level = level;
    const uint32_t labels = kind == kCells ? u8() : 0;
    if (kind == kWhole) s.place = place();
    for (uint32_t i = 0; i < labels; ++i) s.labels.push_back(place());
    good_ = good_ && kind <= kCells && (kind == kWhole || (labels > 0 && labels < 255));
    index_.squares_.push_back(std::move(s));
  }

  std::string_view left_;
  PlaceIndex& index_;
  bool good_ = true;
};

bool PlaceIndex::open(std::string_view bytes) {
  *this = {};
  if (Parser(bytes, this).parse()) return true;
  *this = {};
  return false;
}

const PlaceIndex::Square* PlaceIndex::square_at(uint32_t x, uint32_t y) const {
  const uint64_t key = z_order(x, y);
  auto after =
      std::upper_bound(squares_.begin(), squares_.end(), key, [](uint64_t k, const Square& s) { return k < s.key; });
  if (after == squares_.begin()) return nullptr;
  const Square& s = *--after;
  const uint32_t shift = 32 - s.level;
  const bool inside = s.level == 0 || ((x ^ s.x) >> shift == 0 && (y ^ s.y) >> shift == 0);
  return inside ? &s : nullptr;
}

const std::vector<uint8_t>& PlaceIndex::cells_of(const Square& square) {
  const auto found = kept_.find(square.key);
  if (found != kept_.end()) return found->second;
  if (kept_.size() >= kKeptBlocks) kept_.clear();
  const auto* bytes = reinterpret_cast<const uint8_t*>(bytes_.data()) + square.offset;
  const auto labels = static_cast<uint32_t>(square.labels.size());
  return kept_.emplace(square.key, read_cells(bytes, square.size, probabilities_.data(), labels)).first->second;
}

uint16_t PlaceIndex::find(uint32_t x, uint32_t y) {
  const Square* s = square_at(x, y);
  if (s == nullptr || s->labels.empty()) return s == nullptr ? kNoPlace : s->place;
  const uint32_t shift = 32 - s->level - kBlockLog2;
  const uint32_t column = (x - s->x) >> shift, row = (y - s->y) >> shift;
  return s->labels[cells_of(*s)[row * kBlockSide + column]];
}

bool PlaceIndex::uniform(uint32_t x, uint32_t y, uint32_t level, uint16_t* place) const {
  const Square* s = square_at(x, y);
  *place = s == nullptr ? kNoPlace : s->place;
  if (s != nullptr) return s->labels.empty() && s->level <= level;
  const uint64_t key = z_order(x, y);
  const auto after =
      std::upper_bound(squares_.begin(), squares_.end(), key, [](uint64_t k, const Square& q) { return k < q.key; });
  return after == squares_.end() || level == 0 || (after->key - key) >> (2 * (32 - level)) != 0;
}

}  // namespace tomare::compiler
