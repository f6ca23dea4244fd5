"""`playledger sync` in a process that kills itself: PROFILES MODEL [dbt's options ...].

It ends by kill -9 when that model is built, in the middle of dbt's work.
"""

import os
import signal
import sys

import playledger.sync.ledger_workspace
import playledger.sync.load_step
from playledger.cli.main import main
from playledger.dbt.build import Node, build
from playledger.dbt.profiles import ProfileState

profiles, model, *options = sys.argv[1:]


def killing(on_node):
    def kill_after(node: Node) -> None:
        on_node(node)
        if node.name == model:
            os.kill(os.getpid(), signal.SIGKILL)

    return build(options=options, profiles=profiles, on_node=kill_after)


playledger.sync.load_step.write_profiles = lambda *_: ProfileState.CURRENT
playledger.sync.ledger_workspace.build = killing
main(["sync"])
