"""What the handbook's pages must know of the site in which they will stand."""

from __future__ import annotations

import msgspec


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """`address` is where the site will be found (empty: nobody knows, it may lie in a folder).

    `folders`: whether a page is a folder, `processes/sales/` and not `processes/sales.html`.
    `feedback` is an e-mail address, or the address of a form with places to be filled in.
    """

    address: str = ""
    folders: bool = True
    feedback: str = ""

    def address_of(self, page: str) -> str:
        """The whole address of the page that is made of a file such as `processes/sales.md`."""
        stem = page.removesuffix(".md")
        if self.folders:
            folder = stem.removesuffix("index").rstrip("/")
            return self._base + (f"{folder}/" if folder else "")
        return f"{self._base}{stem}.html"

    @property
    def _base(self) -> str:
        return self.address.rstrip("/") + "/"
