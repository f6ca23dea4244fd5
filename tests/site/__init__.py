"""A simulated Spotify for Artists site, to test, demonstrate and measure the scraper with.

    Content (songs, playlists) ──► SimulatedSite ──► pages on loopback, with delays and faults

Its content is plain data that a test can compare with what was scraped.
"""

from tests.site.behaviour import Behaviour
from tests.site.edge_cases import EdgeCaseContent
from tests.site.fault_kinds import Fault
from tests.site.sample_content import SampleContent
from tests.site.simulated_site import SimulatedSite

__all__ = ["Behaviour", "EdgeCaseContent", "Fault", "SampleContent", "SimulatedSite"]
