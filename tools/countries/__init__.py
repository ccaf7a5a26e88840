"""Builds the shipped index of country names."""
