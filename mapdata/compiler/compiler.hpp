// SPDX-License-Identifier: MIT
// The entry to the map compiler: blocks in, in two passes; pieces of a .tmap file out.
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
  uint32_t tile_target = 65536;  ///< a tile of more bytes is split
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
  /// After pass 2: rows of an overlay, which finish snaps to roads. BAD_BLOCK if they are not as the boundary says.
  Error overlay(std::string_view rows);
  /// At any time before finish: the bytes of mapdata/places/places.bin; without them no place is known. BAD_BLOCK if
  /// they are malformed.
  Error places(std::string_view bytes);
  /// After the last pass: resolves everything that the tiles need.
  Error finish();
  /// Makes the next piece of the file, which may lie anywhere in it. TILE_LIMIT if a tile cannot be made.
  Error next(OutputPiece* piece);
  /// Details of the last error; empty if the code says everything. After finish: the rows of the overlay that were left
  /// out, as lines "row<tab>reason", and the turn restrictions that were, as "r<relation><tab>name of the statistic".
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
