"""What a text is, and how to find things in it: pure computation, no database, no terminal."""

import os

# numpy's BLAS reads this when it is loaded. Its own threads wait for each other in loops: a product of two small tables
# took six times the processor time for nothing. What is large is done in threads of ours (`relate.threads`).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
