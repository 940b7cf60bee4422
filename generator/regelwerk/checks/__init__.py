"""Pure rules on definitions: everything named must exist, and the flow must work out."""
