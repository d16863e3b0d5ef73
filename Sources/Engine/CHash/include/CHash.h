#pragma once

#include <stddef.h>
#include <stdint.h>

/// Takes `count` blocks of 64 bytes into the SHA-256 state of eight words (NIST FIPS 180-4), by the
/// processor's own instructions for it where it has them.
void theriac_sha256(uint32_t *state, const uint8_t *blocks, size_t count);

/// The same on any processor.
void theriac_sha256_plain(uint32_t *state, const uint8_t *blocks, size_t count);
