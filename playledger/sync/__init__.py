"""`playledger sync`, the main job: its options, its ten stages, and a trial of them."""
