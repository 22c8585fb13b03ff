"""From rows to results: rows -> Answers -> score() -> Result, and the frozen Result of a closed assessment read back.

Everything that shows a result (page, PDF, file, command) uses `assessment_result`, which also decides what this reader
may see of single questions.
"""

from assessments.scoring.agreement import MIN_RESPONDENTS
from assessments.scoring.minimum_respondents import Shown, may_show
from assessments.scoring.voters import MIN_VOTES

from .agreed import agreed_in, agreed_levels, order_of
from .answers import answers_of
from .assessment import (
    AssessmentResult,
    EarlierRound,
    ReaderContext,
    Scored,
    assessment_result,
    current_result,
    limited,
    score_assessment,
)
from .bank import bank_asked, bank_of, question_rows
from .brand import (
    Brand,
    LogoImage,
    PageBrand,
    brand_of,
    brand_of_consultancy,
    client_logo,
    logo_image_of,
    page_brand_of,
    template_of,
)
from .changes import change_columns, change_since, previous_round
from .commentary import Commentary, commentary_of, commentary_row, is_result_of
from .decisions import ActionSummary, action_summaries, names_worked_on
from .earlier import page_view, with_all_units, with_previous_round
from .evidence import CitedAt, Unsupported, cited_at, pieces_cited_in_question, unsupported_levels
from .frozen import checksum_of, forget_function, pillar_rows
from .interviews import Interviews, count_interviews, interviews_of, recorded_in
from .languages import (
    bank_in,
    best_match,
    content_of,
    in_language,
    languages_of,
    name_in,
    spoken,
    subset_in,
    title_in,
    worded,
)
from .limits import counted_in, eligible_for, seen_by_everybody
from .origin import notes_on_origin
from .pulse import change_of, pulses_between
from .then_test import questions_of_last_time, ratings_of_last_time, then_columns
from .threads import answers_to_ask_about, people_who_answered
from .trend import has_trend, latest_of_trends, trend_json, trend_of
from .units import (
    SeenUnits,
    UnitsBefore,
    seen_units,
    unit_figures_of,
    unit_figures_text,
    units_asked,
    with_units_before,
)
from .written import Comment, Evidence
