# SPDX-License-Identifier: MIT
"""Runs the view of src/lambda/athena.sql in DuckDB over a folder of the output bucket, and prints its rows as JSON.

usage: python test/batch/view.py FOLDER   (FOLDER has results/ and generations/)
"""

import json
import re
import sys
from pathlib import Path

import duckdb

SQL = Path(__file__).resolve().parents[2] / "src/lambda/athena.sql"
QUERY = """SELECT "date", drive.source.bucket, drive.source.key, drive.driver_id, engine.generation,
  engine.profile, len(findings) FROM {} ORDER BY 2, 3, 5"""
COLUMNS = ["date", "bucket", "key", "driver", "generation", "profile", "findings"]


def main() -> int:
    folder = sys.argv[1]
    base = duckdb.connect()
    # as Athena reads them: the day is a text of the path, and columns are those of the DDL
    base.execute(f"""CREATE VIEW results AS SELECT drive, engine, exposure, findings,
      regexp_extract(filename, 'date=([^/]+)', 1) AS "date"
      FROM read_json('{folder}/results/**/*.ndjson', format = 'newline_delimited', filename = true)""")
    base.execute(f"""CREATE VIEW generations AS SELECT generation, CAST(since AS VARCHAR) AS since
      FROM read_json('{folder}/generations/*.ndjson', format = 'newline_delimited',
      columns = {{generation: 'VARCHAR', since: 'VARCHAR'}})""")
    [view] = re.findall(r"^CREATE OR REPLACE VIEW current_results AS\n.*?;$", SQL.read_text(), re.M | re.S)
    base.execute(view)
    rows = {name: base.execute(QUERY.format(name)).fetchall() for name in ("results", "current_results")}
    print(json.dumps({name: [dict(zip(COLUMNS, row)) for row in found] for name, found in rows.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
