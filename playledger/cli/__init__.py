"""The commands, one module each: options in, one call, an exit code. `main` registers them."""
