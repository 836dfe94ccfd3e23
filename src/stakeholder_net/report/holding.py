"""The chapter on what holds the network together: who stands between the others, surely or perhaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from stakeholder_net.measures import cut_points
from stakeholder_net.pictures import sociogram
from stakeholder_net.report.context import Cell, Figure, Picture
from stakeholder_net.report.draft import Draft
from stakeholder_net.report.facts import Facts
from stakeholder_net.report.formats import clean, listed

__all__ = ["actor_order", "hold", "network_picture", "with_ties"]

PRINTED_ACTORS = 15
PRINTED_CUTS = 10
PRINTED_PERHAPS = 10
CM = 2.54  # in an inch


def hold(
    draft: Draft,
    facts: Facts,
    picture: Picture | None,
    stability: pd.DataFrame | None,
    drawn: Mapping[str, Picture],
) -> None:
    """Say who stands between the others, with what it rests on."""
    if not facts.actors["tied"].any():
        return
    _actor_table(draft, facts)
    sure = [] if stability is None else _surely_or_perhaps(draft, facts, stability)
    if sure:
        draft.paragraph(*sure, *_nobody_between(draft))
        draft.put_table("stability")
        if "stability" in drawn:
            draft.put_picture(drawn["stability"])
    first = [] if sure else [*_first_by_betweenness(draft), *_nobody_between(draft)]
    draft.paragraph(*first, *_first_by_strength(draft), *_weak_points(draft))
    if len(facts.events):
        draft.paragraph(draft.say("hold.derived"))
    draft.put_table("actors")
    if picture is not None:
        draft.put_picture(picture)
    _depends(draft, facts)
    draft.heading("reading")
    draft.explain(facts.measures.dropna(axis="columns", how="all").columns)
    draft.chapter("hold")


def with_ties(facts: Facts, stability: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the places of those who have a tie: where few events are drawn, others may be level with the first."""
    if stability is None:
        return None
    tied = facts.actors["tied"].reindex(stability["actors"].str[0]).fillna(value=False)
    return stability[tied.to_numpy(dtype=bool)].reset_index(drop=True)


def actor_order(facts: Facts) -> pd.Index:
    """Return the ids, first by betweenness, then as in the network: the numbers of the table and of the picture."""
    values = facts.measures.reindex(columns=["betweenness"])["betweenness"].fillna(-np.inf)
    return facts.actors.index[np.argsort(-values.to_numpy(), kind="stable")]


def network_picture(draft: Draft, facts: Facts) -> Picture | None:
    """Draw the network, its first actors numbered as in the table; None where there is no tie."""
    values = facts.measures.get("betweenness")
    if values is None or not facts.actors["tied"].any():
        return None
    label = draft.column("betweenness").label.lower()
    numbered = min(PRINTED_ACTORS, int((values > 0).sum()))
    drawn = sociogram(facts.net, size=values.rename(label), n_labels=numbered, language=draft.language)
    png, svg, width, height = drawn.bare()
    title = draft.word("picture_title" if numbered else "picture_title_plain")
    return Picture("network", title, clean(drawn.alt), png, width * CM, height * CM, svg)


def _actor_table(draft: Draft, facts: Facts) -> None:
    measured = [
        draft.column("degree", "int", 0.95),
        draft.column("strength", "dec1", 1.05),
        draft.column("betweenness", "dec3", 1.8),
        draft.column("constraint", "dec2", 1.2),
        draft.column("participation", "dec2", 1.55),
    ]
    known = facts.measures.dropna(axis="columns", how="all").columns
    measured = [column for column in measured if column.key in known]
    columns = [
        draft.column("rank", "int", 0.5),
        draft.column("name", width=3.3),
        draft.column("kind", width=2.0),
        draft.column("municipality", width=1.9, printed=False),
        draft.column("events", "int", 0.85),
        *measured,
    ]
    rows: dict[str, Sequence[Cell]] = {}
    order = actor_order(facts)
    people = facts.actors.loc[order].to_dict("records")
    figures = facts.measures.loc[order].to_dict("records")
    for rank, (actor, person, values) in enumerate(zip(order, people, figures, strict=True), start=1):
        rows[str(actor)] = (
            rank,
            person["name"],
            person["kind"],
            "" if person["unnamed"] else person["municipality"],
            person["events"],
            *(values[column.key] for column in measured),
        )
    draft.add_table("actors", columns, rows, printed=PRINTED_ACTORS)


def _depends(draft: Draft, facts: Facts) -> None:
    """Say whose leaving would cut others off."""
    cuts = cut_points(facts.flat)
    tied = draft.cell("brief", "tied", "number")
    draft.heading("depends")
    if cuts.empty:
        draft.paragraph(draft.say("hold.no_cut", {"tied": tied}, n=tied))
        return
    names = facts.actors["name"]
    cuts = cuts.assign(count=cuts["cut_off"].map(len), name=names.reindex(cuts["actor_id"]).to_numpy())
    rows: dict[str, Sequence[Cell]] = {
        row["actor_id"]: (
            row["name"],
            row["count"],
            listed([names[one] for one in row["cut_off"]], draft.language),
        )
        for row in cuts.sort_values(["count", "name"], ascending=[False, True]).to_dict("records")
    }
    columns = [
        draft.column("name", width=3.2),
        draft.column("cut_off", "int", 1.7),
        draft.column("who_cut_off", width=5),
    ]
    table = draft.add_table("cut", columns, rows, printed=PRINTED_CUTS)
    most = draft.cell("cut", table.keys[0], "cut_off")
    first = draft.names([str(row[0]) for row in table.rows if row[1] == table.rows[0][1]])
    figures = {"cuts": draft.rows("cut"), "tied": tied, "first": first, "most": most}
    draft.paragraph(draft.say("hold.cut", figures, n=tied))
    draft.put_table("cut")


def _surely_or_perhaps(draft: Draft, facts: Facts, stability: pd.DataFrame) -> list[str]:
    """Say who is surely, who perhaps among the first: what other events would have left as it is."""
    known = stability[stability["standing"].isin(["surely_in", "perhaps_in"])]
    if known.empty:
        return []
    names = facts.actors["name"]
    drawn = int(stability["draws"].iloc[0]) > 0
    rows: dict[str, Sequence[Cell]] = {
        row["actors"][0]: (
            names[row["actors"][0]],
            draft.word(row["standing"]),
            row["rank"],
            row["rank_low" if drawn else "rank_best"],
            row["rank_high" if drawn else "rank_worst"],
            row["p_top"],
            row["top"],
            row["draws"],
            row["sources"],
        )
        for row in known.to_dict("records")
    }
    columns = [
        draft.column("name", width=3.8),
        draft.column("standing", width=1.5),
        draft.column("place", "int"),
        draft.column("place_low", "int", 1.1),
        draft.column("place_high", "int", 1.1),
        draft.column("p_top", "share", 1.5),
        draft.column("top", "int", printed=False),
        draft.column("draws", "int", printed=False),
        draft.column("sources", "int", printed=False),
    ]
    first = stability.iloc[0]
    counts = {name: int(first[name]) for name in ("top", "draws", "sources")}
    # the widest that chance among the draws can make a share, in points
    counts["error"] = int(np.ceil(100 / np.sqrt(max(counts["draws"], 1))))
    alone = bool(stability["rank_worst"].notna().any())
    phrase = "stability" if alone else "stability_draws"
    if counts["sources"]:
        phrase = "stability_ways" if alone else "stability_large"
    draft.add_table(
        "stability",
        columns,
        rows,
        phrase=phrase if drawn else "stability_actors",
        printed=PRINTED_PERHAPS,
        **{key: str(n) for key, n in counts.items()},
    )
    return _standing(draft, known, names, doubtful=str(first["ranking"]) == "do_not_rank")


def _standing(draft: Draft, known: pd.DataFrame, names: pd.Series, *, doubtful: bool) -> list[str]:
    """Name those who are surely and those who are perhaps among the first."""
    listed_by = {
        standing: [
            str(names[row["actors"][0]]) for row in known.to_dict("records") if row["standing"] == standing
        ]
        for standing in ("surely_in", "perhaps_in")
    }
    basis = {
        "events": draft.cell("brief", "events", "number"),
        "top": draft.cell("stability", str(known["actors"].iloc[0][0]), "top"),
    }
    said = []
    for standing, found in listed_by.items():
        if found:
            figures = basis | {
                "names": draft.names(found, most=6),
                "count": draft.where_text("stability", "standing", draft.word(standing)),
            }
            said.append(draft.say(f"hold.{standing}", figures, n=basis["events"], n_of="events"))
    if not listed_by["surely_in"]:
        said.insert(0, draft.say("hold.nobody_surely", basis, n=basis["events"], n_of="events"))
    if doubtful:
        said.append(draft.say("hold.do_not_rank"))
    return said


def _first_by_betweenness(draft: Draft) -> list[str]:
    frame = draft.tables["actors"].frame()
    if "betweenness" not in frame.columns or frame["betweenness"].isna().all():
        return []
    actors = draft.rows("actors")
    ranked = frame["betweenness"].dropna()
    if (ranked <= 0).all():
        return [draft.say("hold.none", {"actors": actors}, n=actors)]
    shown = [draft.cell("actors", str(actor), "betweenness") for actor in ranked.index]
    names = [str(name) for name in frame.loc[ranked.index, "name"]]
    basis = {"actors": actors, "events": draft.cell("brief", "events", "number"), "first_value": shown[0]}
    level = [name for name, figure in zip(names, shown, strict=True) if figure.text == shown[0].text]
    if len(level) > 1 or len(shown) == 1:
        return [draft.say("hold.level", basis | {"names": draft.names(level)}, n=actors)]
    next_level = [name for name, figure in zip(names, shown, strict=True) if figure.text == shown[1].text]
    pair = {
        "first": draft.name(names[0]),
        "second": draft.names(next_level, most=4),
        "second_value": shown[1],
    }
    phrase = "hold.first" if len(next_level) == 1 else "hold.first_then_level"
    if not shown[1].number:
        phrase = "hold.first_only"
    return [draft.say(phrase, basis | pair, key="hold.first", n=actors)]


def _nobody_between(draft: Draft) -> list[str]:
    """Say for how many betweenness is zero, unless it is so for all or of two there is no between."""
    if "betweenness" not in draft.tables["actors"].frame().columns:
        return []
    actors, zero = draft.rows("actors"), draft.where("actors", "betweenness", "== 0")
    if not zero.number or not draft.where("actors", "betweenness", "> 0").number:
        return []
    return [draft.say("hold.zero", {"zero": zero, "actors": actors}, n=actors)]


def _first_by_strength(draft: Draft) -> list[str]:
    frame = draft.tables["actors"].frame()
    if not {"strength", "degree"} <= set(frame.columns):
        return []
    ranked = frame["strength"].astype("float64").dropna().sort_values(ascending=False, kind="stable")
    if ranked.empty or ranked.iloc[0] <= 0:
        return []
    tied, value = (
        draft.cell("brief", "tied", "number"),
        draft.cell("actors", str(ranked.index[0]), "strength"),
    )
    shown = {actor: draft.cell("actors", str(actor), "strength").text for actor in ranked.index}
    level = [actor for actor, text in shown.items() if text == value.text]  # what reads the same has no order
    figures: dict[str, Figure] = {"value": value, "tied": tied}
    if len(level) > 1:
        names = draft.names([str(frame.loc[actor, "name"]) for actor in level], most=4)
        return [draft.say("hold.strength_level", figures | {"names": names}, key="hold.strength", n=tied)]
    figures["first"] = draft.name(str(frame.loc[level[0], "name"]))
    figures["partners"] = draft.cell("actors", str(level[0]), "degree")
    return [draft.say("hold.strength", figures, n=tied)]


def _weak_points(draft: Draft) -> list[str]:
    columns = draft.tables["actors"].frame().columns
    actors, tied, said = draft.rows("actors"), draft.cell("brief", "tied", "number"), []
    if "degree" in columns and (one := draft.where("actors", "degree", "== 1")).number:
        said.append(draft.say("hold.one_partner", {"one": one, "tied": tied}, n=actors))
    if "participation" in columns and (one := draft.where("actors", "participation", "== 0")).number:
        said.append(draft.say("hold.one_layer", {"one": one, "tied": tied}, n=actors))
    return said
