"""Which function does which command of the key table: a module of them is loaded with the first key that asks for it.

All of them together take as long as 20 keys, and 3 MB; a session at the desk asks for some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from tui.desk.context import DeskCommand
from tui.keys.key_table import MOTIONS

_MODULES = {
    "commands.app_commands": "clear last_list quit suspend theme export keys help",
    "commands.compare_commands": "comparison",
    "commands.concordance_commands": "concordance",
    "commands.link_commands": "link link_kind follow_link delete_link",
    "commands.mark_commands": "highlight repeat star cycle delete card edit_edges join",
    "commands.move_commands": f"{' '.join(MOTIONS)} jump_back jump_back_too jump_forward set_mark go_mark"
    " next_orphan previous_orphan next_highlight previous_highlight next_note previous_note next_link previous_link",
    "commands.note_commands": "note library_note",
    "commands.outline_commands": "outline next_heading previous_heading",
    "commands.pane_commands": "other_pane left_pane right_pane swap_panes only_pane zoom equal_panes narrower wider"
    " view_top view_middle view_bottom toggle_marks toggle_furniture hints focus_passage",
    "commands.related_commands": "related next_related previous_related meaning",
    "commands.search_commands": "search search_back search_next search_previous search_selected",
    "commands.select_commands": "select select_passages grow shrink select_again other_edge copy keep_part hint"
    " hint_select select_is select_as select_ip select_ap select_iw select_aw select_ih",
    "commands.sync_commands": "sync sync_invert align level",
    "commands.tag_commands": "tag tag_quoted highlight_with quick_tag arm untag",
    "commands.text_commands": "open_text furniture language",
    "commands.typed_commands": "command palette",
    "commands.undo_commands": "undo redo history",
    "commands.version_commands": "versions",
    "lists.codebook_list": "codebook",
    "lists.dismissed_list": "dismissed",
    "lists.highlight_list": "annotations",
    "lists.link_list": "links",
    "lists.orphan_list": "orphans",
    "lists.pair_file_list": "pair_file",
    "lists.pair_list": "pairs",
    "lists.reader_list": "disagreements",
}
"""The modules, and the ids of what the functions in them that are marked as commands do."""


class CommandTable(Mapping[str, DeskCommand]):
    """The functions of the desk that are marked as commands, by the ids of what they do."""

    def __init__(self) -> None:
        self._modules = {id: f"tui.desk.{module}" for module, ids in _MODULES.items() for id in ids.split()}
        self._loaded: dict[str, DeskCommand] = {}

    def __getitem__(self, id: str) -> DeskCommand:
        """The function that does a command; raises KeyError where none does, or the table does not say which."""
        module = self._modules[id]
        if id not in self._loaded:
            self._loaded.update(commands_in(module))
        return self._loaded[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


def commands_in(module: str) -> dict[str, DeskCommand]:
    """The functions of a module that are marked as commands, by the ids of what they do."""
    functions = vars(import_module(module)).values()
    return {id: function for function in functions for id in getattr(function, "command_ids", ())}
