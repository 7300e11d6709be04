"""Which function does which command of the key table: each module of commands or lists is imported here, once."""

from __future__ import annotations

from types import ModuleType

import tui.desk.commands.app_commands
import tui.desk.commands.compare_commands
import tui.desk.commands.concordance_commands
import tui.desk.commands.link_commands
import tui.desk.commands.mark_commands
import tui.desk.commands.move_commands
import tui.desk.commands.note_commands
import tui.desk.commands.outline_commands
import tui.desk.commands.pane_commands
import tui.desk.commands.related_commands
import tui.desk.commands.search_commands
import tui.desk.commands.select_commands
import tui.desk.commands.sync_commands
import tui.desk.commands.tag_commands
import tui.desk.commands.text_commands
import tui.desk.commands.typed_commands
import tui.desk.commands.undo_commands
import tui.desk.commands.version_commands
import tui.desk.lists.codebook_list
import tui.desk.lists.dismissed_list
import tui.desk.lists.highlight_list
import tui.desk.lists.link_list
import tui.desk.lists.orphan_list
import tui.desk.lists.pair_file_list
import tui.desk.lists.pair_list
import tui.desk.lists.reader_list
from tui.desk.context import DeskCommand


def command_table() -> dict[str, DeskCommand]:
    """The functions of the desk that are marked as commands, by the ids of what they do."""
    return {
        id: function
        for package in (tui.desk.commands, tui.desk.lists)
        for module in vars(package).values()
        if isinstance(module, ModuleType)
        for function in vars(module).values()
        for id in getattr(function, "command_ids", ())
    }
