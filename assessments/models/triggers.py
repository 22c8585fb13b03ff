"""Database triggers for two rules that raw SQL and bulk updates must also follow:

a published bank version never changes (but can be retired), and the audit log is append-only (each row is linked
to the chain once).
SQLite and PostgreSQL follow the same rules; both raise an IntegrityError with a message.
"""

from collections.abc import Iterator

PUBLISHED = "a published bank version does not change"
APPEND_ONLY = "the audit log is append-only"

FIRST_VERSION_COLUMNS = (
    *("id", "bank_id", "version", "title", "language", "source", "licence"),
    *("about", "retired", "published_at", "checksum"),
)  # of migration 0001
VERSION_COLUMNS = (
    *FIRST_VERSION_COLUMNS,
    *("attribution", "format", "scale", "choices", "gate", "groups", "index_of"),
)  # of migration 0007
SUBSET_VERSION_COLUMNS = (*VERSION_COLUMNS, "subsets")  # of migration 0013 and later

EVENT_COLUMNS = ("id", "at", "actor", "verb", "object_type", "object_id")

# How each table refers to its version; {row} is OLD or NEW
VERSION_OF = {
    "assessments_level": "{row}.version_id",
    "assessments_pillar": "{row}.version_id",
    "assessments_question": "(SELECT version_id FROM assessments_pillar WHERE id = {row}.pillar_id)",
    "assessments_anchor": (
        "(SELECT p.version_id FROM assessments_question q JOIN assessments_pillar p ON p.id = q.pillar_id"
        " WHERE q.id = {row}.question_id)"
    ),
    "assessments_nextstep": (
        "(SELECT p.version_id FROM assessments_question q JOIN assessments_pillar p ON p.id = q.pillar_id"
        " WHERE q.id = {row}.question_id)"
    ),
}


def _is_published(table: str, row: str) -> str:
    version = VERSION_OF[table].format(row=row)
    return f"EXISTS (SELECT 1 FROM assessments_bankversion v WHERE v.id = {version} AND v.state <> 'draft')"  # noqa: S608 - constants


def _version_update(vendor: str, columns: tuple[str, ...]) -> str:
    """True if an update of a non-draft version does anything but retire it or offer it in a language."""
    differs, same = ("IS NOT", "IS") if vendor == "sqlite" else ("IS DISTINCT FROM", "IS NOT DISTINCT FROM")
    text = "" if vendor == "sqlite" else "::text"  # makes jsonb comparable, as text is
    changed = " OR ".join(f"OLD.{column}{text} {differs} NEW.{column}{text}" for column in columns)
    nothing = f"(OLD.state = NEW.state AND OLD.languages{text} {same} NEW.languages{text})"
    return f"OLD.state <> 'draft' AND (NEW.state NOT IN (OLD.state, 'retired') OR {changed} OR {nothing})"


def _event_update(vendor: str) -> str:
    """True if an update of an audit event does anything but link it to the chain for the first time."""
    same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
    unchanged = " AND ".join(f"OLD.{column} {same} NEW.{column}" for column in EVENT_COLUMNS)
    return f"NOT (OLD.number IS NULL AND NEW.number IS NOT NULL AND {unchanged})"


def _rules(vendor: str, columns: tuple[str, ...] = VERSION_COLUMNS) -> Iterator[tuple[str, str, str, str]]:
    """(table, operation, condition, message) for every refused write."""
    for table in VERSION_OF:
        yield table, "INSERT", _is_published(table, "NEW"), PUBLISHED
        yield table, "UPDATE", f"{_is_published(table, 'OLD')} OR {_is_published(table, 'NEW')}", PUBLISHED
        yield table, "DELETE", _is_published(table, "OLD"), PUBLISHED
    yield "assessments_bankversion", "INSERT", "NEW.state <> 'draft'", PUBLISHED
    yield "assessments_bankversion", "UPDATE", _version_update(vendor, columns), PUBLISHED
    yield "assessments_bankversion", "DELETE", "OLD.state <> 'draft'", PUBLISHED
    yield "assessments_auditevent", "UPDATE", _event_update(vendor), APPEND_ONLY
    yield "assessments_auditevent", "DELETE", "1 = 1", APPEND_ONLY


def _name(table: str, operation: str) -> str:
    return f"{table}_refuses_{operation.lower()}"


def install(vendor: str, columns: tuple[str, ...] = VERSION_COLUMNS) -> Iterator[str]:
    """The statements that create the triggers; `columns` are those of a version that never change."""
    for table, operation, condition, sentence in _rules(vendor, columns):
        name = _name(table, operation)
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
        else:
            row = "OLD" if operation == "DELETE" else "NEW"
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
                f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '23000'; END IF; RETURN {row}; END $$"
            )
            yield f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def remove(vendor: str) -> Iterator[str]:
    """The statements that drop the triggers (tests truncate tables between runs)."""
    for table, operation, _condition, _sentence in _rules(vendor):
        name = _name(table, operation)
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {name}"
        else:
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"DROP FUNCTION IF EXISTS {name}()"
