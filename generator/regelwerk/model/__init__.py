"""Frozen values: organization, process, version and case; no input or output."""
