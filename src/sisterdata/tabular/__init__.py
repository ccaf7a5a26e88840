"""Tables of one's own in the forms that people keep them in, read and written without loss.

`forms.open_table` opens one by its suffix, `forms.write_beside` writes its rows with columns
behind them, `forms.write_rows` writes a new one. A module a form does the work.
"""
