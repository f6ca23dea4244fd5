"""The run log: the stages of each run, in the database and in a file, and past runs."""
