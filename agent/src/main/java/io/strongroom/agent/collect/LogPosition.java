package io.strongroom.agent.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far a log file was read, and which file that was: by its number in the file system, and by how it begins, since
 * numbers are used again.
 *
 * @param file its number
 * @param headLength how many of its first bytes are known
 * @param headDigest their CRC-32
 * @param offset where the next event begins
 */
record LogPosition(String file, int headLength, long headDigest, long offset) {
    static final int HEAD = 256;

    static Optional<LogPosition> parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            return parts.length == 4
                    ? Optional.of(new LogPosition(
                            parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** At the beginning of a file. */
    static LogPosition beginning(LogBytes log) throws IOException {
        return at(log, 0);
    }

    static LogPosition at(LogBytes log, long offset) throws IOException {
        byte[] head = log.read(0, HEAD);
        return new LogPosition(log.number(), head.length, LogBytes.digest(head), offset);
    }

    LogPosition to(LogBytes log, long next) throws IOException {
        return headLength < HEAD && next > headLength
                ? at(log, next)
                : new LogPosition(file, headLength, headDigest, next);
    }

    /** Whether this is a place in that file, whatever it is called now. */
    boolean isIn(LogBytes log) throws IOException {
        boolean same = log.number().equals(file) || log.isCompressed() && headLength > 0;
        return same && beginsAlike(log) && log.reaches(offset);
    }

    /** Whether that file is a copy of the one in which this is a place. */
    boolean isInCopy(LogBytes log) throws IOException {
        return headLength > 0 && beginsAlike(log) && log.reaches(offset);
    }

    private boolean beginsAlike(LogBytes log) throws IOException {
        byte[] head = log.read(0, headLength);
        return head.length == headLength && LogBytes.digest(head) == headDigest;
    }

    @Override
    public String toString() {
        return file + ":" + headLength + ":" + headDigest + ":" + offset;
    }

    /** The key of the position in the queue. */
    static String key(Path path) {
        return "log:" + path;
    }
}
