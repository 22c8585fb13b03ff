"""Who may see which row. Each function returns the row or raises Http404, so that outsiders cannot even learn
that it exists."""

from .answering import (
    PillarAccess,
    delegated_to,
    delegations_of,
    email_of,
    kept_answers,
    pillar_of,
    require_answers,
    require_pillar,
    require_question,
    session_ends,
    session_ends_for_good,
    submission_for,
)
from .assessments import (
    assessments_in,
    closed_assessment_for,
    is_release_undelivered,
    managed_assessment_for,
    may_see_results,
    own_action_for,
    participant_for,
    participations_of,
    people_of,
    person_of,
    progress_of_assessment,
    require_assessment,
    require_result,
    require_roadmap,
    require_user,
    runs,
    sees_result,
    shows_result,
)
from .brands import (
    OfferedSnippet,
    consultancies_of,
    consultancy_for,
    logo_of,
    organisation_for,
    snippet_for,
    snippets_for,
    snippets_of,
    template_for,
    template_of,
    writing_consultancy,
)
from .calendars import (
    calendar_feed_of,
    calendar_owner,
    dates_of_actions,
    dates_of_programmes,
    dates_of_release,
    dates_to_answer,
)
from .evidence import (
    citable_by,
    cited_last_time,
    editable_by,
    evidence_for,
    piece_of,
    pieces_cited_in,
    register_for,
    register_piece_for,
)
from .exports import export_for, exports_for_programs, exports_of
from .links import account_with, confirmation_with, delegation_with, invitation_with
from .organisations import (
    current_bank_version,
    deleted_organisation_for,
    deleted_organisations,
    is_name_used,
    led_organisation_for,
    led_organisations,
    name_review_for,
    name_reviews,
    organisations_managed_by,
    published_versions,
    usual_bank,
    usual_time_zone,
)
from .page_tokens import owner_of_page, page_token
from .programmes import programme_for, programme_of
from .sessions import session_of, sessions_of
from .shared_results import (
    ResultReader,
    admit_reader,
    link_on,
    reader_of,
    require_result_reader,
    shared_result_in,
    shared_result_with,
    shared_results_of,
)
from .threads import (
    ThreadAccess,
    is_asked,
    require_thread,
    threads_asked_of,
    threads_of,
    threads_with_entries,
)
from .tokens import active_token, active_tokens_of, own_token
from .units import (
    PeopleGrant,
    UnitsGrant,
    addresses_in,
    led_units,
    parts_led_by,
    possible_unit_leads,
    require_objections,
    require_part,
    require_people,
    require_units,
    roles_of,
    sees_all_units,
    unit_for,
    units_of,
)
from .workshops import (
    WorkshopState,
    admit,
    guest_in,
    guest_on,
    guests_of,
    running_workshops,
    workshop_now,
    workshop_now_for,
)
