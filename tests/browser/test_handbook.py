from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from artifacts.handbook.handbook_worlds import pages_of, project_contexts
from regelwerk.operations.site import docs_folder, run_mkdocs, site_config

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
# What Chromium asks by itself, whatever page it shows, and in spite of its switches.
OWN = {
    *("accounts.google.com", "clients2.google.com", "update.googleapis.com", "www.google.com"),
    *("content-autofill.googleapis.com", "optimizationguide-pa.googleapis.com"),
    *("android.clients.google.com", "mtalk.google.com", "edgedl.me.gvt1.com"),
}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


class Proxy(http.server.BaseHTTPRequestHandler):
    """Where every request would arrive that leaves the machine; answers none."""

    asked: list[str]

    def do_GET(self) -> None:
        host = (urlsplit(self.path).hostname or "") if "//" in self.path else self.path
        if host.rpartition(":")[0] not in OWN and host not in OWN:
            self.asked.append(self.path)
        self.send_error(502)

    do_CONNECT = do_HEAD = do_POST = do_GET  # noqa: N815 the base class looks for these names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def proxy() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Recorder", (Proxy,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.fixture(scope="module")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    handbook = tmp_path_factory.mktemp("handbook")
    for name, content in pages_of(project_contexts(repository), repository).items():
        (handbook / name).parent.mkdir(parents=True, exist_ok=True)
        (handbook / name).write_bytes(content)
    project = tmp_path_factory.mktemp("project")
    folder = tmp_path_factory.mktemp("site")
    assert run_mkdocs(site_config(project), docs_folder(project), handbook, folder) == []
    return folder


def chromium(profile: Path, proxy: str, *arguments: str) -> str:
    """Run Chromium without a window; what it wrote to standard output, and its console."""
    command = [
        str(CHROMIUM),
        *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--disable-extensions", "--disable-default-apps", "--no-default-browser-check"),
        f"--user-data-dir={profile}",
        f"--proxy-server={proxy}",
        "--proxy-bypass-list=<-loopback>",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--enable-logging=stderr",
        *arguments,
    ]
    environment = {**os.environ, "HOME": str(profile)}
    run = subprocess.run(command, capture_output=True, timeout=90, check=True, env=environment)
    return run.stdout.decode() + "\n" + run.stderr.decode(errors="replace")


def dump(profile: Path, proxy: str, address: str) -> tuple[str, list[str]]:
    """The page after its scripts have run, and what its console said."""
    text = chromium(profile, proxy, "--virtual-time-budget=8000", "--dump-dom", address)
    return text, re.findall(r"CONSOLE[^\n]*", text)


@pytest.mark.parametrize(
    "page", ["index.html", "processes/index.html", "processes/sales.html", "drafts/sales.html"]
)
def test_a_page_asks_nobody_for_anything_and_its_console_is_clean(
    site: Path, tmp_path: Path, proxy: tuple[str, list[str]], page: str
) -> None:
    address, asked = proxy
    text, console = dump(tmp_path, address, f"{site.as_uri()}/{page}")
    assert "md-content" in text
    assert asked == []
    assert console == []


def test_the_search_finds_a_step_by_a_word_of_its_text_from_a_folder(
    site: Path, tmp_path: Path, proxy: tuple[str, list[str]]
) -> None:
    address, asked = proxy
    text, console = dump(tmp_path, address, f"{site.as_uri()}/index.html?q=logistical")
    found = text.split("md-search-result__list", 1)[1].split("</ol>", 1)[0]
    assert "Conduct first customer appointment" in unescape(re.sub(r"<[^>]*>", "", found))
    assert re.search(r"processes/sales\.html[^\"]*#3-conduct-first-customer-appointment", found)
    assert asked == []
    assert console == []


def test_the_recorder_would_have_seen_a_request(
    tmp_path: Path, proxy: tuple[str, list[str]]
) -> None:
    address, asked = proxy
    page = tmp_path / "page.html"
    page.write_text('<img src="http://fonts.example.com/x.png">', "utf-8")
    dump(tmp_path / "profile", address, page.as_uri())
    assert any("fonts.example.com" in path for path in asked)


def test_a_step_of_the_picture_is_a_link_to_the_step(
    site: Path, tmp_path: Path, proxy: tuple[str, list[str]]
) -> None:
    page = site / "probe.html"
    script = """<script>addEventListener("load", () => setTimeout(() => {
      const link = document.querySelector('.hb-wide a[href="#step-decide"]');
      link.focus();
      const focused = document.activeElement === link;
      link.dispatchEvent(new MouseEvent("click", {bubbles: true}));
      document.title = "focused " + focused + " at " + location.hash;
    }, 300))</script></body>"""
    content = (site / "processes" / "sales.html").read_text("utf-8")
    page = site / "processes" / "probe.html"
    page.write_text(content.replace("</body>", script), "utf-8")
    try:
        text, _ = dump(tmp_path, proxy[0], page.as_uri())
    finally:
        page.unlink()
    assert "<title>focused true at #step-decide</title>" in text


@pytest.mark.parametrize(("width", "shown"), [(360, "hb-narrow"), (1300, "hb-wide")])
def test_no_page_is_wider_than_the_screen_and_one_picture_is_shown(
    site: Path, tmp_path: Path, width: int, shown: str
) -> None:
    probe = site / "probe.html"
    probe.write_text(
        f"""<iframe src="processes/sales.html" style="width:{width}px;height:900px"></iframe>
        <script>addEventListener("load", () => setTimeout(() => {{
          const page = document.querySelector("iframe").contentDocument;
          const visible = [".hb-wide", ".hb-narrow"].filter(
            name => page.querySelector(name).offsetParent !== null);
          document.title = visible + " " + page.documentElement.scrollWidth;
        }}, 300))</script>""",
        "utf-8",
    )
    try:
        with http_server(site) as address:
            text, _ = dump(tmp_path, address, f"{address}/probe.html")
    finally:
        probe.unlink()
    title = re.search(r"<title>(.*?)</title>", text)
    assert title is not None
    assert title[1] == f".{shown} {width}"


class http_server:  # noqa: N801
    """The site on an address of this machine; it is its own proxy, so nothing else is reachable."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(_Quiet, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path(re.sub(r"^https?://[^/]+", "", path))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass
