#pragma once

#include <stddef.h>

/// Lets two files or folders change names in one step. 0, or -1 with errno set.
int theriac_exchange(const char *first, const char *second);

/// Has SIGINT, SIGTERM and SIGHUP remove the unfinished files and end the process with status 128 + the
/// signal's number; a signal that is ignored already stays so.
void theriac_end_when_stopped(void);

/// Notes a file to be removed if the process is stopped. The number it is known by, or -1 where there
/// is no room for more or the path is too long.
int theriac_note_unfinished(const char *path);

/// Forgets a file that is finished, or gone.
void theriac_forget_unfinished(int number);

/// Has the system begin to write a part of a file to its disk, and does not wait for it.
void theriac_begin_writing(int descriptor, long long offset, size_t count);
