"""From rows to results: rows -> Answers -> score() -> Result, and the frozen Result of a closed assessment read back.

Everything that shows a result (page, PDF, file, command) uses `assessment_result`, which also decides what this reader
may see of single questions.
"""

from assessments.scoring.agreement import MIN_RESPONDENTS
from assessments.scoring.thresholds import may_show
from assessments.scoring.voters import MIN_VOTES

from .agreed import agreed_in, agreed_mark, order_of
from .answers import answers_of
from .assessment import (
    AssessmentResult,
    EarlierRound,
    Known,
    Scored,
    Standing,
    assessment_result,
    limited,
    score_assessment,
    standing,
)
from .bank import bank_of, question_rows
from .brand import Brand, Front, Mark, brand_of, client_mark, front_of, mark_of
from .changes import change_columns, change_since, previous_round
from .commentary import Commentary, commentary_of, commentary_row, is_result_of
from .decisions import Decided, decided, names_worked_on
from .earlier import beside_the_previous_round, view_beside
from .frozen import checksum_of, forget_function, pillar_rows
from .interviews import Interviews, counted, interviews_of, recorded_in
from .languages import bank_in, best_match, content_of, in_language, languages_of, name_in, title_in, worded
from .limits import counted_for, counted_in, seen_by_everybody
from .origin import notes_on_origin
from .written import Comment, Evidence

__all__ = [
    "MIN_RESPONDENTS",
    "MIN_VOTES",
    "AssessmentResult",
    "Brand",
    "Comment",
    "Commentary",
    "Decided",
    "EarlierRound",
    "Evidence",
    "Front",
    "Interviews",
    "Known",
    "Mark",
    "Scored",
    "Standing",
    "agreed_in",
    "agreed_mark",
    "answers_of",
    "assessment_result",
    "bank_in",
    "bank_of",
    "beside_the_previous_round",
    "best_match",
    "brand_of",
    "change_columns",
    "change_since",
    "checksum_of",
    "client_mark",
    "commentary_of",
    "commentary_row",
    "content_of",
    "counted",
    "counted_for",
    "counted_in",
    "decided",
    "forget_function",
    "front_of",
    "in_language",
    "interviews_of",
    "is_result_of",
    "languages_of",
    "limited",
    "mark_of",
    "may_show",
    "name_in",
    "names_worked_on",
    "notes_on_origin",
    "order_of",
    "pillar_rows",
    "previous_round",
    "question_rows",
    "recorded_in",
    "score_assessment",
    "seen_by_everybody",
    "standing",
    "title_in",
    "view_beside",
    "worded",
]
