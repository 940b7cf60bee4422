"""Ways to say findings: to people and to machines."""
