"""What differs by language: detecting it, ends of sentences, forms of words, old spellings, names of months."""
