// SPDX-License-Identifier: MIT
// Limits of weight and size: closures for the vehicles beyond them, each with its conditions and exceptions.
#include <algorithm>

#include "mapdata/compiler/tags/attributes.hpp"
#include "mapdata/compiler/tags/numbers.hpp"
#include "mapdata/compiler/tags/way_conditions.hpp"

namespace tomare::compiler {

using namespace map;  // NOLINT: the format's names, all of them used here

namespace {

struct SizeKey {
  std::string_view key;
  Quantity quantity;
  SizeKind kind;
};
constexpr SizeKey kSizes[] = {
    {"maxweight", kWeight, SizeKind::weight},     {"maxweightrating", kWeightRating, SizeKind::weight},
    {"maxaxleload", kAxleLoad, SizeKind::weight}, {"maxheight", kHeight, SizeKind::length},
    {"maxwidth", kWidth, SizeKind::length},       {"maxlength", kLength, SizeKind::length}};

const SizeKey* size_key(std::string_view stem) {
  for (const SizeKey& size : kSizes) {
    if (size.key == stem) return &size;
  }
  return nullptr;
}

bool binds_nobody(std::string_view text) {
  for (const std::string_view word : {"none", "no", "default", "unsigned", "unlimited", "no_sign", "no_indications"}) {
    if (text == word) return true;
  }
  return false;
}

/// Goods vehicles of every weight count for the rating that a sign of goods vehicles names.
uint8_t bound(const SizeKey& size, const KeyParts& parts) {
  const bool goods = size.quantity == kWeightRating && parts.key == kKeyHgv;
  return static_cast<uint8_t>(parts.vehicles | (goods ? bit(kLightGoods) : 0));
}

ParsedCondition base_of(const SizeKey& size, const KeyParts& parts, std::string_view figure) {
  ParsedCondition c;
  c.target = kConditionSize;
  c.directions = parts.directions;
  c.vehicles = bound(size, parts);
  c.key = parts.key;
  c.value = kAccessNo;
  int32_t thousandths = kNoBound;
  c.understood =
      !parts.unknown && !parts.lanes && (binds_nobody(figure) || parse_size(figure, size.kind, &thousandths));
  c.terms.push_back({kTermCompare, 0, static_cast<uint16_t>(size.quantity * 8 + kGreater), thousandths, 0});
  return c;
}

/// The groups of a condition behind the one of the figure; false where there is no room for them.
bool append_terms(const std::vector<Term>& condition, ParsedCondition* c) {
  for (Term t : condition) {
    if (t.rule >> 4 == 15) return false;
    t.rule = static_cast<uint8_t>(t.rule + 16);
    c->terms.push_back(t);
  }
  return c->terms.size() <= kMaxTerms;
}

void read_size(std::string_view key, std::string_view value, std::vector<ParsedCondition>* out) {
  const KeyParts parts = parts_of(key);
  const SizeKey* size = size_key(parts.stem);
  if (size == nullptr || parts.other_vehicle || parts.no_duty || parts.kind_of_bus) return;
  const std::string text = tag_text(key, value);
  if (!parts.conditional) {
    if (parts.unknown) return;
    ParsedCondition c = base_of(*size, parts, trimmed(value));
    c.text = text;
    out->push_back(std::move(c));
    return;
  }
  std::vector<Term> terms;
  for (const Clause& clause : split_clauses(value)) {
    ParsedCondition c = base_of(*size, parts, clause.value);
    const bool read = clause.clear && parse_condition(clause.condition, &terms) && append_terms(terms, &c);
    c.understood = c.understood && read;
    c.text = text;
    out->push_back(std::move(c));
  }
}

uint16_t quantity(const ParsedCondition& c) { return static_cast<uint16_t>(c.terms.front().flags >> 3); }

}  // namespace

std::vector<ParsedCondition> size_limits(const Tags& tags) {
  std::vector<ParsedCondition> found;
  for (const bool conditional : {false, true}) {
    for (const auto& [key, value] : tags) {
      if (parts_of(key).conditional == conditional) read_size(key, value, &found);
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const ParsedCondition& a, const ParsedCondition& b) {
    if (quantity(a) != quantity(b)) return quantity(a) < quantity(b);
    return a.key != b.key ? a.key<b.key : (a.directions == 3)>(b.directions == 3);
  });
  return found;
}

}  // namespace tomare::compiler
