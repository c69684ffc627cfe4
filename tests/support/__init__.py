"""What tests share: made-up data, ways to write and damage it, and what they compare with."""
