"""Parts of pages that no chapter writes by itself."""
