"""What is known of one id, and lists of countries, units and provinces."""
