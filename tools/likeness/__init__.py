"""Learns how Thai spells the sounds of names, from pairs of names."""
