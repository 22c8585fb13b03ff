"""What we remember, one noun a file."""

from .answer import Answer, Submission
from .assessment import Assessment, Participant, new_pseudonym
from .audit import Actor, AuditEvent
from .bank import Anchor, BankVersion, Level, NextStep, Pillar, PublishedBankError, Question, QuestionBank
from .organisation import Consultancy, Engagement, Membership, Organisation
from .person import User
from .result import PillarResult, Result

__all__ = [
    "Actor",
    "Anchor",
    "Answer",
    "Assessment",
    "AuditEvent",
    "BankVersion",
    "Consultancy",
    "Engagement",
    "Level",
    "Membership",
    "NextStep",
    "Organisation",
    "Participant",
    "Pillar",
    "PillarResult",
    "PublishedBankError",
    "Question",
    "QuestionBank",
    "Result",
    "Submission",
    "User",
    "new_pseudonym",
]
