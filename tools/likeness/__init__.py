"""Learns how Thai spells names, and what tells apart those that sound alike."""
