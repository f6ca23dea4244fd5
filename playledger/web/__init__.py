"""Pages to look at: the ledger in a browser, read-only.

    address ──► app.py ──► a listing (lists/) or one thing (things/) ──► templates/ ──► HTML, CSV

Nothing here writes, and nothing asks another host for anything.
"""
