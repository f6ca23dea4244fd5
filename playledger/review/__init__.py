"""What a person decides about names: pairs that may be one, shown, answered, and kept in seeds."""
