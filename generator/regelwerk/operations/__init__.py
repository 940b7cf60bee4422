"""One file for every verb a user has; no printing, no command line."""
