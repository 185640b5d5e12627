// SPDX-License-Identifier: MIT
// The arena variant of the native library: map bytes by pread into the paged arena, as the WASM
// module has them, in place of wasm/host_file_posix.cpp.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wasm/host_file.hpp"

namespace tomare::host {
namespace {

class PreadFile final : public map::File {
 public:
  PreadFile(int fd, uint64_t size) : fd_(fd), size_(size) {}
  ~PreadFile() override { ::close(fd_); }
  PreadFile(const PreadFile&) = delete;
  PreadFile& operator=(const PreadFile&) = delete;

  Error read(uint64_t offset, uint32_t size, void* destination) override {
    auto* to = static_cast<uint8_t*>(destination);
    while (size > 0) {
      const ssize_t got = ::pread(fd_, to, size, static_cast<off_t>(offset));
      if (got < 0) return Error::MAP_READ;
      if (got == 0) return Error::MAP_TRUNCATED;
      to += got;
      offset += static_cast<uint64_t>(got);
      size -= static_cast<uint32_t>(got);
    }
    return Error::OK;
  }
  uint64_t size() const override { return size_; }

 private:
  int fd_;
  uint64_t size_;
};

}  // namespace

std::unique_ptr<map::File> open_file(const char* path) {
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return nullptr;
  struct stat info{};
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(fd);
    return nullptr;
  }
  return std::make_unique<PreadFile>(fd, static_cast<uint64_t>(info.st_size));
}

}  // namespace tomare::host
