// SPDX-License-Identifier: MIT
#include "core-cpp/match/viterbi.hpp"

#include <algorithm>

#include "core-cpp/base/float4.hpp"

namespace tomare::match {
namespace {

constexpr uint32_t kFewStates = 4;     ///< of a step, that there is room for at once, and as many again …
constexpr uint32_t kManySteps = 4096;  ///< … for so many steps

}  // namespace

void Trellis::clear(uint32_t steps) {
  first_.clear();
  states_.clear();
  matrix_.clear();
  first_.reserve(steps);
  states_.reserve(steps);
  matrix_.reserve(steps);
  state_count_ = 0;
  cost_count_ = 0;
  const size_t states = size_t{kFewStates} * std::min(steps, kManySteps);
  emission_.make(states, 0);
  score_.make(states, 0);
  for (Block& block : blocks_) block.count = 0;
  open_block_ = 0;
}

float* Trellis::open_step(uint32_t states) {
  const size_t first = state_count_;
  first_.push_back(static_cast<uint32_t>(first));
  states_.push_back(states);
  matrix_.push_back(nullptr);
  state_count_ += whole4(states);
  emission_.make(state_count_, first);
  score_.make(state_count_, first);
  fill4(emission_.data() + first, whole4(states), kForbidden);
  return emission_.data() + first;
}

uint32_t Trellis::row_length() const { return whole4(states_.back()); }

float* Trellis::open_transitions() {
  const size_t count = size_t{whole4(states(steps() - 2))} * row_length();
  matrix_.back() = costs_for(count);
  fill4(matrix_.back(), count, kForbidden);
  return matrix_.back();
}

float* Trellis::costs_for(size_t count) {
  while (open_block_ < blocks_.size() && blocks_[open_block_].room - blocks_[open_block_].count < count) ++open_block_;
  if (open_block_ == blocks_.size()) {
    const size_t room = std::max(kBlock, count);
    blocks_.push_back({std::make_unique_for_overwrite<float[]>(room), room, 0});
  }
  Block& block = blocks_[open_block_];
  float* costs = block.costs.get() + block.count;
  block.count += count;
  cost_count_ += count;
  return costs;
}

void Trellis::follow() {
  const uint32_t k = steps() - 1;
  if (k == 0) {
    std::copy(emission_.data(), emission_.data() + state_count_, score_.data());
    return;
  }
  const uint32_t rows = states(k - 1), length = whole4(states(k));
  const float* cost = matrix_[k];
  const float* emission = emission_.data() + first_[k];
  const float* before = score_.data() + first_[k - 1];
  float* now = score_.data() + first_[k];
  const Float4 forbidden = all4(kForbidden);
  Float4 lowest = forbidden;
  for (uint32_t j = 0; j < length; j += 4) {
    Float4 best = forbidden;
    const float* column = cost + j;
    for (uint32_t i = 0; i < rows; ++i, column += length) best = min4(best, all4(before[i]) + load4(column));
    best = min4(forbidden, best + load4(emission + j));
    store4(now + j, best);
    lowest = min4(lowest, best);
  }
  const float least = least_of(lowest);
  if (least >= kForbidden) return;
  for (uint32_t j = 0; j < length; j += 4) store4(now + j, load4(now + j) - all4(least));  // forbidden stays that
}

void Trellis::decode(std::vector<uint32_t>* best) const {
  const uint32_t last = steps() - 1;
  best->resize(steps());
  uint32_t* path = best->data();
  const float* end = score_.data() + first_[last];
  path[last] = static_cast<uint32_t>(std::min_element(end, end + states(last)) - end);
  for (uint32_t k = last; k > 0; --k) {
    const uint32_t rows = states(k - 1), length = whole4(states(k));
    const float* cost = matrix_[k] + path[k];
    const float* before = score_.data() + first_[k - 1];
    float least = kForbidden;
    uint32_t from = 0;
    for (uint32_t i = 0; i < rows; ++i, cost += length) {
      const float total = before[i] + *cost;
      if (total < least) {
        least = total;
        from = i;
      }
    }
    path[k - 1] = from;
  }
}

namespace {

constexpr float kInvertible = 1e-37F;  ///< one divided by less may be infinite

/// Makes the sum of a row 1.
void normalise(float* values, uint32_t count) {
  Float4 sums = all4(0);
  for (uint32_t j = 0; j < count; j += 4) sums += load4(values + j);
  const float sum = sum_of(sums);
  if (sum > 0 && sum < kInvertible) {
    for (uint32_t j = 0; j < count; j += 4) store4(values + j, load4(values + j) / all4(sum));
  } else if (sum > 0) {
    const Float4 factor = all4(1.0F / sum);
    for (uint32_t j = 0; j < count; j += 4) store4(values + j, load4(values + j) * factor);
  } else {
    std::fill(values, values + count, 1.0F / static_cast<float>(count));
  }
}

void exp_neg_all(float* values, size_t count) {
  const ExpNeg4 exp_neg;
  for (size_t i = 0; i < count; i += 4) store4(values + i, exp_neg(load4(values + i)));
}

/// The least of each row becomes 0.
void lower(float* values, uint32_t length) {
  Float4 lowest = load4(values);
  for (uint32_t j = 4; j < length; j += 4) lowest = min4(lowest, load4(values + j));
  const Float4 least = all4(least_of(lowest));
  for (uint32_t j = 0; j < length; j += 4) store4(values + j, load4(values + j) - least);
}

/// Sums of the products with `beta`, of the four rows from `row` on.
Float4 sums_of_four(const float* row, uint32_t length, const float* beta) {
  Float4 a = all4(0), b = a, c = a, d = a;
  for (uint32_t j = 0; j < length; j += 4, row += 4) {
    const Float4 factor = load4(beta + j);
    a += load4(row) * factor;
    b += load4(row + length) * factor;
    c += load4(row + 2 * length) * factor;
    d += load4(row + 3 * length) * factor;
  }
  const Float4 ab = __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
  const Float4 cd = __builtin_shufflevector(c, d, 0, 1, 4, 5) + __builtin_shufflevector(c, d, 2, 3, 6, 7);
  return __builtin_shufflevector(ab, cd, 0, 2, 4, 6) + __builtin_shufflevector(ab, cd, 1, 3, 5, 7);
}

void multiply(float* values, const float* by, uint32_t length) {
  for (uint32_t j = 0; j < length; j += 4) store4(values + j, load4(values + j) * load4(by + j));
}

}  // namespace

void Trellis::posterior(std::vector<float>* probability) {
  uint32_t largest = 0;
  for (uint32_t k = 0; k < steps(); ++k) {
    const uint32_t length = whole4(states(k));
    lower(emission_.data() + first_[k], length);
    largest = std::max(largest, length);
  }
  exp_neg_all(emission_.data(), state_count_);
  for (Block& block : blocks_) exp_neg_all(block.costs.get(), block.count);
  probability->resize(state_count_);
  forward(probability->data());
  backward(largest, probability->data());
}

void Trellis::forward(float* alpha) const {
  const float* likelihood = emission_.data();
  std::copy(likelihood, likelihood + states(0), alpha);
  std::fill(alpha + states(0), alpha + whole4(states(0)), 0.0F);
  normalise(alpha, states(0));
  for (uint32_t k = 1; k < steps(); ++k) {
    const uint32_t rows = states(k - 1), length = whole4(states(k));
    const float* before = alpha + first_[k - 1];
    float* now = alpha + first_[k];
    for (uint32_t j = 0; j < length; j += 4) {
      Float4 sum = all4(0);
      const float* column = matrix_[k] + j;
      for (uint32_t i = 0; i < rows; ++i, column += length) sum += all4(before[i]) * load4(column);
      store4(now + j, sum * load4(likelihood + first_[k] + j));
    }
    normalise(now, states(k));
  }
}

void Trellis::backward(uint32_t largest, float* alpha) const {
  const float* likelihood = emission_.data();
  std::vector<float> beta(largest, 1.0F), previous(largest);
  for (uint32_t k = steps() - 1; k > 0; --k) {
    const uint32_t rows = states(k - 1), length = whole4(states(k));
    multiply(beta.data(), likelihood + first_[k], length);
    const float* row = matrix_[k];
    for (uint32_t i = 0; i < rows; i += 4, row += size_t{4} * length) {
      store4(previous.data() + i, sums_of_four(row, length, beta.data()));
    }
    normalise(previous.data(), rows);
    beta.swap(previous);
    multiply(alpha + first_[k - 1], beta.data(), whole4(rows));
    normalise(alpha + first_[k - 1], rows);
  }
}

}  // namespace tomare::match
