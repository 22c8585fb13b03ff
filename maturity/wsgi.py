"""The entry point for a web server such as gunicorn."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

# What the first request, the first result and the first commentary would else wait for
BEFOREHAND = ("maturity.urls", "assessments.formats.shapes", "markdown_it")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
application = get_wsgi_application()
for module in BEFOREHAND:
    import_module(module)
