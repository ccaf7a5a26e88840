"""Learns how Thai spells the sounds of names, and which of those that sound alike is meant."""
