"""Values that the explorers are tested against; one module an explorer, each with `vectors()`."""
