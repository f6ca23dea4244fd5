"""Write the page of column-level lineage; `make docs` runs `python -m playledger.cli.lineage`."""

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code


@click.command()
@exit_code
def main() -> Exit:
    """Write the page of column-level lineage from the output of `dbt docs generate`."""
    from loaders.settings import find_project
    from playledger.dbt.lineage import write_lineage

    lineage = write_lineage(find_project() / "target")
    click.echo(f"{lineage.links:,} links between columns: {lineage.page}")
    for error in lineage.errors:
        click.echo(f"  {error}", err=True)
    return Exit.PARTLY if lineage.errors else Exit.DONE


if __name__ == "__main__":
    main()
