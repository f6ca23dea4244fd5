"""The main job: ten stages in a row, what each is about, and what of them is wanted."""
