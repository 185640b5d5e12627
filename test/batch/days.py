# SPDX-License-Identifier: MIT
"""Reads the daily tables of a folder in DuckDB, and prints what they hold as JSON.

usage: python test/batch/days.py FOLDER   (FOLDER has drives/, findings/ and exposure/ with date=…/*.parquet)
"""

import json
import sys

import duckdb

folder = sys.argv[1]
base = duckdb.connect()
for table in ("drives", "findings", "exposure"):
    files = f"{folder}/{table}/*/*.parquet"
    base.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}', hive_partitioning = true)")
(drives, keys, days) = base.execute("SELECT count(*), count(DISTINCT key), count(DISTINCT date) FROM drives").fetchone()
people = base.execute("SELECT DISTINCT driver_id, vehicle_id, key FROM drives").fetchall()
(findings,) = base.execute("SELECT count(*) FROM findings JOIN drives USING (drive)").fetchone()
(exposed,) = base.execute("SELECT count(DISTINCT drive) FROM exposure").fetchone()
print(json.dumps({"drives": drives, "keys": keys, "days": days, "findings": findings, "exposed": exposed, "people": people}))
