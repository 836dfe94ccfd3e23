"""Two plans side by side: who came, who left, which pairs are new; and when the difference is only one of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net.layers import flatten
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.public import public_network
from stakeholder_net.report.build import EDITIONS, Cover, Edition, default_measures, finished
from stakeholder_net.report.context import Cell, Figure, TableColumn
from stakeholder_net.report.draft import Draft
from stakeholder_net.report.facts import Facts, facts_of, kind_label
from stakeholder_net.report.report import Report
from stakeholder_net.words import LANGUAGES, Language

__all__ = ["changes_report"]

PRINTED = 20
Pairs = frozenset[tuple[str, str]]


def changes_report(  # noqa: PLR0913 - each option is asked by itself
    before: StakeholderNetwork,
    after: StakeholderNetwork,
    *,
    labels: tuple[str, str] | None = None,
    language: Language = "it",
    title: str | None = None,
    provenance: Mapping[str, object] | None = None,
    edition: Edition = "internal",
) -> Report:
    """What has changed between two plans?

    Organisations are the same where their ids are the same. Who has no tie in a plan is in its boundary but not in its
    network: *came in* and *went out* are said of the network.

    Reads as: "twelve organisations of the present plan were not tied in the former one; the lists behind it are twice
    as long". It does not read as: "the network has grown", as long as the records have.

    Parameters
    ----------
    before, after : StakeholderNetwork
        The networks of the two plans, projected; also two periods of one network, from ``between``.
    labels : tuple of str, optional
        What the two are called; by default their names, or "before" and "after".
    language : {"it", "en"}
        Language of the report.
    title : str, optional
        Title on the cover.
    provenance : mapping, optional
        Further lines on where the data come from.
    edition : {"internal", "public"}
        The public edition names nobody like a person, and only who was present or tied.

    Returns
    -------
    Report
        ``.save("changes.docx")`` writes it.

    Raises
    ------
    OptionError
        When the language or the edition is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> from stakeholder_net import StakeholderNetwork
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3})
    >>> ties = pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0})
    >>> report = changes_report(StakeholderNetwork(actors=actors, ties=ties[:1]),
    ...                         StakeholderNetwork(actors=actors, ties=ties), language="en")
    >>> report.context.sentences["changes.pairs"].text
    'Of the pairs tied after (2), 1 was tied before too; 1 is new; of those tied before (1), 0 are tied no more.'
    """
    check_option("language", language, LANGUAGES)
    check_option("edition", edition, EDITIONS)
    if edition == "public":
        before, after = public_network(before), public_network(after)
    words = ("prima", "dopo") if language == "it" else ("before", "after")
    names = labels or ((before.name, after.name) if before.name != after.name else words)
    names = (names[0] or words[0], names[1] or words[1])
    facts = facts_of(after, default_measures(after), language)
    draft = Draft(language)
    pairs = _pairs(before), _pairs(after)
    tied = [{actor for pair in found for actor in pair} for found in pairs]
    _numbers(draft, (before, after), pairs, tied, names)
    _brief(draft, names, same_ids=bool(set(before.actors.index) & set(after.actors.index)))
    _by_kind(draft, (before, after), tied, names)
    _list(draft, "came_in", after, tied[1] - tied[0])
    _list(draft, "went_out", before, tied[0] - tied[1])
    _new_pairs(draft, facts, pairs, stayed=tied[0] & tied[1])
    draft.bullets(draft.say("limits.lists"), draft.say("changes.caution"))
    draft.chapter("limits")
    told = {
        "fingerprint": "",
        "before": f"{names[0]}: {before.fingerprint}",
        "after": f"{names[1]}: {after.fingerprint}",
    }
    return Report(
        finished(draft, facts, Cover(language, edition, told | dict(provenance or {}), title, "changes"))
    )


def _pairs(net: StakeholderNetwork) -> Pairs:
    ties = flatten(net, how="any").ties
    ends = zip(ties["source"], ties["target"], strict=True)
    return frozenset((min(pair), max(pair)) for pair in ends)


def _numbers(
    draft: Draft,
    nets: tuple[StakeholderNetwork, StakeholderNetwork],
    pairs: tuple[Pairs, Pairs],
    tied: list[set[str]],
    names: tuple[str, str],
) -> None:
    old, new = nets
    rows: dict[str, Sequence[Cell]] = {
        "organisations": (old.n_actors, new.n_actors),
        "events": (len(old.events), len(new.events)),
        "rows": (len(old.attendance), len(new.attendance)),
        "tied": (len(tied[0]), len(tied[1])),
        "pairs": (len(pairs[0]), len(pairs[1])),
        "stayed": (len(tied[0] & tied[1]),) * 2,
        "kept_pairs": (len(pairs[0] & pairs[1]),) * 2,
        "came_in": (None, len(tied[1] - tied[0])),
        "went_out": (len(tied[0] - tied[1]), None),
        "new_pairs": (None, len(pairs[1] - pairs[0])),
        "lost_pairs": (len(pairs[0] - pairs[1]), None),
    }
    told: dict[str, Sequence[Cell]] = {
        key: (draft.column(key).label, *values) for key, values in rows.items()
    }
    columns = [
        draft.column("what", width=3.5),
        TableColumn("before", names[0], "int", 1.4),
        TableColumn("after", names[1], "int", 1.4),
    ]
    draft.add_table("changes", columns, told)
    draft.add_kpi("came_in", draft.cell("changes", "came_in", "after"))
    draft.add_kpi("went_out", draft.cell("changes", "went_out", "before"))
    draft.add_kpi("new_pairs", draft.cell("changes", "new_pairs", "after"))
    draft.add_kpi("lost_pairs", draft.cell("changes", "lost_pairs", "before"))


def _brief(draft: Draft, names: tuple[str, str], *, same_ids: bool) -> None:
    at: dict[str, Figure] = {
        f"{key}_{column}": draft.cell("changes", key, column)
        for key in draft.tables["changes"].keys
        for column in ("before", "after")
    }
    at |= {"before": draft.name(names[0]), "after": draft.name(names[1])}
    said = []
    if not same_ids:
        said.append(draft.say("changes.strangers", at))
    said.append(draft.say("changes.records", at, n=at["events_after"], n_of="events"))
    said.append(draft.say("changes.actors", at, n=at["tied_after"]))
    said.append(draft.say("changes.pairs", at, n=at["pairs_after"], n_of="pairs"))
    draft.paragraph(*said)
    draft.put_table("changes")
    draft.chapter("brief")


def _by_kind(
    draft: Draft,
    nets: tuple[StakeholderNetwork, StakeholderNetwork],
    tied: list[set[str]],
    names: tuple[str, str],
) -> None:
    counts = [
        net.actors["kind"][net.actors.index.isin(list(members))].value_counts()
        for net, members in zip(nets, tied, strict=True)
    ]
    table = pd.DataFrame({"before": counts[0], "after": counts[1]}).fillna(0).astype("int64")
    if table.empty:
        return
    table = table.assign(change=table["after"] - table["before"]).sort_index()
    table = table.sort_values(["after", "before"], ascending=False, kind="stable")
    rows: dict[str, Sequence[Cell]] = {
        str(row["kind"]): (
            kind_label(row["kind"], draft.language),
            row["before"],
            row["after"],
            row["change"],
        )
        for row in table.rename_axis("kind").reset_index().to_dict("records")
    }
    columns = [
        draft.column("kind", width=3.5),
        TableColumn("before", names[0], "int", 1.4),
        TableColumn("after", names[1], "int", 1.4),
        draft.column("change", "int", 1.2),
    ]
    draft.add_table("changes_kind", columns, rows)
    draft.put_table("changes_kind")
    draft.chapter("who")


def _list(draft: Draft, key: str, net: StakeholderNetwork, actors: set[str]) -> None:
    """Name those who came in or went out."""
    if not actors:
        return
    people = net.actors[net.actors.index.isin(list(actors))]
    people = people.assign(label=[kind_label(kind, draft.language) for kind in people["kind"]])
    if "municipality" not in people.columns:
        people = people.assign(municipality="")
    rows: dict[str, Sequence[Cell]] = {
        row["actor_id"]: (
            row["name"],
            row["label"],
            row["municipality"] if isinstance(row["municipality"], str) else "",
        )
        for row in people.sort_values(["label", "name"]).reset_index().to_dict("records")
    }
    columns = [
        draft.column("name", width=4),
        draft.column("kind", width=2.6),
        draft.column("municipality", width=2.2),
    ]
    draft.add_table(key, columns, rows, printed=PRINTED)
    draft.put_table(key)
    draft.chapter(key)


def _new_pairs(draft: Draft, facts: Facts, pairs: tuple[Pairs, Pairs], *, stayed: set[str]) -> None:
    """Name the new pairs among those who were there before: what the plan may have brought about."""
    new = sorted(pair for pair in pairs[1] - pairs[0] if set(pair) <= stayed)
    if not new:
        return
    names = facts.actors["name"]
    rows: dict[str, Sequence[Cell]] = {
        f"{first} {second}": (str(names.loc[first]), str(names.loc[second])) for first, second in new
    }
    columns = [draft.column("name", width=4), draft.column("partner", width=4)]
    draft.add_table("new_among_old", columns, rows, printed=PRINTED)
    count = draft.rows("new_among_old")
    draft.paragraph(draft.say("changes.among_old", {"count": count}, n=count, n_of="pairs"))
    draft.put_table("new_among_old")
    draft.chapter("new_among_old")
