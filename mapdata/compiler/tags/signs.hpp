// SPDX-License-Identifier: MIT
// Signs by the values of `traffic_sign` (OSM wiki: Key:traffic_sign): a word, or a country and the number in its law.
#pragma once

#include <span>
#include <string_view>

namespace tomare::compiler {

/// A sign's words and numbers; those of one country begin with its code.
using SignNames = std::span<const std::string_view>;
extern const SignNames kStopSign, kGiveWaySign;

/// Whether the value names the sign, alone or in a list: `stop`, `DE:206`, `DE:260,206`, `JP:330-A;JP:409`. A number
/// may have a suffix.
bool names_sign(std::string_view value, SignNames sign);
/// Of who goes first, or that one must drive slowly; in Japan any regulatory sign, the stop sign too.
bool names_other_sign(std::string_view value);

}  // namespace tomare::compiler
