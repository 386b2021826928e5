/** How any part of the server says what went wrong with a request. */
@NullMarked
package io.strongroom.server.problem;

import org.jspecify.annotations.NullMarked;
