"""A simulated Spotify for Artists site, which the scraper is tested, shown and measured against.

    Content (songs, playlists) ──► SimulatedSite ──► pages on loopback, with delays and faults

What the site is asked to show is plain data that a test can compare with what was scraped.
"""

from tests.site.behaviour import Behaviour, Latency
from tests.site.edge_cases import EdgeCaseContent
from tests.site.fault_kinds import Fault
from tests.site.faults import Faults, HitBy
from tests.site.sample_content import SampleContent
from tests.site.simulated_site import SimulatedSite

__all__ = [
    "Behaviour",
    "EdgeCaseContent",
    "Fault",
    "Faults",
    "HitBy",
    "Latency",
    "SampleContent",
    "SimulatedSite",
]  # fmt: skip
