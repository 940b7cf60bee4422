"""Key figures, said in several formats."""
