"""The data model: one module per subject."""

from .agreed import AGREED_LIMIT, AgreedAnswer
from .answer import Answer, Submission
from .assessment import Assessment, Participant, new_pseudonym
from .audit_event import Actor, AuditEvent
from .bank import BankVersion, PublishedBankError, QuestionBank
from .bank_content import Anchor, Level, NextStep, Pillar, Question
from .benchmark import Cohort, CohortMember, PeerConsent
from .calendar_feed import CalendarFeed
from .commentary import COMMENTARY_LIMIT, Commentary
from .confirmation import Confirmation
from .delegation import Delegation
from .edit import Edit
from .evidence import EVIDENCE_NAME_LIMIT, Citation, Evidence
from .export import EXPORT_LASTS, MAX_TRIES, Export, ExportFile, HandOver
from .invitation import Invitation, Notice, Reminder, Reopening
from .kept_report import KeptReport
from .late_answer import KeptAnswers
from .link import MailedLink, token_hash_of
from .logo import LOGO_WORDS_LIMIT, Logo
from .name_review import NameReview
from .organisation import SMALL_PRINT_LIMIT, Consultancy, Engagement, Membership, Organisation
from .outgoing_email import ACCOUNT, TRIED_FOR, OutgoingEmail
from .person import User
from .pillar_review import REVIEW_NOTE_LIMIT, EvidenceCheck, PillarReview
from .programme import LATE_DAYS, NOTICE_DAYS, Planned, Programme, ProgrammePerson, ProgrammeRun, ProgrammeStep
from .report_template import TEMPLATE_NAME_LIMIT, ReportTemplate
from .result import PillarResult, Result, ResultQuerySet, new_salt
from .roadmap import MAX_EFFORT, MAX_NOTE, ActionNotice, DueAction, ProgressNote, RoadmapAction
from .scenario import Scenario
from .session import Session
from .shared_result import SharedResult
from .snippet import Snippet
from .then_rating import ThenRating
from .thread import THREAD_TEXT_LIMIT, Thread, ThreadEntry, ThreadNotice, Voice
from .token import ApiToken
from .translation import Translation, TranslationEdit
from .unit import (
    MAX_DEPTH,
    MAX_HEADCOUNT,
    MAX_UNIT_NAME,
    MAX_UNITS,
    OBJECTION_LIMIT,
    PartOfTree,
    Unit,
    UnitFigures,
    UnitLead,
    UnitObjection,
    part_under,
    units_in,
)
from .workshop import CODE_LENGTH, CODE_LETTERS, GUEST_NAME_LIMIT, Asking, Guest, Vote, Voter, Workshop, with_voters
