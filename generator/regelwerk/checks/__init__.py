"""Pure rules on definitions, a file for every small family of rules."""
