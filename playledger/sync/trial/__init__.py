"""A trial: all stages on the first campaigns of an export, in a candidate that is dropped.

files ──► Subset (the first campaigns, and what was scraped for them) ──► candidate ──► ten stages
"""
