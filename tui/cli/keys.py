"""`tui keys`: the keys of the desk, as the reader has set them."""

from __future__ import annotations

import click

from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import command, json_option, option
from tui.cli.output import line, write_json
from tui.cli.terminal import pad, paint


@command("keys", examples=("tui keys | grep highlight", "tui keys --long", "tui keys --preset less"))
@option("--preset", metavar="NAME", help="The keys of this preset: vim or less.")
@option("--long", is_flag=True, help="Also what is to be known of each, on a line below it.")
@json_option
@click.pass_obj
def keys_command(invocation: Invocation, preset: str | None, long: bool, as_json: bool) -> ExitCode:
    """List every key of the desk: its group, the keys, what they do, and the id that settings.toml rebinds.

    The list is made from the table that the desk reads, with the preset and the changes of your settings.toml.
    """
    from tui.keys.key_table import shown
    from tui.keys.keymap import Keymap, KeymapError
    from tui.keys.tooltips import tooltip

    settings = invocation.settings
    try:
        keymap = Keymap.with_changes(settings.keys, preset=preset or settings.preset)
    except KeymapError as error:
        raise click.ClickException(
            f"{error}; your settings.toml changes keys too." if settings.keys else f"{error}."
        ) from None
    keys = keymap.keys
    if as_json:
        write_json(
            {
                "id": key.id,
                "keys": [*key.keys, *key.selecting],
                "group": str(key.group),
                "help": key.help,
                "tooltip": tooltip(key.id, keymap.key_of),
            }
            for key in keys
        )
        return ExitCode.FOUND
    groups = max(len(key.group) for key in keys)
    widest = max(len(shown(key)) for key in keys)
    for key in keys:
        line(
            f"{paint(pad(key.group, groups), 'dim')}  {paint(pad(shown(key), widest), 'bold')}  "
            f"{key.help}  {paint(key.id, 'dim')}"
        )
        if long:
            line(f"{' ' * (groups + widest + 4)}{tooltip(key.id, keymap.key_of)}")
    return ExitCode.FOUND
