"""deploy/compose.yaml: its six services started by podman as a plain user, and a page over HTTPS through the proxy."""

import os
import shlex
import shutil
import socket
import ssl
import subprocess
import time

import pytest
from ruamel.yaml import YAML

from tests.containers.podman import ROOT, secret_files, state

HOST, PATIENCE = "maturity.example.org", 180
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not all(map(shutil.which, ("podman", "mmdebstrap"))), reason="asks podman and mmdebstrap"),
]


def prepared(folder):
    """The folder deploy/ with what an operator adds: settings, secrets and a certificate; its path."""
    deploy = folder / "deploy"
    shutil.copytree(ROOT / "deploy", deploy)
    (deploy / "env").write_text(f"ALLOWED_HOSTS={HOST}\nSITE_URL=https://{HOST}/\nTRUSTED_PROXY_COUNT=1\n")
    (deploy / "secrets").mkdir()
    for name, text in secret_files("database").items():
        (deploy / "secrets" / name).write_text(text)
    (deploy / "tls").mkdir()
    files = ["-keyout", str(deploy / "tls" / "key.pem"), "-out", str(deploy / "tls" / "fullchain.pem")]
    named = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    subprocess.run(["openssl", "req", "-x509", *KEY, *files, *named], check=True, capture_output=True)
    subprocess.run(["chmod", "-R", "a+rX", str(deploy)], check=True)
    return deploy


def words_of(service, deploy, port):
    """The words of `podman run` for a service of compose.yaml: each of its keys, and none that we do not know."""
    words = []
    for key, value in service.items():
        match key:
            case "read_only":
                words.append("--read-only")
            case "cap_drop" | "cap_add" | "security_opt" | "tmpfs":
                words += [f"--{key.replace('_', '-')}={entry}" for entry in value]
            case "pids_limit" | "mem_limit" | "restart" | "build" | "depends_on" | "healthcheck" | "image" | "command":
                pass  # limits ask for control groups of version 2; the rest is below
            case "env_file":
                words.append(f"--env-file={deploy / value}")
            case "environment":
                words += [f"--env={name}={text}" for name, text in value.items()]
            case "secrets":
                words += [f"--volume={deploy}/secrets/{name}:/run/secrets/{name}:ro" for name in value]
            case "volumes":
                words += [f"--volume={deploy / entry if entry[0] == '.' else f'compose-{entry}'}" for entry in value]
            case "ports":
                words.append(f"--publish=127.0.0.1:{port}:443")
            case _:
                raise AssertionError(f"what does {key} mean?")
    return words


@pytest.fixture
def site(podman):
    """(podman, port, certificate) of the running site: the services one after the other, as they depend on each other."""
    deploy = prepared(podman.folder)
    services = YAML(typ="safe").load(deploy / "compose.yaml")["services"]
    images = {"database": "localhost/postgres", "proxy": "localhost/nginx"}
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    def start(name, *more):
        service = services[name]
        command = shlex.split(service.get("command", ""))
        words = [*words_of(service, deploy, port), *more, images.get(name, "localhost/maturity"), *command]
        podman("run", f"--name=compose-{name}", "--network=compose", f"--network-alias={name}", *words)

    podman("network", "create", "compose")
    try:
        start("database", "--detach")
        wait(podman, "compose-database", services["database"]["healthcheck"]["test"][1:])
        start("prepare")
        for name in ("web", "worker", "due"):
            start(name, "--detach")
        wait(podman, "compose-web", services["web"]["healthcheck"]["test"][1:])
        start("proxy", "--detach")
        yield podman, port, deploy / "tls" / "fullchain.pem"
    finally:
        podman("rm", "--all", "--force", "--time", 2, check=False)
        podman("volume", "rm", "compose-database", "compose-media", check=False)
        podman("network", "rm", "--force", "compose", check=False)
        shutil.rmtree(deploy)


def wait(podman, container, check):
    """Wait until a container's own check of its health succeeds."""
    end = time.monotonic() + PATIENCE
    while podman("exec", container, *check, check=False).returncode:
        assert time.monotonic() < end, podman("logs", container).stderr[-2000:]
        time.sleep(0.5)


def asked(port, certificate, path, name=HOST):
    """The first line of the answer to a request over HTTPS."""
    context = ssl.create_default_context(cafile=os.fspath(certificate))
    request = f"GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    with connection, context.wrap_socket(connection, server_hostname=name) as wire:
        wire.sendall(request.encode())
        return wire.makefile("rb").readline().decode().strip()


def test_everything_on_one_machine_answers_over_https(site):
    podman, port, certificate = site
    assert asked(port, certificate, "/") == "HTTP/1.1 200 OK"
    assert asked(port, certificate, "/readyz") == "HTTP/1.1 404 Not Found"
    with pytest.raises(OSError):
        asked(port, certificate, "/", name="another.example.org")
    assert state(podman, "compose-prepare") == "exited 0"
    for service in ("database", "web", "worker", "due", "proxy"):
        assert state(podman, f"compose-{service}") == "running 0", service
        assert podman("exec", f"compose-{service}", "touch", "/etc/x", check=False).returncode != 0
    assert "PostgreSQL" in podman("exec", "compose-due", "python", "manage.py", "check_health").stdout
