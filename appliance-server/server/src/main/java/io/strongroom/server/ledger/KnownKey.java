package io.strongroom.server.ledger;

/** What came with a key before: the entry that it made, and the MAC of its document (32 bytes). */
record KnownKey(long seq, byte[] mac) {}
