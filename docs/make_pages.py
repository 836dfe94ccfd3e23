"""Write the page that follows from the words of the report, docs/glossary.md: ``python docs/make_pages.py``.

The reference follows from the code at each build of the pages (``docs/hooks.py``).
"""

from __future__ import annotations

from pathlib import Path

from stakeholder_net.report.glossary import glossary_page

if __name__ == "__main__":
    Path(__file__).with_name("glossary.md").write_text(glossary_page(), encoding="utf-8")
