/** Sends batches, waits as it is told to, and believes nothing but an acknowledgement. */
@NullMarked
package io.strongroom.agent.send;

import org.jspecify.annotations.NullMarked;
