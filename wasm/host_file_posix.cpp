// SPDX-License-Identifier: MIT
#ifndef __wasm__
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wasm/host_file.hpp"

namespace tomare::host {
namespace {

class MappedFile final : public map::File {
 public:
  MappedFile(const uint8_t* bytes, uint64_t size) : bytes_(bytes), size_(size) {}
  ~MappedFile() override { munmap(const_cast<uint8_t*>(bytes_), size_); }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  Error read(uint64_t offset, uint32_t size, void* destination) override {
    if (offset > size_ || size > size_ - offset) return Error::MAP_TRUNCATED;
    std::memcpy(destination, bytes_ + offset, size);
    return Error::OK;
  }
  uint64_t size() const override { return size_; }
  const uint8_t* mapped() const override { return bytes_; }

 private:
  const uint8_t* bytes_;
  uint64_t size_;
};

class EmptyFile final : public map::File {
 public:
  Error read(uint64_t, uint32_t, void*) override { return Error::MAP_TRUNCATED; }
  uint64_t size() const override { return 0; }
};

}  // namespace

std::unique_ptr<map::File> open_file(const char* path) {
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return nullptr;
  struct stat info{};
  const bool regular = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
  std::unique_ptr<map::File> file;
  if (regular && info.st_size == 0) file = std::make_unique<EmptyFile>();
  if (regular && info.st_size > 0) {
    const auto size = static_cast<size_t>(info.st_size);
    void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes != MAP_FAILED) {
      madvise(bytes, size, MADV_RANDOM);
      file = std::make_unique<MappedFile>(static_cast<const uint8_t*>(bytes), size);
    }
  }
  ::close(fd);
  return file;
}

}  // namespace tomare::host
#endif
