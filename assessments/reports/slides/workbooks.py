"""The data of native charts. Their workbooks hold texts as texts: no formula, no link, and no date of today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from xlsxwriter import Workbook

LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)  # the same files give the same bytes
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class _Plain:
    """Opens the workbook of a chart in place of the library, which would turn `=…` into a formula."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Any, Any]]:
        workbook = Workbook(xlsx_file, PLAIN)
        workbook.set_properties({"created": LONG_AGO.replace(tzinfo=None)})
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _CategoryWriter(_Plain, CategoryWorkbookWriter):  # type: ignore[misc]
    pass


class _XyWriter(_Plain, XyWorkbookWriter):  # type: ignore[misc]
    pass


class Categories(CategoryChartData):  # type: ignore[misc]
    """Series over named categories."""

    @property
    def _workbook_writer(self) -> _CategoryWriter:
        return _CategoryWriter(self)


class Points(XyChartData):  # type: ignore[misc]
    """Series of points."""

    @property
    def _workbook_writer(self) -> _XyWriter:
        return _XyWriter(self)
