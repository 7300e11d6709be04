"""Tells page chrome from the article: furniture, as readers know it.

paragraphs   which paragraphs of a body are furniture
article      where the article of a page begins and ends, by its finished sentences
vocabulary   what buttons, menus, forms and adverts say, in several languages
libraries    the header and licence that digital libraries put around a book, and what they say of it
"""
