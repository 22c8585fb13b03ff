"""Characters that nobody sees are pasted into a bank, and none is kept."""

from tests.admin.conftest import form_of


def test_a_bank_keeps_no_unseen_character(workshop, pillar):
    address = f"/admin/assessments/pillar/{pillar.pk}/change/"
    sent = {"name": "Vi\x07sion", "short": "Vision\x1f", "summary": "One\x0btwo\x1b"}
    assert workshop.post(address, {**form_of(workshop.get(address)), **sent}).status_code == 302
    pillar.refresh_from_db()
    assert (pillar.name, pillar.short) == ("Vision", "Vision")
    assert pillar.summary.splitlines() == ["One", "two"]
