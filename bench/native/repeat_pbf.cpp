// SPDX-License-Identifier: MIT
// repeat_pbf OUT.osm.pbf IN.osm.pbf NODES: a country of at least NODES nodes, the same bytes on each run: everything of
// a real extract, repeated over a grid of places; names end in the number of their place. Places take turns in the
// order of the ids, as in a country's extract, but seldom within a block: zlib would see the repetition. Written by
// libosmium, as extracts are, in a stream.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <osmium/builder/attr.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/pbf_output.hpp>
#include <string>
#include <utility>
#include <vector>

namespace {

using Id = osmium::object_id_type;
using osmium::memory::Buffer;
namespace attr = osmium::builder::attr;

constexpr size_t kTurn = 16'000;  ///< objects of one place that follow one another: two blocks
constexpr size_t kFull = 1 << 20;

/// What the extract has of one kind, in the order of the ids, and where its ids move to.
template <typename Object>
class Kind {
 public:
  Kind(const Buffer& extract, int64_t copies) : copies_(copies) {
    for (const Object& object : extract.select<Object>()) list_.push_back(&object);
    std::stable_sort(list_.begin(), list_.end(), [](const Object* a, const Object* b) { return a->id() < b->id(); });
    firsts_.push_back(0);
    for (size_t i = kTurn; i < list_.size(); i += kTurn) firsts_.push_back(list_[i]->id());
    firsts_.push_back(list_.empty() ? 1 : 2 * list_.back()->id());  // twice: for ids that the extract only names
  }

  Id moved(Id id, int64_t copy) const {
    const auto end = std::upper_bound(firsts_.begin() + 1, firsts_.end() - 1, id);
    const Id first = *(end - 1), width = *end - first;
    return first * copies_ + width * copy + id - first;
  }

  template <typename Take>
  void each(Take&& take) const {
    for (size_t first = 0; first < list_.size(); first += kTurn) {
      for (int64_t copy = 0; copy < copies_; ++copy) {
        for (size_t i = first; i < std::min(first + kTurn, list_.size()); ++i) take(*list_[i], copy);
      }
    }
  }

 private:
  std::vector<const Object*> list_;
  std::vector<Id> firsts_;  ///< of each turn, and the end of the last
  int64_t copies_;
};

/// Where the middle 98 % of positions lie, in units of 1e-7 degree.
int64_t extent(std::vector<int32_t> values) {
  std::sort(values.begin(), values.end());
  return int64_t{values[values.size() - 1 - values.size() / 100]} - values[values.size() / 100];
}

class Country {
 public:
  Country(const Buffer& extract, int64_t copies)
      : nodes_(extract, copies),
        ways_(extract, copies),
        relations_(extract, copies),
        columns_(static_cast<int64_t>(std::ceil(std::sqrt(static_cast<double>(copies))))) {
    std::vector<int32_t> x, y;
    for (const osmium::Node& node : extract.select<osmium::Node>()) {
      x.push_back(node.location().x());
      y.push_back(node.location().y());
    }
    constexpr int64_t kApart = 200'000;
    step_x_ = extent(std::move(x)) + kApart;
    step_y_ = extent(std::move(y)) + kApart;
  }

  void write(osmium::io::Writer* writer) const {
    Buffer out(2 * kFull, Buffer::auto_grow::yes);
    const auto each_of = [&](const auto& kind) {
      kind.each([&](const auto& object, int64_t copy) {
        add(object, copy, &out);
        if (out.committed() < kFull) return;
        (*writer)(std::move(out));
        out = Buffer(2 * kFull, Buffer::auto_grow::yes);
      });
    };
    each_of(nodes_);
    each_of(ways_);
    each_of(relations_);
    (*writer)(std::move(out));
  }

 private:
  using Tags = std::vector<std::pair<std::string, std::string>>;
  static Tags tags_of(const osmium::OSMObject& object, int64_t copy) {
    Tags tags;
    for (const osmium::Tag& tag : object.tags()) {
      const std::string key = tag.key(), value = tag.value();
      tags.emplace_back(key, key == "name" ? value + " " + std::to_string(copy) : value);
    }
    return tags;
  }

  void add(const osmium::Node& node, int64_t copy, Buffer* out) const {
    const osmium::Location place(node.location().x() + copy % columns_ * step_x_,
                                 node.location().y() + copy / columns_ * step_y_);
    osmium::builder::add_node(*out, attr::_id(nodes_.moved(node.id(), copy)), attr::_version(node.version()),
                              attr::_timestamp(node.timestamp()), attr::_location(place),
                              attr::_tags(tags_of(node, copy)));
  }

  void add(const osmium::Way& way, int64_t copy, Buffer* out) const {
    std::vector<osmium::NodeRef> refs;
    for (const osmium::NodeRef& node : way.nodes()) refs.emplace_back(nodes_.moved(node.ref(), copy));
    osmium::builder::add_way(*out, attr::_id(ways_.moved(way.id(), copy)), attr::_version(way.version()),
                             attr::_timestamp(way.timestamp()), attr::_nodes(refs), attr::_tags(tags_of(way, copy)));
  }

  Id moved(const osmium::RelationMember& member, int64_t copy) const {
    if (member.type() == osmium::item_type::node) return nodes_.moved(member.ref(), copy);
    if (member.type() == osmium::item_type::way) return ways_.moved(member.ref(), copy);
    return relations_.moved(member.ref(), copy);
  }

  void add(const osmium::Relation& relation, int64_t copy, Buffer* out) const {
    std::vector<attr::member_type> members;
    for (const osmium::RelationMember& m : relation.members()) members.emplace_back(m.type(), moved(m, copy), m.role());
    osmium::builder::add_relation(*out, attr::_id(relations_.moved(relation.id(), copy)),
                                  attr::_version(relation.version()), attr::_timestamp(relation.timestamp()),
                                  attr::_members(members), attr::_tags(tags_of(relation, copy)));
  }

  Kind<osmium::Node> nodes_;
  Kind<osmium::Way> ways_;
  Kind<osmium::Relation> relations_;
  int64_t columns_, step_x_ = 0, step_y_ = 0;
};

Buffer load(const char* path) {
  osmium::io::Reader reader(path);
  Buffer all(kFull, Buffer::auto_grow::yes);
  while (const Buffer some = reader.read()) {
    all.add_buffer(some);
    all.commit();
  }
  return all;
}

void run(const char* output, const char* input, int64_t wanted) {
  const Buffer extract = load(input);
  const auto nodes = extract.select<osmium::Node>();
  const int64_t count = std::max<int64_t>(std::distance(nodes.begin(), nodes.end()), 1);
  const Country country(extract, (wanted + count - 1) / count);
  osmium::io::Header header;
  header.set("generator", "repeat_pbf");
  header.set("sorting", "Type_then_ID");
  osmium::io::Writer writer(osmium::io::File(output, "pbf,add_metadata=version+timestamp"), header,
                            osmium::io::overwrite::allow);
  country.write(&writer);
  writer.close();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    run(argv[1], argv[2], static_cast<int64_t>(std::strtod(argv[3], nullptr)));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "repeat_pbf: %s\n", error.what());
    return 1;
  }
  return 0;
}
