/** The lines that go into the queue: records as formats §3 and §6 say, each with a salt. */
@NullMarked
package io.strongroom.agent.line;

import org.jspecify.annotations.NullMarked;
