"""The chapters on the network, one function each: put the tables into the draft, then say what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from stakeholder_net.report.context import Cell, Figure, Picture, TableColumn
from stakeholder_net.report.draft import Draft
from stakeholder_net.report.facts import Facts, by_group, kind_label, layer_label

__all__ = ["brief", "layer_chapter", "numbers", "who"]

PRINTED_GROUPS = 12
LAYERS_ON_A_PAGE = 4
FEW = 3  # groups that the first page names


# --- in brief ------------------------------------------------------------------------------------------------------
def numbers(draft: Draft, facts: Facts) -> None:
    """Put down the few numbers on which every chapter calls."""
    n, pairs = facts.net.n_actors, len(facts.flat.ties)
    counts = {
        "organisations": n,
        "tied": int(facts.actors["tied"].sum()),
        "alone": int((~facts.actors["tied"]).sum()),
        "events": len(facts.events),
        "appear": int(facts.actors["appears"].sum()),
        "undated": facts.undated,
        "pairs": pairs,
        "possible": n * (n - 1) // 2,
    }
    rows: dict[str, Sequence[Cell]] = {key: (draft.column(key).label, value) for key, value in counts.items()}
    draft.add_table("brief", [draft.column("what", width=3), draft.column("number", "int")], rows)
    at = {key: draft.cell("brief", key, "number") for key in counts}
    draft.add_kpi("organisations", at["organisations"])
    draft.add_kpi("events", at["events"])
    draft.add_kpi("tied_pairs", at["pairs"])
    draft.add_kpi("density", draft.share(at["pairs"], at["possible"]))
    draft.add_kpi("without_ties", at["alone"])


def brief(draft: Draft, facts: Facts) -> None:
    """Say in few sentences what the other chapters found; written last, it stands first."""
    at = {key: draft.cell("brief", key, "number") for key in draft.tables["brief"].keys}
    if not facts.net.n_actors:
        draft.paragraph(draft.say("brief.empty"))
        draft.chapter("brief")
        return
    figures = {"actors": at["organisations"], "tied": at["tied"], "alone": at["alone"]}
    size = "brief.size" if at["tied"].number else "brief.size_alone"
    said = [draft.say(size, figures, key="brief.size", n=at["organisations"])]
    if len(facts.events):
        figures = {"events": at["events"], "list": _events_by_layer(draft, facts)}
        said.append(draft.say("brief.events", figures, n=at["events"], n_of="events"))
    if declared := _declared(draft, facts):
        said.append(declared)
    if len(facts.flat.ties):
        share = draft.share(at["pairs"], at["possible"])
        figures = {"pairs": at["pairs"], "possible": at["possible"], "share": share}
        said.append(draft.say("brief.pairs", figures, n=at["possible"], n_of="pairs"))
    else:
        said.append(draft.say("brief.no_ties"))
    draft.paragraph(*said)
    draft.bullets(*_what_was_found(draft, at["events"]))
    draft.chapter("brief")


def _declared(draft: Draft, facts: Facts) -> str:
    """Say which ties were stated, not derived from events."""
    cards = facts.net.layers
    layers = [
        layer for layer in cards.index[cards["derived_from"] == ""] if layer in draft.tables["layers"].keys
    ]
    if not len(facts.events) or not layers:
        return ""
    ties = draft.added([draft.cell("layers", layer, "ties") for layer in layers])
    labels = draft.names([layer_label(facts.net, layer, draft.language) for layer in layers])
    return (
        draft.say("brief.declared", {"ties": ties, "list": labels}, n=ties, n_of="pairs")
        if ties.number
        else ""
    )


def _what_was_found(draft: Draft, events: Figure) -> list[str]:
    """Say again the first finding of each chapter that has one."""
    said = []
    standing = next((key for key in ("surely_in", "nobody_surely") if f"hold.{key}" in draft.sentences), "")
    if standing:
        figures = draft.sentences[f"hold.{standing}"].figures
        said.append(draft.say(f"brief.{standing}", figures, key="brief.first", n=events, n_of="events"))
    elif "hold.first" in draft.sentences:
        first = draft.sentences["hold.first"]
        figures = {
            "first": first.figures["first"],
            "first_value": first.figures["first_value"],
            "events": events,
        }
        said.append(draft.say("brief.first", figures, n=draft.rows("actors")))
    if "missing.all" in draft.sentences:
        figures = draft.sentences["missing.all"].figures
        said.append(draft.say("missing.all", figures, key="brief.missing", n=figures["registered"]))
    said += [
        draft.say("missing.group", one.figures, key=f"brief.{key}", n=one.figures["registered"])
        for key, one in [*draft.sentences.items()]
        if key.startswith("missing.group.kind.")
    ][:FEW]
    return said + (_planned(draft) or _proposed(draft))


def _planned(draft: Draft) -> list[str]:
    """Say what the one plan for all calls holds."""
    if "plan.all" not in draft.sentences:
        return []
    leads = [str(name) for name in draft.tables["plan_calls"].frame()["lead"] if name]
    figures = draft.sentences["plan.all"].figures
    if not leads:
        return [draft.say("brief.plan_none", figures, key="brief.plan", n=figures["calls"], n_of="calls")]
    figures = figures | {"leads": draft.names([*dict.fromkeys(leads)])}
    return [draft.say("brief.plan", figures, n=figures["calls"], n_of="calls")]


def _proposed(draft: Draft) -> list[str]:
    """Say the first coalition of each call."""
    said = []
    for key, sentence in [*draft.sentences.items()]:
        if key.startswith("coalitions.found."):
            number = key.rpartition(".")[2]
            members = str(draft.tables[f"coalition_{number}"].frame()["members"].iloc[0])
            figures = {
                "call": sentence.figures["call"],
                "names": draft.told(members, f"coalition_{number}", "1", "members"),
                "count": sentence.figures["count"],
            }
            said.append(draft.say("brief.coalition", figures, key=f"brief.coalition.{number}"))
    return said


def _events_by_layer(draft: Draft, facts: Facts) -> Figure:
    counts = {layer: draft.cell("layers", layer, "events") for layer in facts.net.layer_names}
    return draft.counted(
        {
            layer_label(facts.net, layer, draft.language): count
            for layer, count in counts.items()
            if count.number
        }
    )


# --- who takes part ------------------------------------------------------------------------------------------------
def who(draft: Draft, facts: Facts) -> None:
    """Count the organisations by kind and by municipality."""
    if not facts.net.n_actors:
        return
    _group_table(draft, facts, "kinds", "kind")
    draft.paragraph(_appear(draft), *_largest(draft, "kinds", "kind"), *_unknown_kind(draft, facts))
    draft.put_table("kinds")
    stated = facts.actors["municipality"] != ""
    if stated.any():
        _group_table(draft, facts, "municipalities", "municipality")
        said = _largest(draft, "municipalities", "municipality")
        if not stated.all() and (nowhere := draft.cell("municipalities", "", "appear")).number:
            total = draft.total("municipalities", "appear")
            said.append(draft.say("who.no_municipality", {"count": nowhere, "total": total}, n=total))
        draft.paragraph(*said)
        draft.put_table("municipalities")
    draft.chapter("who")


def _appear(draft: Draft) -> str:
    """Say how many are more than a line of a list."""
    total, appear = draft.total("kinds", "organisations"), draft.total("kinds", "appear")
    if not appear.number:
        return draft.say("who.nobody", {"total": total}, n=total)
    if appear.number == total.number:
        return draft.say("who.all", {"total": total}, n=total)
    figures = {"appear": appear, "total": total, "share": draft.share(appear, total)}
    return draft.say("who.appear", figures, n=total)


def _group_table(draft: Draft, facts: Facts, key: str, column: str) -> None:
    counts = by_group(facts, column)
    layers = list(facts.member.columns) if facts.member.shape[1] <= LAYERS_ON_A_PAGE else []
    columns = [
        draft.column(column, width=3.0),
        draft.column("organisations", "int"),
        draft.column("appear", "int", 1.1),
        draft.column("share", "share"),
    ]
    columns += [
        TableColumn(f"in {layer}", layer_label(facts.net, layer, draft.language), "int", 1.45)
        for layer in layers
    ]
    rows: dict[str, Sequence[Cell]] = {}
    total = int(counts["appear"].sum())
    for name, row in counts.iterrows():
        label = str(name) or draft.word("not_stated")
        count = int(row["appear"])
        rows[str(name)] = (
            label,
            int(row["organisations"]),
            count,
            count / total if total else None,
            *(int(row[f"in {layer}"]) for layer in layers),
        )
    if "" in rows:  # what is not stated stands last
        rows[""] = rows.pop("")
    draft.add_table(key, columns, rows, printed=PRINTED_GROUPS)


def _largest(draft: Draft, table: str, column: str) -> list[str]:
    frame = draft.tables[table].frame()
    named = frame[(frame.index != "") & (frame[column] != kind_label("sconosciuto", draft.language))]
    if named.empty or not named["appear"].any():
        return []
    first = named[named["appear"] == named["appear"].max()]
    total, count = draft.total(table, "appear"), draft.cell(table, str(first.index[0]), "appear")
    names = draft.names([str(name) for name in first[column]])
    figures = {"names": names, "count": count, "total": total}
    if len(first) == 1:
        return [draft.say(f"who.{column}", figures | {"share": draft.share(count, total)}, n=total)]
    return [draft.say(f"who.{column}_level", figures, n=total)]


def _unknown_kind(draft: Draft, facts: Facts) -> list[str]:
    unknown = facts.actors.loc[facts.actors["kind_code"] == "sconosciuto", "kind"]
    if unknown.empty:
        return []
    figures = {
        "count": draft.cell("kinds", str(unknown.iloc[0]), "appear"),
        "total": draft.total("kinds", "appear"),
    }
    return [draft.say("who.unknown_kind", figures, n=figures["total"])] if figures["count"].number else []


# --- layers --------------------------------------------------------------------------------------------------------
def layer_chapter(draft: Draft, facts: Facts, drawn: Mapping[str, Picture]) -> None:
    """Say what each layer holds and how far they overlap."""
    if not facts.net.layer_names:
        return
    rows = {layer: _layer_row(draft, facts, layer) for layer in facts.net.layer_names}
    columns = [
        draft.column("layer", width=2.8),
        draft.column("events", "int"),
        draft.column("present", "int"),
        draft.column("ties", "int"),
        draft.column("possible", "int"),
        draft.column("share", "share"),
        draft.column("alone", "int"),
    ]
    draft.add_table("layers", columns, rows)
    several = len(rows) > 1 and len(facts.flat.ties) > 0
    if several:
        draft.paragraph(_overlap(draft, facts))
    draft.put_table("layers")
    if several:
        draft.put_table("overlap")
        if "overlap" in drawn:
            draft.put_picture(drawn["overlap"])
    draft.chapter("layers")


def _layer_row(draft: Draft, facts: Facts, layer: str) -> Sequence[Cell]:
    own = facts.net.ties
    own = own[own["layer"] == layer]
    ends = own[["source", "target"]]
    pairs = len(pd.DataFrame({"low": ends.min(axis=1), "high": ends.max(axis=1)}).drop_duplicates())
    present = int(facts.member[layer].sum())
    possible = present * (present - 1) // 2
    alone = present - len(set(own["source"]) | set(own["target"]))
    return (
        layer_label(facts.net, layer, draft.language),
        int((facts.events["layer"] == layer).sum()),
        present,
        pairs,
        possible,
        pairs / possible if possible else None,
        alone,
    )


def _overlap(draft: Draft, facts: Facts) -> str:
    counts = facts.flat.ties["n_layers"].value_counts()
    levels = range(1, len(facts.net.layer_names) + 1)
    rows: dict[str, Sequence[Cell]] = {str(k): (k, int(counts.get(k, 0))) for k in levels}
    draft.add_table("overlap", [draft.column("n_layers", "int"), draft.column("pairs", "int")], rows)
    pairs, single = draft.total("overlap", "pairs"), draft.cell("overlap", "1", "pairs")
    figures = {"pairs": pairs, "single": single, "share": draft.share(single, pairs)}
    return draft.say("layers.overlap", figures, n=pairs, n_of="pairs")
