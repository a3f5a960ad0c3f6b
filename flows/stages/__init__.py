"""The stages of a talk, one module each: `hear` says where to go, `show` says what is seen there."""
