"""Which package may import which. A new package or a new arrow is written here first, and in the map of CONTRIBUTING.md."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "assessments"

ARROWS = {
    "apps": set(),
    "branding": {"zip_errors"},
    "csv_safety": set(),
    "ics": set(),
    "encryption": set(),
    "http": set(),
    "markdown": set(),
    "models": set(),
    "reader_language": set(),
    "scoring": set(),
    "sentences": {"reader_language"},
    "stack": set(),
    "staticfiles": set(),
    "uploads": {"encryption", "zip_errors"},
    "zip_errors": set(),
    "access": {"models", "sentences"},
    "audit": {"models"},
    "formats": {"scoring"},
    "importers": {"scoring", "formats", "zip_errors"},
    "forms": {"uploads", "branding", "markdown", "models", "reader_language", "scoring", "sentences", "wording"},
    "migrations": {"models"},
    "wording": {"scoring", "sentences"},
    "charts": {"csv_safety", "scoring", "wording", "sentences"},
    "results": {"markdown", "models", "scoring", "formats", "sentences"},
    "templatetags": {"branding", "sentences", "wording"},
    "emails": {"encryption", "ics", "models", "reader_language", "audit", "results", "sentences"},
    "pages": {"ics", "models", "reader_language", "scoring", "wording", "charts", "results", "sentences"},
    "actions": {"uploads", "branding", "models", "reader_language", "scoring", "audit", "formats", "results", "emails"},
    "reports": {
        "branding",
        "csv_safety",
        "markdown",
        "reader_language",
        "scoring",
        "wording",
        "charts",
        "results",
        "pages",
        "sentences",
        "stack",
    },
    "api": {"models", "access", "results", "pages", "actions", "reports"},
    "demo": {"branding", "models", "scoring", "audit", "formats", "results", "pages", "actions", "reports"},
    "languages": {"models", "reader_language", "access", "results", "actions"},
    "privacy": {"models", "audit", "results", "emails", "actions"},
    "context_processors": {"languages"},
    "handover": {
        "branding",
        "markdown",
        "models",
        "scoring",
        "audit",
        "formats",
        "results",
        "actions",
        "privacy",
        "zip_errors",
    },
    "admin": {
        "csv_safety",
        "http",
        "models",
        "reader_language",
        "scoring",
        "access",
        "audit",
        "formats",
        "importers",
        "forms",
        "results",
        "emails",
        "pages",
        "actions",
        "reports",
        "languages",
        "handover",
    },
    "operations": {"encryption", "models", "audit", "emails", "actions", "handover"},
    "management": {
        "branding",
        "models",
        "scoring",
        "access",
        "audit",
        "formats",
        "importers",
        "results",
        "emails",
        "actions",
        "reports",
        "demo",
        "privacy",
        "handover",
        "operations",
    },
    "tasks": {"models", "reader_language", "access", "results", "emails", "actions", "reports", "operations"},
    "views": {
        "branding",
        "http",
        "ics",
        "models",
        "reader_language",
        "access",
        "forms",
        "wording",
        "charts",
        "results",
        "emails",
        "pages",
        "actions",
        "reports",
        "demo",
        "languages",
        "privacy",
        "handover",
        "sentences",
        "uploads",
    },
}


def package_of(path):
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imported_packages(source, path):
    """The packages of `assessments` that a file's code imports, relative imports resolved."""
    package = ["assessments", *path.relative_to(APP).parts[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (
            parts[1] for parts in (name.split(".") for name in names) if parts[0] == "assessments" and parts[1:]
        )


def violations(files):
    for path, source in files:
        package = package_of(path)
        for target in imported_packages(source, path):
            if target != package and target in ARROWS and target not in ARROWS[package]:
                yield f"{path.relative_to(ROOT)}: {package} may not import {target}"


def sources():
    return [(path, path.read_text()) for path in sorted(APP.rglob("*.py"))]


def test_every_package_has_its_arrows():
    packages = {package_of(path) for path in APP.rglob("*.py")} - {"__init__"}
    assert packages == set(ARROWS)


def test_the_maps_name_every_package_and_nothing_that_is_not_there():
    named = {}
    for file in ("README.md", "CONTRIBUTING.md", "docs/README.md"):
        text = (ROOT / file).read_text()
        paths = set(re.findall(r"`((?:assessments|maturity|templates|static|tests|docs|fixtures)/[\w./-]*)`", text))
        assert [path for path in paths if not (ROOT / path).exists()] == [], file
        assert [
            link
            for link in re.findall(r"\]\((?!http)([^)#]+)", text)
            if not (ROOT / file).parent.joinpath(link).exists()
        ] == []
        named[file] = {Path(path).parts[1].removesuffix(".py") for path in paths if path.startswith("assessments/")}
    assert named["CONTRIBUTING.md"] == set(ARROWS)
    assert named["README.md"] <= set(ARROWS)


def unknown_files(text, known):
    """The files and tests that a text names in code font and that do not exist; a path may start at any folder."""
    for path, test in re.findall(r"`((?:[\w.-]+/)*[\w-][\w.-]*\.(?:py|js|css|html|sh))(?:::(\w+))?`", text):
        files = [file for file in known if file.endswith(f"/{path}")]
        if not any(not test or f"def {test}(" in Path(file).read_text() for file in files):
            yield f"{path}::{test}" if test else path


def test_documents_name_only_files_that_exist():
    folders = ("assessments", "deploy", "fixtures", "maturity", "scripts", "static", "templates", "tests")
    known = [str(file) for file in ROOT.glob("*.*")]
    known += [str(file) for folder in folders for file in (ROOT / folder).rglob("*.*") if file.suffix != ".pyc"]
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(documents) > 20
    assert [(file.name, path) for file in documents for path in unknown_files(file.read_text(), known)] == []
    planted = "`scoring/none.py`, `test_architecture.py::test_none`, `test_architecture.py::test_arrows_hold`"
    assert list(unknown_files(planted, known)) == ["scoring/none.py", "test_architecture.py::test_none"]


def test_arrows_hold():
    assert list(violations(sources())) == []


def test_every_arrow_is_used():
    used = {(package_of(path), target) for path, source in sources() for target in imported_packages(source, path)}
    assert [
        (package, target) for package, targets in ARROWS.items() for target in targets - _used_by(package, used)
    ] == []


def _used_by(package, used):
    return {target for one, target in used if one == package}


def test_the_map_lists_a_package_below_those_it_imports():
    rows = (ROOT / "CONTRIBUTING.md").read_text().split("|---|---|")[1].split("\n\n")[0].strip().splitlines()
    row_of = {name: place for place, row in enumerate(rows) for name in re.findall(r"`assessments/(\w+)", row)}
    assert [
        (package, target)
        for package, targets in ARROWS.items()
        for target in targets
        if row_of[target] > row_of[package]
    ] == []


@pytest.mark.parametrize(
    ("file", "line", "target"),
    [
        ("scoring/pillar.py", "from assessments.models import Answer", "models"),
        ("charts/svg.py", "from ..models import Answer", "models"),
        ("formats/bank.py", "import assessments.results", "results"),
        ("forms/answering.py", "from assessments import actions", "actions"),
        ("models/bank.py", "from assessments.actions.banks import load", "actions"),
    ],
)
def test_a_planted_violation_is_found(file, line, target):
    package = file.split("/")[0]
    assert list(violations([(APP / file, line)])) == [f"assessments/{file}: {package} may not import {target}"]


def test_scoring_needs_only_the_standard_library():
    import sys

    allowed = set(sys.stdlib_module_names) | {"assessments"}
    for path in (APP / "scoring").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            assert {name.split(".")[0] for name in names} <= allowed, path


def at_module_level(body):
    for node in body:
        if isinstance(node, ast.If):  # `if TYPE_CHECKING`
            yield from at_module_level([*node.body, *node.orelse])
        else:
            yield node


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(source, path, modules):
    """The modules among `modules` that a file imports when it is loaded or type-checked."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in at_module_level(ast.parse(source).body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                yield from [name for name in (f"{base}.{alias.name}", base) if name in modules][:1]


def circles(files):
    """Groups of modules that all reach each other by their imports."""
    modules = {module_of(path) for path, _source in files}
    arrows = {module_of(path): set(imported_modules(source, path, modules)) for path, source in files}
    reached, grown = arrows, {}
    while grown != reached:
        grown = reached
        reached = {module: near.union(*(grown[one] for one in near)) for module, near in grown.items()}
    groups = [{other for other in reached[module] if module in reached[other]} for module in reached]
    return [group for place, group in enumerate(groups) if len(group) > 1 and group not in groups[:place]]


def test_no_module_imports_itself_by_a_detour():
    everything = [*sources(), *((path, path.read_text()) for path in sorted((ROOT / "maturity").rglob("*.py")))]
    assert circles(everything) == []


def test_a_planted_circle_is_found():
    files = [
        (APP / "results" / "a.py", "from .b import B"),
        (APP / "results" / "b.py", "if TYPE_CHECKING:\n    from assessments.results.c import C"),
        (APP / "results" / "c.py", "from assessments.results import a"),
        (APP / "results" / "d.py", "from .a import A"),
    ]
    assert circles(files) == [{f"assessments.results.{name}" for name in "abc"}]


def test_views_do_not_import_views():
    for path in (APP / "views").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("assessments.views"), path
                assert not node.level, path


def test_only_the_renderer_and_its_patches_import_weasyprint():
    importing = [
        path.name for path, source in sources() if "import weasyprint" in source or "from weasyprint" in source
    ]
    assert set(importing) <= {"render.py", "weasyprint_patches.py"}


@pytest.mark.parametrize("room", ["wording", "charts", "pages", "reports", "emails"])
def test_sentences_isolate_their_values(room):
    """`assessments.sentences` has the `gettext` that does; Django's lets an Arabic name reorder an English sentence."""
    plain = re.compile(r"from django\.utils\.translation import [^\n]*\b(n|p)?gettext(_lazy)?\b")
    assert [str(path) for path in (APP / room).rglob("*.py") if plain.search(path.read_text())] == []
