/** What came into force and why, and bringing the next bundle into force. */
@NullMarked
package io.strongroom.console.releases;

import org.jspecify.annotations.NullMarked;
