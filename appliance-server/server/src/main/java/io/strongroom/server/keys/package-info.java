/** Signing keys and key-encryption keys, which never enter the database. */
@NullMarked
package io.strongroom.server.keys;

import org.jspecify.annotations.NullMarked;
