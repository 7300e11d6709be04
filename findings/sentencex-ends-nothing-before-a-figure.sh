#!/usr/bin/env bash
# sentencex 1.0.32 (cuts sentences in many languages, by Wikimedia).
# Behaviour: in Japanese and Chinese a ！, ？ or 。 with a figure behind it ends no sentence (いや！3月だ。 is one); with 三
#   behind it, it does. The rule is meant for decimals, which languages with blanks after a full stop do not mistake.
# Guess: what ends a sentence in a script without blanks ends it whatever comes next.
# Who meets it: who cuts news or chronicles in these languages, where sentences begin with dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q sentencex==1.0.32
venv/bin/python - <<'PYTHON'
import sys

from sentencex import segment

figure, word = list(segment("ja", "いや！3月だ。")), list(segment("ja", "いや！三月だ。"))
chinese = list(segment("zh", "他走了。3月回來。"))
print(figure, word, chinese)
sys.exit(figure != ["いや！3月だ。"] or word != ["いや！", "三月だ。"] or len(chinese) != 1)
PYTHON
