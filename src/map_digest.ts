// SPDX-License-Identifier: MIT
// What names the content of a road map: two maps with the same digest have the same bytes.
import { type FileSource, hexOf } from './host/host.ts';
import { openFile, sha256 } from './host/node.ts';

// mapdata/FORMAT.md
const HEADER_BYTES = 4096;
const DIRECTORY_OFFSET = 24;
const CHUNK = 1 << 20;

/**
 * SHA-256 over the header and everything from the directory on. The directory has the CRC of each tile, so a few
 * hundred kilobytes stand for a map of gigabytes.
 */
export function mapDigest(map: FileSource): string {
  const file = openFile(map);
  try {
    const header = file.read(0, HEADER_BYTES);
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const sum = sha256().update(header);
    for (let at = Number(view.getBigUint64(DIRECTORY_OFFSET, true)); at < file.size; at += CHUNK) {
      sum.update(file.read(at, Math.min(CHUNK, file.size - at)));
    }
    return hexOf(sum.digest());
  } finally {
    file.close();
  }
}
