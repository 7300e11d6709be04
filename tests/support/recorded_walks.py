"""The walks of `test_recorded_desk`: keys as the pilot presses them, and words in quotes that are typed."""

from __future__ import annotations

import re
from typing import NamedTuple


class Walk(NamedTuple):
    """A way through the desk."""

    name: str
    pressed: str
    """The steps, parted by two blanks or a new line: after each one looks."""
    size: tuple[int, int] = (90, 28)

    @property
    def steps(self) -> list[str]:
        """What is pressed, or typed, before each look."""
        return re.split(r"\s*\n\s*|\s{2,}", self.pressed.strip())


WALKS = (
    Walk(
        "moving",
        """
        j  2 l  w  3 w  b  e  0  ^  $  ( (  )  2 }  {  5 G  2 k  h  ctrl+d  ctrl+u  ctrl+f  ctrl+b  G
        g g  z t  z b  z z  ctrl+o  ] j  2 ctrl+o  9 ctrl+o  ] j ] j ] j ] j  m a  m 1  8 G ' a  ' b
        ' '
        """,
    ),
    Walk(
        "from_mark_to_mark",
        """
        ] h  2 ] h  9 ] h  [ h  9 [ h  g g ] n  9 ] n  [ n  g g ] l  9 ] l  [ l  ] o  [ o  g g ] ]
        9 ] ]  G [ [  9 [ [  space h  escape  8 G space h  up enter  tab ] o  ] o  [ o  g g [ o  ] ]
        [ [  space h  escape
        """,
    ),
    Walk(
        "selecting",
        """
        2 G v  w  o  b  o v  g v  V  j  V  v e y  y  +  2 +  _  9 _  escape  v i s  i s  a s  i p  a p
        i w  a w  i h  escape  2 G ) v i h  i h  escape  ) v e e e &  ) v e e &  &  escape  v e &  tab &
        tab enter  s  escape  s  z  s  a  S  a  d  escape  S  Q  2 y  5 G 2 v i s  escape  3 G y
        """,
    ),
    Walk(
        "marking",
        """
        6 G enter  enter  .  9 G .  t  "mo"  enter  t  "new/tag"  enter  -  down  enter  -  .  H 1  H 9
        H n  H z  8 G v e 3  T  10 G v e T  8 G V T  escape escape  !  !  A  "money"  enter  v e v  A
        7 G t tab down tab enter  2 enter  2 G ) K  j  escape  O  O  3 O  1 G K  O  J  2 G )  J  escape
        J  b  u  d d  u  2 U  9 u  space u  escape
        """,
    ),
    Walk(
        "placing",
        """
        10 G g e  8 G ] h  g e  b  enter  u  g e  escape  v  o  e  o  b  enter  4 G 5 w g e  e  &  e e e
        enter  u  g e  escape  2 G ) v o  tab enter  escape  tab g e  ?  escape  escape  tab space o
        enter  space o  ctrl+r  enter  v e &  w v e e  enter  u  space o  ctrl+l  escape  5 G v i s
        space o  ctrl+r  u  space o  delete  space o  escape  u  tab g g ] o  [ o
        """,
    ),
    Walk(
        "noting",
        """
        5 G c  "A laugh."  ctrl+s  c  " Again."  ctrl+x  c  escape  9 G .  2 G ) c  "x"  escape  space n
        l  "One more. "  escape  space n  t  escape  tab space n  t  "Ben? "  escape  tab 10 G v e c
        "Kept"  ctrl+x  :  "note said in passing"  enter  u  u
        """,
    ),
    Walk(
        "searching",
        """
        /  "solh"  "eim"  enter  n  n  n  n  N  2 N  g /  escape  g /  down down enter  g /  ctrl+t
        "who"  enter  g /  tab down tab ctrl+t  escape  escape  n  *  n  v e e *  escape  g ?  "wall"
        enter  n  /  up  up  up  down  escape  /  tab  "mole"  tab  tab  tab  shift+tab  "("  enter  /
        "zzzz"  enter  / enter  n  escape escape  n  g /  / shift+tab  "wal"  escape
        """,
    ),
    Walk(
        "linking",
        """
        9 G p  p  7 G p  escape  7 G p  tab 4 G p  .  P  down  enter  5 G .  g p  ] l  P  "my own"
        enter  g p  d p  d p  tab 4 G 5 w P  escape  g p  tab g p  d p  u  1 G g p  space l  down
        ctrl+t  down enter  ctrl+r  ctrl+g  tab  ctrl+d  "Why?"  escape  space l  "quot"  enter  space l
        delete  u  c  "[[1]] [[99]] "  escape  g p  [ h [ h c  "[[99]]"  escape  g p
        """,
    ),
    Walk(
        "relating",
        """
        8 G g r  j  k  9 j  l  P  down  enter  escape  g r  ?  escape  enter  ctrl+o  g r  x  escape
        8 G g r  escape  space r  tab  escape  space r  enter  space r  delete  space r  escape  1 G g r
        escape  v i p g r  escape  escape  10 G g r  5 G g r  g g ] r  ] r  9 ] r  [ r  9 [ r  3 G ] r
        3 G [ r  tab 3 G g r  escape  g g ] r  g R  down  enter  g R  "lock"  enter  tab g R enter
        """,
    ),
    Walk(
        "together",
        """
        z s  5 G  z s  9 G  8 G  5 G  z .  8 G  9 G  z s  z .  8 G  4 G  z =  5 G z =  tab z =  3 G z =
        2 z s  z a  ctrl+d  tab  G  g g  z s  3 G  z a  5 G  :  "sync follow"  enter  :  "sync so"
        enter  :  "sync proportional"  enter  G
        """,
    ),
    Walk(
        "panes",
        """
        tab  ctrl+w h  ctrl+w l  ctrl+w w  <  2 >  9 >  9 9 >  ctrl+w =  tab <  tab  Z  tab  3 G  tab  Z
        ctrl+w o  ctrl+w x  ctrl+w =  ctrl+w x  z h  z h  z f  5 G  z f  3 G k k  z F  z F  u  z p  5 G
        z p  z ?  v  escape  2 G )  tab z ?  m q  ' q  Q  ctrl+x  ctrl+c
        """,
    ),
    Walk(
        "texts",
        """
        space d  down  enter  space d  "wall"  enter  space d  up  enter  ctrl+o  space d  "letter"
        ctrl+o  ctrl+o  space d  "council"  enter  z L  down down enter  z L  enter  u  space d
        "letter"  ctrl+r  "One letter"  enter  space d  "letter"  ctrl+t  end  "-2"  enter  space d
        "letter"  delete  n  space d  "letter"  delete  y  u  space d  "nothing.txt"  enter  space d
        "new.txt"  enter  :  "open harbour"  enter  :  "tutorial"  enter  space d  "tut"  escape
        """,
    ),
    Walk(
        "lists",
        """
        space '  space a  down down  ctrl+o  ctrl+o  ctrl+o  "mood"  enter  space '  escape  space a
        "#mood "  tab tab  ctrl+s  space a  "#mood"  ctrl+t  "vote"  enter  space a  delete  u  space a
        "zzz"  escape  space k  space  j  escape  ?  escape  2 G ) ?  escape  v ?  escape  escape  f1  q
        tab ?  escape  /  "wall"  enter  ?  escape  space y  down  enter  space c  down  enter  space c
        enter
        """,
    ),
    Walk(
        "codebook",
        """
        space t  down  down  enter  escape  space t  "mood"  ctrl+r  "moods"  enter  ctrl+t  "x"  enter
        ctrl+d  "How it feels."  enter  ctrl+l  down down enter  ctrl+o  5  escape  space t  "money"
        ctrl+g  "price"  enter  escape  space t  "brand/new"  enter  escape  space t  "vote"  delete  t
        escape  u  u  space t  "actor"  tab down tab  delete  h  escape  u
        """,
    ),
    Walk(
        "typing",
        """
        :  "g"  tab  tab  shift+tab  escape  :  "go 5"  enter  :  "go 0"  enter  :  "go 11"  enter  :
        up  up  down  escape  :  "width 30"  enter  :  "width 3"  enter  :  "spacing 2"  enter  :
        "spacing 9"  enter  :  "justify on"  enter  :  "justify maybe"  enter  :  "write"  enter  :
        "nonsense"  enter  :  enter  :  "tag "  tab  enter  :  "untag "  tab  enter  :  "untag mood"
        enter  :  "undo 2"  enter  :  "undo 0"  enter  :  "redo 2"  enter  :  "copy said.txt"  enter  :
        "theme light"  enter  :  "theme none"  enter  :  "search wall"  enter  :  "open "  tab  escape
        :  "open ./"  escape  ctrl+p  "level"  enter  ctrl+p  "width"  enter  escape
        """,
    ),
    Walk(
        "exporting",
        """
        space e  down  escape  space e  enter  space e  enter  :  "export all.json"  enter  :
        "export all.json"  enter  n  :  "export all.xyz"  enter  :  "export ma"  tab  escape
        """,
    ),
    Walk(
        "versions",
        """
        space v  escape  tab space v  enter  enter  c  tab  j  enter  /  "library"  enter  ?  escape
        space v  enter  space v  ctrl+r  down  ctrl+e  v i s  enter  ctrl+y  space v  ctrl+u  escape
        space v  ctrl+u  "new.txt"  enter  escape  space v  ctrl+u  "new.txt"  enter  enter  escape  u
        space v ctrl+r ctrl+o  escape
        """,
    ),
    Walk(
        "pairs",
        """
        :  "pair-file pairs.jsonl"  enter  down  l  x  t  "money"  enter  /  "lock"  enter  space p  escape
        space p  a  down  down down  enter  u  u  space p  up up up tab tab l  escape  u
        ctrl+w x  space p up up up  enter
        """,
    ),
    Walk(
        "alone",
        """
        space d  "council"  delete  y  tab  z s  z .  z =  z a  g r  g R  ] r  space x  space r  ctrl+w x
        space d  "harbour"  delete  y  enter  c  &  y  /  *  g /  n  space h  ] ]  space v  space n  escape
        z F  z L  s  g r  space x  K  d d  v  G  ] h  m a  ' b  :  "go 1"  enter  ?  escape  u  u  space '
        escape
        """,
    ),
    Walk(
        "earlier",
        """
        tab 5 G space v  enter  &  p  ] o  [ o  z F  space n  z L  g r  escape  H 1  .  v i s  T  escape  y
        :  "note x"  enter  space a  escape  ?  escape  g g /  "mondays"  enter  n  g /  ctrl+t  escape
        escape  escape  j
        """,
    ),
    Walk(
        "stacked",
        """
        tab  5 G  tab  g r  escape  space t  escape  6 G s  escape  t  escape  z ?
        """,
        size=(60, 20),
    ),
    Walk(
        "comparing",
        """
        space x  j  enter  n  space x  tab  j  enter  g /  escape  space x  escape
        """,
    ),
)
"""All of them."""
