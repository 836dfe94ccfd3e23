"""What is kept is what was there, and a folder that is not whole is refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stakeholder_net import StakeholderNetError, StakeholderNetwork, UnreadableFileError, project
from stakeholder_net._files import formula_safe, slug, write_bytes
from stakeholder_net.store import read_network, write_network


def test_reads_back_what_was_written(any_network: StakeholderNetwork, tmp_path: Path) -> None:
    write_network(any_network, tmp_path)
    assert read_network(tmp_path) == any_network


def test_same_network_same_bytes(gallery, tmp_path: Path) -> None:
    net = project(gallery["attendance_only"]())
    first = write_network(net, tmp_path / "1", provenance={"seed": 7})
    second = write_network(net, tmp_path / "2", provenance={"seed": 7})
    assert [p.name for p in first] == [p.name for p in second]
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes()


def test_a_mixture_is_refused(gallery, tmp_path: Path) -> None:
    write_network(gallery["star"](), tmp_path)
    write_network(gallery["ring"](), tmp_path / "other")
    (tmp_path / "ties.parquet").write_bytes((tmp_path / "other" / "ties.parquet").read_bytes())
    with pytest.raises(StakeholderNetError, match="stakeholder-net build"):
        read_network(tmp_path)
    (tmp_path / "ties.parquet").write_bytes(b"no parquet")
    with pytest.raises(UnreadableFileError, match=r"ties\.parquet"):
        read_network(tmp_path)
    (tmp_path / "ties.parquet").unlink()
    with pytest.raises(UnreadableFileError, match="does not exist"):
        read_network(tmp_path)
    with pytest.raises(UnreadableFileError, match=r"manifest\.json"):
        read_network(tmp_path / "nowhere")


def test_csv_beside_holds_no_formula(tmp_path: Path) -> None:
    net = StakeholderNetwork(
        actors=pd.DataFrame(
            {
                "actor_id": ["a", "b", "c", "d"],
                "name": ['=HYPERLINK("http://x")', "\uff1dcmd|x", "  @SUM(1)", "\u00a0=1+1"],
                "kind": ["comune", "impresa", "impresa", "impresa"],
            }
        )
    )
    write_network(net, tmp_path)
    lines = (tmp_path / "actors.csv").read_text("utf-8")
    assert "\"'=HYPERLINK" in lines
    assert "'\uff1dcmd" in lines
    assert "'  @SUM" in lines
    assert "'\u00a0=1+1" in lines
    assert read_network(tmp_path).actors.loc["a", "name"].startswith("=")


def test_telephones_and_numbers_survive() -> None:
    assert formula_safe("+39 0736 298") == "+39 0736 298"
    assert formula_safe("-2,5") == "-2,5"
    assert formula_safe("-2+3") == "'-2+3"
    assert formula_safe("@SUM(A1)") == "'@SUM(A1)"


def test_a_write_that_fails_leaves_the_former_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("former")
    with pytest.raises(StakeholderNetError, match="cannot be written"):
        write_bytes(tmp_path / "file" / "below", b"x")
    assert (tmp_path / "file").read_text() == "former"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_slugs_differ_and_stay_inside() -> None:
    names = ["..", "\U0001f600", "con", "Comune di Forlì", "Comune di Forli", "a" * 300, "../../etc"]
    made = [slug(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(set(s) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and len(s) < 60 for s in made)
