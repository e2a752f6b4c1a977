"""The monthly report for management: what it counts, its bars, and its workbook."""
