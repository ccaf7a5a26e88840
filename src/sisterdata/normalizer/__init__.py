"""Turn rows as printed into ids, tables and issues."""
