// SPDX-License-Identifier: MIT
// Decodes the blocks of .osm.pbf (OSM wiki: PBF Format) with protozero.
#include "mapdata/compiler/osm/blocks.hpp"

#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>

namespace tomare::compiler {
namespace {

using protozero::pbf_reader;

/// Deltas are the file's: their sum may not fit.
void advance(int64_t* value, int64_t delta) {
  if (__builtin_add_overflow(*value, delta, value)) throw std::string("a number out of range");
}

struct Block {
  std::vector<std::string_view> strings;
  int64_t granularity = 100, lat_offset = 0, lon_offset = 0;

  std::string_view text(uint64_t index) const {
    if (index >= strings.size()) throw std::string("a string index beyond the string table");
    return strings[index];
  }
  /// Units of the file to 1e-7 degree.
  int32_t e7(int64_t value, int64_t offset, int64_t most_e7) const {
    if (granularity == 100 && offset == 0 && value >= -most_e7 && value <= most_e7) {
      return static_cast<int32_t>(value);
    }
    int64_t nano = 0;
    const bool overflow =
        __builtin_mul_overflow(granularity, value, &nano) || __builtin_add_overflow(nano, offset, &nano);
    constexpr int64_t kTurn = 360'000'000'000;
    if (overflow || nano < -kTurn || nano > kTurn) throw std::string("a coordinate out of range");
    const int64_t e7 = nano >= 0 ? (nano + 50) / 100 : -((-nano + 50) / 100);
    if (e7 < -most_e7 || e7 > most_e7) throw std::string("a coordinate out of range");
    return static_cast<int32_t>(e7);
  }
  int32_t lat_e7(int64_t value) const { return e7(value, lat_offset, 900'000'000); }
  int32_t lon_e7(int64_t value) const { return e7(value, lon_offset, 1'800'000'000); }
};

std::string_view view_of(const protozero::data_view& v) { return {v.data(), v.size()}; }

Block read_tables(std::string_view data) {
  Block block;
  pbf_reader message(data.data(), data.size());
  while (message.next()) {
    switch (message.tag()) {
      case 1: {
        pbf_reader table = message.get_message();
        while (table.next(1)) block.strings.push_back(trimmed(view_of(table.get_view())));
        break;
      }
      case 17:
        block.granularity = message.get_int32();
        break;
      case 19:
        block.lat_offset = message.get_int64();
        break;
      case 20:
        block.lon_offset = message.get_int64();
        break;
      default:
        message.skip();
    }
  }
  if (block.granularity <= 0) throw std::string("a granularity of ") + std::to_string(block.granularity);
  return block;
}

/// The numbers of a packed field, each decoded once.
class Varints {
 public:
  Varints() = default;
  explicit Varints(const protozero::data_view& view) : at_(view.data()), end_(view.data() + view.size()) {}
  bool empty() const { return at_ == end_; }
  uint64_t next() { return protozero::decode_varint(&at_, end_); }
  int64_t next_signed() { return protozero::decode_zigzag64(next()); }

 private:
  const char* at_ = nullptr;
  const char* end_ = nullptr;
};

/// A list, which stands in its message once and packed, as all that write the format do.
void take(Varints* list, pbf_reader* message) {
  if (message->wire_type() != protozero::pbf_wire_type::length_delimited)
    throw std::string("a list that is not packed");
  if (!list->empty()) throw std::string("a list in two parts");
  *list = Varints(message->get_view());
}

/// Which strings of the block are keys that the handler wants; each is asked for once.
class WantedKeys {
 public:
  template <typename Ask>
  bool has(const Block& block, uint64_t key, const Ask& ask) {
    if (asked_.empty()) asked_.resize(block.strings.size() + 1);
    const std::string_view text = block.text(key);
    if (asked_[key] == 0) asked_[key] = ask(text) ? 2 : 1;
    return asked_[key] == 2;
  }

 private:
  std::vector<uint8_t> asked_;
};

class Decoder {
 public:
  Decoder(const Block& block, EntityHandler* handler) : block_(block), handler_(handler) {}

  void group(pbf_reader message) {
    while (message.next()) {
      switch (message.tag()) {
        case 1:
          handler_->wants_nodes() ? node(message.get_message()) : message.skip();
          break;
        case 2:
          handler_->wants_nodes() ? dense(message.get_message()) : message.skip();
          break;
        case 3:
          if (handler_->wants_ways()) {
            way(message.get_message());
          } else {
            handler_->wants_nodes() ? positions(message.get_message()) : message.skip();
          }
          break;
        case 4:
          handler_->wants_ways() ? relation(message.get_message()) : message.skip();
          break;
        default:
          message.skip();
      }
    }
  }

 private:
  bool node_key(uint64_t key) {
    return node_keys_.has(block_, key, [this](std::string_view text) { return handler_->wants_node_key(text); });
  }
  bool way_key(uint64_t key) {
    return way_keys_.has(block_, key, [this](std::string_view text) { return handler_->wants_way_key(text); });
  }

  template <typename Wanted>
  void fill_tags(Varints keys, Varints values, const Wanted& wanted) {
    tags_.clear();
    while (!keys.empty()) {
      if (values.empty()) throw std::string("a key without a value");
      const auto key = static_cast<uint32_t>(keys.next()), value = static_cast<uint32_t>(values.next());
      if (wanted(key)) tags_.add(block_.text(key), block_.text(value));
    }
    if (!values.empty()) throw std::string("a value without a key");
  }

  static bool visible(pbf_reader info) {
    while (info.next(6)) return info.get_bool();
    return true;
  }
  /// The version of an entity; false: it is deleted.
  static bool version_of(const protozero::data_view& view, uint32_t* number) {
    pbf_reader info(view);
    bool shown = true;
    while (info.next()) {
      if (info.tag() == 1) {
        *number = static_cast<uint32_t>(info.get_int32());
      } else if (info.tag() == 6) {
        shown = info.get_bool();
      } else {
        info.skip();
      }
    }
    return shown;
  }

  void node(pbf_reader message) {
    int64_t id = 0, lat = 0, lon = 0;
    bool shown = true;
    Varints keys, values;
    while (message.next()) {
      switch (message.tag()) {
        case 1:
          id = message.get_sint64();
          break;
        case 2:
          take(&keys, &message);
          break;
        case 3:
          take(&values, &message);
          break;
        case 4:
          shown = visible(message.get_message());
          break;
        case 8:
          lat = message.get_sint64();
          break;
        case 9:
          lon = message.get_sint64();
          break;
        default:
          message.skip();
      }
    }
    if (!shown) return;
    fill_tags(keys, values, [this](uint32_t key) { return node_key(key); });
    handler_->node(id, block_.lat_e7(lat), block_.lon_e7(lon), tags_);
  }

  void dense(pbf_reader message) {
    Varints ids, lats, lons, pairs;
    std::vector<bool> hidden;
    while (message.next()) {
      switch (message.tag()) {
        case 1:
          take(&ids, &message);
          break;
        case 5:
          hidden = hidden_nodes(message.get_message());
          break;
        case 8:
          take(&lats, &message);
          break;
        case 9:
          take(&lons, &message);
          break;
        case 10:
          take(&pairs, &message);
          break;
        default:
          message.skip();
      }
    }
    int64_t id = 0, lat = 0, lon = 0;
    for (size_t index = 0; !ids.empty(); ++index) {
      if (lats.empty() || lons.empty()) throw std::string("a dense node without a position");
      advance(&id, ids.next_signed());
      advance(&lat, lats.next_signed());
      advance(&lon, lons.next_signed());
      fill_dense_tags(&pairs);
      if (index < hidden.size() && hidden[index]) continue;
      handler_->node(id, block_.lat_e7(lat), block_.lon_e7(lon), tags_);
    }
    if (!lats.empty() || !lons.empty() || !pairs.empty()) throw std::string("more positions or tags than dense nodes");
  }

  /// Keys and values in turn, to a zero; nothing at all where no node has any.
  void fill_dense_tags(Varints* pairs) {
    tags_.clear();
    while (!pairs->empty()) {
      const auto key = static_cast<uint32_t>(pairs->next());
      if (key == 0) return;
      if (pairs->empty()) throw std::string("a dense key without a value");
      const auto value = static_cast<uint32_t>(pairs->next());
      if (node_key(key)) tags_.add(block_.text(key), block_.text(value));
    }
  }

  static std::vector<bool> hidden_nodes(pbf_reader info) {
    std::vector<bool> hidden;
    while (info.next(6)) {
      for (const auto shown : info.get_packed_bool()) hidden.push_back(!shown);
    }
    return hidden;
  }

  void way(pbf_reader message) {
    int64_t id = 0;
    bool shown = true;
    uint32_t number = 0;
    Varints keys, values, refs;
    while (message.next()) {
      switch (message.tag()) {
        case 1:
          id = message.get_int64();
          break;
        case 2:
          take(&keys, &message);
          break;
        case 3:
          take(&values, &message);
          break;
        case 4:
          shown = version_of(message.get_view(), &number);
          break;
        case 8:
          take(&refs, &message);
          break;
        default:
          message.skip();
      }
    }
    if (!shown) return;
    fill_tags(keys, values, [this](uint32_t key) { return way_key(key); });
    refs_.clear();
    if (handler_->wants_refs(tags_)) {
      for (int64_t ref = 0; !refs.empty();) {
        advance(&ref, refs.next_signed());
        refs_.push_back(ref);
      }
    }
    handler_->way(id, number, refs_, tags_);
  }

  void positions(pbf_reader message) {
    Varints refs, lats, lons;
    while (message.next()) {
      if (message.tag() == 8) {
        take(&refs, &message);
      } else if (message.tag() == 9) {
        take(&lats, &message);
      } else if (message.tag() == 10) {
        take(&lons, &message);
      } else {
        message.skip();
      }
    }
    int64_t ref = 0, lat = 0, lon = 0;
    while (!refs.empty() && !lats.empty() && !lons.empty()) {
      advance(&ref, refs.next_signed());
      advance(&lat, lats.next_signed());
      advance(&lon, lons.next_signed());
      handler_->position(ref, block_.lat_e7(lat), block_.lon_e7(lon));
    }
  }

  void relation(pbf_reader message) {
    int64_t id = 0;
    bool shown = true;
    Varints keys, values, roles, types, ids;
    while (message.next()) {
      switch (message.tag()) {
        case 1:
          id = message.get_int64();
          break;
        case 2:
          take(&keys, &message);
          break;
        case 3:
          take(&values, &message);
          break;
        case 4:
          shown = visible(message.get_message());
          break;
        case 8:
          take(&roles, &message);
          break;
        case 9:
          take(&ids, &message);
          break;
        case 10:
          take(&types, &message);
          break;
        default:
          message.skip();
      }
    }
    fill_tags(keys, values, [](uint32_t) { return true; });
    fill_members(roles, types, ids);
    if (shown) handler_->relation(id, members_, tags_);
  }

  void fill_members(Varints roles, Varints types, Varints ids) {
    members_.clear();
    for (int64_t ref = 0; !ids.empty();) {
      if (roles.empty() || types.empty()) throw std::string("a member without role or type");
      advance(&ref, ids.next_signed());
      const uint64_t type = types.next();
      if (type > 2) throw std::string("a member of unknown type");
      members_.push_back({ref, block_.text(roles.next()), static_cast<MemberType>(type)});
    }
    if (!roles.empty() || !types.empty()) throw std::string("a role or type without a member");
  }

  const Block& block_;
  EntityHandler* handler_;
  WantedKeys node_keys_, way_keys_;
  Tags tags_;
  std::vector<int64_t> refs_;
  std::vector<Member> members_;
};

template <typename F>
bool guarded(F&& work, std::string* error) {
  try {
    work();
    return true;
  } catch (const protozero::exception& e) {
    *error = std::string("the protobuf data is damaged: ") + e.what();
  } catch (const std::string& what) {
    *error = what;
  } catch (const std::bad_alloc&) {
    *error = "there is not enough memory";
  }
  return false;
}

}  // namespace

bool decode_header(std::string_view data, HeaderInfo* out, std::string* error) {
  return guarded(
      [&] {
        pbf_reader message(data.data(), data.size());
        while (message.next()) {
          if (message.tag() == 4) {
            const auto feature = view_of(message.get_view());
            if (feature != "OsmSchema-V0.6" && feature != "DenseNodes") out->unsupported = feature;
          } else if (message.tag() == 32) {
            out->timestamp_s = message.get_int64();
          } else {
            message.skip();
          }
        }
      },
      error);
}

namespace {

/// The way carries the positions of its nodes; the other ways of the block are as the first.
bool has_positions(pbf_reader way) {
  while (way.next()) {
    if (way.tag() == 9) return true;
    way.skip();
  }
  return false;
}

}  // namespace

uint32_t block_kinds(std::string_view data) {
  uint32_t kinds = 0;
  std::string error;
  guarded(
      [&] {
        pbf_reader message(data.data(), data.size());
        while (message.next(2)) {
          pbf_reader group = message.get_message();
          while (group.next()) {
            if (group.tag() == 1 || group.tag() == 2) kinds |= kHasNodes;
            const bool first_way = group.tag() == 3 && (kinds & kHasOthers) == 0;
            if (group.tag() == 3 || group.tag() == 4) kinds |= kHasOthers;
            if (!first_way) {
              group.skip();
            } else if (has_positions(group.get_message())) {
              kinds |= kHasNodes;
            }
          }
        }
      },
      &error);
  return kinds;
}

bool decode_block(std::string_view data, EntityHandler* handler, std::string* error) {
  return guarded(
      [&] {
        const Block block = read_tables(data);
        Decoder decoder(block, handler);
        pbf_reader message(data.data(), data.size());
        while (message.next(2)) decoder.group(message.get_message());
      },
      error);
}

}  // namespace tomare::compiler
