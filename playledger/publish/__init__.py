"""From files to a changed ledger, all or nothing: candidate, plan, publish, undo.

    files ──► candidate (built and tested beside the live tables) ──► plan ──► publish ──► undo

Nothing here but view/ knows what a campaign is: tables are compared by their keys.
"""
