"""The fault campaign: what the site promises about messages and notices, shown while everything around it breaks."""
