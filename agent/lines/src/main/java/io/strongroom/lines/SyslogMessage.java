package io.strongroom.lines;

import org.jspecify.annotations.Nullable;

/**
 * What every syslog line comes down to.
 *
 * @param host the machine that wrote it
 * @param program the program that wrote it; null where it gives no name
 * @param pid the program's process id, as text; null where it gives none
 * @param text what it said
 */
record SyslogMessage(
        @Nullable String host,
        @Nullable String program,
        @Nullable String pid,
        String text) {}
