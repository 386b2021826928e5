/** Canonical JSON (RFC 8785, strict): bytes in, bytes out, and reading and writing without an object tree. */
@NullMarked
package io.strongroom.evidence.json;

import org.jspecify.annotations.NullMarked;
