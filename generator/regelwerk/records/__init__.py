"""A case replayed against its definition, as findings."""
