"""How names, numbers and words are folded, spelt in pinyin and compared. No tables."""
