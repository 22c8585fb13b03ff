"""Score an assessment, and read the frozen result of a closed one as a reader may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Exists, Max, OuterRef

from assessments.formats.answers import dump_answers, load_answers
from assessments.formats.result import dump_result
from assessments.models import Assessment, Result as ResultRow, Submission, Thread, User, new_salt
from assessments.scoring.agreed import Agreed, AgreedLevel, agreed
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.change import Comparison
from assessments.scoring.documents import PillarEvidence, pillars_evidence
from assessments.scoring.figures import Result
from assessments.scoring.flags import looks_careless
from assessments.scoring.minimum_respondents import may_show
from assessments.scoring.pulse import score_asked
from assessments.scoring.suppression import ReaderResult, Seen
from assessments.scoring.view import Earlier, ResultView, TrendHistory
from assessments.scoring.whatif import supported_levels

from .agreed import agreed_levels
from .answers import answers_of
from .bank import bank_of
from .commentary import Commentary, commentary_of
from .frozen import checksum_of
from .interviews import Interviews, Recorded, count_interviews, recorded_in
from .limits import Limits, Recorders, counted_in, eligible_for, frozen_within, within
from .neighbours import differing_from
from .split import means_by_function
from .units import SeenUnits, with_units
from .written import NOTHING, Comment, Evidence, Written, names_of, written_in


@dataclass(frozen=True)
class Scored:
    """A result to be stored: its text, the answers it was computed from, and a salted checksum over both.

    `shown` is what everyone with access to the result may see; `counted` and `differing` are as in the row.
    """

    result: Result
    result_text: str
    answers_text: str
    counted: Recorders
    differing: frozenset[str]
    shown: ReaderResult
    salt: str
    answers: Answers

    @property
    def checksum(self) -> str:
        return checksum_of(self.result_text, self.answers_text, self.salt)


def score_assessment(assessment: Assessment, submissions: Iterable[Submission]) -> Scored:
    """Score the submissions in a fixed number of queries, however many answers."""
    bank = bank_of(assessment.bank_version)
    answers = with_units(assessment, answers_of(assessment, submissions))
    result = score_asked(bank, answers, assessment.subset)
    texts = dump_result(result), dump_answers(answers)
    return limited(assessment, result, answers, texts, counted=counted_in(assessment), salt=new_salt())


def limited(
    assessment: Assessment, result: Result, answers: Answers, texts: tuple[str, str], *, counted: Recorders, salt: str
) -> Scored:
    """A result with the facts that limit what is shown; `texts` are the result and its answers as stored. One query."""
    bank, is_named = bank_of(assessment.bank_version), assessment.is_named
    differing = frozenset() if is_named else differing_from(assessment, answers, bank, counted)
    people = None if is_named else eligible_for(counted, None, everybody=True)
    visible = within(Limits(salt, people, differing, bank, answers, result))
    return Scored(result, *texts, counted, differing, visible, salt, answers)


@dataclass(frozen=True)
class EarlierRound(Seen):
    """An earlier round of the same bank: its frozen result, and what changed from it to the later one.

    `seen` is what the reader of the later round may see of the earlier result. The comparison leaves out whatever would
    reveal a hidden answer of either assessment.
    """

    assessment: Assessment
    seen: ReaderResult
    comparison: Comparison
    bank: Bank
    answers: Answers
    checksum: str


@dataclass(frozen=True)
class AssessmentResult(Seen):
    """A frozen result and what this reader may see of it: means, counts per level, and texts, by question key.

    `result` is what this reader may see (`seen`); `answers` are all answers behind it, for further computation. `names`
    are people's names by pseudonym, only in a named assessment and for those who manage it.
    """

    assessment: Assessment
    frozen: ResultRow
    bank: Bank
    seen: ReaderResult
    answers: Answers
    comments: Mapping[str, tuple[Comment, ...]]
    reader: User | None = None
    eligible: frozenset[str] | None = None  # the people who count towards the limits; None if there are no limits
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    reasons: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)  # why a question does not apply
    names: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, Recorded] = field(default_factory=dict)  # interviews by pseudonym
    earlier: EarlierRound | None = None  # the previous round, if this reader may see it
    trend: TrendHistory | None = None  # the assessments up to this one that the reader may see
    agreed_levels: Mapping[str, AgreedLevel] = field(default_factory=dict)  # what a workshop agreed on, by question key
    commentary: tuple[Commentary, ...] = ()
    units: SeenUnits | None = None  # the results of all units, if this reader may see all

    @property
    def confidential(self) -> bool:
        """Whether limits apply."""
        return self.eligible is not None

    @cached_property
    def view(self) -> ResultView:
        """The result as sentences and drawings use it."""
        before, organisation = self.earlier, self.assessment.organisation.name
        names = None if before is None else (before.assessment.name, self.assessment.name)
        earlier = None if before is None or names is None else Earlier(before.result, before.comparison, names)
        return ResultView(self.bank, self.seen, organisation, earlier, agreed=self.agreed, trend=self.trend)

    @cached_property
    def agreed(self) -> Agreed | None:
        """What the assessment's workshop agreed on and the result with it, alongside the official result."""
        return agreed(self.bank, self.answers, self.seen, self.agreed_levels)

    @cached_property
    def supported(self) -> Mapping[str, int | None]:
        """The level that cited or checked artefacts support, by pillar key; None if it would reveal answers."""
        levels = supported_levels(self.bank, self.answers)
        return {key: None if key in self.seen.closed else level for key, level in levels.items()}

    @cached_property
    def backing(self) -> tuple[PillarEvidence, ...]:
        """What documents do to the supported levels, as far as this reader may see it; nothing of too similar people."""
        if self.eligible is not None and self.frozen.differing:
            return ()
        return pillars_evidence(self.bank, self.answers, eligible=self.eligible, closed=self.seen.closed)

    @property
    def interviews(self) -> Interviews:
        """How many people were interviewed; visible to everyone who sees the result."""
        return count_interviews(self.recorded.values())

    @cached_property
    def functions(self) -> Mapping[str, Mapping[str, float]]:
        """The mean per function by question key, where a split may be shown: not beside those of units, because a
        function of which nearly all are in one unit would give away the others there."""
        if self.confidential and self.answers.units:
            return {}
        return means_by_function(self.bank, self.answers, self.counts, eligible=self.eligible)

    @property
    def then_margin(self) -> float | None:
        """Half the interval of the shift since last time; that of three or four people would tell how each of them rated."""
        enough = may_show("distribution", self.frozen.then_people, confidential=self.confidential)
        return self.frozen.then_margin if enough else None

    @cached_property
    def careless(self) -> int:
        """How many people gave nearly the same answer throughout."""
        return sum(looks_careless(self.bank, person) for person in self.answers.respondents)


class ReaderContext(NamedTuple):
    """What has already been read for the same assessment and reader, and need not be queried again."""

    confidential: bool
    recorded: Mapping[str, Recorded]
    commentary: tuple[Commentary, ...]
    agreed: Mapping[str, AgreedLevel]


@dataclass(frozen=True)
class CurrentResult:
    """Which result of an assessment is current, and who counts towards its limits for one reader; no figures.

    `has_threads`: whether questions about its answers were asked, which only those who manage it may know.
    """

    checksum: str
    frozen_at: datetime
    confidential: bool
    eligible: frozenset[str] | None  # None if there are no limits
    has_threads: bool


def current_result(assessment: Assessment, reader: User | None, *, outsider: bool = False) -> CurrentResult:
    """The current result's identity and limits for `reader`, or for an `outsider`. One query."""
    rows = assessment.results.order_by("-revision").values("revision", "checksum", "frozen_at", "counted")
    rows = rows.annotate(people=Count("assessment__participants"), last=Max("assessment__participants__user"))
    row = rows.annotate(has_threads=Exists(Thread.objects.filter(assessment=OuterRef("assessment"))))[0]
    confidential = outsider or limits_hold(assessment, reader, people=row["people"], last=row["last"])
    eligible = eligible_for(row["counted"], reader, everybody=outsider) if confidential else None
    return CurrentResult(row["checksum"], row["frozen_at"], confidential, eligible, row["has_threads"])


def assessment_result(
    assessment: Assessment,
    *,
    reader: User | None,
    may_read_comments: bool,
    may_read_names: bool = True,
    outsider: bool = False,
    reader_context: ReaderContext | None = None,
) -> AssessmentResult:
    """Return the current result of a closed assessment as `reader` may see it (None: the command line).

    An `outsider` neither manages it nor takes part: the limits of a confidential assessment always apply to them, and
    only those count who count for every reader, so they see nothing that another reader does not.

    Eight queries, however many people answered, plus one in a named assessment; fewer once the bank is cached.
    """
    frozen, bank = assessment.results.order_by("-revision")[0], bank_of(assessment.bank_version)
    answers = load_answers(frozen.answers, bank)
    reader_context = reader_context or _reader_context(assessment, reader, frozen.checksum)
    if outsider:
        reader_context = reader_context._replace(confidential=True)
    names = names_of(assessment) if assessment.is_named and may_read_comments and may_read_names else {}
    eligible = eligible_for(frozen.counted, reader, everybody=outsider) if reader_context.confidential else None
    people = 0 if frozen.differing else len(answers.respondents if eligible is None else eligible)
    texts = _written(assessment, names, reader_context, people, may_read_comments=may_read_comments)
    return AssessmentResult(
        assessment=assessment,
        frozen=frozen,
        bank=bank,
        seen=frozen_within(frozen, bank, answers, eligible),
        answers=answers,
        comments=texts.comments,
        reader=reader,
        eligible=eligible,
        evidence=texts.evidence,
        reasons=texts.reasons,
        names=names,
        recorded=reader_context.recorded,
        agreed_levels=reader_context.agreed,
        commentary=reader_context.commentary,
    )


def _reader_context(assessment: Assessment, reader: User | None, checksum: str) -> ReaderContext:
    """Read the facts that limit what is shown. Four queries."""
    people = list(assessment.participants.values_list("user", flat=True)[:2])
    confidential = limits_hold(assessment, reader, people=len(people), last=people[-1] if people else None)
    return ReaderContext(
        confidential, recorded_in(assessment), commentary_of(assessment, checksum), agreed_levels(assessment)
    )


def _written(
    assessment: Assessment, names: Mapping[str, str], context: ReaderContext, people: int, *, may_read_comments: bool
) -> Written:
    """No texts from too few people or for readers who may not read comments, unless all are the reader's own."""
    alone = not (context.confidential or assessment.is_named)
    enough = may_show("comments", people, confidential=context.confidential)
    return written_in(assessment, names) if enough and (may_read_comments or alone) else NOTHING


def limits_hold(assessment: Assessment, reader: User | None, *, people: int, last: int | None) -> bool:
    """Whether limits apply: not in a named assessment, nor if the reader (None: command line) is the only participant.

    `people` is the number of participants, `last` the user id of the last one.
    """
    alone = people == 1 and (reader is None or last == reader.pk)
    return not (assessment.is_named or alone)
