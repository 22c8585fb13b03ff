"""Somebody puts three files behind an answer on a phone: one chosen, one dropped, one pasted; and says what one of them is."""

from playwright.sync_api import expect

from assessments.models import Citation
from tests.journeys.conftest import PHONE
from tests.journeys.looks import faults
from tests.uploads.files import PDF

KEY = "vision-direction"
# A drop and a paste as the browser would tell of them: no test can drag from a desktop, or fill a clipboard with files
HAND_OVER = """([target, kind, name]) => {
    const files = new DataTransfer()
    files.items.add(new File(["Minutes of May"], name, {type: "text/plain"}))
    const event = kind === "drop"
        ? new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true})
        : new ClipboardEvent("paste", {clipboardData: files, bubbles: true, cancelable: true})
    document.querySelector(target).dispatchEvent(event)
}"""


def test_files_are_chosen_dropped_and_pasted_beside_an_answer(respondent, cast):
    bob = respondent(size=PHONE)
    page = bob.page
    bob.open()
    page.locator(f"#{KEY} summary").click()
    files = page.locator(f"#{KEY} .files-field")
    files.get_by_label("Drop a file here").set_input_files(
        {"name": "chosen.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(files.get_by_role("link", name="chosen", exact=True)).to_be_visible()
    for kind, target in (("drop", f"#{KEY} .drop"), ("paste", f"#{KEY}-comment")):
        page.evaluate(HAND_OVER, [target, kind, f"{kind}.txt"])
        expect(files.get_by_role("link", name=kind, exact=True)).to_be_visible()
    assert Citation.objects.filter(submission__participant__user=cast.bob, question__key=KEY).count() == 3
    assert faults(page) == []
    files.get_by_role("link", name="Edit").first.click()
    page.get_by_label("Title").fill("Board minutes of May")
    assert faults(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Board minutes of May", exact=True)).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Back to the question").click()
    expect(page.locator(f"#{KEY} .files a[download]")).to_have_count(3)
