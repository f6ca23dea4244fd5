"""The main job tried on a few campaigns first, in a candidate that is dropped.

files ──► Slice (the first campaigns and theirs) ──► candidate ──► ten stages, account
"""
