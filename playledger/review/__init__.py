"""Decisions of people: possible duplicates and SFA URLs, shown, answered, and stored in seeds."""
