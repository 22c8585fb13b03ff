"""What was promised for each line of `make bench`, for the eye."""

BUDGETS = {
    "start to first 200": "≤ 1.5 s",
    "a worker before its first report": "≤ 90 MB a worker",
    "score, 1 respondent × 56": "≤ 0.5 ms",
    "score, 100 respondents × 56": "≤ 30 ms",
    "score, 1,000 respondents × 56": "≤ 40 ms",
    "load 40 × 60 questions": "≤ 10 s",
    "result page, 144 questions": "≤ 40 × bare",
    "budget, 40 moves": "≤ 100 ms",
    "stream 10,000 × 1 × 56": "≤ 60 s, ≤ 80 MB",
    "stream 10,000 × 8 × 56": "≤ 60 s, ≤ 80 MB",
    "overview": "≤ 12 queries",
    "pillar page": "≤ 12 queries, ≤ 12 × bare",
    "pillar page, 20 files": "≤ 10 queries, ≤ 14 × bare",
    "register, 2,000 pieces": "≤ 10 queries",
    "evidence, 20 MB there and back": "≤ 10 MB of memory",
    "closing 200 units × 20 people": "≤ 5 s",
    "page of 200 units": "≤ 25 queries, ≤ 60 × bare",
    "pdf of 200 units": "≤ 4 s",
    "save one answer": "≤ 8 queries, ≤ 5 × bare",
    "8 people on the pillar page": "≥ 150 pages a second",
    "trend, 40 × 30, first": "≤ 200 ms",
    "trend, 40 × 30, kept": "≤ 20 ms",
    "calendar, 500 events, first": "≤ 50 ms",
    "calendar, 500 events": "≤ 50 ms",
    "first visit, landing page": "LCP ≤ 1.3 s, CLS ≤ 0.01",
    "first visit, pillar page": "LCP ≤ 0.9 s, CLS ≤ 0.01, together ≤ 90 KB",
    "first visit, result page": "LCP ≤ 1.5 s, CLS ≤ 0.01, together ≤ 350 KB, longest task ≤ 200 ms",
    "first visit, figures of the result": "LCP ≤ 1.5 s, CLS ≤ 0.01, together ≤ 350 KB, longest task ≤ 200 ms",
    "result page": "≤ 15 queries, ≤ 20 × bare",
    "report, made": "≤ 20 queries, ≤ 1.5 s, ≤ 400 KB",
    "report, kept": "≤ 20 queries, ≤ 0.3 s, ≤ 400 KB",
    "report, rendering": "≤ 1.0 s, ≤ 2.2 × bare, ≤ 200 KB, ≤ 250 MB",
    "pdf, made": "≤ 1.5 s, ≤ 200 KB",
    "pptx, made": "≤ 1.0 s, ≤ 400 KB",
    "docx, made": "≤ 0.8 s",
    "pdf, pptx, docx and xlsx": "≤ 3 s",
    "save beside 5 reports, p95": "≤ 1.5 × alone",
}


def budget_of(name: str) -> str:
    """The budget of a line; "" without one."""
    bad = name.startswith(("answers: ", "bank: "))
    return "≤ 5 s, ≤ 500 MB, exit status 1" if bad else BUDGETS.get(name, "")
