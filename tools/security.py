"""Looks for known faults of the packages that we depend on, and for secrets in the repository; part of ``make test``.

Where no database of faults is within reach it says so in one line, and the run goes on: an office without the internet
can test, too. What is found is a failure, unless pyproject.toml ([tool.csr-desk.security]) gives the reason why not.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PATIENCE = 20
"""Seconds that one look-up may take, and three times as many all of them together."""
PLUGINS = (
    "ArtifactoryDetector", "AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "CloudantDetector",
    "DiscordBotTokenDetector", "GitHubTokenDetector", "GitLabTokenDetector", "JwtTokenDetector", "KeywordDetector",
    "MailchimpDetector", "NpmDetector", "OpenAIDetector", "PrivateKeyDetector", "PypiTokenDetector",
    "SendGridDetector", "SlackDetector", "SquareOAuthDetector", "StripeDetector", "TwilioKeyDetector",
)  # fmt: skip
"""What is looked for; high entropy alone is not: the locks are made of hashes."""
_CALLED_SO = "Secret Keyword"
FILTERS = (
    "detect_secrets.filters.allowlist.is_line_allowlisted",
    "detect_secrets.filters.heuristic.is_indirect_reference",
    "detect_secrets.filters.heuristic.is_prefixed_with_dollar_sign",
    "detect_secrets.filters.heuristic.is_templated_secret",
)
"""None of these asks anybody whether a secret is in use: nothing that is found leaves the machine."""


def settings(root: Path = ROOT) -> Mapping[str, Any]:
    """Return what was looked at by a person and let pass, with the reasons."""
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    found: Mapping[str, Any] = told["tool"]["csr-desk"]["security"]
    return found


def audit(locks: Iterable[Path], ignored: Iterable[str]) -> tuple[list[str], str]:
    """Return the known faults of what the locks name, and why they could not be looked up (empty where they could)."""
    command = [
        sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json",
        "--progress-spinner", "off", "--timeout", str(PATIENCE),
    ]  # fmt: skip
    for lock in locks:
        command += ["--requirement", str(lock)]
    for number in ignored:
        command += ["--ignore-vuln", number]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE * 3, check=False)
        return judged(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return [], "the database did not answer in time"
    except json.JSONDecodeError:
        return [], "no database of known faults is within reach"


def judged(told: Mapping[str, Any]) -> tuple[list[str], str]:
    """Read an answer of pip-audit; a package that its database does not know was not looked up."""
    packages: list[dict[str, Any]] = told["dependencies"]
    faults = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for one in packages
        for fault in one.get("vulns", ())
    ]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    return faults, f"{len(unknown)} of {len(packages)} packages are not in the database within reach" if unknown else ""


def secrets(files: Iterable[Path], let_pass: Mapping[str, str], root: Path = ROOT) -> list[str]:
    """Return where secrets stand in files (``path:line kind``).

    For a path of ``let_pass`` a word that is called a secret is none; a key that looks like a key is one there, too.
    """
    collection = SecretsCollection(str(root))
    plugins, filters = [{"name": name} for name in PLUGINS], [{"path": path} for path in FILTERS]
    with transient_settings({"plugins_used": plugins, "filters_used": filters}):
        for path in files:
            collection.scan_file(str(path.relative_to(root)))
    return sorted(
        f"{name}:{found.line_number} {found.type}"
        for name, found in collection
        if name not in let_pass or found.type != _CALLED_SO
    )


def tracked(root: Path = ROOT) -> list[Path]:
    """Return the text files of the repository."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    paths = [root / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8192]]


def main() -> int:
    """Look; 1 where something was found."""
    told = settings()
    found: list[str] = []
    faults, why_not = audit([ROOT / lock for lock in LOCKS], told["known-faults"])
    found += faults
    if why_not:
        print(f"security: the locked packages could not be audited ({why_not}); the run goes on")
    try:
        files = tracked()
    except (OSError, subprocess.CalledProcessError):
        print("security: no git here, so the repository could not be searched for secrets; the run goes on")
        files = []
    found += [f"a secret in {place}" for place in secrets(files, told["no-secrets"])]
    print("\n".join(f"security: {one}" for one in found) or f"security: {len(files)} files without a secret")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
