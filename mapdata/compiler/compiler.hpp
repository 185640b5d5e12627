// SPDX-License-Identifier: MIT
// The map compiler's door: blocks in, in two passes; pieces of a .tmap file out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core-cpp/base/error.hpp"
#include "mapdata/compiler/network/network.hpp"
#include "mapdata/compiler/overlay/overlay.hpp"
#include "mapdata/compiler/tiles/file_bytes.hpp"
#include "mapdata/compiler/tiles/tiles.hpp"

namespace tomare::compiler {

struct MapSource {
  std::string name;
  uint8_t sha256[32] = {};
  uint32_t tile_target = 65536;  ///< bytes a tile is split to stay below
};

struct OutputPiece {
  uint64_t offset = 0;
  const uint8_t* data = nullptr;
  uint32_t size = 0;  ///< 0: the file is complete
};

class Compiler {
 public:
  static constexpr uint32_t kPasses = 2;

  Error begin(const MapSource& source);
  /// 1: ways and relations, 2: nodes. A block comes in each pass that needs it (block_kinds).
  Error pass(uint32_t number);
  Error header_block(std::string_view data);
  Error data_block(std::string_view data);
  /// After pass 2: rows of an overlay, for finish to snap. BAD_BLOCK when they are not as the boundary says.
  Error overlay(std::string_view rows);
  /// Any time before finish: the bytes of mapdata/places/places.bin; without them no place is known. BAD_BLOCK.
  Error places(std::string_view bytes);
  /// After the last pass: everything that the tiles need is resolved.
  Error finish();
  /// Makes the file piece by piece; a piece lies anywhere in it. TILE_LIMIT when a tile cannot be made.
  Error next(OutputPiece* piece);
  /// What was wrong, for the last error; empty when the code says it all.
  /// After finish, the rows of the overlay that were left out: lines "row<tab>reason".
  const std::string& error_text() const { return error_text_; }

 private:
  Error fail(Error error, std::string text);
  void end_file();
  Error next_tile(OutputPiece* piece, bool* done);

  MapSource source_;
  Network network_;
  std::vector<OverlayRow> overlay_;
  PlaceTable places_;
  uint32_t pass_ = 0;
  uint64_t block_ = 0;
  int64_t timestamp_s_ = 0;
  uint64_t length_cm_ = 0;
  std::unique_ptr<Source> prepared_;
  std::unique_ptr<TileBuilder> builder_;
  BuiltTile tile_;
  FileBytes bytes_;
  enum class Stage : uint8_t { reading, tiles, directory, root, first_page, end } stage_ = Stage::reading;
  std::string error_text_;
};

}  // namespace tomare::compiler
