"""The trade model: its inputs, the scenarios it is asked, and what it says of years that have passed."""
