"""The main job in a process of its own, for a test that kills it: PROFILES MODEL, the last.

The process is killed (kill -9) by itself when that model is built, in the middle of dbt's work.
"""

import os
import signal
import sys

import loaders.job.live
import loaders.profiles
from loaders.build import Node, build
from loaders.cli import main
from loaders.profiles import ProfileState

profiles, model, *options = sys.argv[1:]


def killing(on_node):
    def told(node: Node) -> None:
        on_node(node)
        if node.name == model:
            os.kill(os.getpid(), signal.SIGKILL)

    return build(*options, profiles=profiles, on_node=told)


loaders.profiles.write_profiles = lambda *_: ProfileState.CURRENT
loaders.job.live.build = killing
main(["sync"])
