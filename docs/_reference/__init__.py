"""How the manual's reference pages are made; `docs/generate_reference.py` writes them."""
