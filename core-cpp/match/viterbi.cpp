// SPDX-License-Identifier: MIT
#include "core-cpp/match/viterbi.hpp"

#include "core-cpp/base/angle.hpp"

namespace tomare::match {

void Trellis::clear() {
  first_.clear();
  emission_.clear();
  matrix_.clear();
  cost_.clear();
}

void Trellis::add_step(const float* emission, uint32_t states) {
  first_.push_back(static_cast<uint32_t>(emission_.size()));
  matrix_.push_back(cost_.size());
  emission_.insert(emission_.end(), emission, emission + states);
}

void Trellis::add_transitions(const float* cost) {
  const uint32_t now = steps() - 1;
  cost_.insert(cost_.end(), cost, cost + size_t{states(now - 1)} * states(now));
}

uint32_t Trellis::states(uint32_t step) const {
  const auto end = step + 1 < first_.size() ? first_[step + 1] : emission_.size();
  return static_cast<uint32_t>(end) - first_[step];
}

void Trellis::decode(std::vector<uint32_t>* best) const {
  std::vector<float> score(emission_.size());
  std::vector<uint16_t> back(emission_.size());
  for (uint32_t j = 0; j < states(0); ++j) score[j] = emission_[j];
  for (uint32_t k = 1; k < steps(); ++k) {
    const uint32_t rows = states(k - 1);
    const uint32_t columns = states(k);
    const float* cost = cost_.data() + matrix_[k];
    const float* before = score.data() + first_[k - 1];
    float* now = score.data() + first_[k];
    float lowest = kForbidden;
    for (uint32_t j = 0; j < columns; ++j) {
      float least = kForbidden;
      uint16_t from = 0;
      for (uint32_t i = 0; i < rows; ++i) {
        const float total = before[i] + cost[i * columns + j];
        if (total < least) {
          least = total;
          from = static_cast<uint16_t>(i);
        }
      }
      now[j] = least < kForbidden ? least + emission_[first_[k] + j] : kForbidden;
      back[first_[k] + j] = from;
      lowest = now[j] < lowest ? now[j] : lowest;
    }
    for (uint32_t j = 0; j < columns; ++j) {
      if (now[j] < kForbidden) now[j] -= lowest;
    }
  }
  best->assign(steps(), 0);
  const uint32_t last = steps() - 1;
  for (uint32_t j = 1; j < states(last); ++j) {
    if (score[first_[last] + j] < score[first_[last] + (*best)[last]]) (*best)[last] = j;
  }
  for (uint32_t k = last; k > 0; --k) (*best)[k - 1] = back[first_[k] + (*best)[k]];
}

namespace {

void normalise(float* values, uint32_t count) {
  float sum = 0;
  for (uint32_t j = 0; j < count; ++j) sum += values[j];
  const float factor = sum > 0 ? 1.0F / sum : 0;
  for (uint32_t j = 0; j < count; ++j) values[j] = sum > 0 ? values[j] * factor : 1.0F / static_cast<float>(count);
}

}  // namespace

void Trellis::posterior(std::vector<float>* probability) const {
  std::vector<float>& alpha = *probability;
  alpha.resize(emission_.size());
  std::vector<float> weight(cost_.size());
  for (size_t i = 0; i < cost_.size(); ++i) weight[i] = exp_neg(cost_[i]);
  std::vector<float> likelihood(emission_.size());
  for (uint32_t k = 0; k < steps(); ++k) {
    float least = emission_[first_[k]];
    for (uint32_t j = 1; j < states(k); ++j) {
      least = emission_[first_[k] + j] < least ? emission_[first_[k] + j] : least;
    }
    for (uint32_t j = 0; j < states(k); ++j) {
      likelihood[first_[k] + j] = exp_neg(emission_[first_[k] + j] - least);
    }
  }
  for (uint32_t j = 0; j < states(0); ++j) alpha[j] = likelihood[j];
  normalise(alpha.data(), states(0));
  for (uint32_t k = 1; k < steps(); ++k) {
    const uint32_t rows = states(k - 1);
    const uint32_t columns = states(k);
    const float* w = weight.data() + matrix_[k];
    const float* before = alpha.data() + first_[k - 1];
    float* now = alpha.data() + first_[k];
    for (uint32_t j = 0; j < columns; ++j) now[j] = 0;
    for (uint32_t i = 0; i < rows; ++i) {
      for (uint32_t j = 0; j < columns; ++j) now[j] += before[i] * w[i * columns + j];
    }
    for (uint32_t j = 0; j < columns; ++j) now[j] *= likelihood[first_[k] + j];
    normalise(now, columns);
  }
  std::vector<float> beta(states(steps() - 1), 1.0F);
  std::vector<float> previous;
  for (uint32_t k = steps() - 1; k > 0; --k) {
    const uint32_t rows = states(k - 1);
    const uint32_t columns = states(k);
    const float* w = weight.data() + matrix_[k];
    for (uint32_t j = 0; j < columns; ++j) beta[j] *= likelihood[first_[k] + j];
    previous.assign(rows, 0);
    for (uint32_t i = 0; i < rows; ++i) {
      for (uint32_t j = 0; j < columns; ++j) previous[i] += w[i * columns + j] * beta[j];
    }
    normalise(previous.data(), rows);
    beta.swap(previous);
    float* now = alpha.data() + first_[k - 1];
    for (uint32_t i = 0; i < rows; ++i) now[i] *= beta[i];
    normalise(now, rows);
  }
}

}  // namespace tomare::match
