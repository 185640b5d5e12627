// SPDX-License-Identifier: MIT
#include "core-cpp/match/arcs.hpp"

namespace tomare::match {

using map::ArcRef;

namespace {
constexpr uint32_t kMaxTurns = 64;
}

ArcTable::ArcTable(map::Graph& graph, const Costs& costs) : graph_(graph), costs_(costs) { clear(); }

void ArcTable::clear() {
  arcs_.clear();
  turns_.clear();
  table_.assign(1024, kNone);
}

size_t ArcTable::slot(ArcRef arc) const {
  uint32_t h = arc.tile * 0x9E3779B1U ^ (uint32_t{arc.segment} * 2 + arc.backward) * 0x85EBCA6BU;
  h ^= h >> 15;
  const size_t mask = table_.size() - 1;
  for (size_t i = h & mask;; i = (i + 1) & mask) {
    if (table_[i] == kNone || arcs_[table_[i]].arc == arc) return i;
  }
}

void ArcTable::grow() {
  table_.assign(table_.size() * 2, kNone);
  for (uint32_t n = 0; n < arcs_.size(); ++n) table_[slot(arcs_[n].arc)] = n;
}

uint32_t ArcTable::number(ArcRef arc) {
  const size_t at = slot(arc);
  if (table_[at] != kNone) return table_[at];
  const map::Tile* tile = graph_.tile(arc.tile);
  if (tile == nullptr) return kNone;
  ArcInfo info;
  info.arc = arc;
  info.length_m = static_cast<float>(tile->segments[arc.segment].length_cm) * 0.01F;
  info.standing = standing(tile->attributes_of(arc.segment), costs_.vehicle(), arc.backward);
  info.rate = costs_.per_metre(info.standing.illegal);
  const auto n = static_cast<uint32_t>(arcs_.size());
  arcs_.push_back(info);
  table_[at] = n;
  if (arcs_.size() * 2 > table_.size()) grow();
  return n;
}

void ArcTable::expand(uint32_t number_of_arc) {
  const ArcRef arc = arcs_[number_of_arc].arc;
  const RoadStanding before = arcs_[number_of_arc].standing;
  arcs_[number_of_arc].expanded = true;
  arcs_[number_of_arc].first_turn = static_cast<uint32_t>(turns_.size());
  ArcRef next[kMaxTurns];
  const uint32_t count = graph_.leaving(arc, next, kMaxTurns);
  const map::Tile* tile = graph_.tile(arc.tile);
  if (tile == nullptr) return;
  const map::Segment& segment = tile->segments[arc.segment];
  const uint32_t node = arc.backward != 0 ? segment.from_node : segment.to_node;
  const uint8_t flags = tile->nodes[node].flags;
  const bool dead_end = count <= 1 && (flags & map::kNodeCut) == 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t to = number(next[i]);
    if (to == kNone) continue;
    float events = costs_.change(before, arcs_[to].standing);
    const bool back = next[i].tile == arc.tile && next[i].segment == arc.segment;
    if (back) events += dead_end ? costs_.uturn() * 0.5F : costs_.uturn();
    const bool banned = (flags & map::kNodeBanned) != 0 && next[i].tile == arc.tile;
    tile = graph_.tile(arc.tile);
    if (banned && tile != nullptr && turn_banned(*tile, node, arc.segment, next[i].segment, costs_.vehicle())) {
      events += costs_.banned_turn();
    }
    turns_.push_back({to, events});
    arcs_[number_of_arc].turn_count += 1;
  }
}

const Turn* ArcTable::turns(uint32_t number_of_arc) {
  if (!arcs_[number_of_arc].expanded) expand(number_of_arc);
  return turns_.data() + arcs_[number_of_arc].first_turn;
}

}  // namespace tomare::match
