"""Work in the background. A task names rows by their ids: it can be run again, and no text or token waits in a queue."""

from django.tasks import task

from .actions import letters


@task
def send_letter(kind: str, pk: str, base_url: str) -> None:
    """Write and send the letter of this kind about the row `pk`; nothing happens where it is no longer wanted."""
    letters.send(kind=kind, pk=pk, base_url=base_url)
