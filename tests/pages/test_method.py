"""The method note as a page: public, complete, and safe whatever its text holds."""

import re

from assessments.pages.method import FILE, method, rendered


def test_anybody_can_read_the_method(client, db):
    response = client.get("/method/")
    assert response.status_code == 200
    assert b"<h1>The method</h1>" in response.content
    assert response.content.count(b"<h1") == 1


def test_every_heading_of_the_note_is_an_anchor():
    names = re.findall(r"^## (.+)$", FILE.read_text(), re.MULTILINE)
    assert [heading.name for heading in method().headings] == names
    for heading in method().headings:
        assert f'<h2 id="{heading.anchor}">' in method().html
    assert {"score", "bounds", "level", "index", "interval", "agreement"} <= {h.anchor for h in method().headings}


def test_formulas_and_tables_survive():
    assert "SE² = (n − 1)/n" in method().html
    assert method().html.count("<table>") == method().html.count('role="region"') > 0


def test_markup_in_the_text_is_shown_not_obeyed():
    page = rendered("# T\n\n## <script>alert(1)</script>\n\n<img src=x> [x](javascript:alert(1))\n")
    assert "<script" not in page.html
    assert "<img" not in page.html
    assert 'href="javascript' not in page.html


def test_no_link_of_the_page_leads_to_a_file():
    assert set(re.findall(r'href="([^"]+)"', method().html)) <= {f"#{heading.anchor}" for heading in method().headings}
    assert "security.md describes what remains" in method().html


def test_the_footer_of_every_page_leads_to_it(client, db):
    assert b'href="/method/"' in client.get("/").content


def test_readers_of_another_language_are_told_that_it_is_english(client, db):
    assert b"nur auf Englisch" in client.get("/method/", headers={"accept-language": "de"}).content
    assert b"English only" not in client.get("/method/").content
