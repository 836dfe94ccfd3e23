"""Names linked from file to file are the names linked in memory, whichever engine does it."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.records.test_sharing import invented

from stakeholder_net import engines
from stakeholder_net.errors import StakeholderNetError
from stakeholder_net.records import resolve_identities

BOTH = [pytest.param("embedded"), pytest.param("spark", marks=pytest.mark.spark)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give mentions, each spelling many times, and a register."""
    room = tmp_path_factory.mktemp("nomi d'enti")
    table = pd.concat([invented(250)] * 3 + [invented(90, seed=6)], ignore_index=True)
    table = table.sample(frac=1, random_state=2).reset_index(drop=True)
    table.insert(0, "mention_id", [f"m{n:05}" for n in range(len(table))])
    table["tax_code"] = None
    table.loc[table.index[:3], "tax_code"] = "00152230413"
    table["bare_town"] = table["name"].str.len() < 9
    table.loc[3, ["name", "municipality", "bare_town"]] = ["Offida", None, True]
    table.loc[4, ["name", "municipality", "bare_town"]] = ["Offida", None, False]
    table.to_parquet(room / "mentions.parquet", index=False)
    invented(40, seed=9).assign(kind=None).to_parquet(room / "register.parquet", index=False)
    return room


@pytest.mark.parametrize("engine", BOTH)
def test_links_are_those_of_the_matcher_in_memory(folder, engine):
    mentions = pd.read_parquet(folder / "mentions.parquet")
    known = pd.read_parquet(folder / "register.parquet")
    own = resolve_identities(mentions, register=known)
    told = []
    links = engines.link_names(
        folder / "mentions.parquet", folder / f"{engine}.parquet", register=folder / "register.parquet",
        actors=folder / f"actors {engine}.parquet", engine=engine, tell=told.append,
    )  # fmt: skip
    found = pd.read_parquet(links)
    assert found.columns.tolist() == ["mention_id", "actor_id", "rule"]
    assert found["mention_id"].tolist() == mentions["mention_id"].tolist()
    assert found["actor_id"].fillna("").tolist() == own.actor_of.fillna("").tolist()
    assert found["rule"].tolist() == own.audit["rule"].tolist()
    assert {"score", "exact", "code", "review", "not_an_actor"} <= set(found["rule"])
    actors = pd.read_parquet(folder / f"actors {engine}.parquet")
    assert set(actors["actor_id"]) == set(own.actors["actor_id"])
    assert any("spellings to match" in step for step in told)


@pytest.mark.parametrize("engine", BOTH)
def test_few_names_and_no_register_are_as_good(tmp_path, engine):
    table = pd.DataFrame({"mention_id": ["2", "1"], "name": ["Associazione Il Faro", "ASSOC. IL FARO"]})
    table.assign(municipality="Offida").to_parquet(tmp_path / "in.parquet", index=False)
    found = pd.read_parquet(
        engines.link_names(tmp_path / "in.parquet", tmp_path / "o.parquet", engine=engine)
    )
    assert found["mention_id"].tolist() == ["1", "2"]
    assert len(set(found["actor_id"])) == 1


def test_names_that_nobody_may_read_are_not_in_the_links(tmp_path):
    person = pd.DataFrame({"mention_id": [1, 2], "name": ["Rossi Maria", "Associazione Il Faro"]})
    person.to_parquet(tmp_path / "in.parquet", index=False)
    links = engines.link_names(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert b"Rossi" not in links.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_a_table_of_other_columns_is_told(tmp_path):
    pd.DataFrame({"nome": ["x"]}).to_parquet(tmp_path / "in.parquet", index=False)
    with pytest.raises(StakeholderNetError, match="no column mention_id, name; the columns are nome"):
        engines.link_names(tmp_path / "in.parquet", tmp_path / "out.parquet")
