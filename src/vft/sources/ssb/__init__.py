"""Tables of statistics bureaus, Statistics Norway's (SSB) first: json-stat2, CSV and Excel."""
