"""The help: public, in each language it is written in, with every picture in its place."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image

from assessments.pages.help import FOLDER, PICTURE, TOPICS, WRITTEN_IN, help_page


@pytest.mark.parametrize("language", WRITTEN_IN)
@pytest.mark.parametrize("topic", TOPICS)
def test_anybody_reads_each_topic_with_its_pictures(client, db, topic, language):
    html = client.get(f"/help/{topic}/", headers={"accept-language": language}).content.decode()
    assert f'<article class="prose help" lang="{language}">' in html
    pictures = re.findall(r'<img src="/static/img/help/(\w+)/(\w+)\.webp" alt="([^"]+)"', html)
    assert pictures and {folder for folder, _name, _words in pictures} == {language}
    for folder, name, _words in pictures:
        path = Path(f"static/img/help/{folder}/{name}.webp")
        assert path.stat().st_size < 45_000
        with Image.open(path) as picture:
            assert picture.size == PICTURE


def test_the_languages_say_the_same_in_the_same_order():
    for topic in TOPICS:
        found = []
        for language in WRITTEN_IN:
            text = (FOLDER / language / f"{topic}.md").read_text()
            found.append((len(re.findall(r"(?m)^## ", text)), re.findall(r"\]\((\w+)\)", text)))
        assert found[0] == found[1], topic


def test_who_reads_neither_is_told(client, db):
    with translation.override("ar"):
        assert help_page("answering").title == "Answering an assessment"


def test_there_is_no_other_topic(client, db):
    assert client.get("/help/nothing/").status_code == 404


def test_the_footer_of_every_page_leads_to_it(client, db):
    assert b'href="/help/answering/"' in client.get("/").content
