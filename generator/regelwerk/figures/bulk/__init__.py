"""The figures of very many cases, by DuckDB with SQL made from the measures."""
