// SPDX-License-Identifier: MIT
// Viterbi decoding and the forward-backward posterior over one trellis. Knows no roads: costs are
// negative log-likelihoods. (Rabiner 1989, A Tutorial on Hidden Markov Models, III.A-B.)
#pragma once

#include <cstdint>
#include <vector>

namespace tomare::match {

/// A cost that forbids.
inline constexpr float kForbidden = 1e30F;

class Trellis {
 public:
  void clear();
  /// Opens the next step with its emission costs; `entry[j]` is the cost of starting in j.
  void add_step(const float* emission, uint32_t states);
  /// Cost matrix from the step before to this one, row-major [previous][now]; call after add_step.
  void add_transitions(const float* cost);

  uint32_t steps() const { return static_cast<uint32_t>(first_.size()); }
  uint32_t states(uint32_t step) const;

  /// The most likely state of each step. At least one step.
  void decode(std::vector<uint32_t>* best) const;
  /// Probability of each state, `at(step)[state]`; every step's sum is 1.
  void posterior(std::vector<float>* probability) const;
  /// Where a step's states begin in posterior's output.
  uint32_t offset(uint32_t step) const { return first_[step]; }

 private:
  std::vector<uint32_t> first_;         ///< first state of each step
  std::vector<float> emission_;
  std::vector<uint64_t> matrix_;        ///< first transition of each step (0 for the first)
  std::vector<float> cost_;
};

}  // namespace tomare::match
