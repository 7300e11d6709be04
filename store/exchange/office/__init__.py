"""Documents of word processors (DOCX, ODT): texts, highlights in colour, their notes, tags and links as comments.

One model (`document`) for both; the parts of a package are our own, since they can be written piece by piece:
python-docx and odfpy keep all of a document in memory, and the time of the former grows with the square of the number
of comments.
"""
