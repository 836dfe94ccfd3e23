"""The version, known to every room."""

__all__ = ["VERSION"]

VERSION = "0.1.0"
