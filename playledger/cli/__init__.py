"""The commands: options in, one call, an exit code. `loaders.cli` puts them together."""
