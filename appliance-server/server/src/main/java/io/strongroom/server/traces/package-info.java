/** Traces to an OTLP endpoint, where one is configured; else nothing of this is made. */
@NullMarked
package io.strongroom.server.traces;

import org.jspecify.annotations.NullMarked;
