"""Takes a project through QualCoder's own modules: what it imports of ours, and what it exports again.

python qualcoder_project.py SOURCE OURS.qdpx THEIRS.qdpx

SOURCE is a checkout of QualCoder. Its windows are left out: whatever it asks of PyQt6 answers nothing.
"""

import ast
import builtins
import importlib
import json
import os
import sqlite3
import sys
import types
from pathlib import Path
from unittest.mock import MagicMock

source, ours, theirs = map(Path, sys.argv[1:])
sys.stdout = sys.stderr  # it prints what it misses


class Dialog:
    """A dialog that nobody sees."""

    def __init__(self, *arguments):
        self.ui = MagicMock()

    def __getattr__(self, name):
        return MagicMock()


for name in ("PyQt6", "PyQt6.QtCore", "PyQt6.QtGui", "PyQt6.QtWidgets"):
    sys.modules[name] = MagicMock()
widgets = sys.modules["PyQt6"].QtWidgets = sys.modules["PyQt6.QtWidgets"]
widgets.QDialog = Dialog
widgets.QFileDialog.getOpenFileName.return_value = (str(ours), True)
widgets.QFileDialog.getExistingDirectory.return_value = str(theirs.parent)
builtins._ = lambda words: words
for name in ("color_selector", "helpers"):  # what they hold is about windows, but for the colours of codes
    module = types.ModuleType(f"qualcoder.{name}")
    module.Message = MagicMock()
    module.color_matcher = lambda colour, *others: colour
    module.colors = ["#FFFFFF"] * 200
    sys.modules[f"qualcoder.{name}"] = module
package = types.ModuleType("qualcoder")
package.__path__ = [str(source / "src" / "qualcoder")]
sys.modules["qualcoder"] = package
refi = importlib.import_module("qualcoder.refi")
refi.RefiLineEndings = MagicMock()
refi.RefiLineEndings.return_value.ui.radioButton_maxqda.isChecked.return_value = False


def tables():
    """The statements by which QualCoder makes a new project."""
    for node in ast.walk(ast.parse((source / "src" / "qualcoder" / "__main__.py").read_text())):
        if isinstance(node, ast.FunctionDef) and node.name == "new_project":
            for one in ast.walk(node):
                if isinstance(one, ast.Constant) and str(one.value).startswith("CREATE TABLE"):
                    yield one.value


project = theirs.with_suffix(".qda")
for folder in ("images", "audio", "video", "documents"):
    (project / folder).mkdir(parents=True)
(Path.home() / ".qualcoder").mkdir(exist_ok=True)
connection = sqlite3.connect(project / "data.qda")
for statement in tables():
    connection.execute(statement)
connection.execute(
    "INSERT INTO project (databaseversion, date, memo, about) VALUES ('v17', '2026-11-30 09:00:00', '', '')"
)


def annotations():
    columns = ("anid", "fid", "pos0", "pos1", "memo", "owner", "date")
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM annotation")
    return [dict(zip(columns, row, strict=True)) for row in rows]


app = MagicMock()
app.conn, app.project_path, app.project_name = connection, str(project), project.name
app.settings = {
    "codername": "default",
    "directory": str(theirs.parent),
    "ai_enable": "False",
    "fontsize": 10,
    "font": "",
}
app.version = "QualCoder"
app.get_annotations = annotations
os.chdir(theirs.parent)
refi.RefiImport(app, MagicMock(), "qdpx")
refi.RefiExport(app, MagicMock(), "project")
sys.stdout = sys.__stdout__

texts = dict(connection.execute("SELECT id, fulltext FROM source"))
codings = connection.execute("SELECT fid, pos0, pos1, seltext, memo FROM code_text").fetchall()
print(
    json.dumps(
        {
            "codes": connection.execute("SELECT count(*) FROM code_name").fetchone()[0],
            "codings": len(codings),
            "standing": sum(texts[fid][start:end] == words for fid, start, end, words, _ in codings),
            "memos": sum(bool(memo) for *_, memo in codings),
            "annotations": len(annotations()),
        }
    )
)
