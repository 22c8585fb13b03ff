"""The commands in the documents: fenced blocks without a language, commands in running text, and the table of commands."""

import itertools
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")), *sorted(DOCS.rglob("*.md"))]
NOT_OURS = ("docs/decisions/reader-test/",)  # what readers wrote
FENCE = re.compile(r"(?ms)^```(\S*)\n(.*?)^```$")
STARTS = re.compile(
    r"(?:[A-Z_]+=\S+ )*(?:(?:python|make|sh|pip|pipx|git|docker|podman|kubectl|gunicorn|nginx|systemctl|systemd-\w+|apt-get|"
    r"ssh-keygen|sha256sum|openssl|manage\.py|ai-leadership) |\.venv/bin/|scripts/\w)"
)
TABLE = re.compile(r"(?m)^\| `([a-z_]+(?:\\\||[^`|])*)` \|")
DEPLOYED = re.compile(r"manage\.py,? ([^\"&;\n\\\]]+)")

SITES = ("ai-leadership demo", "ai-leadership serve")  # these two are no commands of Django


@dataclass(frozen=True)
class Command:
    """A command as `page` has it; `text` may be a synopsis: `[--publish]`, `json|xlsx|csv`, `FILE`, `ANSWERS…`."""

    page: str
    text: str

    @property
    def synopsis(self) -> bool:
        return "[" in self.text

    @property
    def typed(self) -> str:
        """The text without variables in front."""
        return re.sub(r"^(?:[A-Z_]+=\S+ )+", "", self.text)

    @property
    def variants(self) -> list[list[str]]:
        """Its words, once for each combination of alternatives, with everything that is optional."""
        plain = re.sub(r"[\[\]…]", "", self.text.replace("\\|", "|"))
        words = shlex.split(re.split(r" [<>] ", plain)[0], comments=True)
        return [list(chosen) for chosen in itertools.product(*(word.split("|") for word in words))]

    @property
    def words(self) -> list[str]:
        """The words of its first variant, without variables in front."""
        words = self.variants[0]
        return list(itertools.dropwhile(lambda word: re.match(r"[A-Z_]+=", word), words))

    @property
    def variables(self) -> list[str]:
        return [word.partition("=")[0] for word in self.variants[0][: -len(self.words)]]

    @property
    def managed(self) -> list[list[str]]:
        """The variants as (name, argument …) if `manage.py` or `ai-leadership` runs it; else none."""
        program, *rest = self.words
        if program in ("python", ".venv/bin/python") and rest[:1] == ["manage.py"]:
            program, *rest = rest
        if program not in ("manage.py", "ai-leadership") or not rest:
            return []
        name = f"{program} {rest[0]}"
        name = name if name in SITES else rest[0].replace("-", "_")
        return [[name, *variant[len(variant) - len(rest) + 1 :]] for variant in self.variants]


def documented() -> list[Command]:
    """Every command of the documents, each once a page, in order."""
    found = [command for page in PAGES for command in of_page(page)]
    return list(dict.fromkeys(command for command in found if not command.page.startswith(NOT_OURS)))


def of_page(page: Path) -> list[Command]:
    name, text = str(page.relative_to(ROOT)), page.read_text()
    blocks = [body for language, body in FENCE.findall(text) if language in ("", "sh")]
    lines = [line for body in blocks for line in body.splitlines() if line.strip()]
    prose = FENCE.sub("", text)
    inline = [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", prose)]
    lines += [code for code in inline if STARTS.match(code)]
    if "\n## Commands\n" in prose:
        lines += [f"manage.py {synopsis}" for synopsis in TABLE.findall(prose.split("\n## Commands\n")[1])]
    return [Command(name, line.strip()) for line in lines]


def deployed() -> list[Command]:
    """Every command of `manage.py` in deploy/."""
    files = sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file())
    return [
        Command(f"deploy/{path.name}", f"manage.py {words.strip()}")
        for path in files
        for words in DEPLOYED.findall(path.read_text())
    ]
