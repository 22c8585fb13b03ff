"""The journeys' settings with static files under hashed names, as `make demo` serves them; only compressing is left out."""

import os
from pathlib import Path

from maturity import settings
from tests.journeys.settings import *  # noqa: F403

STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "tests.journeys.uncompressed.UncompressedStorage"}}
STATIC_ROOT = Path(os.environ["COLLECTED"])
WHITENOISE_USE_FINDERS = False
