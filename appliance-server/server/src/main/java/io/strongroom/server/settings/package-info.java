/** What an operator may set, the data directory, and the sentence with which a start is refused. */
@NullMarked
package io.strongroom.server.settings;

import org.jspecify.annotations.NullMarked;
