#!/bin/sh
# Install Chromium for the browser tests: Debian's without a window, which takes half the processor time of its full
# browser, else what is there, else Playwright's.
set -eu
command -v chromium-headless-shell >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium-headless-shell >/dev/null && exit 0
fi
command -v chromium >/dev/null && exit 0
.venv/bin/python - <<'PYTHON' && exit 0
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(0 if pathlib.Path(playwright.chromium.executable_path).exists() else 1)
PYTHON
.venv/bin/playwright install chromium && exit 0
echo "There is no Chromium. Install it once with: sudo apt-get install chromium" >&2
[ -z "${CI:-}" ]
