/** The Merkle tree of RFC 9162 over SHA-256: appending, and proofs that anyone can check. */
@NullMarked
package io.strongroom.evidence.tree;

import org.jspecify.annotations.NullMarked;
