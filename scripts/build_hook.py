"""What a package has besides its sources: compiled translations, and deploy/ without the secrets that may be there."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KINDS = (".conf", ".md", ".py", ".service", ".socket", ".timer", ".yaml", ".yml")


class Extras(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        from maturity import catalogues

        for _compiled in catalogues.compile_stale():
            pass
        if self.target_name == "wheel":
            for file in (Path(self.root) / "deploy").iterdir():
                if file.suffix in KINDS and not file.name.startswith("."):
                    build_data["force_include"][str(file)] = f"maturity/resources/deploy/{file.name}"
