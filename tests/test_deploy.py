"""What stands in deploy/: one name, one body limit, units that can do little, images that change nothing of themselves."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from ruamel.yaml import YAML

from assessments.admin.handover_import import MAX_BYTES
from maturity.middleware.body_limit import AROUND, EVIDENCE, HAND_OVER

DEPLOY = Path("deploy")
UNITS = sorted(DEPLOY.glob("*.service"))
PROXIES = ("nginx.conf", "nginx-compose.conf")


def directives(name):
    """What an nginx file says, as nested lists: `["server", [["listen", "80"], …]]`."""
    text = re.sub(r"(?m)(^|\s)#.*$", "", (DEPLOY / name).read_text())
    tokens = iter(re.findall(r'"(?:\\.|[^"\\])*"|[{};]|[^\s{};"]+', text))

    def block():
        found, words = [], []
        for token in tokens:
            if token == "}":
                return found
            if token in "{;":
                found.append([*words, block()] if token == "{" else words)
                words = []
            else:
                words.append(token.strip('"'))
        return found

    return block()


def named(block, *words):
    return [entry for entry in block if tuple(entry[: len(words)]) == words]


def servers(name):
    return [entry[-1] for entry in named(directives(name), "server")]


@pytest.mark.parametrize("name", PROXIES)
def test_what_asks_for_another_name_gets_no_answer(name):
    (refusing,) = [
        server for server in servers(name) if any("default_server" in entry for entry in named(server, "listen"))
    ]
    assert named(refusing, "return") == [["return", "444"]]
    assert named(refusing, "ssl_reject_handshake") == [["ssl_reject_handshake", "on"]]
    assert {entry[1] for entry in named(refusing, "listen")} == {"80", "443"}
    assert not named(refusing, "location") and not named(refusing, "include")
    others = [server for server in servers(name) if server != refusing]
    assert [named(server, "server_name") for server in others] == [[["server_name", "maturity.example.org"]]] * 2


@pytest.mark.parametrize("name", PROXIES)
def test_a_redirect_goes_to_the_name_of_the_server_whatever_was_asked_for(name):
    (plain,) = [server for server in servers(name) if named(server, "listen") == [["listen", "80"]]]
    (everything,) = named(plain, "location", "/")
    assert everything[-1] == [["return", "301", "https://$server_name$request_uri"]]
    assert "$host" not in (DEPLOY / name).read_text() and "$http_host" not in (DEPLOY / name).read_text()


def in_bytes(text):
    return int(text.removesuffix("m")) * 1024 * 1024


def test_there_is_one_body_limit_and_the_application_has_the_same():
    locations = directives("nginx-locations.conf")
    assert [in_bytes(entry[1]) for entry in named(locations, "client_max_body_size")] == [settings.BODY_LIMIT]
    larger = [entry for entry in named(locations, "location") if named(entry[-1], "client_max_body_size")]
    assert [entry[1] for entry in larger] == ["=", "~"]
    assert larger[0][2] == HAND_OVER
    (limit,), (of_evidence,) = (named(entry[-1], "client_max_body_size") for entry in larger)
    assert in_bytes(limit[1]) == settings.HAND_OVER_LIMIT > MAX_BYTES
    assert in_bytes(of_evidence[1]) == settings.EVIDENCE_MB * 1024 * 1024 + AROUND
    for address in (
        "assessments/3f2b8c1e-0000-4000-8000-000000000000/questions/a.b-c/evidence/",
        "organisations/3f2b8c1e-0000-4000-8000-000000000000/evidence/",
    ):
        assert re.search(larger[1][2], f"/{address}") and EVIDENCE.fullmatch(f"/{address}")
    assert settings.BODY_LIMIT > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert not any("client_max_body_size" in (DEPLOY / name).read_text() for name in PROXIES)


def test_no_location_forgets_who_asked():
    """A header that is set in a location would take the place of all those of the server."""
    for entry in named(directives("nginx-locations.conf"), "location"):
        assert not named(entry[-1], "proxy_set_header"), entry


def test_when_no_web_server_answers_there_is_a_sentence():
    locations = directives("nginx-locations.conf")
    assert named(locations, "error_page") == [["error_page", "502", "504", "=", "@away"]]
    ((_location, _name, away),) = named(locations, "location", "@away")
    assert named(away, "add_header", "Retry-After") == [["add_header", "Retry-After", "60", "always"]]
    ((_return, status, page),) = named(away, "return")
    assert status == "503" and "<h1>" in page and "lang='de'" in page and "script" not in page


def settings_of(path):
    pairs = [line.partition("=")[::2] for line in path.read_text().splitlines() if "=" in line and line[0] not in "#["]
    return {name: [value for other, value in pairs if other == name] for name, _value in pairs}


ON = [
    "NoNewPrivileges",
    "LockPersonality",
    "MemoryDenyWriteExecute",
    "PrivateDevices",
    "PrivateTmp",
    "ProtectClock",
    "ProtectControlGroups",
    "ProtectHome",
    "ProtectHostname",
    "ProtectKernelLogs",
    "ProtectKernelModules",
    "ProtectKernelTunables",
    "RemoveIPC",
    "RestrictNamespaces",
    "RestrictRealtime",
    "RestrictSUIDSGID",
]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_can_do_little(unit):
    found = settings_of(unit)
    assert {name: found.get(name) for name in ON} == {name: ["yes"] for name in ON}
    assert found["CapabilityBoundingSet"] == found["AmbientCapabilities"] == [""]
    assert found["SystemCallFilter"] == ["@system-service", "~@privileged"]
    assert found["SystemCallArchitectures"] == ["native"]
    assert found["ProtectSystem"] == ["strict"] and found["ReadWritePaths"] == ["/srv/maturity/media"]
    assert found["RestrictAddressFamilies"] == ["AF_UNIX AF_INET AF_INET6"]
    assert found["UMask"] == ["0077"] and found["MemoryMax"] and found["TasksMax"]
    assert found["User"] == ["maturity"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="asks systemd")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_systemd_thinks_so_too(unit):
    asked = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


def test_the_code_in_the_image_is_roots_and_its_base_has_a_digest():
    lines = (DEPLOY / "Containerfile").read_text()
    assert "--chown" not in lines
    assert re.findall(r"(?m)^FROM (.*)$", lines) == ["${PYTHON_IMAGE}"]
    assert "*@sha256:*) ;;" in lines and "go-w" in lines
    assert re.findall(r"(?m)^USER (.*)$", lines) == ["10001"]
    assert lines.index("USER 10001") > lines.index("COPY . ./")
    assert re.findall(r"chown (.*)$", lines, re.MULTILINE) == ["maturity media"]


def test_every_container_is_read_only_without_capabilities_and_from_a_digest():
    compose = YAML(typ="safe").load(DEPLOY / "compose.yaml")
    assert len(compose["services"]) == 6
    for name, service in compose["services"].items():
        assert service["read_only"] is True and service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"] and service["pids_limit"], name
        ours = service["image"] == "maturity"
        assert ours or re.fullmatch(r"\$\{[A-Z]+_IMAGE:\?\S+@sha256:… with the digest\}", service["image"]), name
        assert not (ours and service.get("cap_add")), name
    assert "@sha256:" in compose["services"]["prepare"]["build"]["args"]["PYTHON_IMAGE"]


# Kubernetes

MANIFEST = list(YAML(typ="safe").load_all(DEPLOY / "kubernetes.yaml"))
PODS = {entry["metadata"]["name"]: entry["spec"]["template"]["spec"] for entry in MANIFEST if "template" in entry.get("spec", {})}  # fmt: skip


@pytest.mark.parametrize("name", ["database", "prepare", "web", "worker"])
def test_a_pod_can_do_little(name):
    pod = PODS[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True and pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    locked = {"readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    for container in pod.get("initContainers", []) + pod["containers"]:
        assert container["securityContext"] == locked, container["name"]
        assert container["image"].endswith("@sha256:…"), container["name"]
        assert container["resources"]["requests"] and container["resources"]["limits"]["memory"], container["name"]


def test_secrets_are_read_from_files_and_stand_in_no_manifest():
    assert {entry["kind"] for entry in MANIFEST} & {"Secret"} == set()
    (settings_map,) = [entry["data"] for entry in MANIFEST if entry["kind"] == "ConfigMap"]
    secret = {name: value for name, value in settings_map.items() if re.search("SECRET|DATABASE|PASSWORD|KEY", name)}
    assert secret and all(name.endswith("_FILE") and value.startswith("/run/") for name, value in secret.items())
    mounted = {item["key"] for pod in PODS.values() for volume in pod["volumes"] for item in volume.get("secret", {}).get("items", ())}  # fmt: skip
    assert mounted == {"secret_key", "database_url", "database_password"}


def test_compose_and_kubernetes_run_the_same_processes():
    compose = YAML(typ="safe").load(DEPLOY / "compose.yaml")["services"]
    containers = {container["name"]: container for pod in PODS.values() for container in pod["containers"]}
    assert set(containers) == set(compose) - {"database", "proxy"} | {"postgres"}
    assert " ".join(containers["worker"]["command"]) == compose["worker"]["command"]
    for name in ("prepare", "due"):
        assert f'sh -c "{containers[name]["command"][2]}"' == compose[name]["command"]
    assert "command" not in containers["web"] and "command" not in compose["web"]
    assert all(f"{probe}Probe" in containers["web"] for probe in ("startup", "liveness", "readiness"))
