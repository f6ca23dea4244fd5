"""Where the main job meets what publishes: found by name, when it is asked for.

--deploy-production ──► deployment() ──► loaders.publish.deploy.deploy_production
--dry-run           ──► planning()   ──► loaders.publish.command.plan_command
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from loaders.errors import Exit, UserError


def deployment() -> Callable[..., Exit]:
    """`deploy_production(settings, console, yes=bool) -> Exit`; UserError when it is not there."""
    return _find(
        "loaders.publish.deploy",
        "deploy_production",
        "This version cannot bring the ledger into production. Run `playledger sync` without "
        "--deploy-production.",
    )


def planning() -> Callable[..., Exit]:
    """`plan_command(settings, console, wanted) -> Exit`; UserError when it is not there.

    `wanted` is a loaders.wanted.Wanted: the files to plan with, and `limit`.
    """
    return _find(
        "loaders.publish.command",
        "plan_command",
        "This version cannot show what a run would change. Run `playledger sync` without "
        "--dry-run; a load and a build lose nothing that is known.",
    )


def _find(module: str, name: str, otherwise: str) -> Callable[..., Exit]:
    try:
        return getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("loaders.publish"):
            raise  # it is there, and lacks something itself
        raise UserError(otherwise) from None
