// SPDX-License-Identifier: MIT
#include "mapdata/compiler/overlay/overlay_unsure.hpp"

#include <algorithm>
#include <unordered_map>

namespace tomare::compiler {
namespace {

using map::Attributes;

/// What the rows ask of one object, and what was there.
struct Named {
  uint16_t wanted = 0, found = 0;  ///< masks of UnsureRule
  bool there = false;
};
using NamedById = std::unordered_map<int64_t, Named>;

bool has_condition(const WayFacts& facts, map::ConditionTarget target) {
  return std::any_of(facts.conditions.begin(), facts.conditions.end(),
                     [target](const ParsedCondition& c) { return c.target == target; });
}

bool oneway(const WayFacts& facts) {
  return (facts.attributes.oneway_against[0] | facts.attributes.oneway_against[1]) != 0 ||
         has_condition(facts, map::kConditionOneway);
}

bool keeps_out(const WayFacts& facts) {
  const Attributes& a = facts.attributes;
  bool some = map::closed_class(a.road_class);
  for (const int direction : {map::kForward, map::kBackward}) {
    for (int v = 0; v < map::kVehicleCount; ++v) some = some || !map::open_to_all(map::access_in(a, direction, v));
  }
  return some || has_condition(facts, map::kConditionAccess) || has_condition(facts, map::kConditionSize);
}

/// The rule that a point gives; 0: none that is called unsure.
uint16_t rule_of(uint8_t kind) {
  switch (kind) {
    case map::kStop:
      return kUnsure_stop_sign;
    case map::kLevelCrossing:
      return kUnsure_level_crossing;
    default:
      return 0;
  }
}

class Marker {
 public:
  Marker(const std::vector<OverlayRow>& rows, Network* network) : rows_(rows), n_(*network) {}

  bool read(const std::vector<const char*>& reasons) {
    bool some = false;
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].kind != OverlayKind::unsure || reasons[i] != nullptr) continue;
      Named& named = of(rows_[i]);
      named.wanted = static_cast<uint16_t>(named.wanted | rows_[i].value);
      some = true;
    }
    return some;
  }

  void ways() {
    for (FactStretch& s : n_.stretches) {
      const auto at = ways_.find(n_.ways[s.way].id);
      if (at != ways_.end()) s.facts = marked(s.facts, &at->second);
    }
    for (auto& [id, named] : ways_) {
      const uint32_t way = n_.find_way(id);
      if (way == kMissing) continue;
      named.there = true;
      n_.ways[way].facts = marked(n_.ways[way].facts, &named);
    }
  }

  void points(std::vector<PlacedPoint>* placed) {
    for (PlacedPoint& p : *placed) {
      const auto at = nodes_.find(p.point.node);
      if (at == nodes_.end()) continue;
      if (meets(rule_of(p.point.kind), &at->second))
        p.point.flags = static_cast<uint8_t>(p.point.flags | map::kPointUnsure);
    }
  }

  void restrictions(std::vector<PlacedRestriction>* placed) {
    for (PlacedRestriction& r : *placed) {
      const auto at = relations_.find(n_.restrictions[r.raw].id);
      if (at == relations_.end() || !meets(kUnsure_turn_ban, &at->second)) continue;
      r.record.flags = static_cast<uint8_t>(r.record.flags | map::kRestrictionUnsure);
    }
  }

  void tell(std::vector<const char*>* reasons) {
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].kind == OverlayKind::unsure && (*reasons)[i] == nullptr) (*reasons)[i] = reason(rows_[i]);
    }
  }

 private:
  Named& of(const OverlayRow& row) {
    NamedById& all = row.object == OsmObject::way ? ways_ : row.object == OsmObject::node ? nodes_ : relations_;
    return all[row.object_id];
  }

  static bool meets(uint16_t rules, Named* named) {
    const auto both = static_cast<uint16_t>(rules & named->wanted);
    named->found = static_cast<uint16_t>(named->found | both);
    return both != 0;
  }

  /// Index of the same facts with those marked that the rows name.
  uint32_t marked(uint32_t index, Named* named) {
    const bool way_unsure = oneway(n_.facts[index]) && meets(kUnsure_wrong_way, named);
    const bool access_unsure = keeps_out(n_.facts[index]) && meets(kUnsure_no_entry, named);
    if (!way_unsure && !access_unsure) return index;
    WayFacts facts = n_.facts[index];
    const int flags = (way_unsure ? map::kFlagOnewayUnsure : 0) | (access_unsure ? map::kFlagAccessUnsure : 0);
    facts.attributes.flags = static_cast<uint16_t>(facts.attributes.flags | flags);
    return n_.intern(std::move(facts));
  }

  /// Why a row marks nothing; nullptr: it does.
  const char* reason(const OverlayRow& row) {
    const Named& named = of(row);
    if ((row.value & named.found) != 0) return nullptr;
    if (row.object == OsmObject::relation) return "the map has no such turn restriction";
    const auto rules = static_cast<uint16_t>(row.value & rules_of(row.object));
    if (row.object == OsmObject::node) {
      if (rules == kUnsure_stop_sign) return "the map has no stop sign at the node";
      if (rules == kUnsure_level_crossing) return "the map has no level crossing at the node";
      return "the map has neither a stop sign nor a level crossing at the node";
    }
    if (!named.there) return "the way is no road of the extract";
    if (rules == kUnsure_wrong_way) return "the way is not one-way";
    return rules == kUnsure_no_entry ? "the way is closed to no vehicle"
                                     : "the way is neither one-way nor closed to a vehicle";
  }

  const std::vector<OverlayRow>& rows_;
  Network& n_;
  NamedById ways_, nodes_, relations_;
};

}  // namespace

void mark_unsure(const std::vector<OverlayRow>& rows, Network* network, std::vector<PlacedPoint>* points,
                 std::vector<PlacedRestriction>* restrictions, std::vector<const char*>* reasons) {
  Marker marker(rows, network);
  if (!marker.read(*reasons)) return;
  marker.ways();
  marker.points(points);
  marker.restrictions(restrictions);
  marker.tell(reasons);
}

}  // namespace tomare::compiler
