"""Find the root, read files with places, check them against schemas, build the model."""
