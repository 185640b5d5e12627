# SPDX-License-Identifier: MIT
"""Runs every example of docs/ANALYSIS.md where the tables are to be. Athena's SQL is parsed as such, its columns are compared
with those of the Parquet files, and its queries run in DuckDB."""

import io
import re
import subprocess
import sys
from contextlib import redirect_stdout

import duckdb
import sqlglot
from sqlglot import exp

from checks import check, failures

# How Athena names the types of Parquet's columns.
ATHENA = {
    "VARCHAR": "string",
    "INTEGER": "int",
    "BIGINT": "bigint",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "TIMESTAMP WITH TIME ZONE": "timestamp",
}


def blocks(path):
    """Section, language and text of each fenced block."""
    section = "Tables"
    with open(path, encoding="utf-8") as file:
        parts = re.split(r"^(## .*|```\w*)$", file.read(), flags=re.M)
    for i, part in enumerate(parts):
        if part.startswith("## "):
            section = part[3:]
        elif part.startswith("```") and part != "```":
            yield section, part[3:], parts[i + 1].strip()


def run_line(line):
    done = subprocess.run(["bash", "-euc", line], capture_output=True, text=True, check=False)
    return f"exit code {done.returncode}: {done.stderr[-400:]}" if done.returncode else ""


def run_python(text):
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(text, "docs/ANALYSIS.md", "exec"), {})  # pylint: disable=exec-used
    return "" if len(out.getvalue().splitlines()) > 1 else f"it printed {out.getvalue()!r}"


def rows(connection, query):
    found = connection.sql(query).fetchall()
    return "" if found and any(cell is not None for cell in found[0]) else "it gave no row"


def created(connection, statement):
    """Makes the table as a view of the Parquet file of its name; what is wrong with its columns."""
    name = statement.this.this.name
    file = f"tables/{name}.parquet"
    there = {row[0]: ATHENA[row[1]] for row in connection.sql(f"DESCRIBE SELECT * FROM '{file}'").fetchall()}
    asked = {column.name: column.args["kind"].sql("hive").lower() for column in statement.find_all(exp.ColumnDef)}
    quoted = ", ".join(f'"{column}"' for column in asked)
    connection.sql(f"CREATE VIEW {name} AS SELECT {quoted} FROM '{file}'")
    properties = {type(one) for one in statement.args["properties"].expressions}
    wanted = {exp.ExternalProperty, exp.FileFormatProperty, exp.LocationProperty}
    wrong = [f"{column} is {there.get(column)}" for column, kind in asked.items() if there.get(column) != kind]
    return "; ".join(wrong + [str(one) for one in wanted - properties])


def run_athena(connection, text):
    statement = sqlglot.parse_one(text, read="athena")
    if isinstance(statement, exp.Create):
        return created(connection, statement)
    if not isinstance(statement, exp.Select):
        return f"it is parsed as {type(statement).__name__}"
    return rows(connection, statement.sql("duckdb"))


def main(path):
    connection = duckdb.connect()
    for section, language, text in blocks(path):
        title = f"{section}: {' '.join(text.split())[:110]}"
        try:
            if language == "sh":
                for line in text.splitlines():
                    problem = run_line(line)
                    check(f"{section}: {line[:110]}", not problem, problem)
                continue
            run = {"python": run_python, "sql": lambda sql: rows(connection, sql)}[language]
            problem = run_athena(connection, text) if section == "Athena" else run(text)
        except Exception as error:  # pylint: disable=broad-except
            problem = f"{type(error).__name__}: {error}"
        check(title, not problem, problem)


main(sys.argv[1])
sys.exit(1 if failures() else 0)
