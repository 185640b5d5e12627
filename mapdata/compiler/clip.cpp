// SPDX-License-Identifier: MIT
#include "mapdata/compiler/clip.hpp"

#include <algorithm>

namespace tomare::compiler {
namespace {

struct Crossing {
  double share;
  bool at_x, at_y;
};

constexpr int kLineBits = 20;  ///< lines are multiples of 2^12: no cell below level 19 is split

/// An edge of a way meets a line of the quadtree once, so both together name the cut.
NodeKey cut_key(const Network& n, const Piece& p, const Corner& before, const Crossing& c, const Cell& cell) {
  const uint64_t edge = n.ways[p.way].first_ref + before.position;
  const uint32_t line = c.at_x ? cell.x + cell.half() : cell.y + cell.half();
  return kCutBit | (edge << (kLineBits + 1)) | (uint64_t{c.at_x ? 1U : 0U} << kLineBits) | (line >> (32 - kLineBits));
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

bool holds(const Cell& cell, const Corner& c) {
  return cell.level == 0 || ((c.x ^ cell.x) >> (32 - cell.level) == 0 && (c.y ^ cell.y) >> (32 - cell.level) == 0);
}

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

void split(const Network& network, const Cell& cell, Piece piece, std::vector<Piece>* children) {
  const uint32_t first = child_of(cell, piece.corners.front().x, piece.corners.front().y);
  const bool whole = std::all_of(piece.corners.begin(), piece.corners.end(),
                                 [&](const Corner& c) { return child_of(cell, c.x, c.y) == first; });
  if (whole) {
    children[first].push_back(std::move(piece));
    return;
  }
  Piece now = piece;
  now.corners.assign(1, piece.corners.front());
  uint32_t child = first;
  for (size_t i = 1; i < piece.corners.size(); ++i) {
    const Corner& a = piece.corners[i - 1];
    const Corner& b = piece.corners[i];
    const Crossings met = crossings(cell, a, b);
    for (int k = 0; k < met.count; ++k) {
      const Crossing& c = met.list[k];
      const auto along = [&](double from, double to) { return from + (to - from) * c.share; };
      Corner cut;
      cut.x = c.at_x ? cell.x + cell.half() : static_cast<uint32_t>(along(a.x, b.x) + 0.5);
      cut.y = c.at_y ? cell.y + cell.half() : static_cast<uint32_t>(along(a.y, b.y) + 0.5);
      cut.offset_m = along(a.offset_m, b.offset_m);
      cut.position = a.position;
      const NodeKey key = cut_key(network, piece, a, c, cell);
      now.corners.push_back(cut);
      now.to = key;
      now.to_open = false;
      children[child].push_back(now);
      now.corners.assign(1, cut);
      now.from = key;
      now.from_open = false;
      child ^= (c.at_x ? 1U : 0U) | (c.at_y ? 2U : 0U);
    }
    now.corners.push_back(b);
  }
  now.to = piece.to;
  now.to_open = piece.to_open;
  children[child].push_back(std::move(now));
}

void clip(const Network& network, const Cell& cell, Piece piece, std::vector<Piece>* out) {
  const auto inside = [&](const Corner& c) { return holds(cell, c); };
  if (std::all_of(piece.corners.begin(), piece.corners.end(), inside)) {
    out->push_back(std::move(piece));
    return;
  }
  std::vector<Piece> parts;
  parts.push_back(std::move(piece));
  for (uint32_t level = 0; level < cell.level && !parts.empty(); ++level) {
    const Cell here = ancestor(cell, level);
    std::vector<Piece> children[4];
    for (Piece& p : parts) split(network, here, std::move(p), children);
    parts = std::move(children[child_of(here, cell.x, cell.y)]);
  }
  std::move(parts.begin(), parts.end(), std::back_inserter(*out));
}

}  // namespace tomare::compiler
