"""The scraper of Spotify for Artists (SFA): a work list in, one file per song or artist out.

    options ──► work list ──► runner (throttle, retries) ──► page readers ──► result files ──► load

It knows no database; a second run continues where the first stopped.
"""
