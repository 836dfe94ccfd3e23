"""A folder without a register of the area: the whole job runs, only the comparison with the register is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from stakeholder_net.cli import main

SHEET = """evento;ente;comune
E1;Croce Verde;Fermo
E1;Comune di Fermo;Fermo
E2;Croce Verde;Fermo
E2;Comune di Fermo;Fermo
"""


def test_the_whole_job_runs_without_a_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "firme.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "stakeholder.toml").write_text(
        'title = "Prova"\nlanguage = "it"\n[[files]]\npath = "firme.csv"\ntable = "attendance"\n',
        encoding="utf-8",
    )
    main(["run", str(tmp_path)])
    assert "Assenti" not in capsys.readouterr().out
    assert (tmp_path / "output" / "map.html").stat().st_size > 0
