"""`make screenshots`: pictures of the running product in `build/screenshots`, the two of the README in `docs/`, and those
of the help in `static/img/help`.

Pages at 390 and 1280 pixels, light and dark; every page of the report, where `pdftoppm` is installed.
"""

from __future__ import annotations

import io
import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.chromium import installed

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

FOLDER = Path("build/screenshots")
RESULT, REPORT = Path("docs/result.png"), Path("docs/report.png")
PILLAR_PAGE = 8  # of the demonstration's report
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/pictures.sqlite3", "DEMO": "on", "LOG_LEVEL": "ERROR"}
        django.setup()
        from django.core.management import call_command

        for command in ("migrate", "createcachetable", "demo"):
            call_command(command, verbosity=0, stdout=io.StringIO())
        call_command("collectstatic", verbosity=0, interactive=False)
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        take()
        reports()


def pages() -> dict[str, str]:
    """Where to go for each picture, as Northfield's executive sees it."""
    from assessments.models import Assessment

    open_assessment = Assessment.objects.get(state="open").pk
    result = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026").pk
    return {
        "home": "/home/",
        "start": "/assessments/start/",
        "overview": f"/assessments/{open_assessment}/",
        "pillar": f"/assessments/{open_assessment}/pillars/culture/",
        "review": f"/assessments/{open_assessment}/review/",
        "manage": f"/assessments/{open_assessment}/manage/",
        "result": f"/assessments/{result}/result/",
        "report": f"/assessments/{result}/report.pdf",
        "components": "/styleguide/",
    }


OPEN = {"landing": "/", "sign-in": "/accounts/login/", "sign-up": "/accounts/signup/", "missing": "/nowhere/"}


def take() -> None:
    from assessments.models import User
    from tests.benchmarks.browser import Browser as Visitor, served
    from tests.screenshots import help_pictures

    signed_in, help_addresses = pages(), help_pictures.addresses()
    with served() as port:
        visitor = Visitor(port, User.objects.get(email="executive@northfield.example"))
        report(visitor.get(signed_in.pop("report")))
        sessions = {email: dict(Visitor(port, User.objects.get(email=email)).cookies) for email in help_addresses}
        site = f"http://127.0.0.1:{port}"
        with sync_playwright() as playwright:  # from here on no query: its event loop forbids them
            chromium = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
            walk(chromium, site, signed_in, [{"name": n, "value": v, "url": site} for n, v in visitor.cookies.items()])
            help_pictures.take(chromium, site, help_addresses, sessions)
            chromium.close()
    print(f"Pictures are in {FOLDER}, those of the README in {RESULT.parent}.")


def walk(chromium: Browser, site: str, signed_in: dict[str, str], cookies: list[SetCookieParam]) -> None:
    for width, scheme in itertools.product(WIDTHS, SCHEMES):
        for addresses, known in ((OPEN, []), (signed_in, cookies)):
            context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            context.add_cookies(known)
            photograph(context.new_page(), site, addresses, f"{width}-{scheme}")
            context.close()
    page = chromium.new_page(viewport={"width": 1280, "height": 1600})
    page.context.add_cookies(cookies)
    page.goto(site + signed_in["result"])
    page.wait_for_timeout(1500)
    keep(page.screenshot(), RESULT)


def photograph(page: Page, site: str, addresses: dict[str, str], suffix: str) -> None:
    for name, address in addresses.items():
        page.goto(site + address)
        page.wait_for_timeout(1500 if name == "result" else 200)  # Plotly draws over the server's figure
        page.screenshot(path=FOLDER / f"{name}-{suffix}.png", full_page=True)


def keep(picture: bytes, path: Path) -> None:
    """A picture of the README: few colours need no more than a palette."""
    with Image.open(io.BytesIO(picture)) as drawing:
        drawing.convert("RGB").quantize(128).save(path, optimize=True)


def reports() -> None:
    """Four reports: typical, one person, mostly missing, forty people who write at length."""
    from assessments.reports.pdf.report import render_pdf
    from tests.reports.cases import CASES

    for name, case in CASES.items():
        report(render_pdf(case()), f"report-{name}")


def report(pdf: bytes, name: str = "report") -> None:
    """The report as a file, and its pages as pictures."""
    path = FOLDER / f"{name}.pdf"
    path.write_bytes(pdf)
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-png", "-r", "70", str(path), str(FOLDER / name)], check=True)
        if name == "report":
            keep((FOLDER / f"{name}-{PILLAR_PAGE:02}.png").read_bytes(), REPORT)


if __name__ == "__main__":
    main()
