"""See how the organisations of a territory work together: records in, network, gaps, coalitions, map and report out.

The public names stand in ``__init__.pyi``; each is loaded when it is first used, so that importing stays quick.
"""

import lazy_loader

from stakeholder_net._version import VERSION

__version__ = VERSION

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]
