"""One user and one set of images for all tests of containers."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.containers.podman import Podman, build_all


@pytest.fixture(scope="session")
def podman():
    """The image `localhost/maturity` and the stand-ins for those that deploy/ names, in a plain user's storage."""
    folder = Path(subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True).stdout.strip())
    folder.chmod(0o755)
    podman = Podman(folder)
    try:
        build_all(podman, folder)
        yield podman
    finally:
        podman.remove()
        shutil.rmtree(folder, ignore_errors=True)
