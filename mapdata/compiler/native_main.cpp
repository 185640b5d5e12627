// SPDX-License-Identifier: MIT
// tomare-map OUT.tmap NAME IN.osm.pbf… [--overlay ROWS]: the map compiler without Node, for tests and benches.
// Countries and time zones are those of the source folder's places.bin. ROWS is a block of OverlayRecord
// (src/overlay/block.ts makes it).
#include <openssl/evp.h>
#include <zlib.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <protozero/pbf_reader.hpp>
#include <string>
#include <vector>

#include "mapdata/compiler/compiler.hpp"
#include "mapdata/compiler/osm/blocks.hpp"

namespace {

using tomare::Error;
using tomare::compiler::Compiler;

struct Failure {
  std::string text;
};

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure{path + ": cannot be read"};
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string inflated(const protozero::data_view& data, uint64_t raw_size) {
  if (raw_size > (64U << 20)) throw Failure{"a blob says that it is larger than 64 MiB"};
  std::string out(raw_size, '\0');
  uLongf size = raw_size;
  const int code =
      uncompress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()), data.size());
  if (code != Z_OK || size != raw_size) throw Failure{"a blob does not inflate"};
  return out;
}

std::string blob_data(const protozero::data_view& blob) {
  protozero::pbf_reader message(blob);
  uint64_t raw_size = 0;
  std::string plain;
  protozero::data_view packed;
  bool has_plain = false;
  while (message.next()) {
    switch (message.tag()) {
      case 1:
        plain = message.get_string();
        has_plain = true;
        break;
      case 2:
        raw_size = static_cast<uint64_t>(message.get_int32());
        break;
      case 3:
        packed = message.get_view();
        break;
      default:
        message.skip();
    }
  }
  return has_plain ? plain : inflated(packed, raw_size);
}

void check(Error error, const Compiler& compiler) {
  if (error != Error::OK) {
    throw Failure{"error " + std::to_string(static_cast<int>(error)) + ": " + compiler.error_text()};
  }
}

/// `kinds`: of each blob, as pass 1 found them; pass 2 leaves out those without nodes.
void feed(const std::string& file, std::vector<uint32_t>* kinds, uint32_t pass, Compiler* compiler) {
  size_t at = 0, index = 0;
  while (at + 4 <= file.size()) {
    const auto* p = reinterpret_cast<const unsigned char*>(file.data() + at);
    const uint32_t header_size = uint32_t{p[0]} << 24 | uint32_t{p[1]} << 16 | uint32_t{p[2]} << 8 | p[3];
    if (header_size > file.size() - at - 4) throw Failure{"the file ends in a blob header"};
    protozero::pbf_reader header(file.data() + at + 4, header_size);
    std::string type;
    uint32_t size = 0;
    while (header.next()) {
      if (header.tag() == 1)
        type = header.get_string();
      else if (header.tag() == 3)
        size = static_cast<uint32_t>(header.get_int32());
      else
        header.skip();
    }
    at += 4 + header_size;
    if (size > file.size() - at) throw Failure{"the file ends in a blob"};
    const protozero::data_view packed(file.data() + at, size);
    at += size;
    const size_t blob = index++;
    if (pass == 2 && ((*kinds)[blob] & 1) == 0) continue;
    const std::string data = blob_data(packed);
    if (pass == 1) kinds->push_back(type == "OSMData" ? tomare::compiler::block_kinds(data) : 0);
    if (type == "OSMHeader") check(compiler->header_block(data), *compiler);
    if (type == "OSMData") check(compiler->data_block(data), *compiler);
  }
}

void write(const std::string& path, Compiler* compiler) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  tomare::compiler::OutputPiece piece;
  while (true) {
    check(compiler->next(&piece), *compiler);
    if (piece.size == 0) break;
    out.seekp(static_cast<std::streamoff>(piece.offset));
    out.write(reinterpret_cast<const char*>(piece.data), piece.size);
  }
  out.flush();
  if (!out) throw Failure{path + ": cannot be written"};
}

/// Takes "--overlay ROWS" off the arguments, and gives the block.
std::string overlay_of(std::vector<std::string>* arguments) {
  if (arguments->size() < 2 || (*arguments)[arguments->size() - 2] != "--overlay") return {};
  std::string rows = slurp(arguments->back());
  arguments->resize(arguments->size() - 2);
  return rows;
}

void run(std::vector<std::string> arguments) {
  const std::string overlay = overlay_of(&arguments);
  tomare::compiler::MapSource source;
  source.name = arguments[1];
  std::vector<std::string> files;
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  EVP_DigestInit_ex(digest, EVP_sha256(), nullptr);
  for (size_t i = 2; i < arguments.size(); ++i) {
    files.push_back(slurp(arguments[i]));
    EVP_DigestUpdate(digest, files.back().data(), files.back().size());
  }
  EVP_DigestFinal_ex(digest, source.sha256, nullptr);
  EVP_MD_CTX_free(digest);
  Compiler compiler;
  check(compiler.begin(source), compiler);
  std::vector<std::vector<uint32_t>> kinds(files.size());
  for (uint32_t pass = 1; pass <= Compiler::kPasses; ++pass) {
    check(compiler.pass(pass), compiler);
    for (size_t i = 0; i < files.size(); ++i) feed(files[i], &kinds[i], pass, &compiler);
  }
  check(compiler.overlay(overlay), compiler);
  check(compiler.places(slurp(TOMARE_PLACES)), compiler);
  check(compiler.finish(), compiler);
  write(arguments[0], &compiler);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 3) {
    std::cerr << "usage: tomare-map OUT.tmap NAME IN.osm.pbf... [--overlay ROWS]\n";
    return 2;
  }
  try {
    run(arguments);
  } catch (const Failure& failure) {
    std::cerr << "tomare-map: " << failure.text << "\n";
    return 1;
  } catch (const std::exception& e) {
    std::cerr << "tomare-map: " << e.what() << "\n";
    return 1;
  }
  return 0;
}
