"""The check of the writing in the page editor: proposals for the saved draft, which its editor accepts or leaves."""
