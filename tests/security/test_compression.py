"""Pages are compressed, and no secret in them can be read off their length."""

import gzip

import pytest
from django.http import HttpResponse

from maturity.middleware.compression import CompressionMiddleware

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.django_db
def test_pages_are_compressed_and_read_the_same(client):
    plain, packed = client.get("/privacy/"), client.get("/privacy/", headers=GZIP)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(gzip.decompress(packed.content)) == len(plain.content)
    assert len(packed.content) * 2 < len(plain.content)


@pytest.mark.django_db
def test_the_same_page_has_many_lengths(client):
    """Django pads each response by a random length, so that a guess that is right makes no page shorter."""
    assert len({len(client.get("/privacy/", headers=GZIP).content) for _time in range(12)}) > 4


@pytest.mark.parametrize(("kind", "is_packed"), [("text/html", True), ("application/pdf", False), ("text/csv", False)])
def test_files_are_left_alone(rf, kind, is_packed):
    middleware = CompressionMiddleware(lambda request: HttpResponse(b"x" * 1000, content_type=kind))
    assert middleware(rf.get("/", headers=GZIP)).has_header("Content-Encoding") == is_packed
