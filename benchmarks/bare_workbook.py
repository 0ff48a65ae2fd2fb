"""What XlsxWriter alone takes for so many cells: rows, cells in each, the file."""

import sys

import xlsxwriter

ROWS, CELLS = int(sys.argv[1]), int(sys.argv[2])
# As long as the words of a register are on average.
WORDS = "文澜街道书院路118号"

with xlsxwriter.Workbook(sys.argv[3], {"constant_memory": True}) as book:
    sheet = book.add_worksheet()
    for row in range(ROWS):
        for column in range(CELLS):
            sheet.write_string(row, column, WORDS)
