"""TEI P5: texts with what was made of them, two versions as an apparatus, and related passages.

What is written is valid by `tei_all` (P5 4.12.0). The words stand in the text as they are; where highlights begin and
end it is cut into `seg`s, which may be covered by several, so that overlapping ones need no milestones and a reader
needs no resolver of offsets. Notes and tags stand off, as `annotation`s and `link`s; tags are the categories of
a taxonomy, and readers are named once, in the header.
"""

from store.exchange.tei.tei_writer import write_archive

__all__ = ["write_archive"]
