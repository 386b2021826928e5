package io.strongroom.evidence.pack.verify;

/** Is told how far a pack has been read. Any thread may tell it; it must not block. */
@FunctionalInterface
public interface Progress {
    Progress IGNORED = (read, total) -> {};

    /**
     * Some bytes more were read.
     *
     * @param read so far, in bytes; some files are read twice, so this may go past {@code total}
     * @param total the pack's files together, in bytes
     */
    void read(long read, long total);
}
