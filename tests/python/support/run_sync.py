"""The main job in a process of its own, for a test that kills it: PROFILES MODEL, the last.

The process is killed (kill -9) by itself when that model is built, in the middle of dbt's work.
"""

import os
import signal
import sys

import playledger.dbt.profiles
import playledger.sync.ledger_workspace
from playledger.cli.main import main
from playledger.dbt.build import Node, build
from playledger.dbt.profiles import ProfileState

profiles, model, *options = sys.argv[1:]


def killing(on_node):
    def told(node: Node) -> None:
        on_node(node)
        if node.name == model:
            os.kill(os.getpid(), signal.SIGKILL)

    return build(*options, profiles=profiles, on_node=told)


playledger.dbt.profiles.write_profiles = lambda *_: ProfileState.CURRENT
playledger.sync.ledger_workspace.build = killing
main(["sync"])
