"""Reads our CSV with pandas, polars and DuckDB; prints how many rows each found, and whether they are the same."""

import json
import sys

import duckdb
import pandas
import polars

table = pandas.read_csv(sys.argv[1], keep_default_na=False)
frame = polars.read_csv(sys.argv[1], infer_schema=False).fill_null("")
rows = duckdb.sql(f"SELECT id, quote, tags, note FROM read_csv('{sys.argv[1]}', header=true)").fetchall()
quotes = sorted(table["quote"])
same = quotes == sorted(frame["quote"]) == sorted(row[1] or "" for row in rows)
print(json.dumps({"pandas": len(table), "polars": len(frame), "duckdb": len(rows), "same": same}))
