"""One organisation on one page: where it was seen, with whom, and what that does and does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.public import like_a_person, public_network
from stakeholder_net.report.build import EDITIONS, Cover, Edition, default_measures, finished
from stakeholder_net.report.context import Cell, Figure, TableColumn
from stakeholder_net.report.draft import Draft
from stakeholder_net.report.facts import Facts, day_of, facts_of, layer_label
from stakeholder_net.report.report import Report
from stakeholder_net.words import LANGUAGES, ROLES, STATUSES, Language

__all__ = ["actor_profile"]

LINES, LETTERS = 16, 88  # of the two tables together, and in a line: what leaves it one page


def actor_profile(  # noqa: PLR0913 - each option is asked by itself
    net: StakeholderNetwork,
    actor: str,
    *,
    measures: pd.DataFrame | None = None,
    language: Language = "it",
    provenance: Mapping[str, object] | None = None,
    edition: Edition = "internal",
) -> Report:
    """Where was one organisation seen, and with whom?

    Parameters
    ----------
    net : StakeholderNetwork
        Network with its layers, projected.
    actor : str
        Id or full name of the organisation.
    measures : pandas.DataFrame, optional
        One row an actor, as for :func:`planning_report`; computed by default. Give it when you make many profiles.
    language : {"it", "en"}
        Language of the page.
    provenance : mapping, optional
        Further lines on where the data come from.
    edition : {"internal", "public"}
        The public edition names nobody like a person, and only who was present or tied.

    Returns
    -------
    Report
        One page; ``.save("profile.pdf")`` writes it.

    Raises
    ------
    UnknownNameError
        When no organisation has this id or name.
    OptionError
        When the language or the edition is unknown, or the public may not see this actor.

    Examples
    --------
    >>> import pandas as pd
    >>> from stakeholder_net import StakeholderNetwork
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["Comune", "Coop", "Odv"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> actor_profile(net, "Coop", language="en").context.sentences["profile.partners"].text
    'It is tied to 1 organisation of the other 2.'
    """
    check_option("language", language, LANGUAGES)
    check_option("edition", edition, EDITIONS)
    if edition == "public":
        net = _for_the_public(net, _found(net, actor))
    chosen = _found(net, actor)
    known = default_measures(net) if measures is None else measures.reindex(net.actors.index)
    facts = facts_of(net, known, language)
    draft = Draft(language)
    _numbers(draft, facts, chosen)
    _who(draft, facts, chosen)
    used = _events(draft, facts, chosen)
    _partners(draft, facts, chosen, LINES - used)
    draft.bullets(draft.say("limits.lists"), draft.say("profile.caution"))
    draft.put_provenance()
    draft.chapter("limits")
    name = str(facts.actors.loc[chosen, "name"])
    # the fingerprint stands for the list of files, for which one page has no room
    made_from = {key: value for key, value in (provenance or {}).items() if key != "files"}
    return Report(finished(draft, facts, Cover(language, edition, made_from, name, "profile")))


def _for_the_public(net: StakeholderNetwork, actor: str) -> StakeholderNetwork:
    """Return what the public may see, or refuse a page on somebody whom it may not."""
    shown = public_network(net)
    if actor not in shown.actors.index or like_a_person(net.actors.loc[[actor]]).any():
        raise OptionError(
            f"'{actor}' is not in the public edition: it stands for a person, or never came.",
            "Write this page in the internal edition.",
        )
    return shown


def _found(net: StakeholderNetwork, actor: str) -> str:
    if actor in net.actors.index:
        return actor
    same = net.actors.index[net.actors["name"] == actor]
    if len(same) == 1:
        return str(same[0])
    raise unknown_name("actor", actor, [*net.actors.index, *net.actors["name"]])


def _pairs(facts: Facts, actor: str) -> pd.DataFrame:
    """Return the actor's ties in all layers together: index the partner."""
    ties = facts.flat.ties
    ours = ties[(ties["source"] == actor) | (ties["target"] == actor)]
    return ours.assign(partner=ours["target"].where(ours["source"] == actor, ours["source"])).set_index(
        "partner"
    )


def _numbers(draft: Draft, facts: Facts, actor: str) -> None:
    pairs = _pairs(facts, actor)
    degree = facts.measures.get("degree", pd.Series(dtype="float64"))
    only = degree.reindex(pairs.index).eq(1)
    counts = {
        "events": int(facts.actors["events"].loc[actor]),
        "all_events": len(facts.events),
        "partners": len(pairs),
        "others": facts.net.n_actors - 1,
        "several": int((pairs["n_layers"] > 1).sum()),
        "only_tie": int(only.sum()),
    }
    rows: dict[str, Sequence[Cell]] = {key: (draft.column(key).label, value) for key, value in counts.items()}
    draft.add_table("brief", [draft.column("what", width=3), draft.column("number", "int")], rows)
    for key in ("events", "partners", "several", "only_tie"):
        draft.add_kpi(f"profile_{key}", draft.cell("brief", key, "number"))


def _who(draft: Draft, facts: Facts, actor: str) -> None:
    at: dict[str, Figure] = {key: draft.cell("brief", key, "number") for key in draft.tables["brief"].keys}
    person = facts.actors.loc[actor]
    said = [draft.say("profile.kind", {"kind": draft.name(str(person["kind"]))})]
    if person["municipality"]:
        said.append(draft.say("profile.town", {"town": draft.name(str(person["municipality"]))}))
    said.append(draft.say("profile.registered" if person["registered"] else "profile.not_registered"))
    if len(facts.events):
        said.append(draft.say("profile.events", at, n=at["all_events"], n_of="events"))
    said.append(
        draft.say(
            "profile.partners" if len(_pairs(facts, actor)) else "profile.no_partners", at, n=at["others"]
        )
    )
    if at["only_tie"].number:
        said.append(draft.say("profile.only_tie", at, n=at["partners"]))
    draft.paragraph(*said)
    draft.chapter("brief")


def _fitting(
    rows: Mapping[str, Sequence[Cell]], columns: Sequence[TableColumn], room: int
) -> tuple[int, int]:
    """Return how many rows go into some lines, one at least, and how many lines they take."""
    whole = sum(column.width for column in columns)
    wide = [max(1, int(LETTERS * column.width / whole)) for column in columns]
    count = used = 0
    for row in rows.values():
        lines = max(-(-len(str(cell)) // width) for cell, width in zip(row, wide, strict=True))
        if count and used + lines > room:
            break
        count, used = count + 1, used + lines
    return count, used


def _events(draft: Draft, facts: Facts, actor: str) -> int:
    """Put in where it was; return how many lines that takes."""
    rows_of = facts.net.attendance
    ours = rows_of[rows_of["actor_id"] == actor].set_index("event_id")
    if ours.empty:
        return 0
    place = 0 if draft.language == "it" else 1
    events = facts.events.loc[ours.index].assign(status=ours["status"], role=ours["role"])
    events = events.assign(undated=events["start"].isna()).sort_values(["undated", "start"], kind="stable")
    rows: dict[str, Sequence[Cell]] = {}
    for row in events.reset_index().to_dict("records"):
        status, role = STATUSES[row["status"]], row["role"]
        rows[row["event_id"]] = (
            day_of(row["start"]) or draft.word("undated"),
            row["name"],
            layer_label(facts.net, row["layer"], draft.language),
            (status.it, status.en)[place],
            str(ROLES[role][place] if role in ROLES else role),
            row["came"],
        )
    columns = [
        draft.column("date", "date", 1.3),
        draft.column("event", width=4),
        draft.column("layer", width=1.9),
        draft.column("status", width=1.4),
        draft.column("role", width=1.5),
        draft.column("came", "int"),
    ]
    printed, used = _fitting(rows, columns, LINES // 2)
    draft.add_table("profile_events", columns, rows, printed=printed)
    draft.put_table("profile_events")
    draft.chapter("profile_events")
    return used


def _partners(draft: Draft, facts: Facts, actor: str, room: int) -> None:
    pairs = _pairs(facts, actor)
    if pairs.empty:
        return
    ties = facts.net.ties
    ours = ties[(ties["source"] == actor) | (ties["target"] == actor)]
    ours = ours.assign(partner=ours["target"].where(ours["source"] == actor, ours["source"]))
    label = {layer: layer_label(facts.net, layer, draft.language) for layer in facts.net.layer_names}
    layers = ours["layer"].map(label).groupby(ours["partner"]).agg("; ".join)
    told = pairs.assign(
        name=facts.actors["name"].reindex(pairs.index),
        kind=facts.actors["kind"].reindex(pairs.index),
        layers=layers.reindex(pairs.index),
        shared=_shared_events(ours).reindex(pairs.index),
    ).sort_values(["weight", "name"], ascending=[False, True])
    rows: dict[str, Sequence[Cell]] = {
        row["partner"]: (row["name"], row["kind"], row["layers"], row["shared"], row["weight"])
        for row in told.reset_index().to_dict("records")
    }
    columns = [
        draft.column("name", width=3.4),
        draft.column("kind", width=2.2),
        draft.column("layers", width=3),
        draft.column("shared", "int", 1.1),
        draft.column("strength", "dec2", 1.1),
    ]
    printed, _ = _fitting(rows, columns, room)
    draft.add_table("profile_partners", columns, rows, printed=printed)
    draft.put_table("profile_partners")
    draft.chapter("profile_partners")


def _shared_events(ties: pd.DataFrame) -> pd.Series:
    """Return how many events each partner shared; undefined where ties were not derived from events."""
    if "shared_events" not in ties.columns:
        return pd.Series(dtype="float64")
    return ties["shared_events"].astype("float64").groupby(ties["partner"]).sum(min_count=1)
