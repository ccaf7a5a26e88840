"""Learns how Thai spells the sounds of names, and how to rank candidates (``python -m tools.likeness``)."""
