// SPDX-License-Identifier: MIT
// Viterbi decoding and the forward-backward posterior over one trellis. Knows no roads: costs are
// negative log-likelihoods. (Rabiner 1989, A Tutorial on Hidden Markov Models, III.A-B.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core-cpp/base/float4.hpp"

namespace tomare::match {

/// A cost that forbids.
inline constexpr float kForbidden = 1e30F;

/// Steps are added one after another. States and rows are padded to whole vectors of four; what is padded is forbidden.
class Trellis {
 public:
  /// Begins anew, with room for so many steps.
  void clear(uint32_t steps);
  /// Opens the next step: its emission costs, to be written. Valid until the next call.
  float* open_step(uint32_t states);
  /// From the second step on, the cost matrix from the step before, all forbidden until written: a row of
  /// row_length() for each state of the step before. Valid until the next call.
  float* open_transitions();
  uint32_t row_length() const;
  /// Goes on to the open step.
  void follow();

  /// Costs that it holds.
  uint64_t costs() const { return cost_count_; }

  uint32_t steps() const { return static_cast<uint32_t>(first_.size()); }
  uint32_t states(uint32_t step) const { return states_[step]; }
  /// Cost of the best path to each state of a step that was followed; from the second on the least of them is 0.
  const float* score(uint32_t step) const { return score_.data() + first_[step]; }

  /// The most likely state of each step. At least one step.
  void decode(std::vector<uint32_t>* best) const;
  /// Probability of each state, `at(step)[state]`; every step's sum is 1. Uses the costs up: last of all.
  void posterior(std::vector<float>* probability);
  /// Where a step's states begin in posterior's output.
  uint32_t offset(uint32_t step) const { return first_[step]; }

 private:
  std::vector<uint32_t> first_;   ///< first state of each step
  std::vector<uint32_t> states_;  ///< their number
  FloatRoom emission_, score_;    ///< room for them
  std::vector<float*> matrix_;    ///< first transition of each step (of the first: none)
  size_t state_count_ = 0;
  uint64_t cost_count_ = 0;
  /// Transitions lie in blocks, which do not move.
  struct Block {
    std::unique_ptr<float[]> costs;
    size_t room = 0, count = 0;
  };
  static constexpr size_t kBlock = 16384;
  float* costs_for(size_t count);
  /// On likelihoods, as posterior makes them: `alpha` of each state, then times what comes after it.
  void forward(float* alpha) const;
  void backward(uint32_t largest, float* alpha) const;
  std::vector<Block> blocks_;
  size_t open_block_ = 0;
};

}  // namespace tomare::match
