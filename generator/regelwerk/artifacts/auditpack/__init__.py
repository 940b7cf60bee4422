"""The first page of an audit pack, for whoever opens it without any tool."""
