"""Logos: who may send one in, what is refused, and who gets to see it."""

import html
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assessments.models import AuditEvent, Consultancy, Engagement, Logo, User
from tests.branding import pictures
from tests.mailbox import browser_of
from tests.views.test_results import answered, finished


@pytest.fixture
def hart(northfield):
    firm = Consultancy.objects.create(name="Hart Advisory")
    firm.consultants.add(User.objects.create_user("dana@hart.example"))
    Engagement.objects.create(consultancy=firm, organisation=northfield)
    return firm


@pytest.fixture
def dana(hart):
    return browser_of(hart.consultants.get())


def of_client(organisation, part="logo/"):
    return f"/clients/{organisation.pk}/{part}"


def of_firm(firm, part="logo/"):
    return f"/consultancies/{firm.pk}/{part}"


def send(browser, address, content, name="logo.png", words=""):
    return browser.post(address, {"picture": SimpleUploadedFile(name, content, "image/png"), "words": words})


def test_a_consultant_and_a_lead_send_in_the_clients(northfield, hart, dana, alice):
    for browser, colour in ((dana, (200, 0, 0)), (browser_of(alice), (0, 0, 200))):
        assert send(browser, of_client(northfield), pictures.a_png(colour=colour)).status_code == 302
        answer = browser.get(of_client(northfield, "logo.png"))
        assert answer["Content-Type"] == "image/png" and answer["X-Content-Type-Options"] == "nosniff"
        assert Image.open(io.BytesIO(answer.content)).getpixel((9, 9)) == colour
    assert Logo.objects.count() == 1
    assert AuditEvent.objects.filter(verb="logo changed", object_id=str(northfield.pk)).count() == 2


def test_the_consultancys_is_its_consultants_alone(hart, dana, alice):
    assert send(dana, of_firm(hart), pictures.a_jpeg(), "logo.exe").status_code == 302
    assert dana.get(of_firm(hart, "logo.png")).content.startswith(b"\x89PNG")
    assert send(browser_of(alice), of_firm(hart), pictures.a_png()).status_code == 404


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pictures.SVG, "neither"),
        (pictures.a_zip(), "neither"),
        (pictures.only_a_head(20_000, 20_000), "ten million pixels"),
        (pictures.a_jpeg(400, 300)[:2000], "damaged"),
        (pictures.a_png() + bytes(3 * 1024 * 1024), "larger than 2 MB"),
        (pictures.animated(), "animated"),
        (b"", "empty"),
    ],
    ids=["svg", "zip", "bomb", "truncated", "huge", "moving", "empty"],
)
def test_what_is_no_logo_is_refused_with_a_reason_and_the_old_one_stays(northfield, hart, dana, content, reason):
    send(dana, of_client(northfield), pictures.a_png())
    before = Logo.objects.get().checksum
    answer = send(dana, of_client(northfield), content)
    assert answer.status_code == 400
    assert reason in html.unescape(answer.content.decode())
    assert Logo.objects.get().checksum == before


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_nothing_of_the_file_but_its_picture_is_kept(northfield, hart, dana, form):
    send(dana, of_client(northfield), pictures.with_a_place(form))
    assert b"Canary" not in dana.get(of_client(northfield, "logo.png")).content
    send(dana, of_client(northfield), pictures.a_polyglot())
    assert b"PolyglotCanary" not in bytes(Logo.objects.get().png)


def test_its_words_may_change_alone_and_come_from_the_name_without(northfield, hart, dana):
    assert dana.post(of_client(northfield), {"words": "x"}).status_code == 400  # there is no picture yet
    send(dana, of_client(northfield), pictures.a_png())
    assert 'alt="Logo of Northfield"' in dana.get(of_client(northfield)).content.decode()
    assert dana.post(of_client(northfield), {"words": "  Northfield,\na compass  "}).status_code == 302
    assert Logo.objects.get().alt == "Northfield, a compass"


def test_it_is_taken_away_again(northfield, hart, dana):
    send(dana, of_client(northfield), pictures.a_png())
    dana.post(of_client(northfield), {"remove": ""})
    assert dana.get(of_client(northfield, "logo.png")).status_code == 404
    dana.post(of_client(northfield), {"remove": ""})
    assert AuditEvent.objects.filter(verb="logo removed").count() == 1


def test_whoever_may_see_the_result_sees_both_and_nobody_else(assessment, northfield, hart, dana, alice, bob, charlie):
    send(dana, of_client(northfield), pictures.a_png())
    send(dana, of_firm(hart), pictures.a_png())
    answered(assessment, 3)
    result = finished(assessment, alice, release=False)
    addresses = [f"{result}logos/{whose}.png" for whose in ("client", "consultancy")]
    page = browser_of(alice).get(result).content.decode()
    assert all(address in page for address in addresses)
    assert 'alt="Logo of Northfield"' in page and 'alt="Logo of Hart Advisory"' in page

    def seen(user):
        return [browser_of(user).get(address).status_code for address in addresses]

    assert (seen(alice), seen(bob), seen(charlie)) == ([200, 200], [404, 404], [404, 404])
    browser_of(alice).post(f"/assessments/{assessment.pk}/release/", {"audience": "everyone", "confirmed": "yes"})
    assert (seen(bob), seen(charlie), seen(None)) == ([200, 200], [404, 404], [302, 302])
    assert browser_of(bob).get(of_client(northfield, "logo.png")).status_code == 404
    assert browser_of(alice).get(f"{result}logos/other.png").status_code == 404


def test_a_consultancy_of_another_client_stands_on_no_page(assessment, northfield, lakeside, alice):
    other = Consultancy.objects.create(name="Other")
    Engagement.objects.create(consultancy=other, organisation=lakeside)
    Logo.objects.create(consultancy=other, png=pictures.a_png(), width=240, height=80)
    answered(assessment, 3)
    result = finished(assessment, alice)
    assert "plate" not in browser_of(alice).get(result).content.decode()
    assert browser_of(alice).get(f"{result}logos/consultancy.png").status_code == 404
