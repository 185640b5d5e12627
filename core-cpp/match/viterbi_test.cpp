// SPDX-License-Identifier: MIT
// The slow twin: every path is listed, its likelihood summed; Viterbi and posterior must agree.
#include "core-cpp/match/viterbi.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core-cpp/match/viterbi_test.hpp"

namespace tomare::match {
namespace {

struct Model {
  std::vector<std::vector<float>> emission;
  std::vector<std::vector<float>> transition;
};

Model random_model(uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> cost(0, 6);
  Model m;
  const uint32_t steps = 2 + random() % 4;
  for (uint32_t k = 0; k < steps; ++k) {
    m.emission.emplace_back(1 + random() % 6);
    for (float& e : m.emission.back()) e = cost(random);
    if (k == 0) continue;
    m.transition.emplace_back(m.emission[k - 1].size() * m.emission[k].size());
    for (float& t : m.transition.back()) t = random() % 5 == 0 ? 40.0F : cost(random);
  }
  return m;
}

void walk(const Model& m, std::vector<uint32_t>* path, double cost, double* best, std::vector<uint32_t>* best_path,
          std::vector<std::vector<double>>* mass) {
  const size_t k = path->size();
  if (k == m.emission.size()) {
    if (cost < *best) {
      *best = cost;
      *best_path = *path;
    }
    for (size_t i = 0; i < k; ++i) (*mass)[i][(*path)[i]] += std::exp(-cost);
    return;
  }
  for (uint32_t j = 0; j < m.emission[k].size(); ++j) {
    const double step = k == 0 ? 0 : m.transition[k - 1][path->back() * m.emission[k].size() + j];
    path->push_back(j);
    walk(m, path, cost + step + m.emission[k][j], best, best_path, mass);
    path->pop_back();
  }
}

TEST(Trellis, AgreesWithAllPathsListed) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const Model m = random_model(seed);
    Trellis trellis;
    for (size_t k = 0; k < m.emission.size(); ++k) {
      testing::add_step(&trellis, m.emission[k], k > 0 ? m.transition[k - 1] : std::vector<float>{});
    }
    std::vector<uint32_t> path, best_path, decoded;
    std::vector<std::vector<double>> mass;
    for (const auto& e : m.emission) mass.emplace_back(e.size(), 0.0);
    double best = 1e30;
    walk(m, &path, 0, &best, &best_path, &mass);
    trellis.decode(&decoded);
    EXPECT_EQ(decoded, best_path) << seed;
    std::vector<float> gamma;
    trellis.posterior(&gamma);
    for (uint32_t k = 0; k < mass.size(); ++k) {
      double sum = 0;
      for (const double x : mass[k]) sum += x;
      for (uint32_t j = 0; j < mass[k].size(); ++j) {
        EXPECT_NEAR(gamma[trellis.offset(k) + j], mass[k][j] / sum, 1e-4) << seed;
      }
    }
  }
}

}  // namespace
}  // namespace tomare::match
