"""regelwerk: processes written once as YAML, and everything else made from them."""

__version__ = "0.1.0"
