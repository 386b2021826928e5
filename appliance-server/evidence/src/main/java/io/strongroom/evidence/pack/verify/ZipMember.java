package io.strongroom.evidence.pack.verify;

/**
 * A file in a zip.
 *
 * @param deflated or else stored
 * @param packed length in the zip, in bytes
 * @param size length of the file, in bytes
 * @param dataOffset where its bytes begin
 */
record ZipMember(String name, boolean deflated, long crc, long packed, long size, long dataOffset) {}
