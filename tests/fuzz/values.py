"""Values that nobody types: as bytes of a field, a path or a header, as JSON, as whole bodies, as files."""

import gzip
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

DIGITS = b"1" * 5000
LONGEST = b"x" * 1_000_000  # once a form
WORST = ["", "\0", "\ud800", "²", "9" * 30, "9999-12-31"]  # the slice of every day
NUMBERS = ["-1", "0", "+1", "1.5", "1e999", "NaN", "Infinity", "-Infinity", "0x1F", "1_000", "٣", "²", "Ⅷ", "½", "１"]
NUMBERS += ["2147483648", "9223372036854775808", "-9223372036854775809", "9" * 30]
DAYS = ["0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-W53-7", "2026-1-1", "-0001-01-01"]
DAYS += ["31/12/9999", "2026-01-01T25:61:61Z", "0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59"]
SIGNS = [
    "\0",
    "a\0b",
    "\r\nX: y",
    "\x1b[31m",
    "\x7f",
    "\u202e\u2066",
    "\u200b",
    "\ufeff",
    "\uffff",
    "\U000e0001",
    "e\u0301" * 50,
]
WORDS = ["", " ", "null", "true", "[]", "{}", "None", "undefined", "x" * 10_000, "🧑🏽‍🚀", "ß" * 300, "İ"]
HOSTILE = [
    "'; DROP TABLE x; --",
    "' OR 1=1",
    "<script>x</script>",
    "{{ 7*7 }}{% x %}",
    "${7*7}",
    "%s%n%(x)s{0}",
    "=1+1",
]
PATHS = ["../../etc/passwd", "..\\..\\x", "a/b", "//evil.example", "http://[", "javascript:x", "a;b=c", "?#&=%"]
NOBODY = "00000000-0000-4000-8000-000000000000"
IDS = [NOBODY, NOBODY.upper().replace("8", "A"), f"{{{NOBODY}}}", NOBODY.replace("-", ""), f"urn:uuid:{NOBODY}"]
IDS += ["00000000-0000-1000-8000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", NOBODY[:-1]]
TEXTS = [*WORDS, *NUMBERS, *DAYS, *SIGNS, *HOSTILE, *PATHS, *IDS]
RAW = [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", DIGITS]  # no UTF-8, half a character, NUL in too many bytes
VALUES = [*(text.encode("utf-8", "surrogatepass") for text in TEXTS), *RAW]
IDENTIFIERS = [text.encode() for text in (*IDS, *NUMBERS)]
SLICE = [text.encode("utf-8", "surrogatepass") for text in WORST]

# What stands in a body of JSON instead of a member's value
JSON = ["null", "true", "[]", "{}", "[null]", '{"a": {"b": []}}', '""', '"\\u0000"', '"\\ud800"', '"\\udfff\\ud83d"']
JSON += ["-1", "0", "1.5", "1e999", "-1e999", "NaN", "Infinity", "9" * 30, "1" * 5000, "[" * 5000 + "]" * 5000]
JSON += ['"²"', '"٣"', '"9999-12-31"', f'"{"x" * 20_000}"', '"<script>"', f'"{NOBODY}"', "99999999999", "1E400"]

FORM, DATA = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
BODIES = [  # (type, body)
    *((FORM, body) for body in (b"", b"=", b"&&&", b"%", b"%00=%00", b"%FF=%ED%A0%80", b"a=1" + b"&a=1" * 2000)),
    *(
        (DATA, body)
        for body in (b"", b"--b", b"--b\r\n\r\n", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--")
    ),
    (DATA, b'--b\r\nContent-Disposition: form-data; name="a"; filename="\0/../x"\r\n\r\nx\r\n--b--\r\n'),
    (
        DATA,
        b'--b\r\nContent-Disposition: form-data; name="\xff"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--b--',
    ),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=" + "b" * 300, b"x"),
    ("multipart/form-data; boundary=\xe9", b"x"),
    (f"{FORM}; charset=utf-7", b"a=+AD4-"),
    (f"{FORM}; charset=nothing", b"a=b"),
    (f"{FORM}; charset=utf-16", b"a=b\xff"),
    ("application/json", b""),
    *(
        ("application/json", body)
        for body in (b"[]", b"null", b"{", b"\xef\xbb\xbf{}", b'{"a":1,"a":2}', b"\xff", b"1" * 5000)
    ),
    ("application/json", b"[" * 100_000),
    ("application/json; charset=utf-16", b"{}"),
    ("text/xml", b"<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>"),
    ("", b"x"),
    ("\xff", b"x"),
]

HEADERS = {
    "Accept-Language": [
        "",
        "*",
        "xx",
        "de;q=nan",
        "en" * 5000,
        "de;q=1e999",
        "\xff",
        "de-DE-x-y;q=0.5,," * 100,
        "²",
        "-",
        "\0",
    ],
    "Referer": [
        "",
        "x",
        "http://[",
        "\xff",
        "http://testserver/\0",
        "x" * 10_000,
        "data:,x",
        "http://testserver:99999/",
    ],
    "Origin": ["null", "http://[", "x", "\xff", "http://testserver:x"],
    "Host": ["", "x y", "testserver:99999", "[::1", "a" * 8000, "\xff", "testserver:²", "127.0.0.1:80:80"],
    "If-None-Match": ["", "*", '"', 'W/"x"', "x" * 10_000, "\xff", '"a", "b'],
    "If-Modified-Since": ["", "x", "Thu, 99 Feb 99999 99:99:99 GMT", "Mon, 01 Jan 0000 00:00:00 GMT", "²"],
    "X-Requested-With": ["XMLHttpRequest", "\0", "\xff"],
    "X-Request-ID": ["\0", "\r\n", "x" * 10_000, "²²²²²²²²"],
    "X-Forwarded-For": ["", "x", "1.2.3.4.5", "::", "\xff", ",,,", "1" * 5000, "127.0.0.1, \0"],
    "X-Forwarded-Proto": ["", "ftp", "https,http"],
    "Range": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "1" * 5000 + "-", "x", "bytes=0-0,2-3", "bytes=²-"],
    "Accept": ["", "*/*;q=nan", "application/json", "text/html;charset=\xff", "/", ";;;", "x" * 10_000],
    "Accept-Encoding": ["gzip;q=nan", "*", "\xff", "br;q=²"],
    "Authorization": [
        "",
        "Bearer",
        "Bearer \xff",
        "Bearer \0",
        "Basic x",
        "Basic " + "=" * 99,
        "x" * 10_000,
        "bearer mat_²",
    ],
    "Content-Length": ["-1", "x", "²", "9" * 30, ""],
    "X-CSRFToken": ["", "\0", "x" * 10_000, "\xff"],
    "Cookie": [
        *(f"django_language={odd}" for odd in ("", "xx", "x" * 10_000, "\xff", "../../x", "%00", "de\0", "²")),
        *(
            "sessionid=",
            "sessionid=\xff",
            "sessionid=" + "x" * 5000,
            "sessionid=%00",
            "csrftoken=\xff; csrftoken=",
            ";;=;\0",
        ),
        *("messages=\xff", "messages=[[", "sessionid=" + "\0"),
    ],
}


def bomb():
    """A megabyte of nothing in a kilobyte."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../x", b"\0" * 1_000_000)
        packed.writestr("manifest.json", "[" * 10_000)
    return archive.getvalue()


CONTENTS = [
    b"",
    b"\0",
    b"\xff\xfe\0",
    b"x",
    b"PK\x03\x04",
    b"%PDF-1.7",
    b"GIF89a\xff\xff\xff\xff",
    b"\x89PNG\r\n\x1a\n\0",
    b"[" * 5000,
]
CONTENTS += [
    b"key: &a [*a]",
    b"!!python/object:os.system x",
    b"a: " + DIGITS,
    b"a: 1e999\nb: .nan\nc: 0000-00-00",
    b"\xef\xbb\xbfa: b",
]
CONTENTS += [b"<svg onload='x'/>", b"a,b\n" * 1000, b'"', b"a@b.example,\xff", bomb(), gzip.compress(b"x" * 100_000)]
NAMES = ["", "\0", "../x.yaml", "a/b.png", "x" * 300 + ".zip", "CON", "²\u202e.yaml", ".", "x.yaml\r\nX: y"]


def uploads():
    """Files whose content or whose name is odd."""
    for content in CONTENTS:
        for kind in ("application/octet-stream", "image/png"):
            yield SimpleUploadedFile("x.yaml", content, kind)
    for name in NAMES:
        file = SimpleUploadedFile("x", b"x")
        file._name = name  # past the class, which tidies it as a server would
        yield file
