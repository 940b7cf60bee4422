"""`python -m regelwerk` and the installed command."""

from __future__ import annotations

from regelwerk.cli.main import main

if __name__ == "__main__":
    main()
