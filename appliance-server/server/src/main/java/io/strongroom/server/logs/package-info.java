/** The process's log: one line an event, JSON for programs or text for people, on standard error or in a file that rolls. */
@NullMarked
package io.strongroom.server.logs;

import org.jspecify.annotations.NullMarked;
