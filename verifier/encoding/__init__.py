"""Values to requests and back: parameter styles and body media types, both directions."""
