"""Canonical form, digest, signatures and who may sign; a verdict as data."""
