"""The register of institutions (机构台账): everything else hangs on it."""
