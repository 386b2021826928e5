/**
 * What goes over the wire: the requests and answers of the HTTP API, and the problems that it can answer with.
 *
 * <p>Every type is immutable and knows its own JSON form ({@code toJson}, {@code fromJson}), so that server and client
 * cannot disagree about it. Reading ignores members that it does not know, so that an older client understands a newer
 * server.
 */
@NullMarked
package io.strongroom.api;

import org.jspecify.annotations.NullMarked;
