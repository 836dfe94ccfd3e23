"""Let ``python -m stakeholder_net`` do what ``stakeholder-net`` does."""

from stakeholder_net.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
