"""A report on a consultancy's own template, whatever is wrong with that file, and what is found in it."""

import logging

from assessments.branding.office import Found, TemplateError, TemplateKind
from assessments.reports.report import Report
from assessments.sentences import gettext as _

logger = logging.getLogger(__name__)


def found_in_template(content: bytes, kind: TemplateKind) -> tuple[Found, ...]:
    """What is looked for by name, and whether the template has it. Raises TemplateError."""
    from assessments.reports.slides.template import found_in, template_base
    from assessments.reports.word_template import found_in_word, opened_template

    return found_in(template_base(content)) if kind == "pptx" else found_in_word(opened_template(content))


def report_in(report: Report, content: bytes, kind: TemplateKind) -> bytes:
    """The slides or the Word document on this template. Raises TemplateError."""
    try:
        return _written(report, content, kind)
    except TemplateError:
        raise
    except Exception as broken:  # a file made to do harm passes every check and raises anything in the libraries
        logger.exception("A template cannot be written on")
        raise TemplateError(_("The report cannot be written on this template. Save it again in Office.")) from broken


def _written(report: Report, content: bytes, kind: TemplateKind) -> bytes:
    if kind == "pptx":
        from assessments.reports.slides.deck import report_pptx
        from assessments.reports.slides.template import template_base

        return report_pptx(report, base=template_base(content))
    from assessments.reports.word import report_docx
    from assessments.reports.word_template import opened_template

    return report_docx(report, template=opened_template(content))
