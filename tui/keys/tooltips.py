"""What is to be known of each command beyond its line of help: when it is of use, and what it does not do.

Apart from the table of keys, because nothing needs it before the reader asks: the palette shows it below the list, and
`tui keys --long` prints it. Other commands stand in braces by their ids, because a reader may have moved their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from texts.lazy_pattern import lazy_pattern

_NAMED = lazy_pattern(r"\{(\w+)\}")

TOOLTIPS: Mapping[str, str] = MappingProxyType(
    {
        # move
        "char_left": "A character as it is read: an accent or an emoji of several signs counts as one.",
        "line_down": "By rows of the screen, in the column where you began; blank rows between passages are skipped.",
        "line_up": "By rows of the screen, in the column where you began; blank rows between passages are skipped.",
        "char_right": "Goes on into the next row and the next passage.",
        "word_next": "Words are letters and digits with the apostrophes inside; a hyphen parts two.",
        "word_back": "To the beginning of the word you are in, then of the one before.",
        "word_end": "While selecting, this takes in the word and not the space behind it.",
        "line_start": "The first cell of the row on the screen, not of the passage: {passage_back} goes there.",
        "line_first": "Where a row begins with spaces, as verse and lists do, behind them.",
        "line_end": "The last cell of the row on the screen, not of the passage.",
        "sentence_back": "To the beginning of the sentence you are in, then of the one before. Abbreviations end none.",
        "sentence_next": "What marks acts on the sentence, so this and {highlight} mark one after the other.",
        "passage_back": "To the beginning of the passage you are in, then of the one before.",
        "passage_next": "Passages are the numbered paragraphs; furniture lies between them and is passed as well.",
        "text_start": "9{text_start} goes to ¶9. Where you were is kept: {jump_back} leads back.",
        "text_end": "9{text_end} goes to ¶9. Where you were is kept: {jump_back} leads back.",
        "half_page_down": "The cursor keeps its row on the screen.",
        "half_page_up": "The cursor keeps its row on the screen.",
        "page_down": "Two rows of the last screen stay in view.",
        "page_up": "Two rows of the last screen stay in view.",
        # view
        "view_top": "The cursor stays where it is; only the text moves.",
        "view_middle": "The cursor stays where it is; only the text moves.",
        "view_bottom": "The cursor stays where it is; only the text moves.",
        "sync": "Proportional keeps both panes equally far into their texts; follow brings the other pane to the "
        "passage that says the same, and the status line says which words it goes by.",
        "sync_invert": "For one look: where the panes move together the next move leaves the other one, where they do "
        "not it takes it along.",
        "level": "To the passage that says the same, or else equally far into its text. Once, whatever sync says.",
        "align": "As editors show two versions: hatched rows where one text says more. What stands in another order "
        "stays where it is; the same key takes the rows away.",
        "meaning": "For an original and its translation: two languages are by themselves. It takes a while at first, "
        "beside the desk; the same key ends it. Needs an extra.",
        "zoom": "Both texts stay open: {other_pane} goes to the other one, as wide. The same key gives the width back.",
        "toggle_marks": "For an undisturbed read. Nothing is deleted, and what you mark meanwhile is kept.",
        "toggle_furniture": "Share buttons, adverts and menus that were scraped along with the article.",
        "furniture": "Overrules the program for this passage, and numbers the rest anew. It can be undone.",
        "language": "It is told from the text; another one changes how words are taken. It can be undone.",
        "focus_passage": "All that is not the passage you are in is drawn dim; search and marks stay as they are.",
        "hints": "Below the status line: what can be done where you are. It stays on or off for this library.",
        # panes
        "other_pane": "Each pane keeps its own place, selection and hits.",
        "left_pane": "In a narrow terminal the left pane is the upper one.",
        "right_pane": "In a narrow terminal the right pane is the lower one.",
        "swap_panes": "Each text keeps its place. Links and related passages are turned round with them.",
        "only_pane": "The same as zoom, by the name that it has in vim.",
        "equal_panes": "Takes back what {narrower} and {wider} did.",
        "narrower": "By a twentieth of the screen; 3{narrower} takes three at once. Each pane keeps thirty cells.",
        "wider": "By a twentieth of the screen; 3{wider} takes three at once. The other pane keeps thirty cells.",
        # jump
        "jump_back": "Jumps are kept for both panes together, and until the next time you open the library.",
        "jump_forward": "There is no Ctrl-i for this: a terminal sends it as Tab.",
        "jump_back_too": "The counterpart of {jump_forward}, for hands that are at the brackets.",
        "next_highlight": "Counts: 3{next_highlight} is the third one on.",
        "previous_highlight": "Counts: 3{previous_highlight} is the third one back.",
        "next_note": "Only notes on highlights; {library_note} opens the notes on the text and on the library.",
        "previous_note": "Only notes on highlights; {library_note} opens the notes on the text and on the library.",
        "next_link": "{follow_link} then leads to its other end, and {jump_back} back.",
        "previous_link": "{follow_link} then leads to its other end, and {jump_back} back.",
        "next_related": "Passes what only this text says. {related} there shows what the other one has.",
        "previous_related": "Passes what only this text says. {related} there shows what the other one has.",
        "next_heading": "Titles, chapters, cross-headings: short lines with prose behind them, or marked as headings.",
        "previous_heading": "The same, backwards. {outline} lists all of them.",
        "next_orphan": "A highlight whose words are gone since the text was updated; {orphans} puts it back.",
        "previous_orphan": "A highlight whose words are gone since the text was updated; {orphans} puts it back.",
        "set_mark": "A letter from a to z, for both texts together; it is there again the next time.",
        "go_mark": "Leads to the other pane, or opens the other text, where the place is there.",
        # search
        "search": "Forgives a slip or two a word. Tab goes from fuzzy to exact, whole words and patterns; "
        "↑ brings back earlier searches; capitals count once you type one.",
        "search_back": "As {search} does, but {search_next} then leads upwards.",
        "search_next": "In the order of the text, and round its end. The best hit comes first only in lists.",
        "search_previous": "In the order of the text, and round its beginning.",
        "search_selected": "The word as it stands, or all that is selected; other spellings of it are found too.",
        "concordance": "Every hit in its sentence, both texts below one another; Ctrl-t tags all of them at once.",
        "clear": "One thing after the other, nearest first. What is written stays.",
        # select
        "select": "Then motions, or an object: is as ip ap iw aw ih. A digit tags what is selected.",
        "select_passages": "Whole passages from here on, whichever way you go.",
        "grow": "From the cursor outwards, a step each time; {shrink} goes back in.",
        "shrink": "Takes back what {grow} did, or selects the next smaller thing at the cursor.",
        "select_again": "Also after it was marked, as when the wrong tag was chosen.",
        "hint": "Labels of one or two letters, the easiest keys first, before each sentence in sight of both panes.",
        "hint_select": "The first label is where the selection begins, the second is the sentence that it ends with.",
        "copy": "Through the terminal, so also over ssh. In tmux: set -g set-clipboard on.",
        "select_is": "Pressed again, the next sentence as well.",
        "select_as": "Good for cutting: what is left reads on without a gap.",
        "select_ip": "Pressed again, the next passage as well.",
        "select_ap": "The passage with the blank line behind it.",
        "select_iw": "Pressed again, the next word as well.",
        "select_aw": "The word with the space behind it.",
        "select_ih": "Where highlights overlap the innermost; pressed again, the one around it.",
        "keep_part": "One highlight of several parts, as for a sentence with something put in; {highlight} or a tag "
        "ends it.",
        "other_edge": "Right after {select} on a highlight it moves that highlight's edges instead; {highlight} keeps "
        "them.",
        # mark
        "highlight": "On a sentence, or on what is selected. The tag is the one used last; {tag} chooses another.",
        "tag": "Type a few letters, Enter takes the best; / in a name makes a tree: actor/maliki. Tab ticks several.",
        "tag_quoted": "For names and terms: the words become both the tag and what it marks.",
        "arm": "For going through a text with one question: select, and it is tagged.",
        "repeat": "Marks, tags, notes, untagging and links, on as many sentences as before. A count changes that.",
        "note": "Markdown; [[12]] leads to highlight 12. F4 opens your own editor. Esc keeps what is written, "
        "and what another window wrote meanwhile.",
        "star": "For what must not be lost from sight: tui export --starred takes only these.",
        "highlight_with": "A digit that was given to a tag in the codebook ({codebook}), or the letter in its margin.",
        "quick_tag": "1 to 9 are given to tags in the codebook: {codebook}, then the digit.",
        # on a highlight
        "card": "All highlights here, the innermost first, with tags, note, links, and how sure their place is.",
        "cycle": "Which of them the keys that follow act on; the status line names it.",
        "edit_edges": "The highlight keeps its tags, note and links. {clear} leaves it where it was.",
        "untag": "The highlight stays, also without a tag. Where there are several, you choose.",
        "delete": "With its note and its links. {undo} brings all of it back, tomorrow as well.",
        "join": "From the start of the first to the end of the last, with the tags, notes and links of all.",
        # compare
        "related": "Best first, with the words that speak for it underlined on both sides; l links, P says of what "
        "kind, x dismisses.",
        "pairs": "From the surest on; Enter goes there, and {last_list} opens the list again where you left it.",
        "link": "From the sentence, the selection or the highlight; both ends become highlights. {clear} gives it up.",
        "link_kind": "Same, supports, contradicts, quotes, paraphrases, answers, or a word of your own. "
        "Ctrl-d in the list of links ({links}) puts a note on it.",
        "follow_link": "Opens the text at its other end where neither pane shows it. {jump_back} leads back.",
        "delete_link": "Both highlights stay. {undo} brings it back.",
        # lists
        "annotations": "Typing narrows; starred, noted, untagged, orphan, tag: text: reader: choose. "
        "Tab ticks several for one act.",
        "codebook": "Rename, merge, recolour and describe tags, and give them the digits 1 to 9.",
        "links": "Enter goes to the one end, {follow_link} from there to the other.",
        "pair_file": "Enter opens both texts at the place; l links, x dismisses, t tags, o opens another file. "
        "A text that the library lacks is added.",
        "outline": "Where you are is lit. Told from the text: a short line without a full stop, with prose behind it.",
        "library_note": "For what belongs to no single passage: a question, a conclusion, a to-do. "
        "Drafts that were never saved are there too.",
        "open_text": "A text of the library, or the path of a file, which is added first. "
        "Ctrl-o in the list opens it in the other pane.",
        "orphans": "Each with its words and where it stood; Ctrl-l shows where it may be, "
        "Ctrl-r puts it where you then select.",
        "versions": "Enter reads an earlier one, Ctrl-u brings in a corrected file, Ctrl-r shows what that changed.",
        "dismissed": "Suggestions that you said no to; Del has one suggested again.",
        "comparison": "Names and their spellings, telling words, what only one says, a map, shared phrases, tags.",
        "disagreements": "Needs highlights of two readers: tui import brings in another's library.",
        "export": "The ending chooses the format: .csv .json .md .html .jsonld .qdpx and more. Nothing is written over "
        "unasked.",
        "history": "Each act with its time and reader; {undo} takes back the last, also of an earlier day.",
        "theme": "Seen at once as you go through the list. Colour never says anything that a letter does not.",
        "keys": "As they are now, with your settings. tui keys prints the same.",
        "last_list": "With the letters that were typed in it and the row that was highlighted.",
        # app
        "undo": "Act by act, back to the first day of the library; asks before a text that you read would go. "
        "What another program changed since is refused.",
        "redo": "Until something new is done.",
        "command": "Names of all commands, completed by Tab; :9 goes to ¶9, :open FILE, :theme light.",
        "help": "First what can be done with what is under the cursor, then all keys.",
        "palette": "Type what you want to do, in words; each row says the key to remember.",
        "suspend": "The library stays open; another program may change it meanwhile.",
        "quit": "Places, marks and what is half written in a note are there again the next time.",
        # by name only
        "go": ":9 is enough.",
        "width": "From settings.toml it is back the next time: text_width there keeps another one.",
        "spacing": "From settings.toml it is back the next time: spacing there keeps another one.",
        "justify": "By gaps of at most three cells; headlines, verse and lists stay as they are.",
        "tutorial": "It is a text like others: read it, mark it, undo it.",
        "write": "For hands that type :w. There is never anything left to save.",
    }
)
"""A sentence or two for each command, by its id."""


def tooltip(id: str, key_of: Callable[[str], str]) -> str:
    """What is to be known of a command; `key_of` gives the key of another one that it names."""
    return _NAMED.sub(lambda named: key_of(named[1]), TOOLTIPS[id])
