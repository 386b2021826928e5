package io.strongroom.server.keys;

import javax.crypto.SecretKey;

/** Secrets of this installation, 32 bytes each, that never leave it. */
public interface InstallationSecrets {

    /** The key of the MACs by which repeated documents are told apart (formats §3). */
    SecretKey idempotencyKey();

    /** The key that signs cursors (design §7). */
    SecretKey cursorKey();
}
