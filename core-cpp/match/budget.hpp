// SPDX-License-Identifier: MIT
// The most work that one fix, and one drive, can ask for, whatever map, log and settings are (docs/MATCHING.md,
// Bounds). An ordinary drive comes near none of these. What they cut is marked, and the rules leave it undetermined.
#pragma once

#include <algorithm>
#include <cstdint>

namespace tomare::match {

inline constexpr float kMostRadiusM = 640;          ///< roads are looked for: five times the largest error of a fix
inline constexpr uint32_t kMostTiles = 48;          ///< a search for roads looks into; Graph::kWindow stay valid
inline constexpr uint32_t kMostPieces = 2048;       ///< of roads that it measures
inline constexpr uint32_t kMostCandidates = 64;     ///< of a fix; each has a state in either direction
inline constexpr uint32_t kMostTurns = 120'000;     ///< that the searches for routes to a fix's states try
inline constexpr uint32_t kMostLegs = 1024;         ///< between two anchors, on which a fix between these is placed
inline constexpr uint64_t kMostCosts = 1ULL << 27;  ///< that a section's trellis holds; a new section begins then

// What is left to a fix once its drive has spent all that is its own.
inline constexpr uint32_t kLeastPieces = 64, kLeastCandidates = 4, kLeastTurns = 256;

/// Of a drive, for all its matches together, in turns tried.
inline constexpr uint64_t kOfAnyDrive = 1ULL << 18, kPerAnchor = 1ULL << 17, kMostOfDrive = 1ULL << 29;
inline constexpr uint32_t kPiecesATurn = 4, kCostsATurn = 8;  ///< that take as long as one turn

/// What is left to a drive.
class Budget {
 public:
  void begin_drive(uint64_t anchors) { left_ = std::min(kMostOfDrive, kOfAnyDrive + kPerAnchor * anchors); }
  bool spent() const { return left_ == 0; }
  uint32_t pieces() const { return spent() ? kLeastPieces : kMostPieces; }
  uint32_t candidates() const { return spent() ? kLeastCandidates : kMostCandidates; }
  uint32_t turns() const { return std::max(kLeastTurns, static_cast<uint32_t>(std::min<uint64_t>(left_, kMostTurns))); }
  void spend_pieces(uint32_t pieces) { spend(pieces / kPiecesATurn); }
  void spend_costs(uint64_t costs) { spend(costs / kCostsATurn); }
  void spend(uint64_t turns) { left_ -= std::min(left_, turns); }

 private:
  uint64_t left_ = 0;
};

}  // namespace tomare::match
