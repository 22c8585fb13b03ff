"""Small invented files in the layout of publishers' own: their structure, none of their sentences."""

import io
import zipfile

import openpyxl

AREAS = {"Care": ("Listening", "Fair play"), "Craft": ("Tools", "Upkeep", "Review")}


def workbook(sheets):
    """The bytes of a workbook with these sheets: name -> rows."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped(files):
    """The bytes of a ZIP: name -> content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(raw, name, content):
    """A workbook with one more part in its ZIP."""
    file = io.BytesIO(raw)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def with_damage(raw, how):
    """A ZIP with damage in each part: its compressed bytes, its compression (99), or a password."""
    content = bytearray(raw)
    for entry in zipfile.ZipFile(io.BytesIO(raw)).infolist():
        start, name = entry.header_offset, entry.orig_filename.encode()
        first = start + 30 + len(name)
        listed = raw.rindex(name) - 46  # in the directory, which holds the names again
        if how == "bytes":
            content[first] = 0xFF
        else:
            content[listed + (10 if how == "compression" else 8)] = 99 if how == "compression" else 1
    return bytes(content)


def aima():
    """A workbook like AIMA's: headings, merged areas, six questions a practice, and its own formula."""
    book = openpyxl.Workbook()
    book.active.title = "Introduction"
    sheet = book.create_sheet("Assessment Questions")
    sheet["A2"] = "Invented questions"
    sheet.append([])
    sheet.append([])
    sheet.append(["PRACTICE AREA", "STREAM", "MATURITY LEVEL", "QUESTIONS", "ANSWERS ", "MATURITY"])
    row = sheet.max_row + 1
    for area, practices in AREAS.items():
        first = row + 1
        for practice in practices:
            sheet.cell(row, 2, f"{practice} ")
            for place in range(6):
                stream, level = "AB"[place % 2], str(place // 2 + 1)
                cells = (
                    f"{practice} - Stream {stream}",
                    f"{level}.0",
                    f"Is {practice} {level}{stream} done?",
                    "To evaluate",
                )
                for column, value in enumerate(cells, start=2):
                    sheet.cell(row + 1 + place, column, value)
            sheet.cell(row + 1, 6, f"=SUM(E{row + 1}:E{row + 6})/2")
            row += 7
        sheet.cell(first, 1, area)
        row += 1
    return saved(book)


def samm():
    """A repository like SAMM's: two functions of one practice, two streams, three levels."""
    files = {"core-main/README.md": "x"}

    def part(folder, stem, kind, /, **fields):
        lines = [f"{key}: {value}" for key, value in {**fields, "type": kind}.items()]
        files[f"core-main/model/{folder}/{stem}.yml"] = "---\n# invented\n" + "\n".join(lines) + "\n"

    for level in (1, 2, 3):
        part("maturity_levels", str(level), "MaturityLevel", id=f"m{level}", number=level)
    values = "".join(
        f"\n- text: {text}\n  value: {value}\n  order: {order}"
        for order, (text, value) in enumerate((("No", 0), ("Some", 0.25), ("Half", 0.5), ("Most", 1)))
    )
    part("answer_sets", "K", "AnswerSet", id="k1", values=values)
    for order, (letter, function, short) in enumerate((("X", "Begin", "BB"), ("Y", "Grow", "GG"))):
        part("business_functions", function, "Function", id=f"f{letter}", name=function, order=order)
        part(
            "security_practices",
            f"{letter}-{short}",
            "Practice",
            id=f"p{letter}",
            function=f"f{letter}",
            name=f"Practice {short}",
            shortName=short,
            shortDescription="Invented.",
            order=1,
        )
        for stream in "AB":
            part(
                "streams",
                f"{letter}-{short}-{stream}",
                "Stream",
                id=f"s{letter}{stream}",
                practice=f"p{letter}",
                letter=stream,
                order=1,
            )
        for level in (1, 2, 3):
            part(
                "practice_levels",
                f"{letter}-{short}-{level}",
                "PracticeLevel",
                id=f"l{letter}{level}",
                practice=f"p{letter}",
                maturityLevel=f"m{level}",
            )
            for stream in "AB":
                name = f"{letter}-{short}-{level}-{stream}"
                part(
                    "activities",
                    name,
                    "Activity",
                    id=f"a{name}",
                    stream=f"s{letter}{stream}",
                    level=f"l{letter}{level}",
                    title="Invented",
                )
                part(
                    "questions",
                    name,
                    "Question",
                    id=f"q{name}",
                    activity=f"a{name}",
                    answerSet="k1",
                    order=1,
                    text=f"Do you {name}?",
                    quality="\n- One\n- Two",
                )
    return zipped(files)


def dsomm():
    """A model like DSOMM's, in two YAML documents: two dimensions, levels 1 to 4."""
    lines = ["---", "meta:", "  version: 3.2.1", "---"]
    number = 0
    for dimension, parts in (
        ("Making", {"Plan": (1, 1, 2, 4), "Make it": (1, 3)}),
        ("Looking after", {"Watch": (2, 2, 1)}),
    ):
        lines.append(f"{dimension}:")
        for part, levels in parts.items():
            lines.append(f"  {part}:")
            for level in levels:
                number += 1
                lines += [
                    f"    Activity {number}:",
                    f"      uuid: 00000000-0000-4000-8000-{number:012}",
                    "      description: |-",
                    "        Invented.",
                    "      risk: None.",
                    f"      level: {level}",
                    "      tags:",
                    "      - none",
                ]
    return ("\n".join(lines) + "\n").encode()


def aismm():
    """A definition like AISMM's: two pillars, three domains, every kind of question."""
    head = "version: '1.2'\nname: Invented\nscoring_config:\n  max_score: 100\npillars:\n"
    head += "".join(f"  {key}:\n    id: {key}\n    name: Pillar {key}\n    weight: 1.2\n" for key in ("one", "two"))
    kinds = {
        "d1": ("single5", "single6", "boolean"),
        "d2": ("several", "numeric", "text"),
        "d3": ("scale10", "single5"),
    }
    text = head + "domains:\n"
    for number, (domain, asked) in enumerate(kinds.items()):
        pillar = "one" if number < 2 else "two"
        text += f"  {domain}:\n    name: Domain {domain}\n    description: Invented.\n    pillar: {pillar}\n    weight: 1.3\n"
        text += "    levels:\n" + "".join(f"      level_{n}:\n        name: Step {n}\n" for n in range(1, 6))
        text += "    questions:\n"
        for place, kind in enumerate(asked):
            name = {"s": "single_choice", "b": "boolean", "n": "numeric", "t": "text"}[kind[0]]
            name = {"several": "multiple_choice", "scale10": "scale"}.get(kind, name)
            count = {"single5": 5, "single6": 6, "several": 7, "scale10": 10}.get(kind, 0)
            text += (
                f"      - id: {domain}_q{place}\n        text: Ask {domain} {place}?\n        question_type: {name}\n"
            )
            text += "        weight: 0.9\n"
            if count:
                text += "        options:\n" + "".join(f"          - Option {n} of {kind}\n" for n in range(count))
    return text.encode()
