"""Who may see a consultancy's brand, logos and snippets: the row, or 404."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from assessments.models import Assessment, Consultancy, Engagement, Logo, Organisation, ReportTemplate, Snippet, User


def consultancies_of(user: User) -> QuerySet[Consultancy]:
    """The user's own consultancies, whose brand and snippets they may change."""
    return Consultancy.objects.of(user)


def consultancy_for(user: User, pk: UUID) -> Consultancy:
    """A consultancy that `user` is a consultant of."""
    return get_object_or_404(consultancies_of(user).select_related("logo"), pk=pk)


def organisation_for(user: User, pk: UUID) -> Organisation:
    """A client that `user` leads or serves as a consultant."""
    return get_object_or_404(Organisation.objects.managed_by(user).select_related("logo"), pk=pk)


def logo_of(owner: Consultancy | Organisation) -> Logo | None:
    """The logo of an owner from `consultancy_for` or `organisation_for`, or None. No query."""
    return getattr(owner, "logo", None)


def template_of(owner: Consultancy, kind: str) -> ReportTemplate | None:
    """The template of this kind of a consultancy from `consultancy_for`. One query."""
    return ReportTemplate.objects.filter(consultancy=owner, kind=kind).first()


def template_for(owner: Consultancy, kind: str) -> ReportTemplate:
    """The same, or 404 without one."""
    return get_object_or_404(ReportTemplate, consultancy=owner, kind=kind)


def snippet_for(user: User, consultancy: UUID, pk: UUID) -> Snippet:
    """A snippet of a consultancy that `user` is a consultant of."""
    own = Snippet.objects.filter(consultancy__in=consultancies_of(user), consultancy=consultancy)
    return get_object_or_404(own.select_related("consultancy"), pk=pk)


def snippets_of(consultancy: Consultancy) -> list[Snippet]:
    """All of its snippets, by pillar and level."""
    return list(consultancy.snippets.all())


class OfferedSnippet(NamedTuple):
    """A snippet offered next to the text field it suits."""

    pk: UUID
    title: str
    text: str


def snippets_for(user: User, assessment: Assessment, pillar: str, level: int | None) -> list[OfferedSnippet]:
    """Snippets of the consultancy for which `user` writes, for this pillar ("" for the whole assessment) and level."""
    consultancy = writing_consultancy(user, assessment)
    if consultancy is None:
        return []
    return [OfferedSnippet(row.pk, row.title, row.text) for row in consultancy.snippets.fitting(pillar, level)]


def writing_consultancy(user: User, assessment: Assessment) -> Consultancy | None:
    """The consultancy for which `user` writes about an assessment: one that serves its client; None for a lead."""
    serving = Engagement.objects.running().filter(organisation=assessment.organisation_id).values("consultancy")
    return consultancies_of(user).filter(pk__in=serving).first()
