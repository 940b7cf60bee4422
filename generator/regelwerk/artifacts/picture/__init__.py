"""The process picture: swimlanes as SVG and PNG, made without a browser or a system program."""
