"""Write `docs/lineage.md`; run `python -m playledger.cli.model_map` after a change of models."""

import click

from loaders.errors import Exit
from playledger.cli.exit_codes import exit_code


@click.command()
@exit_code
def main() -> Exit:
    """Write the pictures of the models by layer and stage from what `dbt parse` left."""
    from loaders.atomic_files import write_whole
    from loaders.settings import find_project
    from playledger.dbt.model_map import read_manifest, render_map
    from playledger.runs.stages import STAGES

    project = find_project()
    page = project / "docs" / "lineage.md"
    titles = {stage.name: stage.title for stage in STAGES}
    write_whole(page, render_map(read_manifest(project / "target"), titles).encode())
    click.echo(f"Written: {page}")
    return Exit.DONE


if __name__ == "__main__":
    main()
