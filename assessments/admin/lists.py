"""A list of the admin whose address may ask for anything."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.http import HttpRequest


class DatedList[Row: Model](ChangeList):
    """Django knows of most days that never were; this one knows of the end of time too, where a year more is too much."""

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as problem:
            raise IncorrectLookupParameters(problem) from problem
