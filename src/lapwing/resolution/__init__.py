"""Written form to identifier: actors, places, dates, each with the way it was found."""
