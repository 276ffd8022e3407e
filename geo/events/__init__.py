"""Turn annotated sentences into claims, claims into events, and reconcile events."""
