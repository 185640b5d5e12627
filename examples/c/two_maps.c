/* SPDX-License-Identifier: MIT
 * Opens two maps and analyzes the same minute on each: east along the town's 5条通り at 60 km/h, where 40 is allowed.
 */
#include <stdio.h>
#include <tomare/tomare.h>

#define FIXES 60

static struct {
  tm_drive head;
  int64_t time_ms[FIXES];
  int32_t lat_e7[FIXES], lon_e7[FIXES];
  float speed_mps[FIXES], heading_deg[FIXES], accuracy_m[FIXES];
} drive; /* the block: no setting, so those of settings.yaml hold; no law, so only what the map says is judged */

int main(int argc, char** argv) {
  tm_error error = {0};
  drive.head = (tm_drive){.count = FIXES, .holidays_from = 1};
  for (int i = 0; i < TM_QUANTITIES; ++i) drive.head.vehicle_high[i] = -1; /* nothing is known of its size */
  for (int i = 0; i < FIXES; ++i) {
    drive.time_ms[i] = 1791162000000 + 1000 * i;
    drive.lat_e7[i] = 351086300;
    drive.lon_e7[i] = 1394262000 + 1830 * i;
    drive.speed_mps[i] = 60 / 3.6F;
    drive.heading_deg[i] = 90;
    drive.accuracy_m[i] = 5;
  }
  if (argc != 3 || tomare_abi_version() != TM_ABI_VERSION) return 2;
  tomare_map* maps[2] = {tomare_map_open(argv[1], &error), tomare_map_open(argv[2], &error)};
  for (int i = 0; i < 2; ++i) {
    tomare_analyzer* analyzer = maps[i] ? tomare_analyzer_open(maps[i], 64 << 20, &error) : NULL;
    if (!analyzer || tomare_analyze(analyzer, &drive, sizeof(drive), &error) != 0) return 1;
    uint32_t size = 0;
    const tm_result* result = tomare_result(analyzer, &size);
    printf("%s: %u of %u fixes on a road, %u findings\n", argv[i + 1], result->matched, result->fixes,
           result->finding_count);
    tomare_analyzer_close(analyzer);
  }
  tomare_map_close(maps[0]);
  tomare_map_close(maps[1]);
  return 0;
}
