#pragma once

/// Lets two files or folders change names in one step. 0, or -1 with errno set.
int theriac_exchange(const char *first, const char *second);
