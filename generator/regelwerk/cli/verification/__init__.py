"""What was found out about files, for people and for machines."""
