"""Does this value obey that schema? Compiled lazily; a second opinion for what is rejected."""
