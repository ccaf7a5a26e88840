"""Verbatim rows to canonical ids and issues."""
