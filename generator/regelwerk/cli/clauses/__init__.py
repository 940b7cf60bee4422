"""Clause coverage, said in several formats."""
