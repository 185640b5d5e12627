// SPDX-License-Identifier: MIT
#include "mapdata/compiler/tiles/clip.hpp"

#include <algorithm>

namespace tomare::compiler {
namespace {

struct Crossing {
  double share;
  bool at_x, at_y;
};

NodeKey cut_at(const Network& n, const Strand& p, const Corner& before, const Crossing& c, const Cell& cell) {
  const uint64_t edge = uint64_t{n.ways[p.way].first_ref} + before.position;
  return cut_key(edge, c.at_x, c.at_x ? cell.x + cell.half() : cell.y + cell.half());
}

struct Crossings {
  Crossing list[2];
  int count = 0;
};

Crossings crossings(const Cell& cell, const Corner& a, const Corner& b) {
  const uint32_t turn = child_of(cell, a.x, a.y) ^ child_of(cell, b.x, b.y);
  Crossings found;
  const auto share = [](uint32_t from, uint32_t to, uint32_t line) {
    return (static_cast<double>(line) - from) / (static_cast<double>(to) - from);
  };
  if ((turn & 1) != 0) found.list[found.count++] = {share(a.x, b.x, cell.x + cell.half()), true, false};
  if ((turn & 2) != 0) found.list[found.count++] = {share(a.y, b.y, cell.y + cell.half()), false, true};
  if (found.count < 2) return found;
  if (found.list[0].share == found.list[1].share) {
    found.list[0].at_y = true;
    found.count = 1;
  } else if (found.list[1].share < found.list[0].share) {
    std::swap(found.list[0], found.list[1]);
  }
  return found;
}

bool holds(const Cell& cell, uint32_t x, uint32_t y) {
  return cell.level == 0 || ((x ^ cell.x) >> (32 - cell.level) == 0 && (y ^ cell.y) >> (32 - cell.level) == 0);
}

/// Makes a strand's parts one after another: corners of the part in hand are the last of the list.
class Cutter {
 public:
  Cutter(const Strand& strand, std::vector<Corner>* corners) : now_(strand), corners_(*corners) { begin(); }

  void add(const Corner& c) {
    now_.box.add(c.x, c.y);
    corners_.push_back(c);
  }
  const Strand& cut(const Corner& at, NodeKey key) {
    add(at);
    now_.to = key;
    now_.to_open = false;
    return end();
  }
  void go_on(const Corner& at, NodeKey key) {
    begin();
    add(at);
    now_.from = key;
    now_.from_open = false;
  }
  const Strand& end_at(NodeKey to, bool open) {
    now_.to = to;
    now_.to_open = open;
    return end();
  }

 private:
  void begin() {
    now_.first_corner = static_cast<uint32_t>(corners_.size());
    now_.box = {};
  }
  const Strand& end() {
    now_.corner_count = static_cast<uint32_t>(corners_.size()) - now_.first_corner;
    return now_;
  }

  Strand now_;
  std::vector<Corner>& corners_;
};

Cell ancestor(const Cell& cell, uint32_t level) {
  if (level == 0) return {};
  const uint32_t mask = ~((1U << (32 - level)) - 1);
  return {cell.x & mask, cell.y & mask, level};
}

}  // namespace

uint32_t child_of(const Cell& cell, uint32_t x, uint32_t y) {
  return (x - cell.x >= cell.half() ? 1U : 0U) | (y - cell.y >= cell.half() ? 2U : 0U);
}

Cell child_cell(const Cell& cell, uint32_t child) {
  return {cell.x + (child & 1) * cell.half(), cell.y + (child >> 1) * cell.half(), cell.level + 1};
}

void split(const Network& network, const Cell& cell, const Strand& strand, std::vector<Corner>* corners,
           std::vector<Strand>* children) {
  const uint32_t first = child_of(cell, strand.box.min_x, strand.box.min_y);
  if (child_of(cell, strand.box.max_x, strand.box.max_y) == first) {
    children[first].push_back(strand);
    return;
  }
  Cutter cutter(strand, corners);
  Corner a = (*corners)[strand.first_corner];
  cutter.add(a);
  uint32_t child = child_of(cell, a.x, a.y);
  for (uint32_t i = 1; i < strand.corner_count; ++i) {
    const Corner b = (*corners)[strand.first_corner + i];
    const Crossings met = crossings(cell, a, b);
    for (int k = 0; k < met.count; ++k) {
      const Crossing& c = met.list[k];
      const auto along = [&](double from, double to) { return from + (to - from) * c.share; };
      Corner cut;
      cut.x = c.at_x ? cell.x + cell.half() : static_cast<uint32_t>(along(a.x, b.x) + 0.5);
      cut.y = c.at_y ? cell.y + cell.half() : static_cast<uint32_t>(along(a.y, b.y) + 0.5);
      cut.offset_m = along(a.offset_m, b.offset_m);
      cut.position = a.position;
      const NodeKey key = cut_at(network, strand, a, c, cell);
      children[child].push_back(cutter.cut(cut, key));
      cutter.go_on(cut, key);
      child ^= (c.at_x ? 1U : 0U) | (c.at_y ? 2U : 0U);
    }
    cutter.add(b);
    a = b;
  }
  children[child].push_back(cutter.end_at(strand.to, strand.to_open));
}

void clip(const Network& network, const Cell& cell, Strands* strands) {
  std::vector<Strand> kept, parts, children[4];
  for (const Strand& strand : strands->list) {
    if (holds(cell, strand.box.min_x, strand.box.min_y) && holds(cell, strand.box.max_x, strand.box.max_y)) {
      kept.push_back(strand);
      continue;
    }
    parts.assign(1, strand);
    for (uint32_t level = 0; level < cell.level && !parts.empty(); ++level) {
      const Cell here = ancestor(cell, level);
      for (std::vector<Strand>& list : children) list.clear();
      for (const Strand& p : parts) split(network, here, p, &strands->corners, children);
      parts.swap(children[child_of(here, cell.x, cell.y)]);
    }
    kept.insert(kept.end(), parts.begin(), parts.end());
  }
  strands->list = std::move(kept);
}

}  // namespace tomare::compiler
