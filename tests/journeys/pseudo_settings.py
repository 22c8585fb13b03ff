"""The settings of the journeys with one more language, whose catalogue lies where PSEUDO_LOCALE says."""

import os

from tests.journeys.settings import *  # noqa: F403
from tests.languages.pseudo import CODE

LANGUAGES = [("en", "English"), (CODE, "Longer English")]
LOCALE_PATHS = [os.environ["PSEUDO_LOCALE"]]
