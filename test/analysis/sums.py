# SPDX-License-Identifier: MIT
"""Each column of each table has the same sum in DuckDB and pandas, over Parquet and CSV; and the sums are those of the JSON."""

import json
import math
import sys

import duckdb
import pandas

from checks import check, failures

TIMES = ["start", "end", "map_time"]


def of_duckdb(source):
    """Of numbers their sum, of texts their lengths, of times seconds since 1970; and how many there are."""
    sums = {}
    for name, kind, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM {source}").fetchall():
        value = f'"{name}"'
        if name in TIMES:
            value = f"epoch({value})"
        elif kind == "VARCHAR":
            value = f"length({value})"
        else:
            value = f"CAST({value} AS DOUBLE)"
        [(total, count)] = duckdb.sql(f'SELECT sum({value}), count("{name}") FROM {source}').fetchall()
        sums[name] = (float(total or 0), count)
    return sums


def of_pandas(table):
    sums = {}
    for name in table.columns:
        column = table[name].dropna()
        if name in TIMES:
            values = pandas.to_datetime(column, utc=True).map(lambda time: time.timestamp()).astype("float64")
        elif column.dtype.kind in "OUT" or pandas.api.types.is_string_dtype(column):
            values = column.map(lambda text: len(str(text))).astype("float64")
        else:
            values = column.astype("float64")
        sums[name] = (float(values.sum()), len(column))
    return sums


def of_json(path):
    """What analysts add up, from the results themselves."""
    with open(path, encoding="utf-8") as file:
        results = [json.loads(line) for line in file]
    findings = [f for result in results for f in result["findings"]]
    exposure = [e for result in results for e in result["exposure"]]
    offences = [f["offence"] for f in findings if "offence" in f]
    return {
        "findings": {
            "confidence": sum(f["confidence"] for f in findings),
            "points": sum(o["points"] for o in offences),
            "fine_yen": sum(o.get("fine_yen", 0) for o in offences),
            "over_kmh": sum(f["measured"].get("over_kmh", 0) for f in findings),
            "factor_map": sum(f["factors"]["map"] for f in findings),
            "article": sum(len(o["article"]) for o in offences),
            "forward": sum(f["road"]["forward"] for f in findings),
        },
        "exposure": {key: sum(e.get(key, 0) for e in exposure) for key in ("passed", "violated", "judged_m")},
        "drives": {key: sum(r["drive"][key] for r in results) for key in ("fixes", "distance_m")},
    }


def differing(one, other):
    if list(one) != list(other):
        return [f"columns {sorted(set(one) ^ set(other))}"]
    near = lambda a, b: math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-9)
    return [f"{n}: {one[n]} and {other[n]}" for n in one if one[n][1] != other[n][1] or not near(one[n][0], other[n][0])]


def read_csv(path):
    whole = pandas.read_csv(path, dtype_backend="numpy_nullable")
    empty = [name for name in whole.columns if whole[name].isna().all()]
    return whole.astype({name: "string" for name in empty})


def main(folder, results):
    truth = of_json(results)
    for table in ("findings", "exposure", "drives"):
        parquet, csv = f"{folder}/{table}.parquet", f"{folder}/{table}.csv"
        wanted = of_duckdb(f"'{parquet}'")
        others = {
            "DuckDB over CSV": of_duckdb(f"read_csv('{csv}', sample_size = -1)"),
            "pandas over Parquet": of_pandas(pandas.read_parquet(parquet)),
            "pandas over CSV": of_pandas(read_csv(csv)),
        }
        for reader, sums in others.items():
            problems = differing(wanted, sums)
            check(f"{table}: {reader} adds up to DuckDB over Parquet, {len(sums)} columns", not problems, "; ".join(problems))
        wrong = [f"{n}: {wanted[n][0]}, {v} by the JSON" for n, v in truth[table].items() if not math.isclose(wanted[n][0], v, rel_tol=1e-9)]
        check(f"{table}: the sums are those of the JSON results", not wrong and sum(truth[table].values()) > 0, "; ".join(wrong))


main(*sys.argv[1:])
sys.exit(1 if failures() else 0)
