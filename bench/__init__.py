"""What the program is measured with: quality, speed, dates. Run these files as scripts."""
