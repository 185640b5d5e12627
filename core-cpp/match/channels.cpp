// SPDX-License-Identifier: MIT
#include "core-cpp/match/channels.hpp"

namespace tomare::match {

Fixes Channels::believed(Fixes log) const {
  if (!speed_mps.empty()) log.speed_mps = speed_mps.data();
  if (!heading_deg.empty()) log.heading_deg = heading_deg.data();
  if (!accuracy_m.empty()) log.accuracy_m = accuracy_m.data();
  return log;
}

}  // namespace tomare::match
