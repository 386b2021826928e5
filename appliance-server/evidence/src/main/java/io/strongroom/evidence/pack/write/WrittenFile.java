package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;

/** A file of the pack that is being written, by its path below the top folder. */
record WrittenFile(String path, Digest digest, long size) {}
