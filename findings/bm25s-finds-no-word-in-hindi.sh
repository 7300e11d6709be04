#!/usr/bin/env bash
# bm25s 0.2.14 (BM25 search in numpy, often taken as a baseline).
# Behaviour: its tokens are runs of two or more `\w`, and combining marks are no `\w`: a sentence in Hindi has no token
#   at all, pointed Hebrew has splinters of its words. ("the" is gone as a stop word.) Nothing is said; the documents are found by no query.
# Guess: a language that is written with blanks between words has its words as tokens.
# Who meets it: who indexes or compares retrieval in Indic scripts, pointed Hebrew or vocalised Arabic with the
#   defaults: scores near zero look like a hard task. Hand in a `token_pattern` with marks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q bm25s==0.2.14
venv/bin/python -W ignore - <<'PYTHON'
import sys

import bm25s

sentences = ["हिन्दी में किताब", "שָׁלוֹם עֲלֵיכֶם", "the black cat"]
tokens = bm25s.tokenize(sentences, return_ids=False, show_progress=False)
for sentence, found in zip(sentences, tokens):
    print(sentence, found)
sys.exit(tokens[0] != [] or len(tokens[1]) != 2 or "שלום" in tokens[1] or tokens[2] != ["black", "cat"])
PYTHON
