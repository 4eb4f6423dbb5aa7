//! Reports: a file a format, each a function from events to text.
