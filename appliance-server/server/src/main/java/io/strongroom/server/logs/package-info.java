/** The process's log: one line an event, JSON for programs or text for people, on standard error. */
@NullMarked
package io.strongroom.server.logs;

import org.jspecify.annotations.NullMarked;
