// SPDX-License-Identifier: MIT
// Cuts strands at the middle lines of quadtree cells. A cut's key is made from where it lies, not from the
// order of work, so that two neighbours agree on it whenever each is made.
#pragma once

#include <vector>

#include "mapdata/compiler/network/graph.hpp"
#include "mapdata/compiler/tiles/cell.hpp"

namespace tomare::compiler {

/// The child (bit 0: east, bit 1: north) of a cell in which a corner lies.
uint32_t child_of(const Cell& cell, uint32_t x, uint32_t y);
Cell child_cell(const Cell& cell, uint32_t child);

/// Appends the parts of a strand to the four children of the cell that it lies in; corners of parts that are new to
/// `corners`.
void split(const Network& network, const Cell& cell, const Strand& strand, std::vector<Corner>* corners,
           std::vector<Strand>* children);

/// Keeps of the strands the parts that lie in a cell: the same parts as by splitting from the root.
void clip(const Network& network, const Cell& cell, Strands* strands);

}  // namespace tomare::compiler
