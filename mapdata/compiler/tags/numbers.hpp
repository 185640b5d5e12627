// SPDX-License-Identifier: MIT
// Numbers as tags have them.
#pragma once

#include <string_view>

#include "mapdata/compiler/tags/hours.hpp"

namespace tomare::compiler {

/// Digits with at most one point, then what follows without the space before it; false where no digit stands.
bool parse_number(std::string_view text, double* value, std::string_view* rest);

/// A weight in tonnes or a length in metres as thousandths: `3.5`, `7.5 t`, `16000 lbs`, `13'6"`, `4 m`. False where
/// the text is no such figure.
enum class SizeKind : unsigned char { weight, length };
bool parse_size(std::string_view text, SizeKind kind, int* thousandths);

}  // namespace tomare::compiler
