"""The page on which a version is read, judged and signed, without Git and without a network."""
