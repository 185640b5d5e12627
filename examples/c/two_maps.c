/* SPDX-License-Identifier: MIT
 * Opens two maps and analyzes the same minute on each: along the demo's 5条通り at 60 km/h where 40 is allowed. */
#include <stdio.h>
#include <tomare/tomare.h>

static struct { /* a block without settings and law: the usual settings hold, and what the map says is judged */
  tm_drive head;
  int64_t time_ms[60];
  int32_t lat_e7[60], lon_e7[60];
  float speed_mps[60], heading_deg[60], accuracy_m[60];
} drive = {.head = {.count = 60}};

int main(int argc, char** argv) {
  if (argc != 3 || tomare_abi_version() != TM_ABI_VERSION) return 2;
  for (int i = 0; i < 60; ++i) {
    drive.time_ms[i] = 1791162000000 + 1000 * i;
    drive.lat_e7[i] = 351086300;
    drive.lon_e7[i] = 1394262000 + 1830 * i;
    drive.speed_mps[i] = 60 / 3.6F;
    drive.heading_deg[i] = 90;
    drive.accuracy_m[i] = 5;
  }
  tomare_map* maps[2] = {tomare_map_open(argv[1], NULL), tomare_map_open(argv[2], NULL)};
  for (int i = 0; i < 2; ++i) {
    tomare_analyzer* analyzer = maps[i] ? tomare_analyzer_open(maps[i], 64 << 20, NULL) : NULL;
    if (!analyzer || tomare_analyze(analyzer, &drive, sizeof(drive), NULL) != 0) return 1;
    uint32_t size = 0;
    const tm_result* found = tomare_result(analyzer, &size);
    printf("%u of %u fixes on a road, %u findings\n", found->matched, found->fixes, found->finding_count);
    tomare_analyzer_close(analyzer);
    tomare_map_close(maps[i]);
  }
  return 0;
}
