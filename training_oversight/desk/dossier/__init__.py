"""一机构一档: everything about one institution, on one page and on paper."""
