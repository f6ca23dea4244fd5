"""Running dbt: one build, the profiles that it reads, and the lineage that it leaves."""
