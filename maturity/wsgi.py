"""The entry point for a web server such as gunicorn."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from assessments.stack import with_room

# Imported in advance, so that the first request, result and commentary need not wait
PRELOADED = ("maturity.urls", "assessments.formats.shapes", "markdown_it")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
application = with_room(get_wsgi_application())
for module in PRELOADED:
    import_module(module)
