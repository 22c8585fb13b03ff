"""The open and completed actions of a roadmap as CSV in the import formats of Jira, Planner and Microsoft Project.

Column names and dates are what the importers of these programs recognise, in English whatever the language of the page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from assessments.reports.files import csv_bytes
from assessments.results import AssessmentResult
from assessments.results.decisions import Task, tasks_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
JIRA_STATES = {"planned": "To Do", "started": "In Progress", "done": "Done"}
PLANNER_STATES = {"planned": "Not started", "started": "In progress", "done": "Completed"}
PERCENT = {"planned": "0%", "started": "50%", "done": "100%"}

type Tasks = Sequence[Task]
type Rows = Iterator[Sequence[str]]


def tasks_csv(result: AssessmentResult, tool: str) -> bytes:
    """The actions that were not dropped, for a tool of `TOOLS`. Raises KeyError."""
    return csv_bytes(TOOLS[tool](tasks_of(result.assessment), result))


def _jira(tasks: Tasks, result: AssessmentResult) -> Rows:
    """Dates as `30/Nov/26 12:00 AM`, the default of its importer."""
    yield "Summary", "Issue Type", "Status", "Assignee", "Due Date", "Labels", "Description"
    for task in tasks:
        state = JIRA_STATES[task.status]
        due = _day(task.due_on, lambda day: f"{day:%d}/{MONTHS[day.month - 1]}/{day:%y} 12:00 AM")
        yield task.title, "Task", state, task.owner, due, _label(task, result), _about(task, result)


def _planner(tasks: Tasks, result: AssessmentResult) -> Rows:
    """Dates as `11/30/2026`; the bucket is the pillar."""
    yield "Task Name", "Bucket Name", "Progress", "Assigned To", "Start Date", "Due Date", "Notes"
    for task in tasks:
        dates = (_american(task.created_on), _american(task.due_on))
        bucket = _pillar(task, result) or "Roadmap"
        yield task.title, bucket, PLANNER_STATES[task.status], task.owner, *dates, _about(task, result)


def _project(tasks: Tasks, result: AssessmentResult) -> Rows:
    """The names of the fields as its export map writes them; predecessors are numbers of rows."""
    numbers = {task.key: str(number) for number, task in enumerate(tasks, start=1)}
    yield "ID", "Name", "Start", "Finish", "Predecessors", "Resource_Names", "Percent_Complete", "Notes"
    for task in tasks:
        first = ",".join(numbers[each] for each in task.requires if each in numbers)
        dates = (_american(task.created_on), _american(task.due_on))
        yield (
            *(numbers[task.key], task.title, *dates, first),
            *(task.owner, PERCENT[task.status], _about(task, result)),
        )


def _day(day: date | None, form: Callable[[date], str]) -> str:
    return "" if day is None else form(day)


def _american(day: date | None) -> str:
    return _day(day, lambda day: f"{day:%m/%d/%Y}")


def _pillar(task: Task, result: AssessmentResult) -> str:
    pillar = result.bank.pillar_of.get(task.question)
    return pillar.name if pillar else ""


def _label(task: Task, result: AssessmentResult) -> str:
    """Labels may not contain spaces."""
    return "-".join(_pillar(task, result).split())


def _about(task: Task, result: AssessmentResult) -> str:
    question = result.bank.questions.get(task.question)
    effort = "" if task.effort is None else f"{task.effort:g} person-months"
    return "\n".join(part for part in (question.text if question else "", task.unit, effort) if part)


TOOLS: Mapping[str, Callable[[Tasks, AssessmentResult], Iterable[Sequence[str]]]] = {
    "jira": _jira,
    "planner": _planner,
    "project": _project,
}
