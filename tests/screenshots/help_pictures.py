"""The pictures of the help, in each language it is written in."""

import io
from collections.abc import Mapping

from PIL import Image
from playwright.sync_api import Browser

from assessments.pages.help import PICTURE, WRITTEN_IN

EXECUTIVE, CONSULTANT, ADMIN = "executive@northfield.example", "consultant@hart.example", "admin@demo.example"


def addresses() -> dict[str, dict[str, str]]:
    """The address of each picture, by who looks."""
    from assessments.models import Assessment, BankVersion

    base = f"/assessments/{Assessment.objects.get(state='open').pk}"
    result = Assessment.objects.get(organisation__name="Northfield", name="Q4 2026").pk
    version = BankVersion.objects.published().newest_first()[0]
    return {
        EXECUTIVE: {
            "pillar": f"{base}/pillars/culture/",
            "review": f"{base}/review/",
            "result": f"/assessments/{result}/result/",
            "start": "/assessments/start/",
            "manage": f"{base}/manage/",
        },
        CONSULTANT: {"portfolio": "/portfolio/"},
        ADMIN: {
            "bank": f"/admin/assessments/questionbank/{version.bank_id}/change/",
            "version": f"/admin/assessments/bankversion/{version.pk}/change/",
        },
    }


def take(
    chromium: Browser, site: str, pages: Mapping[str, Mapping[str, str]], sessions: Mapping[str, Mapping[str, str]]
) -> None:
    """`sessions` holds the cookies of each who looks."""
    from django.conf import settings

    width, height = PICTURE
    for language in WRITTEN_IN:
        folder = settings.BASE_DIR / "static" / "img" / "help" / language
        folder.mkdir(parents=True, exist_ok=True)
        for email, shown in pages.items():
            context = chromium.new_context(viewport={"width": width, "height": height}, locale=language)
            context.add_cookies([{"name": n, "value": v, "url": site} for n, v in sessions[email].items()])
            page = context.new_page()
            for name, address in shown.items():
                page.goto(site + address)
                page.wait_for_timeout(500)
                with Image.open(io.BytesIO(page.screenshot())) as picture:
                    picture.convert("RGB").save(folder / f"{name}.webp", quality=60, method=6)
            context.close()
