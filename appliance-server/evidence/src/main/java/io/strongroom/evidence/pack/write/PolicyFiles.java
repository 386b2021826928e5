package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A policy bundle that decided over records of a pack.
 *
 * @param digest the bundle's digest
 * @param commit its git commit, empty where it has none
 * @param files content by path
 */
public record PolicyFiles(Digest digest, String commit, String version, SortedMap<String, byte[]> files) {
    public PolicyFiles {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
