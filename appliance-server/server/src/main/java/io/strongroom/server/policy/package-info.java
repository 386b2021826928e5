/** Which policy is in force. */
@NullMarked
package io.strongroom.server.policy;

import org.jspecify.annotations.NullMarked;
