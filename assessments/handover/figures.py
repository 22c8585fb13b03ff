"""The figures of a result that arrives lie on their scales, whoever computed them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from assessments.formats.json_line import Out

SCALE, SHARE, PEOPLE = (1, 5), (0, 1), (0, 1_000_000)

# By the name of the figure: the least and the most that it can be
SCALES: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("index", "score", "level", "target", "mean", "low_median", "bounds", "weight_range"), SCALE),
    **dict.fromkeys(("coverage", "na_share", "dont_know_rate", "evidence_coverage", "r_wg_star"), SHARE),
    **dict.fromkeys(("2", "3", "4", "5"), SHARE),  # attained
    **dict.fromkeys(("answered", "invited", "respondents", "n", "dont_know", "not_applicable"), PEOPLE),
    **dict.fromkeys(("index_100", "score_100"), (0, 100)),
    "interval": SCALE,
    "se": (0, 100),
    "disagreement": (0, 5),
    "gap": (-4, 4),
    "evidence": (0, 3),
    "tier": (0, 100),
    "gain": (-1_000, 1_000),
    "effort": (0, 1_000_000),
}
NEAR = 1e-9


def refuse_beyond_scale(figures: Out, name: str = "", place: str = "") -> None:
    """Raises ValueError for the first figure that cannot be."""
    if isinstance(figures, Mapping):
        for key, value in figures.items():
            refuse_beyond_scale(value, key, f"{place}.{key}".lstrip("."))
    elif isinstance(figures, Sequence) and not isinstance(figures, str):
        for number, value in enumerate(figures):
            refuse_beyond_scale(value, name, f"{place}[{number}]")
    elif isinstance(figures, int | float) and not isinstance(figures, bool):
        least, most = SCALES[name]
        if not least - NEAR <= figures <= most + NEAR:
            raise ValueError(
                _("%(place)s is %(figure)s, and lies between %(least)s and %(most)s.")
                % {"place": place, "figure": str(figures)[:40], "least": least, "most": most}
            )
