"""Key figures: what the measures of a definition come to over the records (ISO 9001:2015, 9.1)."""
