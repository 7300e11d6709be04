"""REFI-QDA 1.5, the interchange format of programs for qualitative analysis (www.qdasoftware.org).

`qdpx` carries projects: texts, codes, codings, notes, links. `qdc` carries codebooks. Both are as the standard wants
them. Projects of NVivo have been read; what NVivo, ATLAS.ti, MAXQDA or QualCoder make of ours has not been
tried.
"""
