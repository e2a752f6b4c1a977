"""The search page: results with their matches marked, nearby words, suggestions, promoted results, what was not found."""
