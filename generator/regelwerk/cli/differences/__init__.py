"""Ways to show what differs between two versions."""
