"""The ten stages and their order."""

from __future__ import annotations

from playledger.runs.stages import STAGES


def test_the_stages_are_those_of_the_plan_in_its_order():
    titles = (
        "Parse and normalise, Clients, Vendors, Campaigns, SFA URLs, Streams, Playlists, Links, "
        "Verification, Production"
    )
    assert ", ".join(stage.title for stage in STAGES) == titles
