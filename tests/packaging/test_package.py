"""What is handed out: the wheel, the locks, the papers beside the code."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import stakeholder_net

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
LOCKS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "constraints").glob("*.txt"))}
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==([^ ]+)( ; [^\\]+)? \\$", re.MULTILINE)


def tracked():
    """The files that git would hand out: those it tracks and new ones that it does not ignore."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip("this copy of the project is no git repository")
    names = sorted({name for name in run.stdout.split("\0") if name and (ROOT / name).is_file()})
    assert "pyproject.toml" in names
    return names


def load(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


# --- the wheel ---


def build(what, source, folder):
    """Build as a distributor would, without a network."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", what, "-d", str(folder)]
    run = subprocess.run(words, cwd=source, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return next(folder.glob("*.whl" if what == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    with zipfile.ZipFile(build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))) as file:
        yield file


def test_wheel_holds_what_git_tracks_of_the_package_and_nothing_else(wheel):
    """The package, and the public record that pyproject.toml names as its sample: nothing that git does not know."""
    places = {"src/stakeholder_net": "stakeholder_net"}
    places |= PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"].get("force-include", {})
    expected = {
        target + name.removeprefix(source)
        for source, target in places.items()
        for name in tracked()
        if name == source or name.startswith(f"{source}/")
    }
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == expected
    assert "stakeholder_net/py.typed" in inside


def test_wheel_carries_licence_command_and_readme(wheel):
    info = f"stakeholder_net-{stakeholder_net.__version__}.dist-info"
    metadata = wheel.read(f"{info}/METADATA").decode("utf-8")
    assert "License-Expression: EUPL-1.2\n" in metadata
    assert "stakeholder-net = stakeholder_net.cli:main" in wheel.read(f"{info}/entry_points.txt").decode(
        "utf-8"
    )
    assert wheel.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert (ROOT / "README.md").read_text(encoding="utf-8") in metadata


def test_source_archive_builds_the_same_wheel(wheel, tmp_path):
    archive = build("sdist", ROOT, tmp_path)
    with tarfile.open(archive) as file:
        names = file.getnames()
        # Python 3.11.2, which Debian has, knows no filter yet; 3.12 warns where none is set.
        file.extraction_filter = getattr(tarfile, "data_filter", None)
        file.extractall(tmp_path)  # noqa: S202 - our own archive
    assert not [name for name in names if "/data/restricted" in name or "/output" in name or "/.venv" in name]
    with zipfile.ZipFile(build("wheel", tmp_path / archive.name.removesuffix(".tar.gz"), tmp_path)) as again:
        assert {name: again.read(name) for name in again.namelist()} == {
            name: wheel.read(name) for name in wheel.namelist()
        }


# --- the locks ---


def pinned(group):
    return {name: version for name, version, _ in PIN.findall(LOCKS[group])}


@pytest.mark.parametrize("group", LOCKS)
def test_every_pin_has_hashes_and_no_address(group):
    lock = LOCKS[group]
    blocks = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PIN.findall(lock)) > (2 if group == "spark" else 20)
    for block in blocks:
        hashes = re.findall(r"^    --hash=(\S+)", block, re.MULTILINE)
        assert hashes, f"no hash: {block.splitlines()[0]}"
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in hashes)
    assert not re.search(r"https?:|file:|@ |--index|--find-links|\.(com|org|net|io)\b", lock)


def test_locks_hold_what_the_project_names():
    extras = PROJECT["optional-dependencies"]
    wanted = {
        "run": PROJECT["dependencies"] + extras["report"] + ["hatchling"],
        "test": extras["test"],
        "lab": extras["lab"],
        "spark": extras["spark"] + ["setuptools"],
    }
    for group, requirements in wanted.items():
        names = {re.match(r"[A-Za-z0-9_-]+", one)[0].lower().replace("_", "-") for one in requirements}
        there = set(pinned("run")) | set(pinned(group)) | {"stakeholder-net"}
        assert names <= there, (
            f"constraints/{group}.txt is older than pyproject.toml: run constraints/renew.py"
        )


def test_what_comes_on_top_agrees_with_the_base():
    assert not set(pinned("test")) & set(pinned("run"))
    assert not set(pinned("lab")) & set(pinned("run"))
    assert not set(pinned("spark")) & set(pinned("run"))
    both = set(pinned("test")) & set(pinned("lab"))
    assert both, "test and lab both execute notebooks"
    assert {name: pinned("test")[name] for name in both} == {name: pinned("lab")[name] for name in both}


def test_this_environment_is_the_pinned_one():
    """What the tests ran against is what a user gets; a developer's own environment may differ."""
    if not (Path(sys.prefix) / "stakeholder-net.json").exists():
        pytest.skip("this environment was not made by start.py")
    from importlib.metadata import version  # noqa: PLC0415

    assert version("pandas") == pinned("run")["pandas"]
    assert version("networkx") == pinned("run")["networkx"]
    assert version("pytest") == pinned("test")["pytest"]


# --- the face ---


def test_import_is_light():
    """A command that only prints its help must not wait for pictures, statistics or documents."""
    code = "import sys, stakeholder_net; stakeholder_net.StakeholderNetwork; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "stakeholder_net.network" in loaded
    heavy = {
        "matplotlib.pyplot",
        "scipy.stats",
        "pyvis",
        "docx",
        "docxtpl",
        "IPython",
        "xlsxwriter",
        "pyspark",
    }
    assert loaded.isdisjoint(heavy), sorted(loaded & heavy)


# --- the papers ---


def test_one_version_everywhere():
    version = stakeholder_net.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert PROJECT["version"] == version
    assert str(load("CITATION.cff")["version"]) == version
    assert load("publiccode.yml")["softwareVersion"] == version


def test_one_licence_everywhere_and_whole():
    assert PROJECT["license"] == "EUPL-1.2"
    assert load("CITATION.cff")["license"] == "EUPL-1.2"
    assert load("publiccode.yml")["legal"]["license"] == "EUPL-1.2"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016\n")
    articles = re.findall(r"^(\d+)\.[A-Z]", text, re.MULTILINE)
    assert articles == [str(number) for number in range(1, 16)]
    appendix = text.split("Appendix\n")[-1]
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in appendix
    assert text.endswith(
        "All other changes or additions to this Appendix require the production of a new EUPL version.\n"
    )


def test_publiccode_has_what_the_catalogue_demands():
    card = load("publiccode.yml")
    assert {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"} <= set(
        card
    )
    assert isinstance(card["publiccodeYmlVersion"], str)
    assert card["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert card["softwareType"] in {"standalone/desktop", "library"}
    assert re.match(r"https?://|urn:", card["organisation"]["uri"])
    assert card["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in card["maintenance"]["contacts"])
    assert card["localisation"]["localisationReady"] is True
    assert set(card["localisation"]["availableLanguages"]) == {"it", "en"} == set(card["description"])
    for text in card["description"].values():
        assert 0 < len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_citation_has_what_its_schema_demands():
    card = load("CITATION.cff")
    assert card["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(card)
    assert all(author.get("name") for author in card["authors"])


def test_changelog_has_the_coming_version_first():
    headings = re.findall(
        r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert headings[0] == "Unreleased"


# --- nothing of the place where it was written ---

# Written in two parts, so that this file does not hold what it looks for.
FOREIGN = [
    *(f"/{folder}/" for folder in ("tmp", "work", "root", "home")),
    *("pypi." + "org", "python" + "hosted", "npm" + "js.org", "deb." + "debian.org", "repo1." + "maven"),
    "uv." + "lock",
]


def test_no_file_names_a_machine_path_or_a_registry():
    found = []
    for name in tracked():
        # Records keep the words of their office, and a picture's bytes may spell anything.
        if name.startswith("data/raw/") or name.endswith((".png", ".xlsx", ".docx", ".parquet", ".ttf")):
            continue
        text = (ROOT / name).read_bytes().decode("utf-8", errors="replace")
        found += [f"{name}: {word}" for word in FOREIGN if word in text]
    assert found == []


def test_restricted_records_and_outputs_are_ignored():
    for name in (
        "data/restricted/elenco.xlsx",
        "output/mappa.html",
        ".venv/pyvenv.cfg",
        "data/processed/ties.parquet",
    ):
        run = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)  # noqa: S607
        assert run.returncode in {0, 128}, f"git would take {name}"


def test_records_keep_their_bytes():
    words = ["git", "check-attr", "text", "eol", "--", "data/raw/presenze.csv", "start.py"]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip("this copy of the project is no git repository")
    assert "data/raw/presenze.csv: text: unset" in run.stdout
    assert "start.py: eol: lf" in run.stdout
