"""What a phone with a slow processor and a slow network waits for, in a real Chromium, and what is sent to it."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from playwright.sync_api import Browser as Chromium, CDPSession, Page, sync_playwright

from tests.benchmarks.browser import Browser
from tests.journeys.chromium import installed

SLOW_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}  # bytes/s
SLOWDOWN = 4
VISITS = 5
WATCH = """
window.shift = 0; window.painted = 0; window.longest = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration) })
    .observe({type: 'longtask', buffered: true});
new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value })
    .observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => { window.painted = list.getEntries().at(-1).startTime })
    .observe({type: 'largest-contentful-paint', buffered: true});
"""


@dataclass
class Seen:
    """Largest paint in seconds, layout shift, longest task in milliseconds, foreign requests, and bytes by kind."""

    paint: float = 0.0
    shift: float = 0.0
    longest: float = 0.0
    foreign: int = 0
    sent: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> tuple[str, ...]:
        weights = [f"{kind} {size / 1024:.1f} KB" for kind, size in sorted(self.sent.items())]
        total = f"together {self.sent.total() / 1024:.1f} KB"
        task = f"longest task {self.longest:.0f} ms"
        return (f"CLS {self.shift:.3f}", task, total, *weights, f"{self.foreign} third-party")


def phone(visitor: Browser, address: str) -> Seen:
    """Several first visits: the one with the median paint, and the largest shift and the median task of all."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        visits = sorted((visit(chromium, visitor, address) for _visit in range(VISITS)), key=lambda seen: seen.paint)
        chromium.close()
    seen = visits[VISITS // 2]
    seen.shift = max(each.shift for each in visits)
    seen.longest = median(each.longest for each in visits)
    return seen


def visit(chromium: Chromium, visitor: Browser, address: str) -> Seen:
    """One first visit: nothing cached, the whole page scrolled through once."""
    site = f"http://127.0.0.1:{visitor.port}"
    context = chromium.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in visitor.cookies.items()])
    page = context.new_page()
    page.add_init_script(WATCH)
    seen = Seen()
    slow_down(context.new_cdp_session(page), site, seen)
    page.goto(site + address, wait_until="networkidle")
    look_at(page, seen)
    context.close()
    return seen


def slow_down(wire: CDPSession, site: str, seen: Seen) -> None:
    """Throttle, and count what arrives: a response says what it is, its end how heavy it was."""
    kinds: dict[str, str] = {}

    def responded(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]
        seen.foreign += not event["response"]["url"].startswith((site, "data:"))

    def finished(event: dict[str, Any]) -> None:
        seen.sent[kinds.get(event["requestId"], "Other")] += int(event["encodedDataLength"])

    wire.send("Network.enable")
    wire.on("Network.responseReceived", responded)
    wire.on("Network.loadingFinished", finished)
    wire.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})


def look_at(page: Page, seen: Seen) -> None:
    seen.paint = page.evaluate("window.painted") / 1000
    for _screen in range(12):
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    seen.shift, seen.longest = page.evaluate("[window.shift, window.longest]")
