"""A real Chromium. Without one tests are skipped, but never where CI is set."""

import contextlib
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, sync_playwright


def installed() -> str | None:
    """Debian's Chromium, without a window for choice: None leaves it to Playwright's own."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """Debian's Chromium where there is one, else Playwright's own, as `make chromium` sees to it."""
    with sync_playwright() as playwright:
        path = installed()
        try:
            arguments = ["--no-sandbox", "--disable-gpu", "--renderer-process-limit=1"]  # a spare one costs as much
            browser = playwright.chromium.launch(executable_path=path, args=arguments, timeout=120_000)
        except Error as problem:
            if path or os.environ.get("CI"):
                raise
            pytest.skip(f"There is no Chromium: run `make chromium`. {problem.message.splitlines()[0]}")
        yield browser
        browser.close()
