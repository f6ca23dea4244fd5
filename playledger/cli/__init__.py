"""The commands: options in, one call, an exit code. `playledger.cli.main` puts them together."""
