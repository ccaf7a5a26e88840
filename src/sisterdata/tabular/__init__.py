"""Read and write tables without losing anything: CSV, TSV, Excel, Parquet, JSON, JSON lines.

`formats.open_table` opens a table, `formats.write_beside` writes its rows with added columns, and
`formats.write_rows` writes a new table. There is one module for each format.
"""
