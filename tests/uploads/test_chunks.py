"""Files encrypted in chunks: the same come back, and no chunk can be changed, moved, repeated or left out."""

import io
import os

import pytest

from assessments.encryption import UnreadableError
from assessments.uploads import chunks
from assessments.uploads.chunks import CHUNK, SALT, TAG, decrypted, encrypted

KEY = "a key"
STEP = CHUNK + TAG


def sealed(content, key=KEY):
    return b"".join(encrypted(io.BytesIO(content), key))


def opened(content, *keys):
    return b"".join(decrypted(io.BytesIO(content), keys or (KEY,)))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_encrypted_comes_back(size):
    content = os.urandom(size)
    assert opened(sealed(content)) == content


def test_an_earlier_key_still_opens_and_another_does_not():
    content = os.urandom(2 * CHUNK)
    assert opened(sealed(content, "old"), "new", "old") == content
    with pytest.raises(UnreadableError):
        opened(sealed(content), "another")


def test_two_files_of_one_content_differ():
    assert sealed(b"the same") != sealed(b"the same")


def changed(content):
    head, parts = content[:SALT], [content[SALT + n : SALT + n + STEP] for n in range(0, len(content) - SALT, STEP)]
    yield "a bit", content[:-1] + bytes([content[-1] ^ 1])
    yield "the end", head + b"".join(parts[:-1])
    yield "half a chunk", content[:-10]
    yield "swapped", head + parts[1] + parts[0] + b"".join(parts[2:])
    yield "repeated", head + parts[0] + content[SALT:]
    yield "more behind", content + parts[0]
    yield "another salt", bytes(SALT) + content[SALT:]
    yield "only the salt", head
    yield "nothing", b""


def test_a_changed_file_is_not_opened():
    for what, content in changed(sealed(os.urandom(3 * CHUNK - 5))):
        with pytest.raises(UnreadableError):
            pytest.fail(f"{what} was opened: {len(opened(content))}")


def test_no_more_than_two_chunks_are_in_memory():
    asked = []

    class Source(io.BytesIO):
        def read(self, size=-1):
            asked.append(size)
            return super().read(size)

    pieces = list(chunks.encrypted(Source(bytes(5 * CHUNK)), KEY))
    assert max(asked) == CHUNK
    assert max(map(len, pieces)) == STEP
