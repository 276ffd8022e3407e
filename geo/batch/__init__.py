"""Read many documents, on many cores or a cluster, into parts that can be filtered."""

from geo.batch.errors import BatchError
from geo.batch.models import BatchSettings
from geo.batch.run import Progress, Summary, run_batch

__all__ = ["BatchError", "BatchSettings", "Progress", "Summary", "run_batch"]
