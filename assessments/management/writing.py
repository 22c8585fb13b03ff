"""Base class of commands that write a file, completely or not at all."""

import os
from pathlib import Path

from django.utils.translation import gettext as _

from assessments.management.file_command import FileCommand


class WritingCommand(FileCommand):
    """Writes a file, or reports why it could not."""

    def write(self, content: bytes, path: Path) -> bool:
        try:
            write_whole(path, content)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.stderr.write(_("%(file)s cannot be written: %(reason)s.") % {"file": path, "reason": reason})
            return False
        self.stdout.write(_("%(file)s: %(size)d KB") % {"file": path, "size": -(-len(content) // 1024)})
        return True


def write_whole(path: Path, content: bytes) -> None:
    """Write to a temporary file next to `path`, then rename it. Raises OSError and keeps an existing file."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
