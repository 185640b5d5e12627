// SPDX-License-Identifier: MIT
#ifdef __wasm__
#include <cstring>

#include "wasm/host_file.hpp"

#define WASI_IMPORT(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))

extern "C" {
WASI_IMPORT("path_open")
int32_t wasi_path_open(int32_t folder, int32_t lookup, const char* path, uint32_t length, int32_t open_flags,
                       uint64_t rights, uint64_t inheriting, int32_t fd_flags, int32_t* fd);
struct WasiBuffer {
  void* data;
  uint32_t size;
};
WASI_IMPORT("fd_pread")
int32_t wasi_fd_pread(int32_t fd, const WasiBuffer* buffers, uint32_t count, uint64_t offset, uint32_t* read);
struct WasiFileStat {
  uint64_t device, inode, type, links, size, accessed, modified, changed;
};
WASI_IMPORT("fd_filestat_get") int32_t wasi_fd_filestat_get(int32_t fd, WasiFileStat* stat);
WASI_IMPORT("fd_close") int32_t wasi_fd_close(int32_t fd);
}

namespace tomare::host {
namespace {

constexpr int32_t kFirstPreopened = 3;
constexpr uint64_t kRightRead = 1U << 1, kRightSeek = 1U << 2, kRightStat = 1U << 21;

class WasiFile final : public map::File {
 public:
  WasiFile(int32_t fd, uint64_t size) : fd_(fd), size_(size) {}
  ~WasiFile() override { wasi_fd_close(fd_); }
  WasiFile(const WasiFile&) = delete;
  WasiFile& operator=(const WasiFile&) = delete;

  Error read(uint64_t offset, uint32_t size, void* destination) override {
    auto* to = static_cast<uint8_t*>(destination);
    while (size > 0) {
      const WasiBuffer buffer = {to, size};
      uint32_t got = 0;
      if (wasi_fd_pread(fd_, &buffer, 1, offset, &got) != 0) return Error::MAP_READ;
      if (got == 0) return Error::MAP_TRUNCATED;
      to += got;
      offset += got;
      size -= got;
    }
    return Error::OK;
  }
  uint64_t size() const override { return size_; }

 private:
  int32_t fd_;
  uint64_t size_;
};

}  // namespace

std::unique_ptr<map::File> open_file(const char* path) {
  int32_t fd = -1;
  const uint64_t rights = kRightRead | kRightSeek | kRightStat;
  const auto length = static_cast<uint32_t>(std::strlen(path));
  if (wasi_path_open(kFirstPreopened, 1, path, length, 0, rights, 0, 0, &fd) != 0) return nullptr;
  WasiFileStat stat{};
  if (wasi_fd_filestat_get(fd, &stat) != 0) {
    wasi_fd_close(fd);
    return nullptr;
  }
  return std::make_unique<WasiFile>(fd, stat.size);
}

}  // namespace tomare::host
#endif
