"""`make screenshots`: pictures of the running product in `build/screenshots`, and the radar for the README.

Pages at 390 and 1280 pixels, light and dark; every page of the report, where `pdftoppm` is installed.
"""

import io
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import django

FOLDER = Path("build/screenshots")
RADAR = Path("docs/radar.png")
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")


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


def pages() -> dict[str, str]:
    """Where to go for each picture, as Northfield's executive sees it."""
    from assessments.models import Assessment

    open_round = Assessment.objects.get(state="open").pk
    result = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026").pk
    return {
        "landing": "/",
        "home": "/home/",
        "start": "/assessments/start/",
        "overview": f"/assessments/{open_round}/",
        "pillar": f"/assessments/{open_round}/pillars/culture/",
        "review": f"/assessments/{open_round}/review/",
        "manage": f"/assessments/{open_round}/manage/",
        "result": f"/assessments/{result}/result/",
        "report": f"/assessments/{result}/report.pdf",
        "missing": "/nowhere/",
    }


def take() -> None:
    from playwright.sync_api import sync_playwright

    from assessments.models import User
    from tests.benchmarks.browser import Browser, served

    addresses = pages()
    system = shutil.which("chromium")
    with served() as port, sync_playwright() as playwright:
        visitor = Browser(port, User.objects.get(email="executive@northfield.example"))
        report(visitor.get(addresses.pop("report")))
        chromium = playwright.chromium.launch(executable_path=system, args=["--no-sandbox", "--disable-gpu"])
        for width in WIDTHS:
            for scheme in SCHEMES:
                context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                site = f"http://127.0.0.1:{port}"
                context.add_cookies([{"name": n, "value": v, "url": site} for n, v in visitor.cookies.items()])
                page = context.new_page()
                for name, address in addresses.items():
                    page.goto(site + address)
                    page.wait_for_timeout(1500 if name == "result" else 200)
                    page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
                    if (name, width, scheme) == ("result", 1280, "light"):
                        page.locator("#profile figure").screenshot(path=RADAR)
                context.close()
        chromium.close()
    print(f"Pictures are in {FOLDER}, the radar in {RADAR}.")


def report(pdf: bytes) -> None:
    """The report as a file, and its pages as pictures."""
    path = FOLDER / "report.pdf"
    path.write_bytes(pdf)
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-png", "-r", "70", str(path), str(FOLDER / "report")], check=True)


if __name__ == "__main__":
    main()
