"""A Procountor on loopback that behaves like the real one."""

from sandbox.procountor.server import PracticeProcountor, serve
from sandbox.procountor.world import Company, World

__all__ = ["Company", "PracticeProcountor", "World", "serve"]
