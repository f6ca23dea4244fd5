"""The ledger in a browser, read-only.

    address ──► app.py ──► a list (lists/) or a detail page (details/) ──► templates/ ──► HTML, CSV

Nothing here writes, and no page loads anything from another host.
"""
