package io.strongroom.server.privacy;

/**
 * The disclosures of one record and class, encrypted (formats §4).
 *
 * @param classification the class whose readers may open it, e.g. {@code CONFIDENTIAL}
 * @param dataKey id of the data key, from which the record's key is derived
 * @param ciphertext 12-byte nonce, then AES-256-GCM ciphertext and tag
 */
public record SealedDisclosures(String classification, long dataKey, byte[] ciphertext) {}
