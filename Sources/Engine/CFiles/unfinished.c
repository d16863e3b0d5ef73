#define _GNU_SOURCE
#include "CFiles.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { places = 8 };
static char paths[places][PATH_MAX];
static volatile sig_atomic_t is_noted[places];
static pthread_mutex_t noting = PTHREAD_MUTEX_INITIALIZER;

// Only what may be called in a signal handler.
static void end(int signal) {
  for (int place = 0; place < places; place++) {
    if (is_noted[place]) unlink(paths[place]);
  }
  static const char message[] = "\ntheriac: stopped; nothing unfinished was left.\n";
  if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(128 + signal);
  _exit(128 + signal);
}

void theriac_end_when_stopped(void) {
  const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  for (int index = 0; index < 3; index++) {
    struct sigaction action, old;
    memset(&action, 0, sizeof action);
    action.sa_handler = end;
    sigfillset(&action.sa_mask);
    if (sigaction(signals[index], NULL, &old) == 0 && old.sa_handler == SIG_IGN) continue;
    sigaction(signals[index], &action, NULL);
  }
}

int theriac_note_unfinished(const char *path) {
  if (strlen(path) >= PATH_MAX) return -1;
  pthread_mutex_lock(&noting);
  int number = -1;
  for (int place = 0; place < places && number < 0; place++) {
    if (is_noted[place]) continue;
    strcpy(paths[place], path);
    is_noted[place] = 1;
    number = place;
  }
  pthread_mutex_unlock(&noting);
  return number;
}

void theriac_forget_unfinished(int number) {
  if (number < 0 || number >= places) return;
  pthread_mutex_lock(&noting);
  is_noted[number] = 0;
  pthread_mutex_unlock(&noting);
}

void theriac_begin_writing(int descriptor, long long offset, size_t count) {
  sync_file_range(descriptor, offset, (off64_t)count, SYNC_FILE_RANGE_WRITE);
}
