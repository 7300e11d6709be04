"""A corpus beside the library: thousands of texts in a file of their own, read, related and searched in blocks.

- `corpus_folder` says where the corpora of a library lie, `corpus_file` is one of them;
- `corpus_sources` reads files, folders, JSON-lines and Parquet into it; `corpus_making` has several processes
  (`corpus_workers`) do that, which do `corpus_making_job`;
- `corpus_relating` relates it, with children that do `corpus_block_job`; `pair_files` writes what was found;
- `corpus_search` finds words in it.
- `record_files` reads records out of files of any kind, `pair_files` pairs out of records, ours or another program's;
  `pair_index` lays them out to be listed.
"""
