#!/bin/sh
# Install the system libraries that WeasyPrint needs. Without the last one, PDFs are correct but take twice as long.
set -eu
wanted="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
command -v dpkg-query >/dev/null || exit 0
missing=
for package in $wanted; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
        *" installed") ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -qq -y --no-install-recommends $missing >/dev/null
else
    echo "For PDF reports, install once: sudo apt-get install$missing  (everything else works without)" >&2
fi
