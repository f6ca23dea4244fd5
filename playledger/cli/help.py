"""Help texts: commands by section, each with its whole summary, and examples.

SectionedGroup.add_section("Look", web, history) ──► `playledger --help`
"""

import click

WHOLE = 1_000  # letters: click would cut a summary in the middle of the sentence


class SectionedGroup(click.Group):
    """A group that lists its commands by section, in the order in which they were added."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.sections: dict[str, list[str]] = {}

    def add_section(self, title: str, *commands: click.Command) -> None:
        """Register commands under a title."""
        for command in commands:
            self.add_command(command)
            self.sections.setdefault(title, []).append(command.name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections of `--help`."""
        width = max(map(len, self.commands))
        for title, names in self.sections.items():
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (f"{name:<{width}}", self.commands[name].get_short_help_str(WHOLE))
                        for name in names
                    ]
                )


def examples(*commands: str) -> str:
    """An epilog with one example a line; each is what follows `playledger`."""
    title = "Example" if len(commands) == 1 else "Examples"
    return "\n".join(["\b", f"{title}:", *(f"  playledger {command}" for command in commands)])
