"""Takes the pictures of docs/img from the demo record, in headless Chromium (``make pictures``)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


def main() -> int:
    """Read the demo pages, serve the record and photograph it."""
    browser = shutil.which(os.environ.get("COMMUNIQUE_CHROMIUM", "chromium"))
    if browser is None:
        print("no chromium: name one in COMMUNIQUE_CHROMIUM", file=sys.stderr)
        return 1
    program = [sys.executable, "-c", "from communique.cli import main; main()"]
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        record = str(Path(folder) / "demo.db")
        subprocess.run([*program, "demo", "--record", record], check=True, stdout=subprocess.DEVNULL)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        server = subprocess.Popen([*program, "serve", "--record", record, "--port", str(port)])
        try:
            _wait(f"http://127.0.0.1:{port}/")
            with sync_playwright() as p:
                page = p.chromium.launch(executable_path=browser, args=QUIET).new_page(
                    viewport={"width": 1280, "height": 860}
                )
                _take(page, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(10)
    return 0


def _wait(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)


def _take(page: Page, base: str) -> None:
    (HERE / "img").mkdir(exist_ok=True)
    page.goto(f"{base}/show/ADMM%2B")
    page.wait_for_selector("main table")
    page.screenshot(path=HERE / "img" / "mechanism.png")
    page.goto(f"{base}/list/documents?limit=200")
    link = page.wait_for_selector('main a:has-text("第15届东盟国防部长会议")')
    if link is not None:
        link.click()
    page.wait_for_selector("mark, main")
    page.screenshot(path=HERE / "img" / "document.png")


if __name__ == "__main__":
    sys.exit(main())
