package io.strongroom.lines;

import java.util.Optional;

/**
 * Reads one kind of log line. A reader belongs to one file and is given its lines in their order, so it may remember
 * what earlier lines told (a stanza's time, for example). It never throws on any line whatever.
 */
@FunctionalInterface
public interface LineReader {
    /** What the line tells; empty if it is not of this kind. */
    Optional<LineEvent> read(String line);
}
