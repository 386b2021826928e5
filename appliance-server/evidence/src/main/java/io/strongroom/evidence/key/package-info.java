/** Signing keys, the same for notes and for packs: Ed25519 (RFC 8032) and ML-DSA-44 (FIPS 204), by the JDK. */
@NullMarked
package io.strongroom.evidence.key;

import org.jspecify.annotations.NullMarked;
