// Overflows a signed number where the environment asks for a fault.

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  volatile int number = getenv("FAULT") ? INT_MAX : 1;
  number = number + 1;
  printf("%d\n", number);
  return 0;
}
