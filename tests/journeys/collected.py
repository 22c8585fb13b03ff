"""The journeys' settings with static files as `make demo` serves them: collected, compressed, under hashed names."""

import os
from pathlib import Path

from maturity import settings
from tests.journeys.settings import *  # noqa: F403

STORAGES = settings.STORAGES
STATIC_ROOT = Path(os.environ["COLLECTED"])
WHITENOISE_USE_FINDERS = False
