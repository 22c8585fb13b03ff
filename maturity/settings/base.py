"""What the other settings depend on: where files are, the environment, and how the site is run."""

from django.core.exceptions import ImproperlyConfigured

from maturity.environment import Env
from maturity.places import RESOURCES, state_folder

BASE_DIR, STATE_DIR = RESOURCES, state_folder()  # what came with the product, only read; what this site writes
env = Env()
env.read_env(STATE_DIR / ".env")

SECRET_KEY: str = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Run `make setup`, or set it in the environment (see .env.example)."
    )

SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG: bool = env.bool("DEBUG", default=False)
DEMO: bool = env.bool("DEMO", default=False)
HTTPS: bool = env.bool("HTTPS", default=not (DEBUG or DEMO))
