"""A PostgreSQL server and its standby, of this machine's package, in a folder of their own."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import psycopg

from tests.load.cluster import free_port

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"), key=lambda path: path.parent.name)


def missing() -> str:
    """Why no server can be made here; empty if it can."""
    if not (PROGRAMS / "initdb").exists():
        return "asks PostgreSQL's own programs"
    if os.getuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return "asks a user postgres: the server does not run as root"
    return ""


class Server:
    """One server; `start` makes it at first."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        folder.mkdir(mode=0o700)
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")

    def program(self, name: str, *words: object) -> None:
        who = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        subprocess.run(
            [PROGRAMS / name, *map(str, words)],
            cwd="/",
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
            **who,  # type: ignore[call-overload]
        )

    def control(self, *words: object) -> None:
        self.program("pg_ctl", "--pgdata", self.folder / "data", "--wait", *words)

    def start(self) -> None:
        """Make the server if it is new, and start it: only here, with a standby allowed to follow."""
        if not (self.folder / "data").exists():
            self.program("initdb", "--pgdata", self.folder / "data", "--username", "postgres", "--auth", "trust")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.control("--log", self.folder / "log", "--options", options, "start")

    def kill(self) -> None:
        """As a machine that loses its power: nothing is written, nobody is told."""
        self.control("--mode", "immediate", "stop")

    def execute(self, sql: str) -> object:
        """Run one statement, and return the first value if it has any."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as wire:
            done = wire.execute(sql)  # type: ignore[arg-type]
            return done.fetchone()[0] if done.description else None  # type: ignore[index]

    def address(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def follow(self, primary: "Server") -> None:
        """Copy the primary, follow it, and have it confirm a commit only when it is stored here too."""
        copied = ("--host", "127.0.0.1", "--port", primary.port, "--username", "postgres", "--checkpoint", "fast")
        self.program("pg_basebackup", *copied, "--pgdata", self.folder / "data", "--write-recovery-conf")
        self.start()
        primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.execute("SELECT pg_reload_conf()")

    def promote(self) -> None:
        self.control("promote")
