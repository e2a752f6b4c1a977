"""Files that people send: accepted by what is in them, kept below PRIVATE_ROOT, and served as nothing but attachments."""
