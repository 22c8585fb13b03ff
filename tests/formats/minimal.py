"""The smallest bank in YAML, to be spoilt one line at a time."""

import pytest

from assessments.formats.bank import load_bank
from assessments.formats.problems import ProblemsError

BANK = """\
format: maturity-bank/1
key: tiny
version: 1.0.0
title: A tiny bank
language: en
levels:
  - {name: One, summary: The first}
  - {name: Two, summary: The second}
  - {name: Three, summary: The third}
  - {name: Four, summary: The fourth}
  - {name: Five, summary: The fifth}
pillars:
  - key: p
    name: Pillar
    weight: 1
    questions:
      - key: q1
        text: What?
        weight: 1
        allows_na: true
        anchors:
          - Nothing
          - Something
          - Half
          - Most
          - All
        next_steps:
          - {from: 1, action: Begin, owner: Chief executive, effort: 0.5, horizon: 90d, requires: [q2]}
      - key: q2
        text: How often?
        anchors: [Never, null, Sometimes, null, Always]
retired: [q-old]
"""


def spoilt(old, new):
    """The bank with one thing changed; the thing must be there exactly once."""
    assert BANK.count(old) == 1, f"{old!r} stands {BANK.count(old)} times"
    return BANK.replace(old, new)


def problems_of(source):
    """What loading says, line by line."""
    with pytest.raises(ProblemsError) as caught:
        load_bank(source, "tiny.yaml")
    return str(caught.value).splitlines()
