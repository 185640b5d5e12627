// SPDX-License-Identifier: MIT
// What names the content of a road map: two maps with the same digest have the same bytes.
import { type FileSource, hexOf } from './host/host.ts';
import { openFile, sha256 } from './host/node.ts';
import { FILE_HEADER, PAGE_SIZE } from './layout.ts';

/** Bytes read at a time. */
const CHUNK = 1 << 20;

/**
 * SHA-256 in hex over the header page and everything from the directory on (mapdata/FORMAT.md). The directory holds
 * each tile's CRC, so this reads a few hundred kilobytes of a map of gigabytes.
 * @throws Error with the system's `code` if the file cannot be read
 */
export function mapDigest(map: FileSource): string {
  const file = openFile(map);
  try {
    const header = file.read(0, PAGE_SIZE);
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const sum = sha256().update(header);
    for (let at = Number(view.getBigUint64(FILE_HEADER.directory_offset, true)); at < file.size; at += CHUNK) {
      sum.update(file.read(at, Math.min(CHUNK, file.size - at)));
    }
    return hexOf(sum.digest());
  } finally {
    file.close();
  }
}
