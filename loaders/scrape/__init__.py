"""The scraper of Spotify for Artists (SFA): a work list in, one file per song or artist out.

    work list ──► runner (pages, pace, retry, resume) ──► page readers ──► result files ──► load

What reads a page knows no database; a second run goes on where the one before stood.
"""
