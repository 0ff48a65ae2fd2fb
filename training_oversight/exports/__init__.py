"""The register as a file: what goes out comes in again without a difference."""
