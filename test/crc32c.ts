// SPDX-License-Identifier: MIT
// CRC-32C by its definition (mapdata/FORMAT.md §1), bit by bit: the slow twin of core-cpp/base/crc32c.hpp.

/** The four bytes at `zeroed`, if given, count as zero. */
export function crc32c(bytes: Uint8Array, zeroed = -1): number {
  let crc = 0xffffffff;
  bytes.forEach((byte, i) => {
    crc ^= zeroed >= 0 && i >= zeroed && i < zeroed + 4 ? 0 : byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  });
  return ~crc >>> 0;
}
