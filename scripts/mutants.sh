#!/bin/sh
# Plants faults in a copy of assessments/scoring, one at a time, and lists those that no test notices.
# Takes about half an hour. docs/decisions/0004-mutants.md lists the known survivors with reasons.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/assessments" "$folder/tests"
touch "$folder/assessments/__init__.py" "$folder/tests/__init__.py"
cp -r assessments/scoring assessments/formats "$folder/assessments/"
cp -r tests/scoring "$folder/tests/"

# Only tests that need no Django, and only some random cases, because each surviving mutant runs them all.
cat > "$folder/pyproject.toml" <<'TOML'
[tool.mutmut]
source_paths = ["assessments/scoring"]
also_copy = ["assessments"]
use_git_change_detection = false
track_dependencies = false
pytest_add_cli_args = ["-p", "no:django", "-p", "no:cacheprovider", "-q", "-m", "not long"]
pytest_add_cli_args_test_selection = [
    "tests/scoring",
    "--ignore=tests/scoring/test_method.py",
    "--ignore=tests/scoring/test_planted_bugs.py",
    "--ignore=tests/scoring/test_properties.py",
    "--deselect=tests/scoring/test_interval.py::test_ten_times_the_people_take_about_ten_times_as_long",
    "--deselect=tests/scoring/test_oracle.py::test_the_engine_agrees_with_the_second_opinion[1",
    "--deselect=tests/scoring/test_oracle.py::test_the_engine_agrees_with_the_second_opinion[2",
    "--deselect=tests/scoring/test_oracle_assessments.py::test_the_engine_agrees_with_the_second_opinion_on_change[1",
]

[tool.pytest.ini_options]
markers = ["long: takes minutes"]
TOML

mutmut=$(pwd)/.venv/bin/mutmut
cd "$folder"
"$mutmut" run
"$mutmut" results
